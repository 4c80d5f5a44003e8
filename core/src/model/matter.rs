//! A matter (事项): what somebody wants, complains of, suggests or asks.

use serde::{Deserialize, Serialize};

use super::{Affected, AreaKind, Category, Channel, Check, Emergency, HandlingType, MatterKind, check_area_id, visit::check_draft};
use crate::{Result, ids::normal_code};

/// Longest text of a matter, in characters.
pub const MAX_MATTER_TEXT: usize = 4_000;
/// Longest place of a matter, in characters.
pub const MAX_PLACE: usize = 200;

/// Characters of a matter's code, without its dash.
pub const CODE_LENGTH: usize = 8;

/// A matter as first written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewMatter {
    /// A word of [`MatterKind`].
    pub kind: String,
    /// A word of [`Channel`].
    pub channel: String,
    /// A word of [`Category`].
    pub category: String,
    /// What it is about, in the person's words.
    pub text: String,
    /// Where, in words; may be empty.
    pub place: String,
    /// The door it belongs to; empty = none.
    pub household: String,
    /// The community, where there is no door.
    pub community: String,
    /// A word of [`Affected`].
    pub affected: String,
    /// The type that its author proposes, a word of [`HandlingType`]; empty = none.
    pub proposed: String,
    /// The code of the slip that the resident was given; empty = the phone makes one.
    pub slip: String,
    /// Who was called before it was written down, a word of [`Emergency`]; empty = nobody.
    pub urgent: String,
    /// Whether its author runs the errand for the resident from start to end (全程代理).
    pub errand: bool,
    /// The draft that this was; it goes when this is written. Empty = none. Never in a document.
    pub draft: String,
}

impl NewMatter {
    /// Checks all fields.
    ///
    /// # Errors
    /// `code.unknown`, `slip.malformed`, `text.*`, `id.malformed`, `area.malformed`.
    pub fn check(&self) -> Result<()> {
        let root = Check::root();
        self.slip_code()?;
        check_draft(&self.draft)?;
        root.field("proposed").code_or_none(&self.proposed, HandlingType::from_word)?;
        root.field("urgent").code_or_none(&self.urgent, Emergency::from_word)?;
        root.field("kind").code(MatterKind::from_word(&self.kind))?;
        root.field("channel").code(Channel::from_word(&self.channel))?;
        root.field("category").code(Category::from_word(&self.category))?;
        root.field("affected").code(Affected::from_word(&self.affected))?;
        root.field("text").some_text(&self.text, MAX_MATTER_TEXT)?;
        root.field("place").text(&self.place, MAX_PLACE)?;
        if self.household.is_empty() {
            check_area_id(&self.community, AreaKind::Community, "community")
        } else {
            root.field("household").id(&self.household).map(drop)
        }
    }

    /// The slip's code in its one form, however it was typed or scanned; `None` where no slip was given.
    ///
    /// # Errors
    /// `slip.malformed` for anything but eight characters of a code.
    pub fn slip_code(&self) -> Result<Option<String>> {
        if self.slip.is_empty() {
            return Ok(None);
        }
        match normal_code(&self.slip).filter(|code| code.len() == CODE_LENGTH) {
            Some(code) => Ok(Some(code)),
            None => Check::root().field("slip").fail("slip.malformed"),
        }
    }
}

/// What a person changed on a matter's texts; `None` = left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MatterEdit {
    /// New wording.
    pub text: Option<String>,
    /// New place.
    pub place: Option<String>,
}

impl MatterEdit {
    /// Checks what was changed.
    ///
    /// # Errors
    /// `text.*`, `edit.empty`.
    pub fn check(&self) -> Result<()> {
        let root = Check::root();
        if *self == Self::default() {
            return root.fail("edit.empty");
        }
        if let Some(text) = &self.text {
            root.field("text").some_text(text, MAX_MATTER_TEXT)?;
        }
        self.place.iter().try_for_each(|p| root.field("place").text(p, MAX_PLACE))
    }
}
