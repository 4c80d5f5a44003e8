//! Sharing: who does not read a document's home gets it, and every later row of it, in their own stream.

use minqing_core::{
    Id,
    event::FactKind,
    frame::{MAX_ITEM, to_cbor},
    pack::{Snapshot, Told},
};

use super::{apply::Applying, event::person};
use crate::storage::{
    Result,
    log::{Entry, Moving, StreamId, Unit},
};

/// What a fact costs beside its payload.
const FACT: usize = 64;

/// Appends a row to its home and to the streams of those with whom its document is shared; its place in its home.
pub(crate) fn append(unit: &mut dyn Unit, home: StreamId, entry: &Entry<'_>) -> Result<u64> {
    let seq = unit.append(home, entry)?;
    for stream in unit.shares(entry.item.doc)? {
        unit.append(stream, entry)?;
    }
    Ok(seq)
}

/// Shares a document with a stream from now on: what there is of it is said again there.
pub(super) fn with(a: &mut Applying<'_>, home: StreamId, doc: Id, stream: StreamId) -> Result<()> {
    // What is archived is shared with its household once somebody writes on it again.
    if home == stream || a.unit.shares(doc)?.contains(&stream) || a.unit.archived(doc)? {
        return Ok(());
    }
    control(a, FactKind::Share, doc, stream, to_cbor(&Snapshot::new(doc)))?;
    say_again(a, doc, home, stream)?;
    a.unit.share(doc, stream)
}

/// Shares a document no longer.
pub(super) fn no_longer_with(a: &mut Applying<'_>, doc: Id, stream: StreamId) -> Result<()> {
    if !a.unit.shares(doc)?.contains(&stream) {
        return Ok(());
    }
    control(a, FactKind::Unshare, doc, stream, Vec::new())?;
    a.unit.unshare(doc, stream)
}

/// Something new at a door goes to those with whom the household is shared. It is not in its home yet.
pub(crate) fn like_household(a: &mut Applying<'_>, home: StreamId, doc: Id, household: Option<Id>) -> Result<()> {
    let Some(household) = household else { return Ok(()) };
    // What is at the desk is shared by itself.
    if a.unit.document_head(household)?.is_none_or(|card| card.stream != home) {
        return Ok(());
    }
    a.unit.shares(household)?.into_iter().try_for_each(|stream| with(a, home, doc, stream))
}

/// Appends a fact that says where a document stands.
pub(super) fn control(a: &mut Applying<'_>, kind: FactKind, doc: Id, stream: StreamId, payload: Vec<u8>) -> Result<()> {
    let item = a.pen.fact(a.entropy, a.now_ms, kind, doc, payload);
    let row = Entry { counts: kind.counts(), ..a.pen.row(&item, a.now_ms) };
    a.unit.append(stream, &row).map(drop)
}

/// Says the rows of a document in one stream again in another, under their own names; how many.
pub(super) fn say_again(a: &mut Applying<'_>, doc: Id, from: StreamId, to: StreamId) -> Result<u64> {
    let rows = a.unit.rows_to_move(doc, from)?;
    say_rows(a, &rows, to)?;
    Ok(rows.len() as u64)
}

/// Says rows again in a stream.
pub(super) fn say_rows(a: &mut Applying<'_>, rows: &[Moving], to: StreamId) -> Result<()> {
    for Moving { name, item, envelope, received_ms } in rows {
        let entry = Entry { name: *name, item, envelope: *envelope, received_ms: *received_ms, applied_ms: a.now_ms, counts: true };
        a.unit.append(to, &entry)?;
    }
    Ok(())
}

/// Shares a matter that has just been registered at the desk with whoever did it: as it stands, and from now on.
pub(super) fn with_author(a: &mut Applying<'_>, home: StreamId, matter: Id, author: Id, register: Told) -> Result<()> {
    if !a.unit.stream_name(home)?.starts_with("desk:") {
        return Ok(());
    }
    let Some(stream) = a.unit.stream(&person(author))? else { return Ok(()) };
    let texts = a.unit.document(matter)?.map(|kept| kept.doc.save().into());
    let mut snapshot = Snapshot { bytes: texts, events: vec![register], ..Snapshot::new(matter) };
    // No app writes so much before it registers; the phone that wrote it has it anyway.
    if to_cbor(&snapshot).len() + FACT > MAX_ITEM {
        snapshot.bytes = None;
    }
    control(a, FactKind::Share, matter, stream, to_cbor(&snapshot))?;
    a.unit.share(matter, stream)
}
