//! `minqing restore FILE`.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use super::{DATABASE, save::beside};
use crate::{
    clock::Clock,
    entropy::{Entropy, bytes},
    fault::Fault,
    lock, private,
    storage::sqlite,
    sync::ERASURES,
};

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Restored {
    /// Where what was in the data directory before lies now; nothing is deleted.
    pub before: Option<PathBuf>,
}

/// Puts a backup in the place of a data directory. The log gets a new history id, by which phones notice; the old
/// directory is kept beside.
///
/// # Errors
/// `restore.running` while a server runs on the directory; `restore.file` where the file cannot be read or is no
/// backup, then nothing was changed; `restore.failed`, `store.failed`, `store.newer`.
pub fn restore(from: &Path, data: &Path, clock: &dyn Clock, entropy: &dyn Entropy) -> Result<Restored, Fault> {
    let bad_file = |_: io::Error| Fault::new("restore.file", from.display().to_string());
    let failed = |_: io::Error| Fault::new("restore.failed", data.display().to_string());
    // Held until the end: no server may start meanwhile.
    let _lock = match data.try_exists().map_err(failed)? {
        true => Some(lock::take(data).map_err(|_| Fault::new("restore.running", data.display().to_string()))?),
        false => None,
    };
    let new = beside(data, "restoring");
    if new.try_exists().map_err(failed)? {
        fs::remove_dir_all(&new).map_err(failed)?;
    }
    unpack(from, &new).map_err(bad_file)?;
    let prepared = sqlite::begin_history(&new, bytes(entropy), clock.now_ms());
    if let Err(e) = prepared {
        let _ = fs::remove_dir_all(&new);
        return Err(e.into());
    }
    let before = match data.try_exists().map_err(failed)? {
        true => {
            keep_erasures(data, &new).map_err(failed)?;
            let before = beside(data, &format!("before-{}", clock.now_ms()));
            fs::rename(data, &before).map_err(failed)?;
            Some(before)
        }
        false => None,
    };
    fs::rename(&new, data).map_err(failed)?;
    Ok(Restored { before })
}

/// What was erased since the backup is erased again by the list that lies beside the database.
fn keep_erasures(from: &Path, to: &Path) -> io::Result<()> {
    match fs::read(from.join(ERASURES)) {
        Ok(list) => io::Write::write_all(&mut private::new_file(&to.join(ERASURES))?, &list),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(e),
    }
}

/// Unpacks plain files into a fresh directory; the archive's library lets none of them out of it.
fn unpack(from: &Path, to: &Path) -> io::Result<()> {
    let mut archive = tar::Archive::new(File::open(from)?);
    private::make_dir(to)?;
    let mut database = false;
    for entry in archive.entries()? {
        let mut entry = entry?;
        if !entry.header().entry_type().is_file() {
            return Err(io::Error::other("not a plain file"));
        }
        database |= entry.path()?.as_os_str() == DATABASE;
        if !entry.unpack_in(to)? {
            return Err(io::Error::other("a path that leads elsewhere"));
        }
    }
    if database { Ok(()) } else { Err(io::Error::other("no database")) }
}
