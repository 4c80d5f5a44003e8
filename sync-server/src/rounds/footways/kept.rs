//! The footways that an office has: one file in its data directory, exactly the extract that was imported.

use std::{fs, path::Path};

use super::{super::kept_file::replace, Footways, read};
use crate::fault::Fault;

/// Its name.
pub const FILE: &str = "footways.geojson";

/// Takes an extract for the office's own, in the place of one that was there; how many stretches it has.
///
/// # Errors
/// As [`read`], and nothing has changed then; `store.failed`.
pub fn import(file: &Path, data: &Path) -> Result<usize, Fault> {
    let footways = read(file)?;
    let bytes = fs::read(file).map_err(|e| Fault::new("store.failed", e.kind().to_string()))?;
    replace(data, FILE, &bytes)?;
    Ok(footways.stretches())
}

/// The office's footways; `None` where none were imported.
///
/// # Errors
/// As [`read`].
pub fn load(data: &Path) -> Result<Option<Footways>, Fault> {
    let file = data.join(FILE);
    if file.exists() { read(&file).map(Some) } else { Ok(None) }
}
