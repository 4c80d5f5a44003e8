//! The cells of a b-tree page, with what of them lies on overflow pages. Every number is held against the page it is on:
//! a damaged page may say anything.

use super::pages::Pages;

/// What a page of a b-tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    IndexInner,
    TableInner,
    IndexLeaf,
    TableLeaf,
}

/// A page of a b-tree.
pub(super) struct TreePage<'p> {
    pub(super) kind: Kind,
    bytes: &'p [u8],
    /// Where the pointers to its cells begin.
    pointers: usize,
    cells: usize,
    /// The last child of an inner page.
    right: Option<u32>,
}

/// A cell of one.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Cell {
    /// The number of a table's row.
    pub(super) rowid: i64,
    /// The record's bytes; empty on inner pages of tables.
    pub(super) payload: Vec<u8>,
    /// The overflow pages they go on on.
    pub(super) chain: Vec<u32>,
}

impl<'p> TreePage<'p> {
    /// A page, if it is one of a b-tree.
    pub(super) fn of(pages: &'p Pages, number: u32) -> Option<Self> {
        let bytes = pages.get(number)?;
        // The file's header is on the first page.
        let head = if number == 1 { 100 } else { 0 };
        let kind = match bytes.get(head)? {
            2 => Kind::IndexInner,
            5 => Kind::TableInner,
            10 => Kind::IndexLeaf,
            13 => Kind::TableLeaf,
            _ => return None,
        };
        let is_inner = matches!(kind, Kind::IndexInner | Kind::TableInner);
        let pointers = head + if is_inner { 12 } else { 8 };
        let (cells, content) = (usize::from(short(bytes, head + 3)?), usize::from(short(bytes, head + 5)?));
        let begin = if content == 0 { 65_536 } else { content };
        if pointers + 2 * cells > begin || begin > pages.usable() {
            return None;
        }
        let right = if is_inner { Some(word(bytes, head + 8)?) } else { None };
        Some(Self { kind, bytes, pointers, cells, right })
    }

    /// The pages below an inner page.
    pub(super) fn children(&self) -> Vec<u32> {
        let below = (0..self.cells).filter_map(|cell| word(self.bytes, self.place(cell)?));
        if self.right.is_some() { below.chain(self.right).collect() } else { Vec::new() }
    }

    /// Its cells; those that cannot be read are left out.
    pub(super) fn cells(&self, pages: &Pages) -> Vec<Cell> {
        if self.kind == Kind::TableInner {
            return Vec::new();
        }
        (0..self.cells).filter_map(|cell| self.cell(pages, self.place(cell)?)).collect()
    }

    fn place(&self, cell: usize) -> Option<usize> {
        let at = usize::from(short(self.bytes, self.pointers + 2 * cell)?);
        (at >= self.pointers + 2 * self.cells).then_some(at)
    }

    fn cell(&self, pages: &Pages, at: usize) -> Option<Cell> {
        let mut at = if self.kind == Kind::IndexInner { at + 4 } else { at };
        let length = usize::try_from(varint(self.bytes, &mut at)?).ok()?;
        let rowid = if self.kind == Kind::TableLeaf { varint(self.bytes, &mut at)? } else { 0 };
        let local = on_page(length, pages.usable(), self.kind == Kind::TableLeaf)?;
        let mut payload = self.bytes.get(at..at.checked_add(local)?)?.to_vec();
        let mut chain = Vec::new();
        let mut next = if local < length { word(self.bytes, at + local)? } else { 0 };
        while payload.len() < length {
            let bytes = pages.get(next)?;
            // A chain that comes back to itself ends somewhere.
            if chain.len() as u64 > u64::from(pages.count()) {
                return None;
            }
            chain.push(next);
            let part = (length - payload.len()).min(pages.usable() - 4);
            payload.extend_from_slice(bytes.get(4..4 + part)?);
            next = word(bytes, 0)?;
        }
        Some(Cell { rowid, payload, chain })
    }
}

/// How many of a record's bytes lie on the page itself. `None` for more than any record of ours has.
fn on_page(length: usize, usable: usize, is_table: bool) -> Option<usize> {
    const MOST: usize = 8 << 20;
    let most = if is_table { usable - 35 } else { (usable - 12) * 64 / 255 - 23 };
    if length <= most {
        return Some(length);
    }
    let least = (usable - 12) * 32 / 255 - 23;
    let fits = least + (length - least) % (usable - 4);
    (length <= MOST).then_some(if fits <= most { fits } else { least })
}

/// A number of 1 to 9 bytes.
pub(super) fn varint(bytes: &[u8], at: &mut usize) -> Option<i64> {
    let mut value = 0u64;
    for i in 0..9 {
        let byte = *bytes.get(*at)?;
        *at += 1;
        if i == 8 {
            return Some(((value << 8) | u64::from(byte)) as i64);
        }
        value = (value << 7) | u64::from(byte & 0x7f);
        if byte < 0x80 {
            break;
        }
    }
    Some(value as i64)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// A number of four bytes, as of a page.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
