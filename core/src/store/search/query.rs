//! What a person typed, as a query. It is data: of it only letters and digits reach the query's language, in quotes.

use super::segment::{Token, tokens};
use crate::{Result, model::Check};

/// Longest query, in characters.
const MAX_TEXT: usize = 100;
/// Fewest digits by which a telephone number is found.
const MIN_PHONE: usize = 4;
/// Fewest digits where a number is typed in groups, so that 3-2-502 is a door.
const MIN_GROUPED: usize = 7;

/// One word as typed, spaces around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its words in the index, one behind the other.
    pub(super) phrase: Vec<String>,
    /// Whether the last of them may go on: letters and digits are typed one after the other.
    pub(super) open: bool,
    /// The digits by which a telephone number may begin or end.
    pub(super) phone: Option<String>,
}

/// A query: records that have all of its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query(pub(super) Vec<Word>);

impl Query {
    /// Reads what was typed.
    ///
    /// # Errors
    /// `text.too_long` over 100 characters.
    pub(crate) fn typed(text: &str) -> Result<Self> {
        Check::root().field("text").text(&text.replace(char::is_control, " "), MAX_TEXT)?;
        // A telephone number is often written in groups.
        if let Some(number) = word(text).filter(|word| word.phone.is_some()) {
            return Ok(Self(vec![number]));
        }
        Ok(Self(text.split(|c: char| c.is_whitespace() || c.is_control()).filter_map(word).collect()))
    }

    /// The same in FTS5's language; `None` where nothing was typed that can be found.
    pub(super) fn expression(&self) -> Option<String> {
        let words: Vec<String> = self.0.iter().map(Word::expression).collect();
        (!words.is_empty()).then(|| words.join(" AND "))
    }
}

impl Word {
    fn expression(&self) -> String {
        let phrase = format!("\"{}\"{}", self.phrase.join(" "), if self.open { "*" } else { "" });
        match &self.phone {
            Some(digits) => format!("({phrase} OR phone : (\"p{digits}\"* OR \"r{}\"*))", digits.chars().rev().collect::<String>()),
            None => phrase,
        }
    }
}

fn word(typed: &str) -> Option<Word> {
    let tokens = tokens(typed);
    let open = !tokens.last()?.is_han();
    let least = if tokens.len() == 1 { MIN_PHONE } else { MIN_GROUPED };
    let digits = Some(digits_of(typed)).filter(|digits| tokens.iter().all(Token::is_digits) && digits.len() >= least);
    Some(Word { phrase: tokens.into_iter().map(|t| t.text).collect(), open, phone: digits })
}

/// The digits of a telephone number, without the country's 86.
pub(super) fn digits_of(phone: &str) -> String {
    let digits: String = tokens(phone).into_iter().flat_map(|t| t.text.into_bytes()).filter(u8::is_ascii_digit).map(char::from).collect();
    match digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")) {
        Some(national) if national.len() == 11 => national.to_owned(),
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        Query::typed(text).unwrap().expression().unwrap_or_default()
    }

    #[test]
    fn words_are_joined_by_and_and_letters_may_go_on() {
        assert_eq!(said("楼道漏水 Wx"), r#""楼 道 漏 水" AND "wx"*"#);
        assert_eq!(said("3号楼2单元"), r#""3 号 楼 2 单 元""#);
        assert_eq!(said("3-2-502"), r#""3 2 502"*"#);
        assert_eq!(said("1391"), r#"("1391"* OR phone : ("p1391"* OR "r1931"*))"#);
        assert_eq!(said("0931 012 3456"), r#"("0931 012 3456"* OR phone : ("p09310123456"* OR "r65432101390"*))"#);
        assert_eq!(said("3 2 502"), r#""3"* AND "2"* AND "502"*"#);
        assert_eq!(said("139-1234-5678"), r#"("139 1234 5678"* OR phone : ("p13912345678"* OR "r87654321931"*))"#);
    }

    #[test]
    fn nothing_typed_is_part_of_the_language() {
        assert_eq!(said("\" * ( ) ^ - : \0"), "");
        assert_eq!(said("note:漏\" OR x NEAR(a\0b) {phone}"), r#""note 漏" AND "or"* AND "x"* AND "near a"* AND "b"* AND "phone"*"#);
        assert_eq!(Query::typed(&"水".repeat(101)).unwrap_err().code(), "text.too_long");
    }

    #[test]
    fn a_number_is_the_same_with_and_without_its_country() {
        for written in ["+86 139 1234 5678", "0086-13912345678", "１３９12345678"] {
            assert_eq!(digits_of(written), "13912345678");
        }
        assert_eq!(digits_of("0931-8612345"), "09318612345");
    }
}
