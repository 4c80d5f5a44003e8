//! Files beside the database, each under its own hash: durable before anything names them.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use crate::{Error, Result, envelope::Hash};

/// The folder in the directory the platform gives.
pub(super) const FOLDER: &str = "attachments";

/// The files of one phone.
pub(crate) struct Files(PathBuf);

impl Files {
    /// Those of a directory.
    pub(crate) fn of(directory: &Path) -> Self {
        Self(directory.join(FOLDER))
    }

    /// Where a file lies, or would.
    pub(crate) fn path(&self, hash: Hash) -> PathBuf {
        self.0.join(hash.to_string())
    }

    /// Where its thumbnail lies, or would.
    pub(crate) fn thumbnail(&self, hash: Hash) -> PathBuf {
        self.0.join(format!("{hash}.thumb"))
    }

    /// Writes a file and its thumbnail; both survive a power cut when this returns. What is there already is the same bytes.
    pub(crate) fn keep(&self, hash: Hash, bytes: &[u8], thumbnail: &[u8]) -> Result<()> {
        let failed = |e: io::Error| Error::Store(format!("attachments: {}", e.kind()));
        fs::create_dir_all(&self.0).map_err(failed)?;
        if !thumbnail.is_empty() {
            write(&self.thumbnail(hash), thumbnail).map_err(failed)?;
        }
        write(&self.path(hash), bytes).map_err(failed)?;
        sync_folder(&self.0).map_err(failed)?;
        self.0.parent().map_or(Ok(()), sync_folder).map_err(failed)
    }

    /// Deletes a file and its thumbnail.
    pub(crate) fn delete(&self, hash: Hash) -> Result<()> {
        for path in [self.path(hash), self.thumbnail(hash)] {
            match fs::remove_file(path) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(Error::Store(format!("attachments: {}", e.kind()))),
                _ => {}
            }
        }
        Ok(())
    }

    /// How many bytes a file has, `None` if it is not here.
    pub(crate) fn length(&self, hash: Hash) -> Option<u64> {
        fs::metadata(self.path(hash)).ok().map(|found| found.len())
    }

    /// Whether the bytes under a hash are there and are those.
    pub(crate) fn holds(&self, hash: Hash) -> bool {
        fs::read(self.path(hash)).is_ok_and(|bytes| Hash::of(&bytes) == hash)
    }
}

/// Reads a file of at most `max` bytes; `None` if it is longer.
pub(crate) fn read_within(path: &Path, max: usize) -> Result<Option<Vec<u8>>> {
    let missing = |_| Error::Missing { code: "file.missing", id: String::new() };
    let mut bytes = Vec::new();
    let limit = u64::try_from(max).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path).map_err(missing)?.take(limit).read_to_end(&mut bytes).map_err(missing)?;
    Ok((bytes.len() <= max).then_some(bytes))
}

/// Writes a file that only this app's user may read, where the platform has modes; it survives a power cut when this returns.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut how = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    write_as(&mut how, path, bytes)?;
    path.parent().map_or(Ok(()), sync_folder)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_as(&mut File::options(), path, bytes)
}

/// Under another name first: a file under its own name is always whole.
fn write_as(how: &mut OpenOptions, path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Two processes may make one photo ready at once; each has its own half file.
    let half = path.with_extension(format!("{}.half", std::process::id()));
    let mut file = how.write(true).create(true).truncate(true).open(&half)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&half, path)
}

/// Makes a file that another wrote durable.
pub(crate) fn sync_file(path: &Path) -> io::Result<()> {
    // Windows flushes only what may be written.
    File::options().write(true).open(path)?.sync_all()
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened as a file.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_lies_under_its_hash_and_a_changed_one_is_seen() {
        let dir = std::env::temp_dir().join(format!("minqing-files-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let (files, hash) = (Files::of(&dir), Hash::of(b"photo"));
        assert!(!files.holds(hash));
        files.keep(hash, b"photo", b"small").unwrap();
        files.keep(hash, b"photo", b"small").unwrap();
        assert!(files.holds(hash) && files.thumbnail(hash).exists());
        assert_eq!(fs::read_dir(dir.join(FOLDER)).unwrap().count(), 2, "no half file stays");
        fs::write(files.path(hash), b"phot0").unwrap();
        assert!(!files.holds(hash));
        assert_eq!(read_within(&files.path(hash), 5).unwrap(), Some(b"phot0".to_vec()));
        assert_eq!(read_within(&files.path(hash), 4).unwrap(), None);
        assert_eq!(read_within(&dir.join("nothing"), 4).unwrap_err().code(), "file.missing");
        fs::remove_dir_all(&dir).unwrap();
    }
}
