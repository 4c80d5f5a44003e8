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
    log::{Entry, StreamId},
};

/// What a fact costs beside its payload.
const FACT: usize = 64;

/// Appends a row to its home and to the streams of those with whom its document is shared.
pub(crate) fn append(a: &mut Applying<'_>, home: StreamId, entry: &Entry<'_>) -> Result<()> {
    a.unit.append(home, entry)?;
    for stream in a.unit.shares(entry.item.doc)? {
        a.unit.append(stream, entry)?;
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
    let item = a.pen.fact(a.entropy, a.now_ms, FactKind::Share, matter, to_cbor(&snapshot));
    let mut row = a.pen.row(&item, a.now_ms);
    row.counts = FactKind::Share.counts();
    a.unit.append(stream, &row)?;
    a.unit.share(matter, stream)
}
