//! Automerge documents ↔ the model. Everything hangs on the document's root under flat keys, so
//! nobody has to create a document and two phones that start "the same" one offline merge
//! (docs/SYNC.md, "Documents").

mod admit;
mod again;
mod anew;
pub mod attachment;
pub mod card;
mod claims;
mod conflict;
mod content;
mod doc;
pub mod form;
pub mod form_answers;
pub mod matter;
mod merge;
pub mod notice;
mod reading;
mod replay;
mod rules;
mod settle;
pub mod told;
pub mod visits;
pub mod wishes;

pub use admit::{Admission, Admitted, MAX_OPS, actor_of_change, admit, admit_with, hash_of_change};
pub use again::{Names, Written, part};
pub use anew::{Struck, anew};
pub use claims::rests_on_nothing;
pub use conflict::{Conflict, Told, conflicts, ever, every_value, values};
pub use content::{Content, Fields, Scalar};
pub use doc::{Doc, Writer};
pub use merge::{Merge, merge_rule};
pub use rules::{Step, is_left_alone, keeps_the_rules};
pub use settle::{dispute, settle};

use crate::Id;

/// Version of the documents' shape, written into each.
pub const SCHEMA: i64 = 1;

/// What a document is (WIRE.md). Later kinds are numbered there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocKind {
    /// A household's address and residents.
    Card,
    /// One household's visits of one year.
    Visits,
    /// A matter's texts.
    Matter,
    /// A notice of the office.
    Notice,
    /// A form that the office wrote.
    Form,
}

impl DocKind {
    /// The number in the document's `kind`.
    pub fn number(self) -> u8 {
        match self {
            Self::Card => 1,
            Self::Visits => 2,
            Self::Matter => 3,
            Self::Notice => 4,
            Self::Form => 5,
        }
    }

    /// The kind of a number, `None` if it is of a newer version.
    pub fn from_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Card),
            2 => Some(Self::Visits),
            3 => Some(Self::Matter),
            4 => Some(Self::Notice),
            5 => Some(Self::Form),
            _ => None,
        }
    }
}

/// The key of one item in a document, as `visit:<id>`.
pub fn key(kind: &str, id: Id) -> String {
    format!("{kind}:{id}")
}

/// The key of one element of a set, as `need:<resident>:<code>`.
pub fn set_key(kind: &str, id: Id, word: &str) -> String {
    format!("{kind}:{id}:{word}")
}

/// The first change of every document says what it is and where it belongs; the server routes by it.
fn begin(w: &mut Writer<'_>, kind: DocKind, home: &str) -> crate::Result<()> {
    if w.is_new() {
        w.put("kind", i64::from(kind.number()))?;
        w.put("v", SCHEMA)?;
        w.put("home", home)?;
    }
    Ok(())
}
