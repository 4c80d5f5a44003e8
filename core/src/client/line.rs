//! How a matter stands on the line, as far as this phone knows.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Lists;
use crate::{
    Error, Id, Result,
    calendar::Calendar,
    model::{Clock, EventCode, HandlingType, MatterState, Role},
    pipeline::{Around, Matter, Terms, moves},
    store::{
        documents,
        events::{self, Judged},
    },
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
    /// What it waits for that an officer brings, a word of the events; empty = nothing.
    pub expected: String,
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

impl Lists {
    /// How a matter stands on the line, and what may be done with it here.
    ///
    /// # Errors
    /// `matter.unknown`, `device.not_enrolled`, `store.failed`.
    pub fn line_of(&self, matter: String) -> Result<LineRow> {
        let (id, _) = self.known_matter(&matter)?;
        let Some((m, judged)) = self.fold(id)? else { return Err(Error::Missing { code: "matter.unknown", id: matter }) };
        let (now_ms, calendar) = (self.at()?.estimate(), self.calendar()?);
        let content = documents::load(self.store.read(), id)?.map(|stored| stored.doc.content());
        let texts = content.as_ref().map(view::texts).unwrap_or_default();
        let pending = judged.iter().any(Judged::is_pending);
        let running = [Clock::Answer, Clock::Handling].into_iter().find_map(|clock| m.clocks.open(clock));
        let reading = running.map(|clock| clock.reading(now_ms, &calendar));
        let around = Around { id, calendar: &calendar, terms: &Terms::RULES, works_for: &[], other: None, now_ms };
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
            expected: expected(&m).map_or("", EventCode::word).to_owned(),
            public_reply: public.unwrap_or_default(),
        })
    }

    /// The office's calendar: the one of this build, with all that the office has set and this phone was told.
    pub(super) fn calendar(&self) -> Result<Cow<'static, Calendar>> {
        events::calendar_parts(self.store.read())?.iter().try_fold(Cow::Borrowed(Calendar::shipped()), |calendar, part| {
            // What a newer office says may be beyond this build.
            Ok(calendar.with_part(&part.part, &part.json).map_or(calendar, Cow::Owned))
        })
    }

    /// A matter as what was accepted tells, and what this phone proposes, with its events; nothing where it was never accepted.
    pub(super) fn fold(&self, id: Id) -> Result<Option<(Matter, Vec<Judged>)>> {
        let judged = events::of_matter(self.store.read(), id)?;
        let folded = Matter::fold(id, events::happened(self.store.read(), id, &judged)?);
        Ok(folded.map(|m| (m, judged)))
    }
}

/// What a matter waits for that an officer brings.
fn expected(m: &Matter) -> Option<EventCode> {
    match m.state {
        MatterState::Registered if m.about.proposed == Some(HandlingType::Immediate) => Some(EventCode::SolveOnSpot),
        MatterState::Papers => Some(EventCode::PapersIn),
        MatterState::Feedback if m.is_to_be_told(m.id) => Some(EventCode::Feedback),
        MatterState::FollowUp => Some(EventCode::Rate),
        _ => None,
    }
}
