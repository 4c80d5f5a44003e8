//! What the system does by itself when a clock comes to a moment: lamps, orders, reminders, lapses, the end of the rating window.

use super::{Matter, Running};
use crate::{
    Id,
    calendar::Calendar,
    event::Alarm,
    model::{Clock, EventCode, MatterState},
};

/// Working days after the due date at which an order is given, and at which the matter is named.
const ORDER_AFTER: u32 = 2;
const NAME_AFTER: u32 = 5;

/// Something that the system does at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    /// What.
    pub code: EventCode,
    /// The clock, and the moment it comes to.
    pub alarm: Alarm,
    /// When it may be done: that moment, or the next office hour.
    pub at_ms: i64,
    /// It waits until the phones that carry the matter have been heard of since.
    pub waits_for_phones: bool,
}

impl Timer {
    /// The id of the fact: the same whoever does it, and however often; another one once a timer was taken back, since it may come again.
    pub fn id(&self, m: &Matter) -> Id {
        let (code, clock, moment) = (self.code.word(), self.alarm.clock.word(), self.alarm.at_ms);
        let again = if m.counts.undone == 0 { String::new() } else { format!(" {}", m.counts.undone) };
        Id::named(&["timer", &m.id.to_string(), &m.cycle.to_string(), &format!("{code} {clock} {moment}{again}")])
    }
}

/// What is still to be done about a matter if nothing happens to it, the earliest first.
pub fn timers(m: &Matter, calendar: &Calendar) -> Vec<Timer> {
    let mut all = Vec::new();
    if !m.state.is_terminal() && m.state != MatterState::Merged {
        for clock in [Clock::Handling, Clock::Answer] {
            if let Some(running) = m.clocks.open(clock) {
                lamps(running, calendar, &mut all);
            }
        }
        match m.state {
            MatterState::Papers => papers(m, calendar, &mut all),
            MatterState::FollowUp => rating(m, calendar, &mut all),
            _ => {}
        }
    }
    all.retain(|timer| !is_done(m, timer));
    all.sort_by_key(|timer| timer.at_ms);
    all
}

/// Yellow; due: red and urged; two working days after: ordered; five: named.
fn lamps(running: &Running, calendar: &Calendar, all: &mut Vec<Timer>) {
    let (Some(yellow), Some(due)) = (running.yellow_ms(calendar), running.due_ms(calendar)) else { return };
    let after = |days| calendar.due(due, days).due_ms;
    for (code, at_ms) in [(EventCode::Warn, yellow), (EventCode::Urge, due), (EventCode::Order, after(ORDER_AFTER)), (EventCode::Name, after(NAME_AFTER))] {
        // Nobody is told at midnight.
        let may_ms = if code == EventCode::Urge { at_ms } else { calendar.next_office_ms(at_ms) };
        all.push(Timer { code, alarm: Alarm { clock: running.clock, at_ms }, at_ms: may_ms, waits_for_phones: code == EventCode::Name });
    }
}

/// Two reminders, half-way and two working days before, and the lapse.
fn papers(m: &Matter, calendar: &Calendar, all: &mut Vec<Timer>) {
    let Some(running) = m.clocks.open(Clock::Papers) else { return };
    let (Some(whole), Some(due)) = (running.allowance_ms(calendar), running.due_ms(calendar)) else { return };
    let moments = [whole / 2, (whole - 2 * calendar.hours().length_ms()).max(whole / 2)];
    for used in moments.into_iter().skip(usize::from(m.counts.reminders)) {
        let at_ms = calendar.after(running.started_ms, used);
        let alarm = Alarm { clock: Clock::Papers, at_ms };
        all.push(Timer { code: EventCode::Remind, alarm, at_ms: calendar.next_office_ms(at_ms), waits_for_phones: false });
    }
    if m.counts.reminders >= 2 {
        all.push(Timer { code: EventCode::PapersLapse, alarm: Alarm { clock: Clock::Papers, at_ms: due }, at_ms: due, waits_for_phones: true });
    }
}

fn rating(m: &Matter, calendar: &Calendar, all: &mut Vec<Timer>) {
    if let Some(due) = m.clocks.open(Clock::Rating).and_then(|k8| k8.due_ms(calendar)) {
        all.push(Timer { code: EventCode::RatingWindowEnds, alarm: Alarm { clock: Clock::Rating, at_ms: due }, at_ms: due, waits_for_phones: true });
    }
}

/// Whether it was done already, or supervision has gone further.
fn is_done(m: &Matter, timer: &Timer) -> bool {
    match timer.code {
        EventCode::Warn | EventCode::Urge | EventCode::Order | EventCode::Name => !m.rises(timer.code, true),
        _ => false,
    }
}
