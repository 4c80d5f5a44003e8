//! Figures of the line, counted slowly from what the log says of each matter. No clock, no database.

use std::collections::BTreeMap;

use minqing_core::{
    Id,
    calendar::Calendar,
    event::{FactKind, Said},
    model::{CallBackResult, Clock, EventCode, MatterOutcome, MatterState, Role},
    pipeline::{Happened, Matter, Step, happened},
};
use serde::Serialize;

use crate::rebuild::LoggedMatter;

/// A share: numerator, denominator and the quotient with four decimals; `null` where nothing was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Rate {
    /// How many.
    pub n: u64,
    /// Of how many.
    pub of: u64,
    /// n / of.
    pub rate: Option<f64>,
}

impl Rate {
    /// A share.
    pub fn new(n: u64, of: u64) -> Self {
        let rate = (of > 0).then(|| (n as f64 / of as f64 * 10_000.0).round() / 10_000.0);
        Self { n, of, rate }
    }

    fn count(&mut self, good: bool) {
        *self = Self::new(self.n + u64::from(good), self.of + 1);
    }
}

/// Figures of a set of matters.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Matters by the word of their type; `unset` before they are accepted.
    pub matters_by_type: BTreeMap<&'static str, u64>,
    /// Matters by the word of their state.
    pub matters_by_state: BTreeMap<&'static str, u64>,
    /// What happened that no row of the table covers, and events without a verdict.
    pub illegal_states: u64,
    /// Matters of which a handling or answer clock came to its due date, in any cycle, and was not taken back.
    pub overdue: u64,
    /// Signed in time, of all assignments.
    pub response_rate: Rate,
    /// Solved as residents confirm, of all that residents said something of; a matter that follows another counts with it.
    pub solution_rate: Rate,
    /// Three stars or more, of all ratings.
    pub satisfaction_rate: Rate,
    /// Ratings, of all residents who were invited to rate.
    pub participation_rate: Rate,
    /// Handled before K3 was due, of all that were handled.
    pub on_time_rate: Rate,
    /// Money spent, in fen.
    pub money_spent: u64,
    /// What officers told residents at their doors.
    pub told_at_door: u64,
    /// What happened and counted, by the word of the event; `undone` where a timer was taken back.
    pub line_events: BTreeMap<&'static str, u64>,
    /// Working time from registration to closing of each closed matter, by type, in milliseconds.
    #[serde(skip)]
    pub lengths: BTreeMap<&'static str, Vec<i64>>,
}

impl Figures {
    /// Counts matters.
    pub fn of<'m>(matters: impl IntoIterator<Item = (&'m Id, &'m LoggedMatter)>, calendar: &Calendar) -> Self {
        let mut figures = Self::default();
        for (id, logged) in matters {
            let judged = logged.facts.values().filter(|f| f.kind == FactKind::Verdict.number()).count();
            figures.illegal_states += logged.events.len().abs_diff(judged) as u64;
            figures.count(*id, happened(&logged.events, logged.facts.values().cloned()), calendar);
        }
        figures
    }

    fn count(&mut self, id: Id, all: Vec<Happened>, calendar: &Calendar) {
        let mut urged = Vec::new();
        let mut matter: Option<Matter> = None;
        for next in all {
            match &next {
                Happened::Step(step) => {
                    self.step(matter.as_ref(), step, calendar);
                    if step.role == Role::System && step.code == EventCode::Urge {
                        urged.push(step.id);
                    }
                }
                Happened::Undone(timer) => urged.retain(|id| id != timer),
            }
            let word = if let Happened::Step(step) = &next { step.code.word() } else { "undone" };
            *self.line_events.entry(word).or_default() += 1;
            match Matter::and(matter.as_ref(), id, next) {
                Some(after) => matter = Some(after),
                None => self.illegal_states += 1,
            }
        }
        self.overdue += u64::from(!urged.is_empty());
        if let Some(matter) = matter {
            self.end(&matter, calendar);
        }
    }

    /// One thing that happened, with the matter as it was before.
    fn step(&mut self, before: Option<&Matter>, step: &Step, calendar: &Calendar) {
        let in_time = |clock| before.and_then(|m| m.clocks.open(clock)).and_then(|k| k.due_ms(calendar)).map(|due| step.times.done_at <= due);
        match (step.code, &step.said) {
            (EventCode::Assign | EventCode::Transfer, _) => self.response_rate = Rate::new(self.response_rate.n, self.response_rate.of + 1),
            (EventCode::Sign, _) if in_time(Clock::Sign) == Some(true) => self.response_rate = Rate::new(self.response_rate.n + 1, self.response_rate.of),
            (EventCode::Pass, _) => self.on_time_rate.count(in_time(Clock::Handling).or(in_time(Clock::Answer)).unwrap_or(true)),
            (EventCode::Rate, Said::Rate(rate)) => self.satisfaction_rate.count(rate.stars >= 3),
            (EventCode::Result, Said::Outcome(outcome)) => self.money_spent += outcome.fen,
            (EventCode::Feedback | EventCode::Tell, _) if step.role == Role::Officer => self.told_at_door += 1,
            _ => {}
        }
    }

    /// The matter at its end, or where it stands.
    fn end(&mut self, m: &Matter, calendar: &Calendar) {
        let handling = m.handling.map_or("unset", |h| h.word());
        *self.matters_by_type.entry(handling).or_default() += 1;
        *self.matters_by_state.entry(m.state.word()).or_default() += 1;
        if m.clocks.get(Clock::Rating).is_some() {
            // The cycle that is rated now; those before have their ratings only from those who spoke.
            let rated = m.ratings.iter().filter(|r| r.cycle < m.cycle).count() as u64;
            let invited = m.cluster().count() as u64 + rated;
            self.participation_rate = Rate::new(self.participation_rate.n + m.ratings.len() as u64, self.participation_rate.of + invited);
        }
        if m.state == MatterState::Closed {
            if let Some(said) = confirmed(m) {
                self.solution_rate.count(said && m.outcome == Some(MatterOutcome::Solved));
            }
            if let Some(total) = m.clocks.get(Clock::Total) {
                let end = total.ended.map_or(total.started_ms, |end| end.at_ms);
                self.lengths.entry(handling).or_default().push(calendar.working_ms(total.started_ms, end));
            }
        }
    }
}

/// Whether residents say that it is solved; `None` where they said nothing.
fn confirmed(m: &Matter) -> Option<bool> {
    let last = m.ratings.iter().filter(|r| r.cycle == m.cycle);
    let said = last.map(|r| match r.call_back {
        Some(CallBackResult::NotSolved) => false,
        Some(CallBackResult::Confirmed) => true,
        _ => r.stars >= 3,
    });
    said.reduce(|all, one| all && one)
}
