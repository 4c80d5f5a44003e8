//! A new key.

use std::path::Path;

use super::files;
use crate::{entropy::Entropy, fault::Fault};

/// Adds a key that is newer than all others, whatever the clock says.
pub(super) fn rotate(dir: &Path, now_ms: i64, entropy: &dyn Entropy) -> Result<(), Fault> {
    let _lock = files::lock(dir)?;
    let newest_ms = files::read(dir)?.keys.last().map_or(0, |k| k.made_ms());
    files::add(dir, now_ms.max(newest_ms), entropy)
}
