//! An appointment as its resident sees it: when and what for, never who comes.

use minqing_core::{
    Id,
    appointment::{Slot, TABLE},
    model::{AppointmentEvent, Role},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::storage::log::KeptAppointment;

/// A time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TimeSeen {
    /// When it begins, milliseconds since 1970.
    pub(super) start_ms: i64,
    /// How long it is, in minutes.
    pub(super) minutes: u16,
}

impl From<&Slot> for TimeSeen {
    fn from(slot: &Slot) -> Self {
        Self { start_ms: slot.start_ms, minutes: slot.minutes }
    }
}

/// An appointment as its resident sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ResidentAppointment {
    /// The appointment.
    pub(super) id: String,
    /// Where it stands.
    pub(super) state: String,
    /// What for.
    pub(super) purpose: String,
    /// The time that was named last; until it is promised, it is to be confirmed.
    pub(super) time: Option<TimeSeen>,
    /// Until when that may be confirmed, milliseconds since 1970; 0 where it is not held.
    pub(super) held_until_ms: i64,
    /// What is promised.
    pub(super) promised: Option<TimeSeen>,
    /// How often another time was named, or the one that was named was called off; to be sent with `confirm`.
    pub(super) sequence: u32,
    /// Why the time that was named cannot be had; empty where it can.
    pub(super) no_room: String,
    /// Times that can be had in its place.
    pub(super) offers: Vec<TimeSeen>,
    /// What may be done with it now, as the words of `event`.
    pub(super) may: Vec<&'static str>,
    /// The highest ordinal of it, to be sent as `saw`.
    pub(super) seen: u64,
}

impl ResidentAppointment {
    /// How it is seen at an instant; `None` while nothing of it was accepted.
    pub(super) fn of(id: Id, kept: &KeptAppointment, now_ms: i64) -> Option<Self> {
        let a = kept.appointment.as_ref()?;
        let allowed = |event: AppointmentEvent| TABLE.iter().any(|row| row.event == event && row.who.contains(&Role::Resident) && row.from.contains(&a.state));
        let is_over = a.missed_from_ms().is_some_and(|from_ms| now_ms >= from_ms);
        let chooses = allowed(AppointmentEvent::Propose) || allowed(AppointmentEvent::Reschedule);
        let may = [
            ("choose", chooses),
            ("confirm", allowed(AppointmentEvent::Confirm) && now_ms <= a.held_until_ms),
            ("cancel", allowed(AppointmentEvent::Cancel)),
            ("missed", allowed(AppointmentEvent::Missed) && is_over),
        ];
        Some(Self {
            id: id.to_string(),
            state: a.state.word().to_owned(),
            purpose: a.purpose.word().to_owned(),
            time: a.slot.as_ref().map(TimeSeen::from),
            held_until_ms: a.held_until_ms,
            promised: a.promise.as_ref().map(|promise| TimeSeen::from(&promise.slot)),
            sequence: a.sequence,
            no_room: a.no_room.as_ref().map_or_else(String::new, |(why, _)| why.word().to_owned()),
            offers: a.no_room.iter().flat_map(|(_, offers)| offers).map(TimeSeen::from).collect(),
            may: may.into_iter().filter_map(|(word, may)| may.then_some(word)).collect(),
            seen: kept.judged,
        })
    }
}
