//! How a new file takes the place of a damaged one. Whatever moment the device dies at, the next opening goes on from
//! there: as long as the new file is not whole the damaged one lies where it was; once it is whole, it waits under
//! a name of its own until what it replaces is out of the way.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    Error, Result,
    store::{
        FILE,
        files::{sync_file, sync_folder},
    },
};

/// The new file while it is written, and once it is whole.
const HALF: &str = "minqing.db.half";
const WHOLE: &str = "minqing.db.salvaged";
/// What a file consists of.
const PARTS: [&str; 3] = ["-shm", "-wal", ""];

/// Where the new file is to be written; nothing lies there.
pub(super) fn half(directory: &Path) -> Result<PathBuf> {
    let half = directory.join(HALF);
    for part in ["", "-journal"] {
        match fs::remove_file(directory.join(format!("{HALF}{part}"))) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(failed(e)),
            _ => {}
        }
    }
    Ok(half)
}

/// Whether a new file is whole and not in its place.
pub(crate) fn is_whole(directory: &Path) -> bool {
    directory.join(WHOLE).exists()
}

/// The name of the damaged file, for those who look for it.
pub(super) fn name(now_ms: i64) -> String {
    format!("minqing-damaged-{now_ms}.db")
}

/// The new file is whole.
pub(super) fn set_whole(directory: &Path) -> Result<()> {
    let whole = || {
        sync_file(&directory.join(HALF))?;
        fs::rename(directory.join(HALF), directory.join(WHOLE))?;
        sync_folder(directory)
    };
    whole().map_err(failed)
}

/// Sets the damaged file aside, with its log, and puts the new one in its place. Nothing is ever deleted.
pub(super) fn swap(directory: &Path, now_ms: i64) -> Result<()> {
    let swap = || {
        let aside = (now_ms..).map(name).find(|name| !directory.join(name).exists()).unwrap_or_default();
        // The log goes first: SQLite would play it into the new file.
        for part in PARTS {
            match fs::rename(directory.join(format!("{FILE}{part}")), directory.join(format!("{aside}{part}"))) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
                _ => {}
            }
        }
        sync_folder(directory)?;
        fs::rename(directory.join(WHOLE), directory.join(FILE))?;
        sync_folder(directory)
    };
    swap().map_err(failed)
}

/// Deletes damaged files that were set aside: what they held is here, or left with what was deleted.
pub(crate) fn delete_damaged(directory: &Path) -> Result<()> {
    for file in fs::read_dir(directory).map_err(failed)? {
        let file = file.map_err(failed)?;
        if file.file_name().to_string_lossy().starts_with("minqing-damaged-") {
            fs::remove_file(file.path()).map_err(failed)?;
        }
    }
    Ok(())
}

fn failed(e: io::Error) -> Error {
    Error::Store(format!("salvage: {}", e.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_whatever_step_the_device_dies_the_next_opening_puts_the_new_file_in_its_place_and_keeps_the_old() {
        for done in 0..=4 {
            let dir = std::env::temp_dir().join(format!("minqing-aside-{done}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&dir);
            fs::create_dir_all(&dir).unwrap();
            let is_there = |name: &str| dir.join(name).exists();
            for part in PARTS {
                fs::write(dir.join(format!("{FILE}{part}")), format!("old{part}")).unwrap();
            }
            fs::write(half(&dir).unwrap(), "new").unwrap();
            assert!(!is_whole(&dir) && is_there(FILE));
            // Dead before it was whole: the half file is of no use, the old one is where it was.
            if done == 0 {
                half(&dir).unwrap();
                assert_eq!((is_there(HALF), fs::read_to_string(dir.join(FILE)).unwrap()), (false, "old".into()));
                fs::write(dir.join(HALF), "new").unwrap();
            }
            set_whole(&dir).unwrap();
            // Dead after so many of the names were changed.
            for part in PARTS.iter().take(done) {
                fs::rename(dir.join(format!("{FILE}{part}")), dir.join(format!("{}{part}", name(5)))).unwrap();
            }
            assert!(is_whole(&dir));
            swap(&dir, 5).unwrap();
            assert!(!is_whole(&dir) && !is_there(&format!("{FILE}-wal")) && !is_there(&format!("{FILE}-shm")));
            assert_eq!(fs::read_to_string(dir.join(FILE)).unwrap(), "new");
            let kept = |part: &str| [5, 6].into_iter().find_map(|ms| fs::read_to_string(dir.join(format!("{}{part}", name(ms)))).ok());
            assert_eq!(PARTS.map(|part| kept(part).unwrap()), PARTS.map(|part| format!("old{part}")), "{done} steps");
            fs::remove_dir_all(&dir).unwrap();
        }
    }
}
