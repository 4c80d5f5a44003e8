//! What became of a table: how many rows of each fate, and why some were refused.

use minqing_core::words::Lang;
use serde_json::{Value, json};

use crate::fault::sentence;

/// A row that was refused, or one cell of it that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The line of the file where the row begins; the header stands in line 1 or where the first words stand.
    pub line: u64,
    /// The column's header as it stands in the file; empty where it is about the whole row.
    pub column: String,
    /// The stable code.
    pub code: &'static str,
}

impl Refusal {
    /// The sentence a person reads.
    pub fn say(&self, lang: Lang) -> String {
        sentence(lang, self.code, &self.column)
    }
}

/// What became of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows read, blank ones left out.
    pub read: u64,
    /// Rows that brought something new.
    pub imported: u64,
    /// Rows that said what was known.
    pub unchanged: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// Why, by line.
    pub rows: Vec<Refusal>,
}

impl Report {
    pub(super) fn settled(mut self) -> Self {
        self.rows.sort();
        self.refused = self.rows.len() as u64;
        self
    }

    /// The report as JSON, its messages in a language.
    pub fn json(&self, lang: Lang) -> Value {
        let row = |r: &Refusal| json!({"line": r.line, "column": r.column, "code": r.code, "message": r.say(lang)});
        let rows: Vec<Value> = self.rows.iter().map(row).collect();
        json!({"read": self.read, "imported": self.imported, "unchanged": self.unchanged, "refused": self.refused, "rows": rows})
    }
}
