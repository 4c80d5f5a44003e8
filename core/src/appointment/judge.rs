//! What the rules say about one more event.

use super::{Appointment, Said, Step, TABLE, Transition};
use crate::{
    Id,
    event::Event,
    model::{AppointmentEvent, AppointmentState, RefusalCode, Role},
};

/// What the rules say about one more event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It counts; this is what the appointment becomes.
    Accepted(Box<Appointment>),
    /// It does not; nothing that was typed is lost.
    Refused {
        /// Why.
        code: RefusalCode,
        /// The event that came first, where this one was overtaken.
        by: Option<Id>,
    },
}

/// Judges an event that takes the place `ordinal` among what happened to the appointment `id`.
///
/// An event that comes too late for the state is *overtaken* if its author had not seen the move, otherwise not allowed.
pub fn judge(id: Id, before: Option<&Appointment>, ordinal: u64, event: &Event, done_at: i64) -> Judgement {
    let refused = |code| Judgement::Refused { code, by: None };
    let step = match Step::of(event, ordinal, done_at) {
        Ok(step) => step,
        Err(code) => return refused(code),
    };
    match try_step(id, before, &step) {
        Ok(after) => Judgement::Accepted(Box::new(after)),
        Err(RefusalCode::NotAllowed) => match before {
            // What the author could not know is nobody's mistake.
            Some(a) if a.moved.1 > event.saw => Judgement::Refused { code: RefusalCode::Overtaken, by: Some(a.moved.0) },
            _ => refused(RefusalCode::NotAllowed),
        },
        Err(code) => refused(code),
    }
}

fn try_step(id: Id, before: Option<&Appointment>, step: &Step) -> Result<Appointment, RefusalCode> {
    let row = row(before, step)?;
    let a = Appointment::before(before, id, step).ok_or(RefusalCode::Incomplete)?;
    row.guards.iter().try_for_each(|guard| guard.check(&a, step))?;
    Ok(a.moved_by(row, step))
}

/// What an officer may do about it now without a network. Of another time, only that one may be named.
pub fn moves(a: &Appointment, officer: Id, now_ms: i64) -> Vec<AppointmentEvent> {
    // It says nothing yet, so that only those guards are asked that hold whatever it says.
    let mut step =
        Step { id: Id([0; 16]), ordinal: a.moved.1, code: AppointmentEvent::Start, by: officer, role: Role::Officer, said: Said::Nothing, done_at: now_ms };
    let mut may = Vec::new();
    for row in TABLE.iter().filter(|row| row.offline && row.from.contains(&a.state) && row.who.contains(&Role::Officer)) {
        step.code = row.event;
        let mut asked = row.guards.iter().filter(|guard| guard.looks_at_who_and_when());
        if !may.contains(&row.event) && asked.all(|guard| guard.check(a, &step).is_ok()) {
            may.push(row.event);
        }
    }
    may
}

/// The row for a step, or why there is none.
pub(super) fn row(before: Option<&Appointment>, step: &Step) -> Result<&'static Transition, RefusalCode> {
    let fits = |row: &&Transition| row.event == step.code && before.map_or(row.from.is_empty(), |a| row.from.contains(&a.state));
    let mut rows = TABLE.iter().filter(fits).peekable();
    if rows.peek().is_none() {
        let is_second = before.is_some() && matches!(step.said, Said::Request(_));
        return Err(if is_second { RefusalCode::AlreadyRegistered } else { RefusalCode::NotAllowed });
    }
    rows.find(|row| row.who.contains(&step.role)).ok_or(RefusalCode::Role)
}

impl Appointment {
    /// What a step finds: the appointment, or what its request asks for.
    pub(super) fn before(before: Option<&Self>, id: Id, step: &Step) -> Option<Self> {
        if let Some(a) = before {
            return Some(a.clone());
        }
        let Said::Request(r) = &step.said else { return None };
        Some(Self {
            id,
            state: AppointmentState::Requested,
            moved: (step.id, step.ordinal),
            household: r.household,
            purpose: r.purpose,
            matter: r.matter,
            asked_by: step.by,
            windows: r.windows.clone(),
            minutes: r.minutes,
            persons: r.persons,
            sequence: 0,
            slot: None,
            is_held: false,
            buffer: 0,
            held_until_ms: 0,
            promise: None,
            moved_promise: None,
            no_room: None,
            reminders: 0,
            delivered: Vec::new(),
            signed: None,
        })
    }

    /// What a row makes of it.
    pub(super) fn moved_by(mut self, row: &Transition, step: &Step) -> Self {
        row.effects.iter().for_each(|effect| effect.apply(&mut self, step));
        if let Some(state) = row.to {
            (self.state, self.moved) = (state, (step.id, step.ordinal));
        }
        self
    }
}
