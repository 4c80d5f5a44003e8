//! A fact: what the server decided. Read, never computed again, never uploaded.

use minicbor::{Decode, Encode};

use super::Alarm;
use crate::{
    Id, Result,
    frame::{from_cbor, to_cbor},
    ids::Opening,
    model::{EventCode, Patch, Started},
};

/// Kinds of facts, all numbered now; this version makes verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// Judges one event.
    Verdict,
    /// A clock of the pipeline ran out.
    Timer,
    /// A timer is taken back.
    Undone,
    /// A person's time is taken.
    Claim,
    /// And given back.
    Release,
    /// A document comes into a stream.
    Enter,
    /// A document leaves a stream.
    Leave,
    /// A person gets one document from elsewhere.
    Share,
    /// And no longer.
    Unshare,
    /// Phones may drop a document.
    Archive,
    /// And take it back.
    Restore,
    /// What stood of a document was erased; what follows is the document begun anew.
    Erased,
    /// Two documents are one door.
    Alias,
    /// The streams an officer sees.
    Scope,
    /// What the office made of an item put aside.
    Settled,
    /// A part of the office's calendar was set.
    Calendar,
    /// An officer's round of a day was planned.
    Round,
    /// A photo was covered, to be seen by everybody.
    Covered,
}

impl FactKind {
    const ALL: [Self; 18] = [
        Self::Verdict,
        Self::Timer,
        Self::Undone,
        Self::Claim,
        Self::Release,
        Self::Enter,
        Self::Leave,
        Self::Share,
        Self::Unshare,
        Self::Archive,
        Self::Restore,
        Self::Erased,
        Self::Alias,
        Self::Scope,
        Self::Settled,
        Self::Calendar,
        Self::Round,
        Self::Covered,
    ];

    /// The number on the wire, from 1.
    pub fn number(self) -> u8 {
        Self::ALL.iter().zip(1..).find(|(kind, _)| **kind == self).map_or(0, |(_, n)| n)
    }

    /// The kind of a number, `None` if it is of a newer version.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number).checked_sub(1)?).copied()
    }

    /// Stream-control facts count in no sum.
    pub fn counts(self) -> bool {
        !matches!(self, Self::Enter | Self::Leave | Self::Share | Self::Unshare | Self::Archive | Self::Erased | Self::Scope)
    }
}

/// A fact as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Fact {
    /// The same in every stream that carries it: it counts once.
    #[n(0)]
    pub id: Id,
    /// Number of a [`FactKind`].
    #[n(1)]
    pub kind: u8,
    /// When the server decided, milliseconds since 1970.
    #[n(2)]
    pub server_ms: i64,
    /// CBOR whose shape the kind says.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub payload: Vec<u8>,
}

impl Fact {
    /// The bytes that travel.
    pub fn encode(&self) -> Vec<u8> {
        to_cbor(self)
    }

    /// Whether a fact of these bytes counts in its document's sum, as one does that cannot be read.
    pub fn counts(bytes: &[u8]) -> bool {
        Self::decode(bytes).ok().and_then(|fact| FactKind::from_number(fact.kind)).is_none_or(FactKind::counts)
    }

    /// Whether after a fact of these bytes nothing of its document counts in the stream any more.
    pub fn uncounts(bytes: &[u8]) -> bool {
        let kind = Self::decode(bytes).ok().and_then(|fact| FactKind::from_number(fact.kind));
        matches!(kind, Some(FactKind::Leave | FactKind::Unshare | FactKind::Archive | FactKind::Erased))
    }

    /// Reads a fact; unknown keys are skipped.
    ///
    /// # Errors
    /// `frame.malformed`.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        from_cbor(bytes)
    }

    /// The volume that is archived, if it says that.
    pub fn archived(&self) -> Option<Archived> {
        (FactKind::from_number(self.kind)? == FactKind::Archive).then(|| from_cbor(&self.payload).ok())?
    }

    /// What it says of an item put aside, if it says that.
    pub fn settled(&self) -> Option<Settled> {
        (FactKind::from_number(self.kind)? == FactKind::Settled).then(|| from_cbor(&self.payload).ok())?
    }

    /// The part of the calendar in it, if it is one.
    pub fn calendar(&self) -> Option<CalendarPart> {
        (FactKind::from_number(self.kind)? == FactKind::Calendar).then(|| from_cbor(&self.payload).ok())?
    }

    /// The round in it, if it is one.
    pub fn round(&self) -> Option<RoundPlan> {
        (FactKind::from_number(self.kind)? == FactKind::Round).then(|| from_cbor(&self.payload).ok())?
    }

    /// How a photo was covered, if it says that.
    pub fn covered(&self) -> Option<Covered> {
        (FactKind::from_number(self.kind)? == FactKind::Covered).then(|| from_cbor(&self.payload).ok())?
    }

    /// The timer in it, if it is one.
    pub fn timer(&self) -> Option<Timer> {
        (FactKind::from_number(self.kind)? == FactKind::Timer).then(|| from_cbor(&self.payload).ok())?
    }

    /// What it takes back, if it does.
    pub fn undone(&self) -> Option<Undone> {
        (FactKind::from_number(self.kind)? == FactKind::Undone).then(|| from_cbor(&self.payload).ok())?
    }

    /// The verdict in it, if it is one.
    pub fn verdict(&self) -> Option<Verdict> {
        (FactKind::from_number(self.kind)? == FactKind::Verdict).then(|| from_cbor(&self.payload).ok())?
    }
}

/// A volume of visits that phones may drop: its year is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Archived {
    /// At whose door.
    #[n(0)]
    pub household: Id,
    /// Of which year.
    #[n(1)]
    pub year: i16,
}

/// A part of the office's calendar; a row of every community's commons. Of the same part the greatest version holds.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CalendarPart {
    /// A year, `own-days` or `hours`.
    #[n(0)]
    pub part: String,
    /// 1 is the first of its part.
    #[n(1)]
    pub version: u32,
    /// JSON, as the office set it.
    #[n(2)]
    pub json: String,
}

/// An officer's round of a day, as the office planned it; a row of the officer's own stream. Of the same day the one made last holds.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct RoundPlan {
    /// JSON of a [`crate::rounds::Planned`].
    #[n(0)]
    pub json: String,
}

/// What everybody may see of a photo: a copy with patches over faces and plates, or nothing any more. Of the same photo of a matter the
/// newest holds.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Covered {
    /// SHA-256 of the photo, which stays as it is.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub photo: [u8; 32],
    /// Who of the office did it.
    #[n(1)]
    pub by: Id,
    /// The copy; absent = it was taken back.
    #[n(2)]
    pub copy: Option<Copied>,
}

/// A covered copy of a photo.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Copied {
    /// SHA-256 of its bytes.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub sha256: [u8; 32],
    /// How many bytes.
    #[n(1)]
    pub bytes: u32,
    /// What was painted over.
    #[n(2)]
    pub patches: Vec<Patch>,
}

/// What the office made of an item that was put aside; a row of its officer's own stream.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Settled {
    /// The device that wrote the item.
    #[n(0)]
    pub device: u32,
    /// In which opening.
    #[n(1)]
    pub opening: Opening,
    /// Its number there.
    #[n(2)]
    pub n: u64,
    /// Number of a [`SettledHow`].
    #[n(3)]
    pub how: u8,
}

/// What the office can make of an item put aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettledHow {
    /// The office wrote its content in the officer's name.
    Adopted,
    /// The officer may write it anew.
    Returned,
}

impl SettledHow {
    /// The number on the wire.
    pub fn number(self) -> u8 {
        match self {
            Self::Adopted => 1,
            Self::Returned => 2,
        }
    }

    /// What a number stands for, `None` if it is of a newer version.
    pub fn from_number(number: u8) -> Option<Self> {
        [Self::Adopted, Self::Returned].into_iter().find(|how| how.number() == number)
    }
}

/// The server's word on one event, given once.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Verdict {
    /// The event.
    #[n(0)]
    pub event: Id,
    /// Its place among the matter's events, from 1; refused ones take a place too.
    #[n(1)]
    pub ordinal: u64,
    /// Number of a [`crate::model::RefusalCode`]; absent = accepted.
    #[n(2)]
    pub refused: Option<u8>,
    /// The event that came first, where this one was overtaken.
    #[n(3)]
    pub by: Option<Id>,
    /// When the server holds it done, milliseconds since 1970.
    #[n(4)]
    pub done_at: i64,
    /// Version of the rules it was judged by.
    #[n(5)]
    pub rules: u32,
    /// Version of the calendar; 0 before there were clocks.
    #[n(6)]
    pub calendar: u32,
    /// Clocks that it started with another length than the rules'.
    #[n(7)]
    pub started: Option<Vec<Started>>,
}

/// What the system did by itself when a clock came to a moment.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Timer {
    /// Its place among all that happened to the matter.
    #[n(0)]
    pub ordinal: u64,
    /// What it does.
    #[n(1)]
    pub code: EventCode,
    /// The clock, and the moment.
    #[n(2)]
    pub alarm: Alarm,
    /// Version of the calendar.
    #[n(3)]
    pub calendar: u32,
}

/// A timer is taken back: something was done before it and heard of later.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Undone {
    /// Its place among all that happened to the matter.
    #[n(0)]
    pub ordinal: u64,
    /// The timer.
    #[n(1)]
    pub timer: Id,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_numbered_for_ever() {
        assert_eq!(FactKind::Verdict.number(), 1);
        assert_eq!(FactKind::Scope.number(), 14);
        assert_eq!(FactKind::Settled.number(), 15);
        assert_eq!(FactKind::from_number(0), None);
        // Indexes of phones say so.
        assert_eq!(FactKind::Calendar.number(), 16);
        assert_eq!(FactKind::Round.number(), 17);
        assert_eq!(FactKind::Covered.number(), 18);
        assert_eq!(FactKind::from_number(19), None);
        for n in 1..=18 {
            assert_eq!(FactKind::from_number(n).map(FactKind::number), Some(n));
        }
    }
}
