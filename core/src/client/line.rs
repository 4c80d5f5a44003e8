//! The line on the phone: how a matter stands on it, and what an officer does at the door that moves it.

use serde::{Deserialize, Serialize};

use super::{Client, Lists};
use crate::{
    Error, Id, Result,
    calendar::Calendar,
    document::matter::put_text,
    event::{self, Said},
    model::{Check, Clock, EventCode, FeedbackWay, MAX_MATTER_TEXT, Proof, Role},
    pipeline::{Around, Matter, Terms, moves},
    store::{documents, events},
    view,
};

/// How a matter stands on the line. Codes are words of core/model, times milliseconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRow {
    /// The matter.
    pub matter: String,
    /// Main state, with what this phone proposes.
    pub state: String,
    /// Type; empty until it is accepted.
    pub handling: String,
    /// 办理轮次
    pub cycle: u32,
    /// The lamp, from what the office told and from the clocks now.
    pub lamp: String,
    /// Supervision.
    pub supervision: String,
    /// What came of it; empty until then.
    pub outcome: String,
    /// When its handling is due, or its answer; 0 where no such clock runs, or only the office can know.
    pub due_ms: i64,
    /// 暂定: a day until then has no decree yet.
    pub provisional: bool,
    /// Something of this phone's has not been judged: 同步后确定.
    pub pending: bool,
    /// The papers of the last letter.
    pub papers: Vec<PaperRow>,
    /// What an officer may do with it, as words of the events.
    pub moves: Vec<String>,
    /// The reply that may be told and shown; empty while there is none.
    pub public_reply: String,
}

/// One paper of a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperRow {
    /// The item.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whether it was brought.
    pub ticked: bool,
}

/// What was told to a resident of a result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewFeedback {
    /// A word of [`FeedbackWay`].
    pub way: String,
    /// Whether the resident was reached.
    pub reached: bool,
    /// A word of [`Proof`].
    pub proof: String,
    /// Who was told, and what they said; may be empty.
    pub text: String,
}

impl Lists {
    /// How a matter stands on the line, and what may be done with it here.
    ///
    /// # Errors
    /// `matter.unknown`, `device.not_enrolled`, `store.failed`.
    pub fn line_of(&self, matter: String) -> Result<LineRow> {
        let (id, _) = self.known_matter(&matter)?;
        let judged = events::of_matter(self.store.read(), id)?;
        let folded = Matter::fold(id, events::happened(self.store.read(), id, &judged)?);
        let m = folded.ok_or(Error::Missing { code: "matter.unknown", id: matter })?;
        let (now_ms, calendar) = (self.at()?.estimate(), Calendar::shipped());
        let content = documents::load(self.store.read(), id)?.map(|stored| stored.doc.content());
        let texts = content.as_ref().map(view::texts).unwrap_or_default();
        let pending = judged.iter().any(events::Judged::is_pending);
        let running = [Clock::Answer, Clock::Handling].into_iter().find_map(|clock| m.clocks.open(clock));
        let reading = running.map(|clock| clock.reading(now_ms, calendar));
        let around = Around { id, calendar, terms: &Terms::RULES, works_for: &[], other: None, now_ms };
        let may = moves(&m, self.me()?.officer, Role::Officer, &around);
        let public = m.result.as_ref().and_then(|r| Some(content.as_ref()?.root.text(&format!("public:{}", r.event))));
        Ok(LineRow {
            matter: id.to_string(),
            state: m.state.word().to_owned(),
            handling: m.handling.map_or("", |h| h.word()).to_owned(),
            cycle: u32::from(m.cycle),
            lamp: reading.as_ref().map_or(m.lamp(), |r| r.lamp.max(m.lamp())).word().to_owned(),
            supervision: m.order().word().to_owned(),
            outcome: m.outcome.map_or("", |o| o.word()).to_owned(),
            due_ms: reading.as_ref().and_then(|r| r.due_ms).filter(|_| !pending).unwrap_or(0),
            provisional: reading.is_some_and(|r| r.provisional),
            pending,
            papers: m.papers.iter().map(|p| PaperRow { id: p.id.to_string(), name: texts.of(p.id), ticked: p.ticked }).collect(),
            moves: may.into_iter().filter(|m| m.offline).map(|m| m.code.word().to_owned()).collect(),
            public_reply: public.unwrap_or_default(),
        })
    }
}

impl Client {
    /// Ticks papers that were brought; returns the event.
    ///
    /// # Errors
    /// `matter.unknown`; `edit.empty` for none, `papers.unknown` for an item that is not in the letter; `device.not_enrolled`, `store.failed`.
    pub fn bring_papers(&mut self, matter: String, items: Vec<String>) -> Result<String> {
        if items.is_empty() {
            return Err(Error::invalid("edit.empty", "items"));
        }
        let known = self.line_of(matter.clone())?.papers;
        let mut brought = Vec::new();
        for (i, item) in items.iter().enumerate() {
            let paper = known.iter().find(|p| p.id == *item).ok_or_else(|| Error::invalid("papers.unknown", format!("items[{i}]")))?;
            brought.push(paper.id.parse()?);
        }
        self.move_on(&matter, EventCode::PapersIn, &Said::Papers(event::Papers { items: brought }), "")
    }

    /// Notes what a resident was told of the result, or that nobody was reached; returns the event.
    ///
    /// # Errors
    /// `code.unknown`, `text.*`, `matter.unknown`; `device.not_enrolled`, `store.failed`.
    pub fn give_feedback(&mut self, matter: String, new: NewFeedback) -> Result<String> {
        let root = Check::root();
        let way = root.field("way").code(FeedbackWay::from_word(&new.way))?;
        let proof = root.field("proof").code(Proof::from_word(&new.proof))?;
        let of = self.known_matter(&matter)?.0;
        self.move_on(&matter, EventCode::Feedback, &Said::Feedback(event::Feedback { of, way, reached: new.reached, proof }), &new.text)
    }

    /// Hands the phone over for a rating of one to five stars; `accept`: not to be taken up once more whatever the stars. Returns the event.
    ///
    /// # Errors
    /// `stars.range`, `matter.unknown`; `device.not_enrolled`, `store.failed`.
    pub fn rate_assisted(&mut self, matter: String, stars: u8, accept: bool) -> Result<String> {
        if !(1..=5).contains(&stars) {
            return Err(Error::invalid("stars.range", "stars"));
        }
        let of = self.known_matter(&matter)?.0;
        // The resident of one matter, whoever hands over the phone.
        let token = Id::named(&["resident", &matter]);
        self.move_on(&matter, EventCode::Rate, &Said::Rate(event::Rate { of, token, stars, accept, assisted: true }), "")
    }

    /// Asks on a resident's behalf that a matter be urged; returns the event.
    ///
    /// # Errors
    /// `text.*`, `matter.unknown`; `device.not_enrolled`, `store.failed`.
    pub fn ask_to_urge(&mut self, matter: String, text: String) -> Result<String> {
        self.move_on(&matter, EventCode::AskOrder, &Said::Nothing, &text)
    }

    /// Notes that a resident was told of something that happened; returns the event.
    ///
    /// # Errors
    /// `id.malformed`, `matter.unknown`; `device.not_enrolled`, `store.failed`.
    pub fn tell_resident(&mut self, matter: String, event: String) -> Result<String> {
        let told = Check::root().field("event").id(&event)?;
        self.move_on(&matter, EventCode::Tell, &Said::Tell(event::Tell { event: told }), "")
    }

    /// Writes an event, with its text where there is one.
    pub(super) fn move_on(&mut self, matter: &str, code: EventCode, said: &Said, text: &str) -> Result<String> {
        Check::root().field("text").text(text, MAX_MATTER_TEXT)?;
        let (id, home) = self.known_matter(matter)?;
        let event = self.new_id();
        self.act(&[event, id], code.word(), &(matter, said.to_json(), text), |action| {
            if !text.is_empty() {
                action.change(id, |w, _| put_text(w, &home, event, Some(text), None))?;
            }
            action.event(event, id, code, said.encode())
        })?;
        Ok(event.to_string())
    }
}
