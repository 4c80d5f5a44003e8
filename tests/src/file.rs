//! A phone's or the server's file, read past it.

use std::{collections::BTreeSet, fs, io::ErrorKind, path::Path};

use anyhow::Result;
use memchr::memmem;
use minqing_core::envelope::Hash;
use rusqlite::{Connection, OpenFlags};

/// Opens the file in a phone's or the server's directory; it cannot be written here.
pub fn read_only(dir: &Path) -> Result<Connection> {
    Ok(Connection::open_with_flags(dir.join("minqing.db"), OpenFlags::SQLITE_OPEN_READ_ONLY)?)
}

/// The hashes that a question to the file in a directory brings.
pub fn hashes(dir: &Path, sql: &str) -> Result<BTreeSet<String>> {
    hashes_of(&read_only(dir)?, sql)
}

/// The same of a file that is open.
pub fn hashes_of(db: &Connection, sql: &str) -> Result<BTreeSet<String>> {
    let mut query = db.prepare_cached(sql)?;
    let rows = query.query_map([], |row| Ok(Hash(row.get(0)?).to_string()))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Items of which a phone was told that they are safe: in the log, kept for the office, received or held.
pub fn settled(phone: &Connection) -> Result<BTreeSet<String>> {
    hashes_of(phone, "SELECT hash FROM outbox WHERE state IN (0, 1, 3, 16, 17)")
}

/// Whether a text stands anywhere in a directory's files, as it is or as the search index of a phone splits it.
pub fn stands_in(dir: &Path, text: &str) -> Result<bool> {
    let split = text.chars().map(String::from).collect::<Vec<_>>().join(" ");
    Ok(lies_in(dir, text)? || lies_in(dir, &split)?)
}

/// Whether a text stands anywhere in the files of a directory and below.
pub fn lies_in(dir: &Path, text: &str) -> Result<bool> {
    for file in fs::read_dir(dir)? {
        let file = file?.path();
        let found = match fs::read(&file) {
            _ if file.is_dir() => lies_in(&file, text)?,
            // A running server takes files away meanwhile: what is gone holds nothing.
            Err(e) if e.kind() == ErrorKind::NotFound => false,
            read => memmem::find(&read?, text.as_bytes()).is_some(),
        };
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}
