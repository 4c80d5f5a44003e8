//! The merge rule of each field, in one place.

/// How concurrent writes of one field come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// One value. Two different ones are both kept and shown as a review card; equal ones are no conflict.
    OneValue,
    /// A set with one key per element: concurrent additions are all kept; taking away removes only
    /// what was seen.
    Union,
    /// Written with the first change and never again; two phones that start one document write the same.
    Once,
    /// A number that only grows: of two, the greater counts.
    Greatest,
    /// What several may each say of the same thing, not knowing of each other: whoever is shown, it happened, and nobody is asked.
    Either,
}

/// The rule of a field, named as `note`, `need:<resident>:<code>` or, in an item, `visit:<id>/note`.
///
/// A field of a newer version merges as one value, which never drops anything.
pub fn merge_rule(field: &str) -> Merge {
    let (key, inner) = field.split_once('/').map_or((field, None), |(k, i)| (k, Some(i)));
    let kind = key.split(':').next().unwrap_or(key);
    match (kind, inner) {
        ("kind" | "home" | "year" | "community", None) => Merge::Once,
        ("v", None) => Merge::Greatest,
        ("need" | "lang" | "ask" | "span" | "refuses", None) => Merge::Union,
        // Who went, and when, is written with the visit and stays.
        ("visit", Some("officer" | "at" | "form" | "form_version")) => Merge::Once,
        ("visit", Some(answer)) if answer.starts_with("answer:") => Merge::Once,
        // Versions of a form are added, never changed.
        ("form", None) => Merge::Once,
        ("notice" | "withdrawn", None) => Merge::Once,
        // Two officers told it at one door.
        ("told", _) => Merge::Either,
        ("followup", Some("visit" | "officer")) => Merge::Once,
        // A file is named by its hash for good; another file is another item.
        ("photo" | "voice", Some(_)) => Merge::Once,
        ("visit", Some(with)) if with.starts_with("with:") => Merge::Union,
        _ => Merge::OneValue,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_found_by_the_kind_of_key() {
        assert_eq!(merge_rule("note"), Merge::OneValue);
        assert_eq!(merge_rule("need:AAA:lives_alone"), Merge::Union);
        assert_eq!(merge_rule("ask:dialect"), Merge::Union);
        assert_eq!(merge_rule("span:1:540-720"), Merge::Union);
        assert_eq!(merge_rule("visit:AAA/note"), Merge::OneValue);
        assert_eq!(merge_rule("visit:AAA/at"), Merge::Once);
        assert_eq!(merge_rule("visit:AAA/with:BBB"), Merge::Union);
        assert_eq!(merge_rule("photo:AAA/sha256"), Merge::Once);
        assert_eq!(merge_rule("resident:AAA/phone"), Merge::OneValue);
        assert_eq!(merge_rule("told:AAA"), Merge::Either);
        assert_eq!(merge_rule("told:AAA/at"), Merge::Either);
        assert_eq!(merge_rule("something-newer"), Merge::OneValue);
    }
}
