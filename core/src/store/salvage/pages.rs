//! The pages of a damaged file as they were last committed: those of the write-ahead log over those of the file.

use std::{collections::HashMap, fs, io, path::Path};

use super::wal::Wal;

/// Every SQLite file begins with this.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// A file and its write-ahead log in memory.
pub(super) struct Pages {
    file: Vec<u8>,
    wal: Vec<u8>,
    /// Where the log holds a page.
    over: HashMap<u32, usize>,
    size: usize,
    usable: usize,
    count: u32,
}

impl Pages {
    /// Reads a file and its log; what is missing counts as empty.
    pub(super) fn read(file: &Path, wal: &Path) -> io::Result<Self> {
        let bytes = |path: &Path| match fs::read(path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            other => other,
        };
        Ok(Self::of(bytes(file)?, bytes(wal)?))
    }

    fn of(file: Vec<u8>, wal: Vec<u8>) -> Self {
        let log = Wal::read(&wal);
        let over: HashMap<u32, usize> = log.committed().filter(|(page, _)| *page > 0).collect();
        let (size, reserved) = sizes(&file).unwrap_or((log.page_size, 0));
        // A page of the log has the log's size.
        let over = if size == log.page_size { over } else { HashMap::new() };
        let in_file = u32::try_from(file.len() / size).unwrap_or(u32::MAX);
        // What lies beyond one page for each frame is no page that was committed.
        let most = in_file.saturating_add(u32::try_from(over.len()).unwrap_or(u32::MAX));
        let count = over.keys().copied().filter(|page| *page <= most).fold(in_file, u32::max);
        Self { file, wal, over, size, usable: size - reserved, count }
    }

    /// How many there are; the first is 1.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// How many bytes of a page are in use.
    pub(super) fn usable(&self) -> usize {
        self.usable
    }

    /// A page.
    pub(super) fn get(&self, page: u32) -> Option<&[u8]> {
        if page > self.count {
            return None;
        }
        if let Some(at) = self.over.get(&page) {
            return self.wal.get(*at..at + self.size);
        }
        let at = (page.checked_sub(1)? as usize).checked_mul(self.size)?;
        self.file.get(at..at.checked_add(self.size)?)
    }
}

/// Page size and reserved bytes, as the file's header says.
fn sizes(file: &[u8]) -> Option<(usize, usize)> {
    let stated = u16::from_be_bytes(file.get(16..18)?.try_into().ok()?);
    let size = if stated == 1 { 65_536 } else { usize::from(stated) };
    let reserved = usize::from(*file.get(20)?);
    let fits = file.starts_with(MAGIC) && size.is_power_of_two() && size >= 512 && size - reserved >= 480;
    fits.then_some((size, reserved))
}

#[cfg(test)]
pub(super) fn of_bytes(file: Vec<u8>, wal: Vec<u8>) -> Pages {
    Pages::of(file, wal)
}
