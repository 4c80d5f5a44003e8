//! What screens say, in one language.

use std::collections::HashMap;

use minqing_core::{
    model::Address,
    speech::{self, EmergencyRow, Term},
    view::{FileState, RecordState},
};

/// The catalogue in one language.
#[derive(uniffi::Object)]
pub struct Speech(speech::Speech);

#[uniffi::export]
impl Speech {
    /// `lang`: a tag as `zh-Hans` or `en-GB`; whatever does not begin with `en` is Chinese.
    #[uniffi::constructor]
    pub fn new(lang: String) -> Self {
        Self(speech::Speech(lang.parse().unwrap_or_default()))
    }

    /// A sentence by its key; counts and names stand where the catalogue has `{ $name }`.
    pub fn say(&self, key: String, with: HashMap<String, String>) -> String {
        self.0.say(&key, &with.into_iter().collect::<Vec<_>>())
    }

    /// A word of a list, as `category` and `relief`.
    pub fn code(&self, list: String, word: String) -> String {
        self.0.code(&list, &word)
    }

    /// All words of a list, to choose from; none where there is no such list.
    pub fn choices(&self, list: String) -> Vec<Term> {
        self.0.choices(&list)
    }

    /// Whom to call first in an emergency: the number to dial, and what people read.
    pub fn emergencies(&self) -> Vec<EmergencyRow> {
        self.0.emergencies()
    }

    /// Where a record stands.
    pub fn state(&self, state: RecordState) -> String {
        self.0.state(state)
    }

    /// Where a file stands.
    pub fn file_state(&self, state: FileState) -> String {
        self.0.file_state(state)
    }

    /// An instant as people say it (周四 18:30), seen from now; both in milliseconds since 1970.
    pub fn when(&self, at_ms: i64, now_ms: i64) -> String {
        self.0.when(at_ms, now_ms)
    }

    /// A day as `2026-09-21`, as people say it (周四); what is no day is said as it stands.
    pub fn day(&self, date: String, now_ms: i64) -> String {
        self.0.day(&date, now_ms)
    }

    /// A door's plate: 3 号楼 2 单元 501.
    pub fn plate(&self, address: Address) -> String {
        self.0.plate(&address)
    }
}
