//! Where phone and server hold different things at the same place, the phone says what it holds, piece by piece, and
//! takes the rows of what differs anew (docs/SYNC.md, "Sums").

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use rusqlite::Connection;

use super::{
    snapshots::{Logged, changes_of},
    taking::Taking,
};
use crate::{
    Error, Id, Result,
    envelope::{Item, ItemKind},
    event::{Fact, FactKind},
    frame::{MAX_MANIFEST, from_cbor},
    ids::Name,
    pack::Snapshot,
    store::{documents, meta, packs, streams},
    wire::{Manifest, Mended, Repair, Row},
};

const LAST: Id = Id([0xff; 16]);

/// How far a round of comparing came.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
struct Round {
    /// The exchange from which on the next request goes.
    #[n(0)]
    due: u64,
    /// How many rounds ended and left something that differs: the next one comes after twice as many exchanges.
    #[n(1)]
    ended: u32,
    /// The stream that is next.
    #[n(2)]
    stream: u32,
    /// The first id of it that is next.
    #[n(3)]
    from: Id,
}

impl Round {
    fn first() -> Self {
        Self { due: 0, ended: 0, stream: 0, from: Id([0; 16]) }
    }

    /// Behind one document of a stream.
    fn behind(self, stream: u32, id: Id) -> Self {
        match next_id(id) {
            Some(from) => Self { stream, from, ..self },
            None => Self { stream: stream + 1, from: Id([0; 16]), ..self },
        }
    }
}

fn next_id(id: Id) -> Option<Id> {
    u128::from_be_bytes(id.0).checked_add(1).map(|next| Id(next.to_be_bytes()))
}

/// What to ask at the `exchange`-th exchange; empty unless something differs or is damaged and all rows are here.
pub(super) fn ask(db: &Connection, exchange: u64) -> Result<Vec<Manifest>> {
    if packs::more_to_come(db)? || !is_needed(db)? {
        return Ok(Vec::new());
    }
    let round = meta::get_as(db, meta::REPAIR)?.unwrap_or_else(Round::first);
    if exchange < round.due {
        return Ok(Vec::new());
    }
    let mut manifests = Vec::new();
    let (mut room, mut from) = (MAX_MANIFEST, round.from);
    for (stream, index) in streams::all(db)?.into_iter().map(|(name, ..)| name).zip(0..).skip(round.stream as usize) {
        let docs = documents_of(db, &stream, from, room)?;
        let is_full = docs.len() >= room;
        let to = docs.last().filter(|_| is_full).map_or(LAST, |(id, _)| *id);
        room = room.saturating_sub(docs.len());
        manifests.push(Manifest::new(index, from, to, &docs));
        if is_full {
            break;
        }
        from = Id([0; 16]);
    }
    Ok(manifests)
}

/// The sums of documents from an id on; one that is damaged holds nothing that counts.
fn documents_of(db: &Connection, stream: &str, from: Id, limit: usize) -> Result<Vec<(Id, u64)>> {
    let damaged = documents::damaged(db)?;
    let sums = streams::doc_sums(db, stream, from, limit)?;
    let is_full = sums.len() == limit;
    let to = sums.last().filter(|_| is_full).map_or(LAST, |(id, _)| *id);
    let mut sums: BTreeMap<Id, u64> = sums.into_iter().collect();
    // Also those of which nothing counts here, as a document that was shared.
    let here = damaged.into_iter().filter(|(id, home)| (from..=to).contains(id) && home.as_deref() == Some(stream));
    sums.extend(here.map(|(id, _)| (id, 0)));
    Ok(sums.into_iter().collect())
}

/// The changes in a snapshot, where a row shares a document.
fn shared(item: &Item, seq: u64) -> Result<Vec<Logged>> {
    let fact = (ItemKind::from_number(item.kind) == Some(ItemKind::Fact)).then(|| Fact::decode(&item.bytes)).transpose()?;
    match fact.filter(|fact| FactKind::from_number(fact.kind) == Some(FactKind::Share)) {
        Some(fact) => {
            let snapshot: Snapshot = from_cbor(&fact.payload)?;
            Ok(changes_of(snapshot.doc, snapshot.document()?.as_ref(), seq))
        }
        None => Ok(Vec::new()),
    }
}

fn is_needed(db: &Connection) -> Result<bool> {
    Ok(meta::get(db, meta::SUM_DIFFERS)?.is_some() || !documents::damaged(db)?.is_empty())
}

/// Notes how far the round came with an answer. Whether the next request has something to ask at once.
pub(super) fn answered(db: &Connection, exchange: u64, asked: &[Manifest], repair: Option<&Repair>) -> Result<bool> {
    if !is_needed(db)? {
        meta::set(db, meta::REPAIR, None)?;
        return Ok(false);
    }
    let round = meta::get_as(db, meta::REPAIR)?.unwrap_or_else(Round::first);
    let Some(last) = asked.last() else {
        let is_due = exchange >= round.due;
        return if is_due { streams::add_up(db).map(|()| true) } else { Ok(false) };
    };
    // A server of an older version says nothing.
    let nothing = Repair::default();
    let repair = repair.unwrap_or(&nothing);
    let round = match repair.docs.last().filter(|_| repair.more) {
        Some(mended) => round.behind(mended.stream, mended.doc),
        None => round.behind(last.stream, last.to),
    };
    let is_over = round.stream as usize >= streams::all(db)?.len();
    let round = if is_over { Round { due: exchange + (1 << round.ended.min(10)), ended: round.ended + 1, ..Round::first() } } else { round };
    meta::set_as(db, meta::REPAIR, &round)?;
    Ok(!is_over)
}

impl Taking<'_> {
    /// Takes the rows of a document in the place of whatever was counted and kept of it.
    pub(super) fn mend(&mut self, mended: &Mended) -> Result<()> {
        let stream = self.stream(mended.stream)?.to_owned();
        streams::uncount(self.tx, &stream, mended.doc)?;
        let mut changes = Vec::new();
        for row in &mended.rows {
            let (seq, device, opening, n, item) = match row {
                Row::Item { seq, device, opening, n, item, .. } => (seq, device, opening, n, item),
                Row::Blank { doc, hash, counts, .. } if *doc == mended.doc => {
                    self.blank(mended.stream, *doc, *hash, *counts)?;
                    continue;
                }
                _ => return Err(Error::Malformed("frame.malformed")),
            };
            let name = Name { device: *device, opening: *opening, n: *n };
            if item.doc != mended.doc {
                return Err(Error::Malformed("frame.malformed"));
            }
            if ItemKind::from_number(item.kind) == Some(ItemKind::Change) {
                self.own_item(name, *seq, item.hash())?;
                self.count(mended.stream, item.doc, item.hash())?;
                changes.push((item.hash(), *seq, item.bytes.clone()));
            } else {
                // A shared document begins with what was shared.
                changes.extend(shared(item, *seq)?);
                self.row(mended.stream, *seq, name, item)?;
            }
        }
        if changes.is_empty() {
            return Ok(());
        }
        if let Some(doc) = documents::make_again(self.tx, mended.doc, &changes)? {
            self.whole.push((mended.stream, mended.doc, doc));
        }
        Ok(())
    }
}
