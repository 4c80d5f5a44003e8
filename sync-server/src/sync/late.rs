//! What comes after an erasure and rests on what was erased: it is written anew, in its author's name and under the same ids, and
//! its own bytes never come in (docs/adr/0017).

use std::collections::BTreeSet;

use minqing_core::{
    document::{Doc, DocKind, Names, Step, Written, hash_of_change},
    envelope::{Item, ItemKind, Quarantine},
    ids::{Opening, actor},
};

use super::{
    apply::{Applying, Bringer, Outcome},
    archive,
    change::{Shown, fit, show},
    pen::SERVER,
    place, share,
};
use crate::{
    entropy::bytes,
    storage::{
        Result,
        log::{DocumentHead, Entry, Pending},
    },
};

/// A change that lacks another one waits for it; but for one that was erased it would wait for ever, so it is written anew.
pub(super) fn or_held(a: &mut Applying<'_>, p: &Pending, head: Option<DocumentHead>, missing: [u8; 32], bringer: Bringer) -> Result<Outcome> {
    match head {
        Some(head) if a.unit.is_dead(p.item.doc, missing)? => match is_of_before(a, p, Some(head))? {
            Some(seq) => Ok(Outcome::Known(seq)),
            None => write_anew(a, p, head, bringer),
        },
        _ => Ok(Outcome::Held(missing.to_vec())),
    }
}

/// Where in the log a change is done with that is itself one of those that were erased: what it said stands in what was begun anew.
pub(super) fn is_of_before(a: &mut Applying<'_>, p: &Pending, head: Option<DocumentHead>) -> Result<Option<u64>> {
    let (Some(head), Some(hash)) = (head, hash_of_change(&p.item.bytes)) else { return Ok(None) };
    if !a.unit.is_dead(p.item.doc, hash)? {
        return Ok(None);
    }
    let logged = a.unit.logged(p.item.doc, p.item.hash())?.map(|(_, seq)| seq);
    logged.map_or_else(|| a.unit.end_of(head.stream), Ok).map(Some)
}

/// What a change wrote, free of what it rests on and without whatever was erased, and the names of items by then; `None` where it cannot be read.
pub(super) fn read(a: &mut Applying<'_>, p: &Pending, now: &Doc) -> Result<Option<(Written, Names)>> {
    let mut names = a.unit.dead_names(p.item.doc)?;
    let content = now.content();
    let gone: BTreeSet<String> = names.keys().filter(|key| !content.items.contains_key(*key)).map(str::to_owned).collect();
    names.add(Names::of(now));
    let Ok(written) = Written::read_named(&p.item.bytes, &mut names) else { return Ok(None) };
    let of_gone = |key: &str| key.split(':').nth(1).is_some_and(|whose| gone.contains(&format!("resident:{whose}")));
    Ok(Some((written.without(|key| gone.contains(key) || of_gone(key)), names)))
}

fn write_anew(a: &mut Applying<'_>, p: &Pending, head: DocumentHead, bringer: Bringer) -> Result<Outcome> {
    const MALFORMED: Outcome = Outcome::Aside(Quarantine::Malformed);
    let id = p.item.doc;
    let (Some(kept), Some(hash)) = (a.unit.document(id)?, hash_of_change(&p.item.bytes)) else { return Ok(MALFORMED) };
    let (before, Some((written, names))) = (kept.doc.content(), read(a, p, &kept.doc)?) else { return Ok(MALFORMED) };
    let (single, rest) = written.parted();
    let same: BTreeSet<String> = single.values().into_iter().filter(|(field, value)| before.root.0.get(field) == Some(value)).map(|(field, _)| field).collect();
    let single = single.without(|key| same.contains(key));
    let (mut doc, time_s) = (kept.doc, a.now_ms / 1_000);
    // Its author may not have known what stands there now: that stays beside it.
    let Ok(beside) = Doc::empty().change(fresh(a), time_s, |w| single.write(w)) else { return Ok(MALFORMED) };
    if doc.apply(beside.as_slice()).is_err() {
        return Ok(MALFORMED);
    }
    let Ok(above) = doc.change(fresh(a), time_s, |w| rest.write(w)) else { return Ok(MALFORMED) };
    let (Some((kind, home)), after) = (doc.header(), doc.content()) else { return Ok(MALFORMED) };
    let step = Step { kind, before: &before, after: &after, author: p.author(), first: false };
    if let Err(outcome) = fit(a, p, Some(head), &step, &home, bringer)? {
        return Ok(outcome);
    }
    if kind == DocKind::Visits {
        archive::take_back(a, id, head.stream, place::household_of(kind, &home))?;
    }
    let mut seq = None;
    for bytes in beside.into_iter().chain(above) {
        let item = Item { kind: ItemKind::Change.number(), doc: id, bytes };
        seq = Some(share::append(a.unit, head.stream, &Entry { received_ms: p.received_ms, ..a.pen.row(&item, a.now_ms) })?);
    }
    a.unit.keep_document(id, &head, &doc.save())?;
    show(a.unit, id, &head, &Shown { doc: &doc, before: &before, after: &after })?;
    a.unit.note_late(id, hash, &names)?;
    let seq = seq.map_or_else(|| a.unit.end_of(head.stream), Ok)?;
    Ok(Outcome::Anew(seq, vec![hash.to_vec()]))
}

/// An actor that nothing was written by: the document knows nothing of what this one wrote before.
pub(crate) fn fresh(a: &Applying<'_>) -> [u8; 8] {
    actor(SERVER, Opening(bytes(a.entropy)))
}
