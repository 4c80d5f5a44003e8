//! A matter in the words that its resident reads: one sentence for where it stands, then by when and by which rule, then the rest.

use minqing_core::{
    ids::shown,
    model::{Category, Clock, EventCode, MatterState, Stage},
    pipeline::Running,
    speech::said,
    words::{Lang, say},
};

use super::mine::Tried;
use crate::{console::matter::clocks::rule, resident::standing::Standing, settings::Rules};

/// A matter as its page shows it.
pub struct MineView {
    pub code: String,
    /// What it is about, and in which round it is handled.
    pub about: String,
    /// Where it stands.
    pub answer: String,
    /// What is to be said beside.
    pub more: Vec<String>,
    /// What the office answers.
    pub reply: String,
    /// The papers that lack.
    pub lacks: Vec<String>,
    pub due: Option<DueLine>,
    /// What was seen, where a rating can be given.
    pub rates: Option<u64>,
    pub stations: Vec<StationLine>,
    /// Who and when: term and words.
    pub facts: Vec<(String, String)>,
    pub deeds: Vec<DeedLine>,
    /// What was tried and can no longer be done: why, its code, and what was written for it.
    pub gone: Option<(String, &'static str, String)>,
}

/// By when.
pub struct DueLine {
    pub said: String,
    /// By which rule.
    pub rule: String,
    /// That the time is over; empty while it is not.
    pub late: String,
}

/// A station of the line.
pub struct StationLine {
    pub name: String,
    /// `done`, `now` or `next`.
    pub is: &'static str,
    /// For those who do not see which.
    pub is_said: String,
    pub said: String,
}

/// Something that the resident may do.
pub struct DeedLine {
    /// The word of the event.
    pub event: &'static str,
    pub label: String,
    /// What then happens.
    pub effect: String,
    pub saw: u64,
    /// What was written, where it was refused.
    pub text: String,
    /// Why it was refused: sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// Says a matter.
pub(super) fn view(lang: Lang, standing: &Standing, rules: &Rules, now_ms: i64, tried: &Tried) -> MineView {
    Saying { lang, standing, rules, now_ms }.view(tried)
}

struct Saying<'a> {
    lang: Lang,
    standing: &'a Standing,
    rules: &'a Rules,
    now_ms: i64,
}

impl Saying<'_> {
    fn view(&self, tried: &Tried) -> MineView {
        let Standing { row, line, .. } = self.standing;
        let mut about = say(self.lang, &Category::key_of(&row.category), &[]);
        if line.cycle > 1 {
            about = format!("{about} · {}", say(self.lang, "home-cycle", &[("n", line.cycle.into())]));
        }
        let deeds = self.deeds(tried);
        let gone = tried.why.clone().filter(|_| deeds.iter().all(|deed| deed.error.is_none()));
        MineView {
            code: shown(&row.code),
            about,
            answer: self.answer(),
            more: self.more(),
            reply: self.standing.reply.clone(),
            lacks: self.standing.lacks.clone(),
            due: self.due(),
            rates: self.standing.may(EventCode::Rate).map(|_| self.standing.saw(EventCode::Rate)),
            stations: self.stations(),
            facts: self.facts(),
            deeds,
            gone: gone.map(|(why, code)| (why, code, tried.text.clone())),
        }
    }

    fn key(&self, key: &str) -> String {
        say(self.lang, key, &[])
    }

    /// Who handles it, in a word.
    fn who(&self) -> String {
        match (&self.standing.department, self.standing.line.assigned) {
            (Some(department), _) => department.name.clone(),
            (None, Some(_)) => self.key("home-who-officer"),
            (None, None) => self.key("home-who-office"),
        }
    }

    /// Where it stands: one sentence, before any timeline.
    fn answer(&self) -> String {
        let Standing { own, line, stars, .. } = self.standing;
        let state = if own.merged.is_some() { line.state } else { own.state };
        let word = match state {
            MatterState::Registered if own.counts.appeals > 0 => "registered-again".to_owned(),
            MatterState::FollowUp if stars.is_some() => "rated".to_owned(),
            MatterState::Closed => line.outcome.map_or_else(|| "closed".to_owned(), |outcome| format!("closed-{}", outcome.word().replace('_', "-"))),
            state => state.word().replace('_', "-"),
        };
        let papers = own.papers.iter().filter(|paper| !paper.ticked).count();
        let why = own.refused.map_or_else(String::new, |reason| self.key(&reason.key()));
        say(self.lang, &format!("home-is-{word}"), &[("who", self.who().into()), ("n", papers.into()), ("why", why.into())])
    }

    fn more(&self) -> Vec<String> {
        let Standing { own, line, .. } = self.standing;
        let mut more = Vec::new();
        if own.merged.is_some() {
            more.push(say(self.lang, "home-together", &[("n", (line.members.len() + 1).into())]));
        }
        if self.standing.waits_for_second(EventCode::Withdraw) {
            more.push(self.key("home-withdraw-waits"));
        }
        if let Some(stars) = self.standing.stars {
            more.push(say(self.lang, "home-stars", &[("said", self.key(&format!("home-rate-{stars}")).into())]));
        }
        more
    }

    /// The clock that says by when the next thing happens.
    fn clock(&self) -> Option<&Running> {
        let Standing { own, line, .. } = self.standing;
        let clock = match line.state {
            MatterState::Registered => Clock::Accept,
            MatterState::Accepted | MatterState::Assigned | MatterState::Handling => Clock::Handling,
            MatterState::Review => line.clocks.open(Clock::Answer).map_or(Clock::Handling, |_| Clock::Answer),
            MatterState::Answered => Clock::Answer,
            MatterState::Papers if own.merged.is_none() => Clock::Papers,
            MatterState::Feedback => Clock::Feedback,
            MatterState::FollowUp if self.standing.stars.is_none() => Clock::Rating,
            _ => return None,
        };
        line.clocks.open(clock)
    }

    fn due(&self) -> Option<DueLine> {
        let running = self.clock()?;
        let reading = running.reading(self.now_ms, self.rules.calendar_for(running));
        let due_ms = reading.due_ms?;
        let due = said::when(self.lang, due_ms, self.now_ms);
        let is_ours = !matches!(running.clock, Clock::Papers | Clock::Rating);
        Some(DueLine {
            said: say(self.lang, &format!("home-due-{}", running.clock.word()), &[("due", due.into())]),
            rule: rule(self.lang, &self.standing.line, running, reading.provisional, self.now_ms),
            late: if is_ours && due_ms < self.now_ms { self.key("home-late") } else { String::new() },
        })
    }

    fn stations(&self) -> Vec<StationLine> {
        let Standing { own, row, line, .. } = self.standing;
        let over = matches!(own.state, MatterState::Refused | MatterState::Withdrawn | MatterState::Void);
        if over {
            return Vec::new();
        }
        let is_closed = line.state == MatterState::Closed;
        let now = line.state.stage().unwrap_or(Stage::Oversight).number();
        let when = |ms: i64| said::when(self.lang, ms, self.now_ms);
        let ended = |clock| line.clocks.get(clock).and_then(|running| running.ended).map(|end| when(end.at_ms)).unwrap_or_default();
        let station = |stage: &Stage| {
            let number = stage.number();
            let is = match number.cmp(&now) {
                std::cmp::Ordering::Less => "done",
                std::cmp::Ordering::Equal if is_closed => "done",
                std::cmp::Ordering::Equal => "now",
                std::cmp::Ordering::Greater => "next",
            };
            let said = match (stage, is) {
                (Stage::Acceptance, _) => when(row.at_ms),
                (Stage::Handling, "done") => ended(Clock::Handling),
                (Stage::Handling, "now") => self.who(),
                (Stage::Feedback, "done") => ended(Clock::Feedback),
                (Stage::Oversight, "done") => line.closed_ms.map(when).unwrap_or_default(),
                _ => String::new(),
            };
            StationLine { name: self.key(&format!("home-station-{number}-{is}")), is, is_said: self.key(&format!("home-station-{is}")), said }
        };
        Stage::ALL.iter().map(station).collect()
    }

    fn facts(&self) -> Vec<(String, String)> {
        let Standing { row, department, .. } = self.standing;
        let answers = department.as_ref().map_or_else(String::new, |d| d.answers.clone());
        let all = [("home-fact-who", self.who()), ("home-fact-answers", answers), ("home-fact-when", said::when(self.lang, row.at_ms, self.now_ms))];
        all.into_iter().filter(|(_, said)| !said.is_empty()).map(|(key, said)| (self.key(key), said)).collect()
    }

    fn deeds(&self, tried: &Tried) -> Vec<DeedLine> {
        let deeds = self.standing.may.iter().filter(|m| m.code != EventCode::Rate);
        let line = |m: &minqing_core::pipeline::Move| {
            let name = m.code.word().replace('_', "-");
            let is_tried = tried.event == m.code.word();
            let ask = if m.is_proposal { "-asked" } else { "" };
            DeedLine {
                event: m.code.word(),
                label: self.key(&format!("home-do-{name}")),
                effect: self.key(&format!("home-then-{name}{ask}")),
                saw: self.standing.saw(m.code),
                text: if is_tried { tried.text.clone() } else { String::new() },
                error: tried.why.clone().filter(|_| is_tried),
            }
        };
        deeds.map(line).collect()
    }
}
