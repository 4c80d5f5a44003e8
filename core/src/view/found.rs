//! What a search finds, with the places that hit.

use serde::{Deserialize, Serialize};

use super::RecordState;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundKind {
    /// A visit.
    Visit,
    /// A matter.
    Matter,
    /// A door.
    Household,
    /// A resident.
    Resident,
}

impl FoundKind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Resident, Self::Household, Self::Matter, Self::Visit];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Matter => "matter",
            Self::Household => "household",
            Self::Resident => "resident",
        }
    }

    /// Finds a kind by its word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A place in a text, in characters (Unicode scalar values): from `start` up to, not with, `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hit {
    /// The first character.
    pub start: u32,
    /// The one behind the last.
    pub end: u32,
}

/// A text with the places that hit, in order and apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// Where it hits; empty where the hit lies elsewhere.
    pub hits: Vec<Hit>,
}

/// A line of a search's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundRow {
    /// What it is.
    pub kind: FoundKind,
    /// The record.
    pub id: String,
    /// The door, empty if it has none.
    pub household: String,
    /// A resident's name; else the door, as 槐荫小区 3-2-502; else a matter's place.
    pub title: Marked,
    /// Part of the text that hit, at most 60 characters and … at a cut end.
    pub snippet: Marked,
    /// When, milliseconds since 1970; 0 for doors and residents.
    pub at_ms: i64,
    /// Where the record stands; a resident's is the door's.
    pub state: RecordState,
}
