//! The office's server was restored from a backup: its log has another history. What anybody wrote is kept, what the
//! log said is forgotten and read anew, and what the new log lacks is offered (docs/SYNC.md, "A restored server").

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::{
    Id, Result,
    envelope::{Hash, Item, ItemKind},
    event::Event,
    model::Role,
    store::{attachments, carried, documents, erased, events, meta, outbox, packs, project, remake, streams},
};

/// How often what other people wrote is offered in vain before this phone gives up: a server that will not have it
/// says nothing.
const OFFERS: u64 = 8;

/// Forgets what the old log said.
pub(super) fn forget_the_log(db: &Connection) -> Result<()> {
    streams::begin_anew(db)?;
    packs::begin_anew(db)?;
    documents::begin_anew(db)?;
    outbox::begin_anew(db)?;
    carried::begin_anew(db)?;
    erased::begin_anew(db)?;
    attachments::offer_again(db)?;
    for matter in events::begin_anew(db)? {
        project::matter(db, matter, None)?;
    }
    meta::set(db, meta::TICKET, None)?;
    meta::set(db, meta::SUM_DIFFERS, None)?;
    meta::set(db, meta::MORE, Some(&[1]))?;
    meta::set(db, meta::LACKING, None)?;
    meta::set_as(db, meta::OFFERS, &OFFERS)
}

/// Whether a new log is being read: nothing is sent until then, for most of what is here it still has.
pub(super) fn is_reading(db: &Connection) -> Result<bool> {
    Ok(meta::get(db, meta::OFFERS)?.is_some() && packs::more_to_come(db)?)
}

/// Whether something was never sent and may be.
pub(super) fn has_to_send(db: &Connection) -> Result<bool> {
    Ok((outbox::has_untried(db)? || carried::has_untried(db)?) && !is_reading(db)?)
}

/// What this phone pulled, no item of its own carries and the new log lacks, as much as fits `budget` bytes; each after what it
/// rests on. `None` while the new log is still being read, and where no server was restored.
pub(super) fn offer(db: &Connection, budget: usize) -> Result<Option<Vec<Item>>> {
    if meta::get(db, meta::OFFERS)?.is_none() || is_reading(db)? {
        return Ok(None);
    }
    let (mut items, mut size) = (lacking(db)?, 0);
    items.retain(|item| {
        size += item.bytes.len() + 64;
        size < budget
    });
    Ok(Some(items))
}

/// All that this phone pulled, no item of its own carries and the new log lacks: what others wrote, and what it wrote itself before it was
/// restored.
fn lacking(db: &Connection) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    for id in documents::unsequenced(db)? {
        // What is carried goes under its authors' names.
        let signed = carried::hashes(db, id)?;
        let is_anybodys = |hash: &Hash| !signed.contains(hash) && !outbox::wrote(db, id, *hash).unwrap_or(true);
        let lacking: BTreeSet<Hash> = documents::changes(db, id, false)?.into_iter().filter(is_anybodys).collect();
        let Some(stored) = documents::load(db, id).ok().flatten().filter(|_| !lacking.is_empty()) else { continue };
        items.extend(remake::items(id, &stored.doc).filter(|item| lacking.contains(&item.hash())));
    }
    // What the office did itself it takes from nobody: it does it again, or not.
    let is_officers = |bytes: &[u8]| Event::decode(bytes).is_ok_and(|event| event.role == Role::Officer.number());
    let events = events::unjudged_unsigned(db)?.into_iter().filter(|(_, bytes)| is_officers(bytes));
    items.extend(events.map(|(matter, bytes): (Id, Vec<u8>)| Item { kind: ItemKind::Event.number(), doc: matter, bytes }));
    Ok(items)
}

/// Counts an offer of so many items that was answered, if the one before it brought nothing. After the last one, or
/// when nothing was left to offer, there are no more.
pub(super) fn offered(db: &Connection, items: usize) -> Result<()> {
    let lacking = lacking(db)?.len() as u64;
    let came = meta::get_as::<u64>(db, meta::LACKING)?.is_some_and(|before| lacking < before);
    let left = meta::get_as::<u64>(db, meta::OFFERS)?.map_or(0, |left| if came { OFFERS } else { left.saturating_sub(1) });
    let goes_on = items > 0 && left > 0;
    if goes_on {
        meta::set_as(db, meta::LACKING, &lacking)?;
        return meta::set_as(db, meta::OFFERS, &left);
    }
    meta::set(db, meta::LACKING, None)?;
    meta::set(db, meta::OFFERS, None)
}
