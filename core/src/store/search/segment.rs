//! Cuts text into the words of the index: each Han character alone, letters and digits together.

use unicode_normalization::UnicodeNormalization;

/// A word of the index with its place in the text, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Token {
    /// Whether it is a Han character: such a word has no beginning that could be typed before the rest.
    pub(super) fn is_han(&self) -> bool {
        self.text.chars().next().is_some_and(is_han)
    }

    /// Whether it is a number in digits.
    pub(super) fn is_digits(&self) -> bool {
        self.text.bytes().all(|b| b.is_ascii_digit())
    }
}

/// Cuts a text. Full-width and capital letters become plain ones; after a number 栋 and 幢 are the 号楼 they mean.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut open = false;
    for (i, written) in text.chars().enumerate() {
        for c in std::iter::once(written).nfkc().flat_map(char::to_lowercase) {
            let token = |c: char| Token { text: c.into(), start: i, end: i + 1 };
            if is_han(c) {
                open = false;
                if matches!(c, '栋' | '幢') && found.last().is_some_and(|t| t.end == i && t.is_digits()) {
                    found.extend(['号', '楼'].map(token));
                } else {
                    found.push(token(c));
                }
            } else if !c.is_alphanumeric() {
                open = false;
            } else if let Some(last) = found.last_mut().filter(|_| open) {
                last.text.push(c);
                last.end = i + 1;
            } else {
                found.push(token(c));
                open = true;
            }
        }
    }
    found
}

/// A text as the index takes it: its words with one space between.
pub(super) fn segmented(text: &str) -> String {
    let words: Vec<String> = tokens(text).into_iter().map(|t| t.text).collect();
    words.join(" ")
}

/// Han characters and kana: scripts that are written without spaces.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_stand_alone_and_numbers_stay_whole() {
        assert_eq!(segmented("楼道漏水3号"), "楼 道 漏 水 3 号");
        assert_eq!(segmented("ＷＸ-13 号楼，Wi-Fi。"), "wx 13 号 楼 wi fi");
        assert_eq!(segmented("3栋 12幢 这栋"), "3 号 楼 12 号 楼 这 栋");
        assert_eq!(segmented("\"*()\0 \n"), "");
    }

    #[test]
    fn a_word_knows_its_place() {
        let places: Vec<_> = tokens("住 13栋a").into_iter().map(|t| (t.text, t.start, t.end)).collect();
        let expected = [("住", 0, 1), ("13", 2, 4), ("号", 4, 5), ("楼", 4, 5), ("a", 5, 6)];
        assert_eq!(places, expected.map(|(t, s, e)| (t.to_owned(), s, e)));
    }
}
