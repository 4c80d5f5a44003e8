//! By what a matter is found: each two signs that stand side by side in its text or place, and each number or word of letters.
//!
//! Chinese has no spaces, so two characters are the shortest word by which somebody looks. What is kept of a word is a number made of it
//! and of the community: small, the same on every server, and nothing that could be read.

use std::collections::BTreeSet;

use minqing_core::envelope::Hash;
use unicode_normalization::UnicodeNormalization;

use super::MatterShown;

/// The words of a matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordsShown {
    /// The matter.
    pub matter: [u8; 16],
    /// What [`key`] makes of each.
    pub keys: BTreeSet<i64>,
}

impl WordsShown {
    /// The words of a matter as it is shown.
    pub fn of(row: &MatterShown) -> Self {
        let both = [&row.text, &row.place];
        Self { matter: row.id, keys: both.iter().flat_map(|text| words(text)).map(|word| key(&row.community, &word)).collect() }
    }
}

/// What stands for a word in a community.
pub fn key(community: &str, word: &str) -> i64 {
    let hash = Hash::of(format!("{community}/{word}").as_bytes()).0;
    hash.first_chunk().map_or(0, |bytes| i64::from_be_bytes(*bytes))
}

/// The words of a text, each once.
pub fn words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut last = String::new();
    for sign in signs(text) {
        if !last.is_empty() && !sign.is_empty() {
            words.insert(format!("{last}{sign}"));
        }
        if sign.chars().any(|c| !is_han(c)) {
            words.insert(sign.clone());
        }
        last = sign;
    }
    words
}

/// Each Han character, each row of letters and digits, and an empty one for what stands between.
fn signs(text: &str) -> Vec<String> {
    let mut signs: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.nfkc().flat_map(char::to_lowercase) {
        match c {
            c if is_han(c) => signs.push(c.into()),
            c if !c.is_alphanumeric() => signs.push(String::new()),
            c => match signs.last_mut().filter(|_| open) {
                Some(word) => word.push(c),
                None => signs.push(c.into()),
            },
        }
        open = !is_han(c) && c.is_alphanumeric();
    }
    signs
}

fn is_han(c: char) -> bool {
    matches!(c, '々' | '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        words(text).into_iter().collect()
    }

    #[test]
    fn two_signs_side_by_side_are_a_word_and_so_is_a_number() {
        assert_eq!(said("楼道灯坏"), ["楼道", "灯坏", "道灯"]);
        assert_eq!(said("3 号楼，漏水"), ["3", "号楼", "漏水"]);
        assert_eq!(said("５号ＷiFi"), ["5", "5号", "wifi", "号wifi"]);
        assert_eq!(said("灯"), Vec::<String>::new());
        assert_eq!(said("\" * ( OR ' %"), ["or"]);
    }

    #[test]
    fn a_word_of_one_community_is_none_of_another() {
        assert_eq!(key("620102001001", "漏水"), key("620102001001", "漏水"));
        assert_ne!(key("620102001001", "漏水"), key("620102001002", "漏水"));
    }
}
