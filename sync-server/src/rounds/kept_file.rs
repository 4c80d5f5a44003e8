//! A file that an office has brought in for its rounds: one of a name in its data directory, exactly as it was imported.

use std::{fs, io::Write, path::Path};

use crate::fault::Fault;

/// Puts bytes in the place of the file of this name. Beside it first: half of it must never be read.
///
/// # Errors
/// `store.failed`.
pub(super) fn replace(data: &Path, name: &str, bytes: &[u8]) -> Result<(), Fault> {
    let failed = |e: std::io::Error| Fault::new("store.failed", e.kind().to_string());
    let beside = data.join(format!("{name}.new"));
    let mut new = fs::File::create(&beside).map_err(failed)?;
    new.write_all(bytes).and_then(|()| new.sync_all()).map_err(failed)?;
    fs::rename(&beside, data.join(name)).map_err(failed)
}
