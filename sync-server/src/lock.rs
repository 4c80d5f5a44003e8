//! One server at a time on a data directory. The system lets go of the lock when the process ends, however it ends.

use std::{
    fs::{File, OpenOptions},
    io,
    path::Path,
};

/// The file that is locked.
pub const FILE: &str = "lock";

/// Takes the lock of a data directory; it is held until the file is dropped.
///
/// # Errors
/// Where another process holds it, or the file cannot be made.
pub fn take(data: &Path) -> io::Result<File> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(data.join(FILE))?;
    file.try_lock().map_err(io::Error::from)?;
    Ok(file)
}
