//! A matter's texts: every sentence typed for an event lies here, under the event's id.

use super::{DocKind, Writer, begin, key};
use crate::{Id, Result};

/// Where a matter belongs: to a door, or to the community where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// A household.
    Household(Id),
    /// A community's code.
    Community(String),
}

impl Home {
    /// As it stands in the document.
    pub fn word(&self) -> String {
        match self {
            Self::Household(id) => id.to_string(),
            Self::Community(code) => code.clone(),
        }
    }

    /// Reads a `home` back: twelve digits are a community, everything else a household's id.
    pub fn parse(word: &str) -> Option<Self> {
        if word.len() == 12 && word.bytes().all(|b| b.is_ascii_digit()) {
            return Some(Self::Community(word.to_owned()));
        }
        word.parse().ok().map(Self::Household)
    }
}

/// Puts the text of an event, and the place where one was said.
///
/// # Errors
/// `document.malformed` if Automerge refuses.
pub fn put_text(w: &mut Writer<'_>, home: &Home, event: Id, text: Option<&str>, place: Option<&str>) -> Result<()> {
    begin(w, DocKind::Matter, &home.word())?;
    if let Some(text) = text {
        w.put(&key("text", event), text)?;
    }
    place.map_or(Ok(()), |place| w.put("place", place))
}
