//! Directories and files that only the user of the server can open: what residents said and keys lie in them.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io,
    path::Path,
};

/// Makes a directory, and those above it, where they lack.
///
/// # Errors
/// Those of the file system.
pub fn make_dir(dir: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Makes a file to write.
///
/// # Errors
/// Where there is one already, and those of the file system.
pub fn new_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Puts a file there, or in place of the one that was: whole or not at all, and durable when this returns.
///
/// # Errors
/// Those of the file system.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let half = path.with_extension("half");
    let _ = fs::remove_file(&half);
    let mut file = new_file(&half)?;
    io::Write::write_all(&mut file, bytes)?;
    file.sync_all()?;
    fs::rename(&half, path)
}
