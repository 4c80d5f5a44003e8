//! The same figures counted slowly, from what the log says of each matter: nothing that was kept on the way is looked at.

use std::collections::{BTreeMap, BTreeSet};

use minqing_core::{
    Id,
    event::{FactKind, Said},
    model::{CallBackResult, Clock, EventCode, MatterOutcome, MatterState, Role},
    pipeline::{Happened, Matter, Running, Step, happened},
};

use super::{Calendars, Totals, rate::four_decimals};
use crate::rebuild::Logged;

/// Figures of a set of matters, and what only a recount tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// What [`super::table`] says of the same matters without a period.
    pub totals: Totals,
    /// Matters by the word of their type; `unset` before they are accepted.
    pub by_type: BTreeMap<&'static str, u64>,
    /// Matters by the word of their state.
    pub by_state: BTreeMap<&'static str, u64>,
    /// What happened that no row of the table covers, and events without a verdict.
    pub illegal_states: u64,
    /// What happened and counted, by the word of the event; `undone` where a timer was taken back.
    pub line_events: BTreeMap<&'static str, u64>,
    /// Working time from registration to closing of each closed matter, by type, in milliseconds.
    pub lengths: BTreeMap<&'static str, Vec<i64>>,
    /// Of each late result, used over allowed time, in whole ten-thousandths.
    late: Vec<i128>,
}

/// One matter on its way.
#[derive(Default)]
struct Way {
    matter: Option<Matter>,
    urged: BTreeSet<Id>,
    /// What the last result cost, in fen.
    fen: u64,
    /// Each resident's last stars.
    stars: BTreeMap<Id, u8>,
    /// What residents said in this cycle: whether it is solved.
    said: Vec<(Id, bool)>,
    was_invited: bool,
}

impl Figures {
    /// Counts matters.
    pub fn of<'m>(matters: impl IntoIterator<Item = (&'m Id, &'m Logged)>, calendars: &impl Calendars) -> Self {
        let mut figures = Self::default();
        for (id, logged) in matters {
            let judged = logged.facts.values().filter(|f| f.kind == FactKind::Verdict.number()).count();
            figures.illegal_states += logged.events.len().abs_diff(judged) as u64;
            figures.count(*id, happened(&logged.events, logged.facts.values().cloned()), calendars);
        }
        let late = &figures.late;
        figures.totals.overdue_multiple = (!late.is_empty()).then(|| four_decimals(late.iter().sum::<i128>() as f64 / 10_000.0 / late.len() as f64));
        figures
    }

    fn count(&mut self, id: Id, all: Vec<Happened>, calendars: &impl Calendars) {
        let mut way = Way::default();
        for next in all {
            let word = match &next {
                Happened::Step(step) => {
                    self.step(&mut way, step, calendars);
                    step.code.word()
                }
                Happened::Undone(timer) => {
                    way.urged.remove(timer);
                    "undone"
                }
            };
            *self.line_events.entry(word).or_default() += 1;
            let is_taken_back = matches!(next, Happened::Undone(_));
            match Matter::and(way.matter.as_ref(), id, next) {
                Some(after) => way.now(after, is_taken_back),
                None => self.illegal_states += 1,
            }
        }
        self.end(&way, calendars);
    }

    /// One thing that happened, with the matter as it was before.
    fn step(&mut self, way: &mut Way, step: &Step, calendars: &impl Calendars) {
        let calendar = calendars.of(step.times.calendar);
        let open = |clock| way.matter.as_ref().and_then(|m| m.clocks.open(clock));
        let in_time = |k: &Running| k.due_ms(calendar).is_none_or(|due| step.times.done_at <= due);
        let t = &mut self.totals;
        match (step.code, &step.said) {
            (EventCode::Assign | EventCode::Transfer, _) => t.response.of += 1,
            (EventCode::Sign, _) => t.response.n += u64::from(open(Clock::Sign).is_some_and(in_time)),
            (EventCode::Return, _) => t.returned += 1,
            (EventCode::SendBack, _) => t.reworked += 1,
            (EventCode::Result, Said::Outcome(outcome)) => way.fen = outcome.fen,
            (EventCode::Pass, _) => {
                t.money_fen += way.fen;
                let clock = open(Clock::Handling).or(open(Clock::Answer));
                t.on_time.count(clock.is_none_or(in_time));
                let late = clock.filter(|k| !in_time(k));
                self.late.extend(late.and_then(|k| Some(10_000 * i128::from(k.used_ms(step.times.done_at, calendar)) / i128::from(k.allowance_ms(calendar)?))));
            }
            (EventCode::Rate, Said::Rate(rate)) => {
                way.stars.insert(rate.of, rate.stars);
                way.said.push((rate.of, rate.stars >= 3));
            }
            (EventCode::CallBack, Said::CallBack(asked)) => {
                let said = way.said.iter_mut().rev().find(|(of, _)| *of == asked.of);
                match (asked.result, said) {
                    (CallBackResult::Confirmed, Some(said)) => said.1 = true,
                    (CallBackResult::NotSolved, Some(said)) => said.1 = false,
                    _ => {}
                }
            }
            (EventCode::Feedback, Said::Feedback(told)) if step.role == Role::Officer => t.told_at_door += u64::from(told.reached),
            (EventCode::Tell, _) if step.role == Role::Officer => t.told_at_door += 1,
            (EventCode::Urge, _) if step.role == Role::System => drop(way.urged.insert(step.id)),
            _ => {}
        }
    }

    /// The matter at its end, or where it stands.
    fn end(&mut self, way: &Way, calendars: &impl Calendars) {
        let Some(m) = &way.matter else { return };
        let handling = m.handling.map_or("unset", |h| h.word());
        *self.by_type.entry(handling).or_default() += 1;
        *self.by_state.entry(m.state.word()).or_default() += 1;
        let t = &mut self.totals;
        t.received += 1;
        let is_over = matches!(m.state, MatterState::Closed | MatterState::Refused | MatterState::Withdrawn | MatterState::Void | MatterState::Merged);
        *(if is_over { &mut t.ended } else { &mut t.open }) += 1;
        t.overdue += u64::from(!way.urged.is_empty());
        t.satisfaction.n += way.stars.values().filter(|stars| **stars >= 3).count() as u64;
        t.satisfaction.of += way.stars.len() as u64;
        if way.was_invited {
            let everybody: BTreeSet<Id> = m.cluster().chain(way.stars.keys().copied()).collect();
            t.participation.of += everybody.len() as u64;
        }
        t.participation.n += way.stars.len() as u64;
        if m.state == MatterState::Closed {
            let is_solved = m.outcome == Some(MatterOutcome::Solved);
            t.solved += if is_solved { 1 + m.members.len() as u64 } else { 0 };
            if !way.said.is_empty() {
                t.solution.count(is_solved && way.said.iter().all(|(_, good)| *good));
            }
            if let Some(total) = m.clocks.get(Clock::Total) {
                let end = total.ended.map_or(total.started_ms, |end| end.at_ms);
                let calendar = total.ended.map_or(0, |end| end.calendar);
                self.lengths.entry(handling).or_default().push(calendars.of(calendar).working_ms(total.started_ms, end));
            }
        }
        for rate in [&mut t.response, &mut t.satisfaction, &mut t.participation] {
            *rate = super::Rate::new(rate.n, rate.of);
        }
    }
}

impl Way {
    fn now(&mut self, after: Matter, is_taken_back: bool) {
        // What a timer had brought to rating, and then was taken back, invited nobody.
        self.was_invited &= !is_taken_back || after.clocks.get(Clock::Rating).is_some();
        if self.matter.as_ref().is_some_and(|before| before.cycle != after.cycle) {
            self.said.clear();
        }
        self.was_invited |= after.state == MatterState::FollowUp;
        self.matter = Some(after);
    }
}
