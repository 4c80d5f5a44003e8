//! An appointment as it stands.

use minicbor::{Decode, Encode};

use super::{Slot, Window};
use crate::{
    Id,
    clock::MINUTE_MS,
    model::{AppointmentEvent, AppointmentPurpose, AppointmentState, NoRoomReason, SignedBy},
};

/// How late an officer may still come, in milliseconds.
const GRACE_MS: i64 = 30 * MINUTE_MS;

/// A time that was promised to a resident.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Promise {
    /// The time.
    #[n(0)]
    pub slot: Slot,
    /// By which event.
    #[n(1)]
    pub event: Id,
}

/// A promise that somebody else moved or took back: whoever was to come is told, and says that they saw it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Moved {
    /// What was promised.
    #[n(0)]
    pub from: Slot,
    /// The event that moved it.
    #[n(1)]
    pub event: Id,
    /// Who did.
    #[n(2)]
    pub by: Id,
    /// The officers who have not seen it yet.
    #[n(3)]
    pub unseen: Vec<Id>,
}

/// An appointment.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Appointment {
    /// Its id.
    #[n(0)]
    pub id: Id,
    /// Where it stands.
    #[n(1)]
    pub state: AppointmentState,
    /// The event that brought it there, and that event's ordinal.
    #[n(2)]
    pub moved: (Id, u64),
    /// Whose door.
    #[n(3)]
    pub household: Id,
    /// What for.
    #[n(4)]
    pub purpose: AppointmentPurpose,
    /// The matter that it is about.
    #[n(5)]
    pub matter: Option<Id>,
    /// Who asked for it.
    #[n(6)]
    pub asked_by: Id,
    /// When somebody may come.
    #[n(7)]
    pub windows: Vec<Window>,
    /// How long it takes, in minutes.
    #[n(8)]
    pub minutes: u16,
    /// How many persons come.
    #[n(9)]
    pub persons: u8,
    /// How often another time was named, or the one that was named was called off: the `SEQUENCE` of calendars.
    #[n(10)]
    pub sequence: u32,
    /// The time that was named last.
    #[n(11)]
    pub slot: Option<Slot>,
    /// Whether the server has kept that time free.
    #[n(12)]
    pub is_held: bool,
    /// Minutes kept free behind it.
    #[n(13)]
    pub buffer: u16,
    /// Until when a time that is held may be confirmed, milliseconds since 1970.
    #[n(14)]
    pub held_until_ms: i64,
    /// What is promised.
    #[n(15)]
    pub promise: Option<Promise>,
    /// A promise that was moved, until it was seen.
    #[n(16)]
    pub moved_promise: Option<Moved>,
    /// Why the time that was named could not be had, and which can.
    #[n(17)]
    pub no_room: Option<(NoRoomReason, Vec<Slot>)>,
    /// How many reminders went.
    #[n(18)]
    pub reminders: u8,
    /// What was told or handed over at the door.
    #[n(19)]
    pub delivered: Vec<Id>,
    /// Who signed for it.
    #[n(20)]
    pub signed: Option<SignedBy>,
}

impl Appointment {
    /// The time that the server keeps free for it.
    pub fn claims(&self) -> Option<&Slot> {
        self.slot.as_ref().filter(|_| self.is_held && !self.state.is_over())
    }

    /// From when on nobody came, milliseconds since 1970: half an hour after it was to end. `None` where no time was named.
    pub fn missed_from_ms(&self) -> Option<i64> {
        self.slot.as_ref().map(|slot| slot.end_ms() + GRACE_MS)
    }

    /// Whether an officer is to come now, or was to by a promise that was moved and that the officer has not seen moved.
    pub fn concerns(&self, officer: Id) -> bool {
        let unseen = self.moved_promise.as_ref().filter(|moved| moved.unseen.contains(&officer)).map(|moved| &moved.from);
        let named = self.slot.iter().chain(self.promise.as_ref().map(|promise| &promise.slot)).chain(unseen);
        named.into_iter().any(|slot| slot.officers.contains(&officer))
    }
}

impl AppointmentState {
    /// By which event another time is named.
    pub fn naming(self) -> AppointmentEvent {
        if matches!(self, Self::Requested | Self::Proposed) { AppointmentEvent::Propose } else { AppointmentEvent::Reschedule }
    }

    /// Whether somebody was promised to come.
    pub fn is_promised(self) -> bool {
        matches!(self, Self::Confirmed | Self::Reminded | Self::EnRoute | Self::Arrived)
    }

    /// Whether nothing more is to happen.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::NoShow | Self::Missed | Self::CancelledResident | Self::CancelledOffice)
    }
}
