//! Walks on footways: the ways of an OpenStreetMap extract on which one may walk, and how far it is on them from each spot to each.
//! Phones have no map and walk straight lines (docs/ROUNDS.md).

mod geojson;
mod ground;
mod kept;
mod network;
mod shortest;
mod snap;

pub use ground::{Walked, on_footways};
pub use kept::{FILE, import, load};
pub use network::Footways;

use std::{fs, path::Path};

use crate::fault::Fault;

/// The largest file, in bytes: a large city's ways fit.
const MOST_BYTES: u64 = 64 << 20;

/// Reads an extract.
///
/// # Errors
/// `footways.file` where it cannot be opened; `footways.too_large` over 64 MiB, or with more corners than a large city has;
/// `footways.malformed` with line and column where it is no GeoJSON; `footways.none` where nobody can walk on anything of it.
pub fn read(file: &Path) -> Result<Footways, Fault> {
    let cannot = |_| Fault::new("footways.file", file.display().to_string());
    if fs::metadata(file).map_err(cannot)?.len() > MOST_BYTES {
        return Err(Fault::new("footways.too_large", format!("{} MiB", MOST_BYTES >> 20)));
    }
    Footways::of(&geojson::ways(&fs::read(file).map_err(cannot)?)?)
}

#[cfg(test)]
mod tests;
