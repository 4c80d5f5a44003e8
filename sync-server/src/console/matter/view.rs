//! The page of one matter, put together.

use minqing_core::{
    Id,
    document::Content,
    envelope::Hash,
    ids::shown,
    model::{Category, Channel, EventCode, HandlingType, Lamp, MatterKind, MatterOutcome, MatterState, PublicationState, Role, Stage, SupervisionOrder},
    pipeline::Matter,
    speech::said,
    view::texts,
    words::{Lang, say},
};

use super::{
    Tried,
    clocks::{self, ClockLine},
    moves::{MoveLine, Offer},
    names::Names,
    timeline::{self, DayLine},
};
use crate::{
    app::App,
    console::{
        desk::AtDesk,
        inbox::plate,
        line,
        lines::{self, FileLine},
    },
    fault::Fault,
    pipeline::{self, Explained, Looked},
    projection::{MatterShown, newest},
    storage::{FileSeen, Result},
};

/// A matter as its page shows it.
pub struct MatterView {
    pub id: String,
    pub title: String,
    /// All that was said, where the title is cut.
    pub said: String,
    pub code: String,
    pub plate: Option<String>,
    pub place: String,
    pub state: String,
    /// 1 to 4, for its ticks.
    pub stage: u8,
    pub lamp: &'static str,
    pub lamp_said: String,
    /// Category, type, who else has the trouble, supervision.
    pub tags: Vec<String>,
    pub stations: Vec<Station>,
    pub moves: Vec<MoveLine>,
    /// What was tried and can no longer be done here: what, why with its code, and what was typed for it.
    pub gone: Option<Gone>,
    pub not_now: Vec<(String, String)>,
    pub clocks: Vec<ClockLine>,
    pub inside: Option<(String, String)>,
    pub public: PublicSide,
    pub days: Vec<DayLine>,
    /// Photos that are here, each with a page of its own.
    pub photos: Vec<PhotoLine>,
    /// Voice, and what is not here yet.
    pub files: Vec<FileLine>,
    /// Who and what: term and words.
    pub facts: Vec<(String, String)>,
    /// The matter that it follows, and those that follow it: id and code.
    pub master: Option<(String, String)>,
    pub members: Vec<(String, String)>,
    /// The household of its door, of whose residents it can be printed what is held; empty without one.
    pub household: String,
    /// Whether its resident can rate it at the window's screen.
    pub screen: bool,
    /// The highest ordinal.
    pub saw: u64,
}

/// A photo of the matter.
pub struct PhotoLine {
    pub sha256: String,
    /// Whether there is a covered copy for everybody.
    pub is_covered: bool,
}

/// What was tried and can no longer be done.
pub struct Gone {
    pub what: String,
    pub why: String,
    pub code: &'static str,
    pub typed: Vec<String>,
}

/// A station of the line.
pub struct Station {
    pub name: String,
    /// `done`, `now` or `next`.
    pub is: &'static str,
    pub said: String,
}

/// What is read outside of the office.
pub struct PublicSide {
    pub text: String,
    pub state: String,
    /// What of it must not be read outside, as a sentence; empty if nothing.
    pub leak: String,
}

/// Puts a matter of this desk together.
pub fn view(app: &App, desk: &AtDesk, lang: Lang, id: &str, tried: &Tried) -> std::result::Result<MatterView, Fault> {
    let Looked { matter, row, explained } = line::look(app, desk, id)?;
    let content = app.store.document(matter.id)?.map(|kept| kept.doc.content()).unwrap_or_default();
    Ok(Whole { app, desk, lang, explained, matter, row, content, now_ms: app.clock.now_ms() }.view(tried)?)
}

struct Whole<'a> {
    app: &'a App,
    desk: &'a AtDesk,
    lang: Lang,
    explained: Explained,
    matter: Matter,
    row: MatterShown,
    content: Content,
    now_ms: i64,
}

/// Longest title, in characters; more stands below it.
const TITLE: usize = 60;

impl Whole<'_> {
    fn view(self, tried: &Tried) -> Result<MatterView> {
        let (app, lang, now_ms) = (self.app, self.lang, self.now_ms);
        let names = Names::of(app, &self.row.community)?;
        let offer = Offer { lang, explained: &self.explained, matter: &self.matter, texts: &self.content, names: &names, tried };
        let rules = app.rules.get();
        let clocks = clocks::lines(lang, &rules, &self.matter, now_ms);
        let lamp = self.matter.lamp();
        let short: String = self.row.text.lines().next().unwrap_or_default().chars().take(TITLE).collect();
        let roles: Vec<Role> = self.desk.roles().collect();
        let covers = app.store.covers(self.matter.id)?;
        let covered: Vec<String> = newest(&covers).filter(|cover| cover.sha256.is_some()).map(|cover| Hash(cover.photo).to_string()).collect();
        let (photos, files): (Vec<FileSeen>, Vec<FileSeen>) = app.store.files_of(self.matter.id)?.into_iter().partition(|file| file.picture && file.at_office);
        let moves = offer.moves()?;
        Ok(MatterView {
            gone: if moves.iter().any(|m| m.open) { None } else { self.gone(tried) },
            id: self.explained.id.clone(),
            said: if short == self.row.text { String::new() } else { self.row.text.clone() },
            title: if short.is_empty() { say(lang, "matter-untitled", &[]) } else { short },
            code: shown(&self.row.code),
            plate: plate(app, lang, self.row.household.or(self.row.door).map(Id))?,
            place: self.row.place.clone(),
            state: say(lang, &self.matter.state.key(), &[]),
            stage: self.stage().number(),
            lamp: lamp.word(),
            lamp_said: self.lamp_said(lamp, &clocks),
            tags: self.tags(),
            stations: self.stations(&names)?,
            moves,
            not_now: offer.not_now(&roles),
            clocks,
            inside: self.inside(&names)?,
            public: self.public()?,
            days: timeline::days(lang, &self.explained.history, &self.content, &names, now_ms)?,
            photos: photos.into_iter().map(|f| PhotoLine { is_covered: covered.contains(&f.sha256), sha256: f.sha256 }).collect(),
            files: files.into_iter().map(|f| lines::file(lang, f)).collect(),
            facts: self.facts(&names)?,
            master: self.matter.merged.map(|(master, _)| self.named(master)).transpose()?,
            members: self.matter.members.iter().map(|id| self.named(*id)).collect::<Result<_>>()?,
            household: self.row.household.or(self.row.door).map(|id| Id(id).to_string()).unwrap_or_default(),
            screen: self.matter.state == MatterState::FollowUp,
            saw: self.explained.ordinal,
        })
    }

    /// Somebody was faster: what was typed is not lost with the form.
    fn gone(&self, tried: &Tried) -> Option<Gone> {
        let (why, code) = tried.why.clone()?;
        let what = EventCode::from_word(&tried.event).map_or_else(String::new, |event| say(self.lang, &event.key(), &[]));
        let typed = ["text", "public", "papers"].iter().filter_map(|field| tried.typed(&tried.event, field)).filter(|text| !text.is_empty());
        Some(Gone { what, why, code, typed: typed.map(str::to_owned).collect() })
    }

    /// The stage; what is over stands at the last one it reached.
    fn stage(&self) -> Stage {
        self.matter.state.stage().unwrap_or(if self.matter.result.is_some() { Stage::Oversight } else { Stage::Acceptance })
    }

    fn lamp_said(&self, lamp: Lamp, clocks: &[ClockLine]) -> String {
        let running = clocks.iter().find(|c| !c.ended && c.lamp == lamp.word() && !c.due.is_empty()).or(clocks.iter().find(|c| !c.ended && !c.due.is_empty()));
        match running {
            Some(clock) => say(self.lang, "matter-due", &[("clock", clock.name.as_str().into()), ("due", clock.due.as_str().into())]),
            None => say(self.lang, &lamp.key(), &[]),
        }
    }

    fn tags(&self) -> Vec<String> {
        let lang = self.lang;
        let mut tags = vec![say(lang, &Category::key_of(&self.row.category), &[])];
        tags.extend(self.matter.handling.map(|h: HandlingType| say(lang, &h.key(), &[])));
        tags.extend(self.matter.outcome.map(|o: MatterOutcome| say(lang, &o.key(), &[])));
        if self.matter.order() != SupervisionOrder::None {
            tags.push(say(lang, &self.matter.order().key(), &[]));
        }
        if self.matter.cycle > 1 {
            tags.push(say(lang, "matter-cycle", &[("n", self.matter.cycle.into())]));
        }
        tags
    }

    /// Where it stands on the line, and since when or with whom.
    fn stations(&self, names: &Names<'_>) -> Result<Vec<Station>> {
        let over = matches!(self.matter.state, MatterState::Closed | MatterState::Refused | MatterState::Void | MatterState::Withdrawn);
        let now = self.stage().number();
        let with = self.matter.assigned.or(self.matter.department).map(|id| names.name(&id.to_string())).transpose()?.unwrap_or_default();
        Ok(Stage::ALL
            .iter()
            .map(|stage| {
                let is = match stage.number().cmp(&now) {
                    std::cmp::Ordering::Less => "done",
                    std::cmp::Ordering::Equal if over => "done",
                    std::cmp::Ordering::Equal => "now",
                    std::cmp::Ordering::Greater => "next",
                };
                let said = match (is, stage) {
                    ("now", _) => say(self.lang, &self.matter.state.key(), &[]),
                    ("done", Stage::Acceptance) => said::when(self.lang, self.row.at_ms, self.now_ms),
                    (_, Stage::Handling) => with.clone(),
                    _ => String::new(),
                };
                Station { name: say(self.lang, &stage.key(), &[]), is, said }
            })
            .collect())
    }

    /// What was written last for those who handle it, and by whom.
    fn inside(&self, names: &Names<'_>) -> Result<Option<(String, String)>> {
        let all = texts(&self.content);
        let written = self.explained.history.iter().rev().filter(|h| h.event != "register" && h.event != "draft_public");
        for h in written {
            let text = h.id.parse::<Id>().map(|id| all.of(id)).unwrap_or_default();
            if !text.is_empty() {
                return Ok(Some((text, format!("{} · {}", names.name(&h.by)?, said::when(self.lang, h.done_at, self.now_ms)))));
            }
        }
        Ok(None)
    }

    fn public(&self) -> Result<PublicSide> {
        let publication = &self.matter.publication;
        let drafted = publication.draft.map(|(event, _)| self.content.root.text(&format!("text:{event}")));
        let reply = self.matter.result.as_ref().map(|result| self.content.root.text(&format!("public:{}", result.event)));
        let text = drafted.filter(|text| !text.is_empty()).or(reply).unwrap_or_default();
        let leak = pipeline::leak(self.app, &self.matter, &self.row.community, &text)?;
        Ok(PublicSide {
            leak: leak.map_or_else(String::new, |code| crate::fault::sentence(self.lang, code, "")),
            state: say(self.lang, &PublicationState::key_of(publication.state.word()), &[]),
            text,
        })
    }

    fn facts(&self, names: &Names<'_>) -> Result<Vec<(String, String)>> {
        let lang = self.lang;
        let name = |id: Option<Id>| id.map(|id| names.name(&id.to_string())).transpose().map(Option::unwrap_or_default);
        let mut facts = vec![
            ("matter-kind", say(lang, &MatterKind::key_of(&self.row.kind), &[])),
            ("matter-registered", name(Some(Id(self.row.officer)))?),
            ("matter-channel", say(lang, &Channel::key_of(&self.row.channel), &[])),
            ("matter-when", said::when(lang, self.row.at_ms, self.now_ms)),
            ("matter-department", name(self.matter.department)?),
            ("matter-with", name(self.matter.assigned.filter(|at| Some(*at) != self.matter.department))?),
            ("matter-supervision", say(lang, &self.matter.order().key(), &[])),
        ];
        for task in &self.matter.tasks {
            let state = say(lang, if task.done.is_some() { "value-true" } else { "matter-task-open" }, &[]);
            facts.push(("matter-task", format!("{} {state}", names.name(&task.to.to_string())?)));
        }
        for paper in &self.matter.papers {
            let item = self.content.root.text(&format!("text:{}", paper.id));
            facts.push(("matter-paper", format!("{item} {}", say(lang, if paper.ticked { "paper-in" } else { "paper-lacks" }, &[]))));
        }
        if let Some(stars) = self.matter.ratings.last().map(|rated| rated.stars) {
            facts.push(("matter-stars", say(lang, "step-stars", &[("n", stars.into())])));
        }
        Ok(facts.into_iter().filter(|(_, said)| !said.trim().is_empty()).map(|(key, said)| (say(lang, key, &[]), said)).collect())
    }

    fn named(&self, id: Id) -> Result<(String, String)> {
        let code = self.app.store.matter_row(id)?.map(|row| shown(&row.code)).unwrap_or_default();
        Ok((id.to_string(), code))
    }
}
