//! SQLite's write-ahead log as bytes, to end it where a crash would.

use std::path::Path;

/// A header, then frames of a header and a page each.
const HEADER: usize = 32;
const FRAME: usize = 24 + 4096;
const FILE: &str = "minqing.db-wal";

/// A write-ahead log.
pub struct Wal(Vec<u8>);

impl Wal {
    /// How long the log in a directory is; 0 where there is none.
    pub fn length(dir: &Path) -> u64 {
        std::fs::metadata(dir.join(FILE)).map_or(0, |m| m.len())
    }

    /// Reads the log in a directory.
    ///
    /// # Errors
    /// Those of the file.
    pub fn read(dir: &Path) -> std::io::Result<Self> {
        std::fs::read(dir.join(FILE)).map(Self)
    }

    /// How many whole frames it has.
    pub fn frames(&self) -> usize {
        self.0.len().saturating_sub(HEADER) / FRAME
    }

    /// Whether a transaction ends with the frame before this one: a frame that commits says how large the file is then.
    pub fn commits_before(&self, frame: usize) -> bool {
        let begins = HEADER + frame.saturating_sub(1) * FRAME;
        frame > 0 && self.0[begins + 4..begins + 8] != [0; 4]
    }

    /// Leaves in a directory what a crash would: the log up to a frame, and some bytes of that. Returns its length.
    ///
    /// # Errors
    /// Those of the file.
    pub fn cut(&self, dir: &Path, frame: usize, inside: usize) -> std::io::Result<u64> {
        self.end(dir, HEADER + frame * FRAME + inside)
    }

    /// The same at any byte.
    ///
    /// # Errors
    /// Those of the file.
    pub fn end(&self, dir: &Path, length: usize) -> std::io::Result<u64> {
        let length = length.min(self.0.len());
        std::fs::write(dir.join(FILE), &self.0[..length])?;
        Ok(length as u64)
    }
}
