//! Fields and values as people say them.

use minqing_core::{
    model::{Outcome, Purpose},
    speech::said,
    words::{self, Lang, say},
};

use crate::inbox::Field;

/// A field of a document: 备注, 王秀兰的电话, 9 月 14 日走访的备注.
pub fn field(lang: Lang, field: &Field, now_ms: i64) -> String {
    let named = name(lang, &field.name);
    if !field.whose.is_empty() {
        return say(lang, "card-field-of", &[("whose", field.whose.as_str().into()), ("field", named.into())]);
    }
    if field.name.starts_with("visit:") {
        let when = if field.at_ms == 0 { String::new() } else { said::when(lang, field.at_ms, now_ms) };
        return say(lang, "card-field-visit", &[("when", when.into()), ("field", named.into())]);
    }
    named
}

/// What a field is called, named as `note` or `visit:<id>/note`; what this version does not know stays as it is.
pub fn name(lang: Lang, field: &str) -> String {
    let name = last(field);
    known(lang, &format!("field-{}", kind(name).replace('_', "-")), name)
}

/// The field within its item.
fn last(field: &str) -> &str {
    field.rsplit('/').next().unwrap_or(field)
}

/// `text` of `text:<event>`.
fn kind(name: &str) -> &str {
    name.split(':').next().unwrap_or(name)
}

/// A value of a field.
pub fn value(lang: Lang, field: &str, value: &str) -> String {
    match (last(field), value) {
        ("purpose", _) => known(lang, &Purpose::key_of(value), value),
        ("outcome", _) => known(lang, &Outcome::key_of(value), value),
        ("moved_out" | "done", "true" | "false") => say(lang, &format!("value-{value}"), &[]),
        (_, "") => say(lang, "value-empty", &[]),
        _ => value.to_owned(),
    }
}

/// Whether a third value may be typed: texts, not codes, dates and numbers.
pub fn is_free(field: &str) -> bool {
    matches!(kind(last(field)), "note" | "what" | "text" | "public" | "place" | "name" | "phone")
}

/// Whether it is longer than a line.
pub fn is_long(field: &str) -> bool {
    matches!(kind(last(field)), "note" | "what" | "text" | "public")
}

/// All that several texts say, each sentence once.
pub fn together(values: &[String]) -> String {
    let mut all: Vec<&str> = Vec::new();
    for value in values {
        for sentence in value.split_inclusive(['。', '；', '！', '？', '\n']) {
            let bare = |s: &str| s.trim_end_matches(['。', '；', '\n']).trim().to_owned();
            if !bare(sentence).is_empty() && all.iter().all(|known| bare(known) != bare(sentence)) {
                all.push(sentence);
            }
        }
    }
    let ended = |s: &&str| s.ends_with(['。', '；', '！', '？', '\n']);
    let last = all.len().saturating_sub(1);
    all.iter().enumerate().map(|(i, s)| if i == last || ended(s) { (*s).to_owned() } else { format!("{s}。") }).collect()
}

fn known(lang: Lang, key: &str, raw: &str) -> String {
    let said = words::say(lang, key, &[]);
    if said == key { raw.to_owned() } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_texts_are_in_what_is_proposed_each_sentence_once() {
        let together = |a: &str, b: &str| together(&[a.to_owned(), b.to_owned()]);
        assert_eq!(together("耳背，说话要慢。女儿周日来。", "耳背，说话要慢。上门前先打女儿电话"), "耳背，说话要慢。女儿周日来。上门前先打女儿电话");
        assert_eq!(together("狗凶", "白天没人"), "狗凶。白天没人");
        assert_eq!(together("狗凶", "狗凶。"), "狗凶");
        assert_eq!(together("", "在家"), "在家");
    }
}
