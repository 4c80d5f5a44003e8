//! The reasons for which an item is put aside; its bytes are kept.

/// Why an item was put aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quarantine {
    /// The bytes are not what they claim to be.
    Malformed,
    /// Over a limit.
    Oversize,
    /// Written under another device's name.
    ForeignActor,
    /// For a stream that was not in the author's scope.
    OutOfScope,
    /// For a document that no longer lives.
    DeadDocument,
    /// The envelope's signature does not match.
    Signature,
    /// The server failed at it, though nothing in it is known to be wrong.
    Failed,
    /// Its phone was revoked before it came.
    Revoked,
    /// A reason of a newer version.
    Unknown(u8),
}

impl Quarantine {
    /// The number on the wire.
    pub fn number(self) -> u8 {
        match self {
            Self::Malformed => 1,
            Self::Oversize => 2,
            Self::ForeignActor => 3,
            Self::OutOfScope => 4,
            Self::DeadDocument => 5,
            Self::Signature => 6,
            Self::Failed => 7,
            Self::Revoked => 8,
            Self::Unknown(n) => n,
        }
    }

    /// The reason of a number.
    pub fn from_number(number: u8) -> Self {
        match number {
            1 => Self::Malformed,
            2 => Self::Oversize,
            3 => Self::ForeignActor,
            4 => Self::OutOfScope,
            5 => Self::DeadDocument,
            6 => Self::Signature,
            7 => Self::Failed,
            8 => Self::Revoked,
            n => Self::Unknown(n),
        }
    }

    /// The stable word; the catalogue has it under `quarantine-<word>`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Malformed | Self::Unknown(_) => "malformed",
            Self::Oversize => "oversize",
            Self::ForeignActor => "foreign-actor",
            Self::OutOfScope => "out-of-scope",
            Self::DeadDocument => "dead-document",
            Self::Signature => "signature",
            Self::Failed => "failed",
            Self::Revoked => "revoked",
        }
    }
}
