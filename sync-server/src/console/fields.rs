//! Fields and values as people say them.

use minqing_core::{
    document::Content,
    model::{Outcome, Purpose},
    speech::said,
    words::{self, Lang, say},
};

/// A field: 备注, 王秀兰的电话, 9 月 14 日走访的备注.
pub fn field(lang: Lang, field: &str, whose: &str, content: Option<&Content>, now_ms: i64) -> String {
    let (item, name) = field.split_once('/').unwrap_or(("", field));
    let kind = name.split(':').next().unwrap_or(name);
    let named = known(lang, &format!("field-{}", kind.replace('_', "-")), name);
    let at_ms = content.and_then(|c| c.items.get(item)).map(|fields| fields.int("at")).filter(|at| *at != 0);
    match (whose.is_empty(), item.split(':').next().unwrap_or(item)) {
        (false, _) => say(lang, "card-field-of", &[("whose", whose.into()), ("field", named.into())]),
        (true, "visit") => {
            let when = at_ms.map_or_else(String::new, |at| said::when(lang, at, now_ms));
            say(lang, "card-field-visit", &[("when", when.into()), ("field", named.into())])
        }
        (true, _) => named,
    }
}

/// A value of a field.
pub fn value(lang: Lang, field: &str, value: &str) -> String {
    let name = field.rsplit('/').next().unwrap_or(field);
    match (name, value) {
        ("purpose", _) => known(lang, &Purpose::key_of(value), value),
        ("outcome", _) => known(lang, &Outcome::key_of(value), value),
        ("moved_out" | "done", "true" | "false") => say(lang, &format!("value-{value}"), &[]),
        (_, "") => say(lang, "value-empty", &[]),
        _ => value.to_owned(),
    }
}

/// Whether a third value may be typed: texts, not codes, dates and numbers.
pub fn is_free(field: &str) -> bool {
    let name = field.rsplit('/').next().unwrap_or(field);
    matches!(name.split(':').next().unwrap_or(name), "note" | "what" | "text" | "public" | "place" | "name" | "phone")
}

/// Whether it is longer than a line.
pub fn is_long(field: &str) -> bool {
    let name = field.rsplit('/').next().unwrap_or(field);
    matches!(name.split(':').next().unwrap_or(name), "note" | "what" | "text" | "public")
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
