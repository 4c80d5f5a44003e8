//! Time goes on, and what clocks come to is done, as a server does it.

use minqing_core::{
    event::{FactKind, Said, Timer as TimerFact},
    frame::to_cbor,
    model::EventCode,
    pipeline::{Judgement, judge_timer, timers},
};

use super::Case;

impl Case {
    /// Time goes on until an instant, and what comes due on the way is done at its time. Returns what was done.
    pub fn until(&mut self, ms: i64) -> Vec<EventCode> {
        let mut done = Vec::new();
        while let Some((at_ms, code)) = self.next_timer().filter(|(at_ms, _)| *at_ms <= ms) {
            self.now_ms = self.now_ms.max(at_ms);
            if !self.fires() {
                break;
            }
            done.push(code);
        }
        self.now_ms = self.now_ms.max(ms);
        done
    }

    /// The next timer, and when the server may do it.
    pub fn next_timer(&self) -> Option<(i64, EventCode)> {
        let timer = timers(self.matter.as_ref()?, &self.calendar).into_iter().next()?;
        let waits = timer.waits_for_phones && !self.phones_heard;
        let at_ms = if waits { self.calendar.due(timer.alarm.at_ms, 2).due_ms } else { timer.at_ms };
        Some((at_ms, timer.code))
    }

    fn fires(&mut self) -> bool {
        let Some(timer) = timers(self.m(), &self.calendar).into_iter().next() else { return false };
        let id = timer.id(self.m());
        if self.facts.iter().any(|fact| fact.id == id) {
            return false;
        }
        let ordinal = self.judged + 1;
        let said = (id, timer.code, Said::Alarm(timer.alarm.clone()));
        let Judgement::Accepted { matter, .. } = judge_timer(self.m(), ordinal, said, &self.around()) else { return false };
        let fact = TimerFact { ordinal, code: timer.code, alarm: timer.alarm, calendar: self.calendar.version() };
        (self.matter, self.judged) = (Some(*matter), ordinal);
        self.fact(FactKind::Timer, Some(id), to_cbor(&fact));
        true
    }
}
