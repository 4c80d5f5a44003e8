//! What each event of an appointment says: codes, ids, numbers and moments.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{Slot, Window};
use crate::{
    Id,
    event::{payloads, said},
    frame::{from_cbor, to_cbor},
    model::{AppointmentEvent, AppointmentPurpose, CancelReason, NoRoomReason, SignedBy},
};

payloads! {
    /// `request`.
    Request {
        /// Whose door.
        0 household: Id,
        /// What for.
        1 purpose: AppointmentPurpose,
        /// The matter that it is about.
        2 matter: Option<Id>,
        /// When somebody may come; none = the office asks.
        3 windows: Vec<Window>,
        /// How long it takes, in minutes.
        4 minutes: u16,
        /// How many persons come, 1 or 2.
        5 persons: u8,
    }
    /// `propose` and `reschedule`.
    Propose {
        /// The time.
        0 slot: Slot,
    }
    /// `hold`.
    Hold {
        /// The time that is kept free.
        0 slot: Slot,
        /// Until when somebody may confirm it, milliseconds since 1970.
        1 until_ms: i64,
        /// Minutes kept free behind it.
        2 buffer: u16,
    }
    /// `no_room`.
    NoRoom {
        /// Why.
        0 why: NoRoomReason,
        /// The next times that can be had, three at most.
        1 next: Vec<Slot>,
    }
    /// `confirm`.
    Confirm {
        /// Which time is meant: that of this sequence.
        0 sequence: u32,
    }
    /// `remind`.
    Remind {
        /// 1 the evening before, 2 two hours before.
        0 which: u8,
    }
    /// `done`.
    Done {
        /// What was told or handed over: events of the matter.
        0 delivered: Vec<Id>,
        /// Who signed.
        1 signed: SignedBy,
    }
    /// `nobody_in`.
    NobodyIn {
        /// Whether a card was left.
        0 card: bool,
    }
    /// `cancel`.
    Cancel {
        /// Why.
        0 reason: CancelReason,
    }
}

said!(AppointmentEvent, pub read {
    Request: Request,
    Propose: Propose | Reschedule,
    Hold: Hold,
    NoRoom: NoRoom,
    Confirm: Confirm,
    Remind: Remind,
    Done: Done,
    NobodyIn: NobodyIn,
    Cancel: Cancel,
});
