//! Appointments at the door as one pure function: what happened, by ordinal → where it stands.
//!
//! Events travel, are judged and are logged like those of a matter ([`crate::event::Event`], with the codes of
//! [`crate::model::AppointmentEvent`]); the server's own deeds (holding a time, reminding) are events, too. [`TABLE`] is the whole machine as
//! data. No I/O and no clock: phone and server compute the same. Whether a person is free the server alone knows.

mod availability;
mod diary;
mod door;
mod effect;
mod fold;
mod guard;
mod judge;
mod openings;
mod rows;
mod said;
mod slot;
mod standing;
mod step;
mod table;
mod terms;

pub use availability::{Availability, OtherDay};
pub use diary::{Diaries, Diary};
pub use door::Door;
pub use effect::Effect;
pub use fold::happened;
pub use guard::Guard;
pub use judge::{Judgement, judge, moves};
pub use openings::{OpenPlace, Opening, Openings};
pub use rows::TABLE;
pub use said::{Cancel, Confirm, Done, Hold, NoRoom, NobodyIn, Propose, Remind, Request, Said};
pub use slot::{BUCKET_MS, Slot, Window};
pub use standing::{Appointment, Moved, Promise};
pub use step::Step;
pub use table::Transition;
pub use terms::{Terms, horizon};

/// Version of the rules, stated in every verdict.
pub const RULES: u32 = 1;
