//! What an exchange brings, and what it leaves on its device's row.

use minqing_core::{
    envelope::{Item, Quarantine},
    guards::Guards,
    ids::{Device, Name},
    wire::ItemState,
};

use super::EnvelopeHead;

/// An envelope that came in.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// Its head.
    pub head: EnvelopeHead,
    /// Whether the device it names signed it.
    pub signed: bool,
    /// Each item, with where it is kept at once where cheap checks say so.
    pub items: Vec<(Item, Option<Apart>)>,
}

/// Where an item is kept that is not to be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// Put aside: something is wrong with it.
    Aside(Quarantine),
    /// In escrow: something is wrong with who brings it.
    Escrow(Quarantine),
}

/// Envelopes that a device brought.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The envelopes.
    pub envelopes: Vec<Delivered>,
    /// Items of the carrier that it wrote again under other names.
    pub superseded: Vec<Name>,
    /// What the exchange leaves on the carrier's row; whether it is fresh is found here.
    pub seen: Seen,
    /// What protects the log.
    pub guards: Guards,
}

/// What became of a delivery.
#[derive(Clone, Debug)]
pub struct Received {
    /// Of each item, in order, what was known before: nothing if it is new.
    pub known: Vec<Option<ItemState>>,
    /// How the carrier's ticket was found.
    pub ticket: TicketSeen,
}

/// How a device's ticket was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketSeen {
    /// The device's first exchange.
    First,
    /// The ticket of the last answer, or of the one before where that answer was lost.
    Fits,
    /// An old one: a restored phone or a copy of it, if it brings something new; else perhaps a request that was
    /// long on its way.
    Old,
}

/// What one exchange leaves on the device's row.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The device.
    pub device: Device,
    /// The ticket it showed.
    pub shown: Option<Vec<u8>>,
    /// The next ticket, where something was exchanged.
    pub next: Option<[u8; 8]>,
    /// Whether it brought something not known before.
    pub fresh: bool,
    /// Whether it came as a bundle: that is no exchange, and leaves the ticket alone.
    pub bundle: bool,
    /// The app's version, as its header says.
    pub app: Option<String>,
    /// How many items it says it still has.
    pub unsent: u32,
    /// How much room it says is left on it, in MiB; `None` = enough.
    pub room_mib: Option<u32>,
    /// Now.
    pub now_ms: i64,
}
