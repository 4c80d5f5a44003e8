//! After an update: rows that an older version of the app kept as they came are taken now, in the order of their streams.
//!
//! They were counted when they came, so nothing is counted here; what this version does not know either stays.

use rusqlite::Transaction;

use super::{Client, exchange::exchanges, rebuild::Pen, taking::Taking};
use crate::{
    Result,
    frame::from_cbor,
    ids::{Device, Name, Opening},
    store::{
        guarded::guarded,
        later::{self, Kept},
        meta, streams,
    },
    wire::Row,
};

/// Grows with every kind of row, item or fact that this core learns to read.
const KNOWS: u32 = 3;
/// Rows taken in one transaction.
const SOME: u32 = 500;

impl Client {
    /// Takes what was kept, if the app that had the file open before was of another version.
    pub(super) fn take_learned(&mut self) -> Result<()> {
        if meta::get_as(self.store.read(), meta::KNOWS)? == Some(KNOWS) {
            return Ok(());
        }
        let mut from = (0, 0);
        while let Some(next) = if self.enrolled.is_some() { self.take_some(from)? } else { None } {
            from = next;
        }
        self.lists.store.write(|tx| meta::set_as(tx, meta::KNOWS, &KNOWS))
    }

    /// Takes some rows behind a place; the last of them.
    fn take_some(&mut self, (stream, seq): (u32, u64)) -> Result<Option<(u32, u64)>> {
        let device = self.me()?.device();
        let mut pen = self.fresh_pen()?;
        let last = self.lists.store.write(|tx| {
            let kept = later::after(tx, stream, seq, SOME)?;
            let streams: Vec<String> = streams::all(tx)?.into_iter().map(|(name, ..)| name).collect();
            Taking::new(tx, exchanges(tx)?, device, streams).take_kept(&kept, &mut pen)?;
            Ok(kept.last().map(|row| (row.stream, row.seq)))
        })?;
        self.put_down(&pen);
        Ok(last)
    }
}

impl Taking<'_> {
    fn take_kept(&mut self, kept: &[Kept], pen: &mut Pen) -> Result<()> {
        for row in kept {
            let tx: &Transaction<'_> = self.tx;
            // What keeping puts back stays; a row that cannot be taken, however that comes about, stays too.
            guarded(tx, |tx| {
                later::forget(tx, self.stream(row.stream)?, row.seq)?;
                self.take_kept_row(row)
            })?;
        }
        self.show()?;
        self.rebuild(pen)?;
        Ok(())
    }

    fn take_kept_row(&mut self, kept: &Kept) -> Result<()> {
        // Who brought an item of a kind that was not known was not kept.
        let nameless = Name { device: Device(0), opening: Opening([0; 5]), n: 0 };
        if kept.item.kind != 0 {
            return self.keep(kept.stream, kept.seq, nameless, &kept.item).map(drop);
        }
        match from_cbor(&kept.item.bytes)? {
            Row::Item { device, opening, n, item, .. } => {
                let name = Name { device, opening, n };
                self.own_item(name, kept.seq, item.hash())?;
                self.keep(kept.stream, kept.seq, name, &item).map(drop)
            }
            // A run and a row without bytes are counted where they are taken.
            Row::Own { .. } | Row::Blank { .. } => Ok(()),
            Row::Later { .. } => self.later(kept.stream, kept.seq, &kept.item),
        }
    }
}
