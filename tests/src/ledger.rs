//! The ledger: outside all stores, one row for every field of every save that returned.

use std::{
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, Write},
    path::Path,
};

use anyhow::{Context, Result};
use minqing_core::{Id, envelope::Hash};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

/// One typed field, and where it must be found again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The phone that saved it, 0 = the office.
    pub phone: u64,
    /// `visit`, `household`, `matter`, `event`, …
    pub kind: String,
    /// The record.
    pub record: String,
    /// The field as a person knows it.
    pub field: String,
    /// What was typed.
    pub text: String,
    /// The hash of the item that carries it.
    pub item: String,
    /// The document, or for events the matter.
    pub doc: String,
    /// The field's place in the document, or the event's id.
    pub path: String,
}

/// A ledger on disk; each row is written before the story goes on.
pub struct Ledger {
    file: File,
}

/// The file's name in the demo's directory.
pub const FILE: &str = "ledger.jsonl";

impl Ledger {
    /// Opens the ledger of a directory.
    pub fn open(dir: &Path) -> Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(dir.join(FILE))?;
        Ok(Self { file })
    }

    /// Writes rows down.
    pub fn write(&mut self, entries: &[Entry]) -> Result<()> {
        let mut lines = String::new();
        for entry in entries {
            lines += &serde_json::to_string(entry)?;
            lines.push('\n');
        }
        self.file.write_all(lines.as_bytes())?;
        Ok(())
    }
}

/// All rows of a directory's ledger.
pub fn read(dir: &Path) -> Result<Vec<Entry>> {
    let file = File::open(dir.join(FILE)).with_context(|| format!("no {FILE} in {}", dir.display()))?;
    BufReader::new(file).lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

/// The items of a phone's last save: kind, document, hash.
pub fn last_items(phone: &Connection) -> Result<Vec<(u8, Id, Hash)>> {
    let mut query = phone.prepare_cached("SELECT kind, doc, hash FROM outbox WHERE journal = (SELECT max(id) FROM journal) ORDER BY id")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, Id(row.get(1)?), Hash(row.get(2)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
