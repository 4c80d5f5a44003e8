//! Work on one document that must not hold up the others.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::Connection;

use crate::{Error, Result};

/// Shows a document; one that cannot be shown, however it came about, must not hold up the others. Whether it could.
pub(crate) fn guarded(db: &Connection, show: impl FnOnce(&Connection) -> Result<()>) -> Result<bool> {
    db.execute_batch("SAVEPOINT shown")?;
    let shown = catch_unwind(AssertUnwindSafe(|| show(db)));
    let (good, end) = match shown {
        Ok(Ok(())) => (true, "RELEASE shown"),
        // The machine's fault, not the document's.
        Ok(Err(e)) if matches!(e, Error::Store(_)) || e.is_damage() => return Err(e),
        Ok(Err(_)) | Err(_) => (false, "ROLLBACK TO shown; RELEASE shown"),
    };
    db.execute_batch(end)?;
    Ok(good)
}
