//! One cell: what it holds, and how people and programs read it.

use jiff::{
    Timestamp,
    tz::{TimeZone, get},
};
use minqing_core::words::{Lang, say};

static LOCAL: TimeZone = get!("Asia/Shanghai");

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text as it was typed.
    Text(String),
    /// A moment, milliseconds since 1970.
    Time(i64),
    /// A whole number; 0 is empty.
    Number(i64),
    /// A word of a code list with the list's prefix in the catalogue; empty where there is none.
    Code(&'static str, String),
    /// Words of code lists with the lists' prefixes in the catalogue.
    Codes(&'static str, Vec<String>),
}

impl Cell {
    /// What a person reads.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Time(ms) => local(*ms, "%Y-%m-%d %H:%M:%S"),
            Self::Number(0) => String::new(),
            Self::Number(n) => n.to_string(),
            Self::Code(_, word) if word.is_empty() => String::new(),
            Self::Code(list, word) => said(lang, list, word),
            Self::Codes(list, words) => words.iter().map(|w| said(lang, list, w)).collect::<Vec<_>>().join("、"),
        }
    }

    /// What a program reads.
    pub fn json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) | Self::Code(_, text) => text.as_str().into(),
            Self::Time(ms) => local(*ms, "%Y-%m-%dT%H:%M:%S%:z").into(),
            Self::Number(n) => (*n).into(),
            Self::Codes(_, words) => words.as_slice().into(),
        }
    }
}

/// The catalogue's word; the code itself where it is a newer version's.
fn said(lang: Lang, list: &str, word: &str) -> String {
    let key = format!("{list}-{}", word.replace('_', "-"));
    let words = say(lang, &key, &[]);
    if words == key { word.to_owned() } else { words }
}

fn local(ms: i64, format: &str) -> String {
    Timestamp::from_millisecond(ms).map(|t| t.to_zoned_datetime(LOCAL.clone()).strftime(format).to_string()).unwrap_or_default()
}
