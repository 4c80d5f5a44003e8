//! Where a text hits, and the part of it that is shown.

use super::{
    pinyin,
    query::{Query, Word, digits_of},
    segment::tokens,
};
use crate::view::{Hit, Marked};

/// Longest part that is shown, in characters.
const WIDTH: usize = 60;
/// Characters kept before the first hit.
const BEFORE: usize = 15;

/// A text with all places that hit.
pub(super) fn marked(text: &str, query: &Query) -> Marked {
    Marked { hits: hits(text, query), text: text.to_owned() }
}

/// The first of several texts that hits, else the first that is not empty, cut around the hit.
pub(super) fn snippet(texts: &[&str], query: &Query) -> Marked {
    let chosen = texts.iter().map(|text| (*text, hits(text, query))).find(|(_, hits)| !hits.is_empty());
    let (text, hits) = chosen.unwrap_or_else(|| (texts.iter().find(|t| !t.trim().is_empty()).copied().unwrap_or_default(), Vec::new()));
    cut(text, &hits)
}

/// Where names hit: a word typed in pinyin hits the whole name.
pub(super) fn marked_names(names: &str, query: &Query) -> Marked {
    let mut marked = marked(names, query);
    let mut at = 0;
    for name in names.split_inclusive('、') {
        let bare = name.trim_end_matches('、');
        let readings = pinyin::readings(bare);
        let typed = |word: &Word| word.open && word.phrase.len() == 1 && readings.split(' ').any(|r| !r.is_empty() && r.starts_with(&word.phrase[0]));
        if query.0.iter().any(typed) {
            marked.hits.push(hit(at, at + bare.chars().count()));
        }
        at += name.chars().count();
    }
    marked.hits = apart(marked.hits);
    marked
}

/// Whether a telephone number hits by one of its ends.
pub(super) fn phone_hits(phone: &str, query: &Query) -> bool {
    let digits = digits_of(phone);
    query.0.iter().filter_map(|word| word.phone.as_deref()).any(|typed| digits.starts_with(typed) || digits.ends_with(typed))
}

fn hits(text: &str, query: &Query) -> Vec<Hit> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    for word in &query.0 {
        let (Some(last), n) = (word.phrase.last(), word.phrase.len()) else { continue };
        for place in tokens.windows(n) {
            let begins = place[..n - 1].iter().zip(&word.phrase).all(|(token, typed)| token.text == *typed);
            let ends = &place[n - 1].text;
            if begins && (ends == last || (word.open && ends.starts_with(last.as_str()))) {
                // Of a word that goes on, only what was typed, unless writing it out changed its length.
                let rest = ends.chars().count() - last.chars().count();
                let end = place[n - 1].end - if place[n - 1].end - place[n - 1].start == ends.chars().count() { rest } else { 0 };
                found.push(hit(place[0].start, end));
            }
        }
    }
    apart(found)
}

fn hit(start: usize, end: usize) -> Hit {
    let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Hit { start: place(start), end: place(end) }
}

/// In order, those that touch as one.
fn apart(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort();
    let mut merged: Vec<Hit> = Vec::new();
    for h in hits {
        match merged.last_mut() {
            Some(last) if h.start <= last.end => last.end = last.end.max(h.end),
            _ => merged.push(h),
        }
    }
    merged
}

/// The part of a text around its first hit.
pub(super) fn cut(text: &str, hits: &[Hit]) -> Marked {
    let chars: Vec<char> = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let first = hits.first().map_or(0, |h| h.start as usize);
    // As much as fits, with some words before the hit.
    let from = if chars.len() <= WIDTH { 0 } else { first.saturating_sub(BEFORE).min(chars.len() - WIDTH) };
    let to = (from + WIDTH).min(chars.len());
    let mut shown: String = chars[from..to].iter().collect();
    let added = usize::from(from > 0);
    if from > 0 {
        shown.insert(0, '…');
    }
    if to < chars.len() {
        shown.push('…');
    }
    let inside = hits.iter().filter(|h| (h.start as usize) < to && h.end as usize > from);
    let hits = inside.map(|h| hit((h.start as usize).max(from) - from + added, (h.end as usize).min(to) - from + added)).collect();
    Marked { text: shown, hits }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(text: &str) -> Query {
        Query::typed(text).unwrap()
    }

    /// The parts that hit, as text.
    fn parts(marked: &Marked) -> Vec<String> {
        marked.hits.iter().map(|h| marked.text.chars().skip(h.start as usize).take((h.end - h.start) as usize).collect()).collect()
    }

    #[test]
    fn hits_are_phrases_in_their_place() {
        assert_eq!(parts(&marked("楼道漏水，漏水三天", &q("漏水 三天"))), ["漏水", "漏水三天"]);
        assert_eq!(parts(&marked("13号楼 3号楼", &q("3号楼"))), ["3号楼"]);
        assert_eq!(parts(&marked("WIFI密码", &q("wi"))), ["WI"]);
        assert_eq!(parts(&marked("住３栋", &q("3号楼"))), ["３栋"]);
        assert_eq!(parts(&marked("漏风的水", &q("漏水"))), [""; 0]);
    }

    #[test]
    fn names_hit_by_pinyin_as_a_whole() {
        assert_eq!(parts(&marked_names("王秀兰、李小明", &q("lxm"))), ["李小明"]);
        assert_eq!(parts(&marked_names("王秀兰、李小明", &q("小明"))), ["小明"]);
        assert!(phone_hits("139-1234-5678", &q("5678")) && !phone_hits("13912345678", &q("2345")));
    }

    #[test]
    fn a_long_text_is_cut_around_its_hit() {
        let long = format!("{}漏水{}", "前".repeat(100), "后".repeat(100));
        let shown = snippet(&["", "别的", &long], &q("漏水"));
        assert_eq!((parts(&shown), shown.text.chars().count()), (vec!["漏水".to_owned()], WIDTH + 2));
        assert!(shown.text.starts_with("…前") && shown.text.ends_with("后…"));
        assert_eq!(snippet(&["", "别的"], &q("漏水")), Marked { text: "别的".into(), hits: vec![] });
        assert_eq!(parts(&snippet(&[&"漏水".repeat(60)], &q("漏水"))), ["漏水".repeat(30)]);
    }
}
