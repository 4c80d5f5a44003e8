//! Who has a phone's file open. Processes share it; a damaged file is set aside by one that has it alone.

use std::{
    fs::{File, TryLockError},
    io,
    path::Path,
};

use crate::{Error, Result};

/// The file that is locked. The system lets go when the process ends, however it ends.
pub(super) const FILE: &str = "minqing.lock";

/// The right to have the phone's file open.
pub(crate) struct Hold(File);

impl Hold {
    /// Beside others; waits while one has it alone.
    pub(super) fn shared(directory: &Path) -> Result<Self> {
        let file = open(directory)?;
        done(file.lock_shared())?;
        Ok(Self(file))
    }

    /// Alone, `None` while another has the phone's file open.
    pub(super) fn alone(directory: &Path) -> Result<Option<Self>> {
        let file = open(directory)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(e)) => done(Err(e)).map(|()| Some(Self(file))),
            Ok(()) => Ok(Some(Self(file))),
        }
    }

    /// Lets others in again.
    pub(super) fn share(self) -> Result<Self> {
        done(self.0.lock_shared())?;
        Ok(self)
    }
}

fn open(directory: &Path) -> Result<File> {
    File::options().create(true).truncate(false).write(true).open(directory.join(FILE)).map_err(failed)
}

/// Where a file system knows no locks, the app takes care of itself.
fn done(locked: io::Result<()>) -> Result<()> {
    match locked {
        Err(e) if e.kind() != io::ErrorKind::Unsupported => Err(failed(e)),
        _ => Ok(()),
    }
}

fn failed(e: io::Error) -> Error {
    Error::Store(format!("lock: {}", e.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_alone_with_a_file_that_another_has_open() {
        let dir = std::env::temp_dir().join(format!("minqing-hold-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let (first, second) = (Hold::shared(&dir).unwrap(), Hold::shared(&dir).unwrap());
        drop(first);
        assert!(Hold::alone(&dir).unwrap().is_none());
        drop(second);
        let alone = Hold::alone(&dir).unwrap().unwrap();
        assert!(Hold::alone(&dir).unwrap().is_none());
        let shared = alone.share().unwrap();
        drop((Hold::shared(&dir).unwrap(), shared));
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
