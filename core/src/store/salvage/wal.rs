//! The write-ahead log, frame by frame. Each frame holds the checksum of all before it, so that one can be verified by
//! the one before it alone: a damaged frame costs itself and no other.

use std::{fs, io, path::Path};

/// Bytes before the first frame, and of a frame before its page.
const HEADER: usize = 32;
const FRAME: usize = 24;
const MAGIC: u32 = 0x377f_0682;
/// The page size of every file of ours.
const PAGE: usize = 4096;

/// One frame of the log.
struct Frame {
    page: u32,
    /// Where its page begins in the log's bytes.
    at: usize,
    /// Whether it ends a transaction.
    commits: bool,
    /// Whether it is of the log's present round and its bytes are as they were written.
    holds: bool,
}

/// A write-ahead log.
pub(super) struct Wal {
    pub(super) page_size: usize,
    frames: Vec<Frame>,
    is_headed: bool,
}

impl Wal {
    /// Reads a log, whatever it holds.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let is_headed =
            word(bytes, 0).is_some_and(|magic| magic & !1 == MAGIC) && sums(bytes, HEADER - 8) == checksum(bytes, 0, HEADER - 8, is_big(bytes), (0, 0));
        let stated = word(bytes, 8).map_or(0, |size| size as usize);
        let page_size = if is_headed && stated.is_power_of_two() && (512..=65_536).contains(&stated) { stated } else { PAGE };
        // Without its header the first frame says which round it is.
        let salts = if is_headed { (word(bytes, 16), word(bytes, 20)) } else { (word(bytes, HEADER + 8), word(bytes, HEADER + 12)) };
        let big = is_headed && is_big(bytes);
        let mut frames = Vec::new();
        let mut at = HEADER;
        while let (Some(page), Some(size), Some(_)) = (word(bytes, at), word(bytes, at + 4), bytes.get(at + FRAME..at + FRAME + page_size)) {
            // The first one goes on from the header.
            let before = if at == HEADER { sums(bytes, HEADER - 8) } else { sums(bytes, at - page_size - 8) };
            let head = before.and_then(|before| checksum(bytes, at, 8, big, before));
            let all = head.and_then(|head| checksum(bytes, at + FRAME, page_size, big, head));
            let holds = (word(bytes, at + 8), word(bytes, at + 12)) == salts && all.is_some() && all == sums(bytes, at + 16);
            frames.push(Frame { page, at: at + FRAME, commits: size > 0, holds });
            at += FRAME + page_size;
        }
        Self { page_size, frames, is_headed }
    }

    /// Pages that were committed and where each lies, older ones first.
    pub(super) fn committed(&self) -> impl Iterator<Item = (u32, usize)> {
        let end = self.frames.iter().rposition(|frame| frame.holds && frame.commits).map_or(0, |last| last + 1);
        self.frames[..end].iter().filter(|frame| frame.holds).map(|frame| (frame.page, frame.at))
    }

    /// Whether something was committed after what is damaged. SQLite reads a log up to the first damage and says nothing.
    fn is_broken_inside(&self) -> bool {
        let good = if self.is_headed { self.frames.iter().take_while(|frame| frame.holds).count() } else { 0 };
        self.frames[good..].iter().any(|frame| frame.holds && frame.commits)
    }
}

/// Whether a log that was left beside a file is damaged before its end.
pub(crate) fn is_broken(wal: &Path) -> io::Result<bool> {
    match fs::read(wal) {
        Ok(bytes) => Ok(Wal::read(&bytes).is_broken_inside()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e),
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn is_big(bytes: &[u8]) -> bool {
    word(bytes, 0).is_some_and(|magic| magic & 1 == 1)
}

/// The two sums that are stored at a place.
fn sums(bytes: &[u8], at: usize) -> Option<(u32, u32)> {
    Some((word(bytes, at)?, word(bytes, at + 4)?))
}

/// The running checksum after `len` more bytes.
fn checksum(bytes: &[u8], at: usize, len: usize, big: bool, before: (u32, u32)) -> Option<(u32, u32)> {
    let read = |four: &[u8]| {
        let four = four.try_into().unwrap_or_default();
        if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }
    };
    let sum = |(a, b): (u32, u32), pair: &[u8]| {
        let a = a.wrapping_add(read(&pair[..4])).wrapping_add(b);
        (a, b.wrapping_add(read(&pair[4..])).wrapping_add(a))
    };
    Some(bytes.get(at..at + len)?.chunks_exact(8).fold(before, sum))
}
