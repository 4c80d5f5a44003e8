//! The footways that an office has: one file in its data directory, exactly the extract that was imported.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use super::{Footways, read};
use crate::fault::Fault;

/// Its name.
pub const FILE: &str = "footways.geojson";

/// Takes an extract for the office's own, in the place of one that was there; how many stretches it has.
///
/// # Errors
/// As [`read`], and nothing has changed then; `store.failed`.
pub fn import(file: &Path, data: &Path) -> Result<usize, Fault> {
    let footways = read(file)?;
    let failed = |e: std::io::Error| Fault::new("store.failed", e.kind().to_string());
    // Beside it first: half of it must never be read.
    let beside: PathBuf = data.join(format!("{FILE}.new"));
    let bytes = fs::read(file).map_err(failed)?;
    let mut new = fs::File::create(&beside).map_err(failed)?;
    new.write_all(&bytes).and_then(|()| new.sync_all()).map_err(failed)?;
    fs::rename(&beside, data.join(FILE)).map_err(failed)?;
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
