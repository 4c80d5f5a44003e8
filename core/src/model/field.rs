//! A value for one field of a document that somebody put together from several.

use super::{
    Check, Outcome, Purpose,
    household::{MAX_NOTE, MAX_PART, check_phone, check_year},
    matter::{MAX_MATTER_TEXT, MAX_PLACE},
    visit::{MAX_TEXT, MAX_WHAT},
};
use crate::{Error, Result};

/// Checks a value for a field, named as `note`, `resident:<id>/phone` or `text:<event>`, as the forms check it.
///
/// # Errors
/// `text.empty`, `text.too_long`, `text.control`, `phone.malformed`, `year.malformed`, `code.unknown`.
pub fn check_field(field: &str, value: &str) -> Result<()> {
    let (item, name) = field.split_once('/').unwrap_or(("", field));
    let kind = name.split(':').next().unwrap_or(name);
    let at = Check::root().field(kind);
    match (item.split(':').next().unwrap_or(item), kind) {
        ("", "note") => at.text(value, MAX_NOTE),
        ("visit", "note") => at.text(value, MAX_TEXT),
        ("resident", "name") => at.some_text(value, MAX_PART),
        ("resident", "phone") => check_phone(value, &at),
        ("resident", "birth_year") => value.parse().map_err(|_| Error::Malformed("year.malformed")).and_then(|year| check_year(year, &at)),
        ("followup", "what") => at.some_text(value, MAX_WHAT),
        ("visit", "purpose") => at.code(Purpose::from_word(value)).map(drop),
        ("visit", "outcome") => at.code(Outcome::from_word(value)).map(drop),
        ("", "estate" | "building" | "stairwell" | "floor" | "room" | "lane" | "door") => at.text(value, MAX_PART),
        ("", "place") => at.text(value, MAX_PLACE),
        _ => at.text(value, MAX_MATTER_TEXT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_takes_what_its_form_takes() {
        let refused = |field: &str, value: &str| check_field(field, value).map_err(|e| e.code()).err();
        assert_eq!(refused("note", &"字".repeat(2_000)), None);
        assert_eq!(refused("note", &"字".repeat(2_001)), Some("text.too_long"));
        assert_eq!(refused("visit:A/note", &"字".repeat(2_001)), None);
        assert_eq!(refused("resident:A/name", " "), Some("text.empty"));
        assert_eq!(refused("resident:A/phone", "0931 012 7765"), None);
        assert_eq!(refused("resident:A/phone", "女儿的"), Some("phone.malformed"));
        assert_eq!(refused("resident:A/birth_year", "1750"), Some("year.malformed"));
        assert_eq!(refused("resident:A/birth_year", "x"), Some("year.malformed"));
        assert_eq!(refused("visit:A/outcome", "flown"), Some("code.unknown"));
        assert_eq!(refused("room", &"1".repeat(41)), Some("text.too_long"));
        assert_eq!(refused("text:A", "a\u{7}"), Some("text.control"));
    }
}
