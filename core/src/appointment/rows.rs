//! The table of appointments, as data.

use super::{Effect as F, Guard as G, Transition};
use crate::model::{
    AppointmentEvent as E,
    AppointmentState::{self as S, Arrived, CancelledOffice, CancelledResident, Confirmed, Done, EnRoute, Held, Missed, NoShow, Proposed, Reminded, Requested},
    Role::{self, Clerk as C, Lead as L, Officer as O, Resident as R, System as Y},
};

/// Nothing has happened at the door yet.
const OPEN: &[S] = &[Requested, Proposed, Held, Confirmed, Reminded, EnRoute];
/// Somebody is to come.
const PROMISED: &[S] = &[Confirmed, Reminded];
/// Whoever has something to do there may begin wherever the network left it: a promise made at the door is one.
const BEFORE_THE_DOOR: &[S] = &[Requested, Proposed, Held, Confirmed, Reminded];
/// An officer may have been at the door, whatever the office changed meanwhile.
const AT_THE_DOOR: &[S] = &[Requested, Proposed, Held, Confirmed, Reminded, EnRoute, Arrived, Missed, CancelledResident, CancelledOffice];
const ANY: &[S] = &[Requested, Proposed, Held, Confirmed, Reminded, EnRoute, Arrived, Done, NoShow, Missed, CancelledResident, CancelledOffice];

/// A row; what follows it says more.
const fn row(event: E, from: &'static [S], to: Option<S>, who: &'static [Role]) -> Transition {
    Transition::new(event, from, to, who)
}

/// The table.
pub const TABLE: &[Transition] = &[
    row(E::Request, &[], Some(Requested), &[R, O, C, Y]).guards(&[G::SoundRequest]).offline(),
    row(E::Propose, &[Requested, Proposed], Some(Proposed), &[R, O, C, L, Y])
        .guards(&[G::SoundSlot, G::NotPast])
        .effects(&[F::CountSequence, F::TakeSlot])
        .offline(),
    row(E::Hold, &[Proposed], Some(Held), &[Y]).guards(&[G::SoundSlot]).effects(&[F::TakeHold]),
    row(E::NoRoom, &[Proposed], None, &[Y]).effects(&[F::TakeOffers]),
    row(E::Lapse, &[Held], Some(Proposed), &[Y]).effects(&[F::LetGo]),
    row(E::Confirm, &[Held], Some(Confirmed), &[R, C, L]).guards(&[G::SameTime, G::InTime]).effects(&[F::Promise]),
    row(E::Confirm, &[Held], Some(Confirmed), &[O]).guards(&[G::OwnVisit, G::SameTime, G::InTime]).effects(&[F::Promise]).offline(),
    row(E::Remind, PROMISED, Some(Reminded), &[Y]).guards(&[G::NewReminder]).effects(&[F::CountReminder]),
    row(E::Start, BEFORE_THE_DOOR, Some(EnRoute), &[O]).guards(&[G::OwnVisit]).offline(),
    row(E::Arrive, &[Requested, Proposed, Held, Confirmed, Reminded, EnRoute], Some(Arrived), &[O]).guards(&[G::OwnVisit]).offline(),
    row(E::Done, AT_THE_DOOR, Some(Done), &[O]).guards(&[G::OwnVisit]).effects(&[F::TakeDone]).offline(),
    row(E::Done, AT_THE_DOOR, Some(Done), &[C, L]).guards(&[G::HasBegun]).effects(&[F::TakeDone]),
    row(E::NobodyIn, AT_THE_DOOR, Some(NoShow), &[O]).guards(&[G::OwnVisit]).offline(),
    row(E::NobodyIn, AT_THE_DOOR, Some(NoShow), &[C, L]).guards(&[G::HasBegun]),
    row(E::Missed, &[Confirmed, Reminded, EnRoute], Some(Missed), &[Y, R]).guards(&[G::IsOver]),
    row(E::Cancel, OPEN, Some(CancelledResident), &[R]).effects(&[F::TakeBack, F::CountSequence]),
    row(E::Cancel, OPEN, Some(CancelledOffice), &[O]).guards(&[G::OwnVisit]).effects(&[F::TakeBack, F::CountSequence]).offline(),
    row(E::Cancel, OPEN, Some(CancelledOffice), &[C, L]).effects(&[F::TakeBack, F::CountSequence]),
    row(E::Cancel, &[Requested], Some(CancelledOffice), &[Y]),
    row(E::Reschedule, &[Held, Confirmed, Reminded, EnRoute, NoShow, Missed], Some(Proposed), &[R, C, L, O])
        .guards(&[G::SoundSlot, G::NotPast])
        .effects(&[F::TakeBack, F::CountSequence, F::TakeSlot])
        .offline(),
    row(E::Acknowledge, ANY, None, &[O]).guards(&[G::HasMoved]).effects(&[F::Acknowledge]).offline(),
];
