//! Making a pack of one stream.

use std::collections::BTreeMap;

use minicbor::Encode;
use minqing_core::{
    Id,
    envelope::{ItemKind, doc_term},
    event::{Fact, FactKind},
    pack::{MAX_PART, Part, Snapshot, Told, Writer},
};

use super::{due, lines};
use crate::{
    app::App,
    fault::Fault,
    projection::MatterShown,
    storage::{
        Pack, Result, StoreError,
        log::{Moment, StreamEnd},
    },
};

/// Everything of a stream as of one moment.
struct Taken {
    end: StreamEnd,
    snapshots: BTreeMap<Id, Snapshot>,
    /// Its matters as they are shown. Of today's states none is an end: somebody has still to act on each.
    matters: BTreeMap<Id, MatterShown>,
}

/// Makes a pack of a stream as it stands now, and notes it. `None` where its parts would be too large, or where it
/// would not say the same as the rows.
///
/// # Errors
/// `store.failed`, `stream.unknown`.
pub fn build(app: &App, stream: &str) -> Result<Option<Pack>, Fault> {
    let mut taken = None;
    app.store.at_one_moment(&mut |moment| {
        taken = Some(take(moment, stream)?);
        Ok(())
    })?;
    let Some(Taken { end, snapshots, matters }) = taken else { return Ok(None) };
    let mut sum = 0u64;
    let mut list = Vec::new();
    let mut opened = Vec::with_capacity(snapshots.len());
    for (id, snapshot) in snapshots {
        let Ok(doc) = snapshot.document() else { return refuse(stream) };
        let changes = doc.iter().flat_map(|doc| doc.changes());
        let hashes = changes.map(|bytes| snapshot.item(ItemKind::Change, &bytes).hash());
        sum = sum.wrapping_add(doc_term(id, snapshot.sum(hashes)));
        list.extend(doc.as_ref().and_then(|doc| lines::door(id, doc)));
        list.extend(matters.get(&id).and_then(|shown| lines::matter(&snapshot, shown)));
        opened.push(due::open(snapshot, doc.as_ref(), |matter| matters.contains_key(&matter)));
    }
    if sum != end.sum {
        return refuse(stream);
    }
    let failed = |_: std::io::Error| Fault::new("store.failed", "packs");
    let mut pack = Pack { stream: end.id, seq: end.seq, sum, parts: Vec::new() };
    let [due, rest] = due::sort(opened);
    for bytes in [part(list, lines::size), part(due, Snapshot::size), part(rest, Snapshot::size)] {
        let bytes = bytes.map_err(failed)?;
        if bytes.len() as u64 > MAX_PART {
            return Ok(None);
        }
        let path = app.shelf.path(pack.stream, pack.seq, pack.parts.len());
        pack.parts.push(app.shelf.put(&path, &bytes).map_err(failed)?);
    }
    app.store.add_pack(&pack)?;
    let bytes: u64 = pack.parts.iter().map(|part: &Part| part.bytes).sum();
    tracing::info!(stream, seq = pack.seq, bytes, "a pack was made");
    Ok(Some(pack))
}

/// A stream that has been tampered with, or that holds what this version cannot read, is given row by row.
fn refuse(stream: &str) -> Result<Option<Pack>, Fault> {
    tracing::error!(stream, "a pack would not say the same as the log; see `minqing rebuild --check`");
    Ok(None)
}

fn take(moment: &dyn Moment, stream: &str) -> Result<Taken> {
    let end = moment.stream_ends()?.into_iter().find(|end| end.name == stream);
    let end = end.ok_or_else(|| StoreError::Unknown { what: "stream", id: stream.to_owned() })?;
    let mut snapshots: BTreeMap<Id, Snapshot> = BTreeMap::new();
    moment.documents_of(end.id, &mut |id, bytes| {
        snapshots.insert(id, Snapshot { bytes: Some(bytes.into()), ..Snapshot::new(id) });
        Ok(())
    })?;
    moment.told_in(end.id, &mut |row| {
        if row.uncounts() {
            // What it holds by then is of its home now, if that is this stream once more.
            let bytes = snapshots.remove(&row.item.doc).and_then(|snapshot| snapshot.bytes);
            let kind = FactKind::from_number(Fact::decode(&row.item.bytes).map_or(0, |fact| fact.kind));
            // Whoever holds what was erased hears of it, and that older years are at the office.
            let is_told = kind == Some(FactKind::Erased) || (bytes.is_none() && kind == Some(FactKind::Archive));
            let facts = if is_told { vec![row.item.bytes.into()] } else { Vec::new() };
            let left = Snapshot { bytes, facts, ..Snapshot::new(row.item.doc) };
            if left.bytes.is_some() || is_told {
                snapshots.insert(row.item.doc, left);
            }
            return Ok(());
        }
        if row.blank.is_some() {
            return Ok(());
        }
        let is_fact = row.item.kind == ItemKind::Fact.number();
        if is_fact && !row.counts() && Fact::decode(&row.item.bytes).is_ok_and(|fact| fact.kind == FactKind::Enter.number()) {
            return Ok(());
        }
        let snapshot = snapshots.entry(row.item.doc).or_insert_with(|| Snapshot::new(row.item.doc));
        match ItemKind::from_number(row.item.kind) {
            Some(ItemKind::Event) => snapshot.events.push(Told { device: row.name.device, bytes: row.item.bytes }),
            _ => snapshot.facts.push(row.item.bytes.into()),
        }
        Ok(())
    })?;
    let matters = moment.matters_shown(end.id)?.into_iter().map(|shown| (Id(shown.id), shown)).collect();
    Ok(Taken { end, snapshots, matters })
}

fn part<T: Encode<()>>(values: Vec<T>, size: impl Fn(&T) -> usize) -> std::io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new(), values.iter().map(&size).sum())?;
    for value in values {
        let size = size(&value);
        writer.put(value, size)?;
    }
    writer.finish()
}
