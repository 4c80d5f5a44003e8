//! Fills a new file from a damaged one: rows that can be read, who this phone is, and what follows from these.

use std::{collections::HashSet, path::Path};

use rusqlite::{Connection, TransactionBehavior};

use super::{Salvaged, journal, pages::Pages, rows};
use crate::{
    Error, Id, Result,
    document::{Doc, actor_of_change, hash_of_change, part},
    envelope::{FileKey, Hash, ItemKind},
    event::Event,
    ids::device_of,
    store::{
        FILE, attachments, carried, cipher, documents, events, files::Files, guarded::guarded, identity::Identity, meta, migrations, outbox, project, remake,
        streams, taken_back,
    },
};

/// Makes a new file at `half` out of the damaged one in the directory.
pub(super) fn over(directory: &Path, key: &FileKey, half: &Path, now_ms: i64) -> Result<()> {
    let read = |e: std::io::Error| Error::Store(format!("salvage: {}", e.kind()));
    let pages = Pages::read(&directory.join(FILE), &directory.join(format!("{FILE}-wal"))).map_err(read)?;
    let mut db = Connection::open(half)?;
    cipher::unlock(&db, directory, key)?;
    db.pragma_update(None, "synchronous", "FULL")?;
    // An item may come before its action; they are joined at the end.
    db.pragma_update(None, "foreign_keys", false)?;
    migrations::run(&mut db)?;
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let read = rows::take_over(&tx, &pages)?;
    drop(pages);
    let journal = journal::join(&tx)?;
    let gone = taken_back::forget_again(&tx)?;
    let me = identity(&tx, directory)?;
    carried::join(&tx)?;
    let matters = own_events(&tx)?;
    show_documents(&tx, me.as_ref(), &gone)?;
    for matter in matters {
        guarded(&tx, |db| project::matter(db, matter, None))?;
    }
    if let Some(me) = &me {
        attachments::find_again(&tx, me.enrolled.officer, &Files::of(directory))?;
    }
    let salvaged = Salvaged { at_ms: now_ms, pages: read.pages, unreadable: read.unreadable, journal, unsent: outbox::counts(&tx)?.0 };
    meta::set_as(&tx, meta::SALVAGED, &salvaged)?;
    if me.is_some() {
        meta::set(&tx, meta::MORE, Some(&[1]))?;
        meta::set(&tx, meta::MENDING, Some(&[1]))?;
    }
    tx.commit()?;
    db.close().map_err(|(_, e)| e.into())
}

/// Who this phone is: the copy beside the file says it whole, the file's rows may be old ones. Its streams begin anew.
fn identity(db: &Connection, directory: &Path) -> Result<Option<Identity>> {
    let me = match Identity::in_copy(directory) {
        Some(copy) => Some(copy),
        None => Identity::in_database(db).ok().flatten(),
    };
    match &me {
        Some(me) => {
            meta::set_as(db, meta::ENROLLED, &me.enrolled)?;
            meta::set(db, meta::REFRESH, Some(&me.refresh))?;
            streams::set_scope(db, &[])?;
            streams::set_scope(db, &me.streams)?;
        }
        None => meta::set(db, meta::ENROLLED, None)?,
    }
    // A damaged value that is not needed must not stand in the way.
    if meta::get_as::<meta::TimeBase>(db, meta::TIME_BASE).is_err() {
        meta::set(db, meta::TIME_BASE, None)?;
    }
    for number in [meta::EXCHANGE, meta::OFFERS] {
        if meta::get_as::<u64>(db, number).is_err() {
            meta::set(db, number, None)?;
        }
    }
    Ok(me)
}

/// Own events whose rows were lost are in the items that carry them. What was judged the log says again. Returns the matters.
fn own_events(db: &Connection) -> Result<Vec<Id>> {
    // One that was written again has other bytes under the same id.
    let (live, old): (Vec<_>, Vec<_>) = outbox::all_of_kind(db, ItemKind::Event)?.into_iter().partition(|(_, kept)| kept.is_live());
    for (matter, kept) in live.into_iter().chain(old) {
        if let Ok(event) = Event::decode(&kept.bytes) {
            events::put(db, matter, &event, &kept.bytes, true)?;
        }
    }
    events::begin_anew(db)
}

/// Lists the changes of each document, adds what this phone wrote on it, takes out what is `gone`, and shows it.
fn show_documents(db: &Connection, me: Option<&Identity>, gone: &HashSet<Hash>) -> Result<()> {
    let mut all: Vec<Id> = documents::all(db)?.into_iter().map(|(id, ..)| id).collect();
    all.extend(outbox::all_of_kind(db, ItemKind::Change)?.into_iter().map(|(id, _)| id));
    all.sort_unstable();
    all.dedup();
    for id in all {
        let stored = documents::load(db, id)?.map_or_else(Doc::empty, |stored| stored.doc);
        let (doc, left) = remake::apply_all(stored, remake::own(db, id)?.collect());
        let lost: HashSet<_> = remake::items(id, &doc).filter(|item| gone.contains(&item.hash())).filter_map(|item| hash_of_change(&item.bytes)).collect();
        let doc = if lost.is_empty() { doc } else { part(&doc, &lost)?.0 };
        if doc.heads().is_empty() && left.is_empty() {
            continue;
        }
        remake::keep(db, id, &doc)?;
        // To be looked at again once the log has been read.
        documents::set_damaged(db, id, !left.is_empty() || has_lost_item(db, id, &doc, me)?)?;
        guarded(db, |db| project::document(db, id, &doc))?;
    }
    Ok(())
}

/// Whether a document holds a change of this phone whose item is lost: it may never have been sent.
fn has_lost_item(db: &Connection, id: Id, doc: &Doc, me: Option<&Identity>) -> Result<bool> {
    let Some(me) = me else { return Ok(false) };
    for item in remake::items(id, doc) {
        if actor_of_change(&item.bytes).is_some_and(|actor| device_of(&actor) == Some(me.enrolled.device())) && !outbox::wrote(db, id, item.hash())? {
            return Ok(true);
        }
    }
    Ok(false)
}
