//! Where packs lie: one file a part in `packs/`. They can be made again, so they are no part of a backup.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use minqing_core::{envelope::Hash, pack::Part};
use tokio::sync::Notify;

use crate::{private, storage::Pack};

/// The folder.
pub const FOLDER: &str = "packs";

/// The folder of packs, and the bell of who makes them.
pub struct Shelf {
    folder: PathBuf,
    /// Rung when a phone would have taken a pack that is not there.
    pub(super) lacking: Notify,
}

impl Shelf {
    /// That of a data directory.
    pub fn of(data: &Path) -> Self {
        Self { folder: data.join(FOLDER), lacking: Notify::new() }
    }

    /// Where a part lies.
    pub(super) fn path(&self, stream: i64, seq: u64, part: usize) -> PathBuf {
        self.folder.join(format!("{stream}-{seq}-{part}"))
    }

    /// Keeps a part; it is whole and durable when this returns.
    pub(super) fn put(&self, path: &Path, bytes: &[u8]) -> io::Result<Part> {
        private::make_dir(&self.folder)?;
        private::put(path, bytes)?;
        Ok(Part { bytes: bytes.len() as u64, hash: Hash::of(bytes) })
    }

    /// Whether all parts are here.
    pub(super) fn holds(&self, pack: &Pack) -> bool {
        let is_here = |(part, index): (&Part, usize)| fs::metadata(self.path(pack.stream, pack.seq, index)).is_ok_and(|file| file.len() == part.bytes);
        pack.parts.iter().zip(0..).all(is_here)
    }

    /// Takes a pack's files away.
    pub(crate) fn clear(&self, pack: &Pack) {
        for index in 0..pack.parts.len() {
            let _ = fs::remove_file(self.path(pack.stream, pack.seq, index));
        }
    }
}
