//! Whether a file is sound: what an opening can afford to look at, and a look at every page.

use rusqlite::Connection;

use super::salvage;
use crate::{Error, Result};

const DAMAGED: Error = Error::State("store.damaged");

/// Reads the first row of every table, so that an opening notices damage at the root of any, and that none is missing.
pub(super) fn roots(db: &Connection) -> Result<()> {
    let mut query = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?;
    let here: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    if salvage::tables().any(|table| !here.iter().any(|name| name == table)) {
        return Err(DAMAGED);
    }
    for table in salvage::tables() {
        // By its own pages: an index would be smaller.
        let indexed = if table == "find" { "" } else { "NOT INDEXED" };
        db.prepare(&format!("SELECT * FROM {table} {indexed} LIMIT 1"))?.exists([])?;
    }
    Ok(())
}

/// Looks at every page of the file.
pub(super) fn all_pages(db: &Connection) -> Result<()> {
    let said: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if said == "ok" { Ok(()) } else { Err(DAMAGED) }
}
