//! When and by whom a household would be called on, and how one gets to its door.

use serde::{Deserialize, Serialize};

use super::{Check, DoorNeed, WeekSpan};
use crate::Result;

/// Most spans of a household's week.
const MAX_SPANS: usize = 28;

/// What is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wishes {
    /// Whether there is a lift; `None` = not known.
    pub lift: Option<bool>,
    /// Words of [`DoorNeed`], in the order of the list.
    pub needs: Vec<String>,
    /// When somebody is in and may be called on, in the week's order; none = not known.
    pub spans: Vec<WeekSpan>,
}

/// What a person changed of it; what is not named is left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WishesEdit {
    /// Whether there is a lift.
    pub lift: Option<bool>,
    /// Needs to add, words of [`DoorNeed`].
    pub add_needs: Vec<String>,
    /// Needs that no longer hold.
    pub drop_needs: Vec<String>,
    /// Spans to add.
    pub add_spans: Vec<WeekSpan>,
    /// Spans that no longer hold.
    pub drop_spans: Vec<WeekSpan>,
}

impl WishesEdit {
    /// Checks what was changed.
    ///
    /// # Errors
    /// `code.unknown`, `span.malformed`, `list.too_long`; `edit.empty` if nothing was changed.
    pub fn check(&self) -> Result<()> {
        let root = Check::root();
        if *self == Self::default() {
            return root.fail("edit.empty");
        }
        for (list, words) in [("add_needs", &self.add_needs), ("drop_needs", &self.drop_needs)] {
            words.iter().enumerate().try_for_each(|(i, word)| root.at(list, i).code(DoorNeed::from_word(word)).map(drop))?;
        }
        for (list, spans) in [("add_spans", &self.add_spans), ("drop_spans", &self.drop_spans)] {
            if spans.len() > MAX_SPANS {
                return root.field(list).fail("list.too_long");
            }
            spans.iter().enumerate().try_for_each(|(i, span)| span.check(&root.at(list, i)))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_its_field() {
        let error = |edit: WishesEdit| {
            let e = edit.check().unwrap_err();
            (e.code(), e.path().unwrap_or("").to_owned())
        };
        let monday = WeekSpan { weekday: 1, from_minute: 540, until_minute: 720 };
        WishesEdit { lift: Some(true), add_needs: vec!["dialect".into()], add_spans: vec![monday], ..WishesEdit::default() }.check().unwrap();
        assert_eq!(error(WishesEdit::default()), ("edit.empty", String::new()));
        assert_eq!(error(WishesEdit { drop_needs: vec!["gold".into()], ..WishesEdit::default() }), ("code.unknown", "drop_needs[0]".into()));
        let eighth = WeekSpan { weekday: 8, ..monday };
        assert_eq!(error(WishesEdit { add_spans: vec![monday, eighth], ..WishesEdit::default() }), ("span.malformed", "add_spans[1]".into()));
        assert_eq!(error(WishesEdit { add_spans: vec![monday; 29], ..WishesEdit::default() }), ("list.too_long", "add_spans".into()));
    }
}
