//! Items with consecutive numbers of one opening share an envelope.

use crate::{
    envelope::{DeviceKeys, Envelope, Item},
    ids::{Device, Opening},
};

/// An item that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// In which opening it was written.
    pub opening: Opening,
    /// Its number there.
    pub n: u64,
    /// Version of the scope under which it was written.
    pub scope: u32,
    /// The item.
    pub item: Item,
}

impl Waiting {
    /// What it takes of a frame's room, about, in bytes.
    pub fn size(&self) -> usize {
        self.item.bytes.len() + 64
    }
}

/// Runs of items, each to be signed as one envelope.
pub struct Runs {
    /// Most bytes of items in one envelope.
    most: usize,
    runs: Vec<Run>,
}

struct Run {
    opening: Opening,
    scope: u32,
    first: u64,
    size: usize,
    items: Vec<Item>,
}

impl Runs {
    /// Begins; `most`: bytes of items in one envelope, but for a single one that is larger.
    pub fn new(most: usize) -> Self {
        Self { most, runs: Vec::new() }
    }

    /// How many envelopes it makes.
    pub fn len(&self) -> usize {
        self.runs.len()
    }

    /// Whether it makes none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// How many items are in them.
    pub fn items(&self) -> u32 {
        self.runs.iter().map(|run| u32::try_from(run.items.len()).unwrap_or(u32::MAX)).sum()
    }

    /// Adds an item; a gap, another opening or another scope starts another envelope.
    pub fn push(&mut self, waits: Waiting) {
        let size = waits.size();
        let Waiting { opening, n, scope, item } = waits;
        match self.runs.last_mut() {
            Some(run)
                if (run.opening, run.scope) == (opening, scope) && run.first + run.items.len() as u64 == n && run.size.saturating_add(size) <= self.most =>
            {
                run.size += size;
                run.items.push(item);
            }
            _ => self.runs.push(Run { opening, scope, first: n, size, items: vec![item] }),
        }
    }

    /// Signs all of them, in order: each encoded envelope, how many items are in it, and their bytes.
    pub fn seal(self, keys: &DeviceKeys, device: Device) -> impl Iterator<Item = (Vec<u8>, usize, usize)> {
        self.runs.into_iter().map(move |Run { opening, scope, first, size, items }| {
            let count = items.len();
            (Envelope::seal(keys, device, opening, first, scope, items).encode(), count, size)
        })
    }
}
