//! A phone's or the server's file, read past it.

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, OpenFlags};

/// Opens the file in a phone's or the server's directory; it cannot be written here.
pub fn read_only(dir: &Path) -> Result<Connection> {
    Ok(Connection::open_with_flags(dir.join("minqing.db"), OpenFlags::SQLITE_OPEN_READ_ONLY)?)
}
