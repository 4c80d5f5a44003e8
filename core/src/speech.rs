//! What an app's screens say, in one language: codes, states, moments and counts, from the catalogue.

pub mod said;

use crate::{
    clock::local_date,
    model::{Address, Emergency, key_in, words_of},
    view::{FileState, RecordState},
    words::{Lang, say},
};

/// A word to choose, and what people read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The stable word, as records have it.
    pub word: String,
    /// What people read.
    pub said: String,
}

/// Whom to call before anything is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmergencyRow {
    /// The stable word, for `urgent` of the matter that is written down after.
    pub word: String,
    /// The number to dial.
    pub telephone: String,
    /// What people read.
    pub said: String,
}

/// The catalogue in one language.
#[derive(Clone, Copy, Debug, Default)]
pub struct Speech(pub Lang);

impl Speech {
    /// A sentence by its key; counts and names stand where the catalogue has `{ $name }`.
    pub fn say(self, key: &str, with: &[(String, String)]) -> String {
        // A count is a number, so that one visit is no "1 visits".
        let value = |text: &String| text.parse::<i64>().map_or_else(|_| text.clone().into(), Into::into);
        let args: Vec<_> = with.iter().map(|(name, text)| (name.as_str(), value(text))).collect();
        say(self.0, key, &args)
    }

    /// A word of a list, as `category` and `relief`.
    pub fn code(self, list: &str, word: &str) -> String {
        say(self.0, &key_in(list, word), &[])
    }

    /// All words of a list, to choose from.
    pub fn choices(self, list: &str) -> Vec<Term> {
        words_of(list).into_iter().map(|word| Term { word: word.to_owned(), said: self.code(list, word) }).collect()
    }

    /// Whom to call first in an emergency.
    pub fn emergencies(self) -> Vec<EmergencyRow> {
        let row = |e: &Emergency| EmergencyRow { word: e.word().to_owned(), telephone: e.telephone().to_owned(), said: say(self.0, &e.key(), &[]) };
        Emergency::ALL.iter().map(row).collect()
    }

    /// Where a record stands.
    pub fn state(self, state: RecordState) -> String {
        say(self.0, state.key(), &[])
    }

    /// Where a file stands.
    pub fn file_state(self, state: FileState) -> String {
        say(self.0, state.key(), &[])
    }

    /// An instant, seen from now; both in milliseconds since 1970.
    pub fn when(self, at_ms: i64, now_ms: i64) -> String {
        said::when(self.0, at_ms, now_ms)
    }

    /// A day as `2026-09-21`, seen from now; what is no day is said as it stands.
    pub fn day(self, date: &str, now_ms: i64) -> String {
        date.parse().map_or_else(|_| date.to_owned(), |date| said::date(self.0, date, local_date(now_ms)))
    }

    /// A door's plate.
    pub fn plate(self, address: &Address) -> String {
        said::plate(self.0, address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MORNING: i64 = 1_789_344_000_000;

    #[test]
    fn what_screens_say_comes_from_the_catalogue() {
        let (zh, en) = (Speech(Lang::Zh), Speech(Lang::En));
        assert_eq!((zh.code("category", "relief"), zh.code("outcome", "nobody_in")), ("贫困救助".into(), say(Lang::Zh, "outcome-nobody-in", &[])));
        assert_eq!((zh.state(RecordState::Ready), zh.choices("outcome").len()), ("待发送".into(), 3));
        assert_eq!((zh.day("2026-09-17", MORNING), zh.day("", MORNING)), ("周四".into(), String::new()));
        let numbers: Vec<_> = zh.emergencies().into_iter().map(|e| (e.telephone, e.said)).collect();
        assert_eq!(numbers, [("110", "报警"), ("119", "火警"), ("120", "急救")].map(|(n, said)| (n.to_owned(), said.to_owned())));
        let one = [("n".to_owned(), "1".to_owned()), ("office".to_owned(), "0".to_owned())];
        assert_eq!(en.say("today-visits", &one), "Today 1 visit: 0 at the office");
    }
}
