//! Colleagues' envelopes, applied here without any network (docs/SYNC.md, "No network at all"): only what this phone may see, and nothing that the office
//! would not let in. All of it is carried on as it was signed.

use std::collections::BTreeSet;

use rusqlite::Transaction;

use super::taking::Taking;
use crate::{
    Error, Id, Result,
    bundle::Verified,
    document::{Admission, Content, Doc, DocKind, Step, admit, keeps_the_rules, matter::Home, rests_on_nothing},
    envelope::{Hash, ItemKind},
    event::{Event, Register},
    frame::from_cbor,
    ids::{Device, Name},
    model::{Category, EventCode, Role},
    store::{carried, documents, events, guarded::guarded, lists, project, streams},
    wire::ItemState,
};

/// What merging came to.
#[derive(Default)]
pub(super) struct Merged {
    /// Items that are carried now and were not before.
    pub(super) carried: u32,
    /// Records that lists show now.
    pub(super) shown: u32,
}

/// Merges envelopes that were verified.
pub(super) fn merge(tx: &Transaction<'_>, me: Device, verified: &Verified) -> Result<Merged> {
    let mut docs = Vec::new();
    for (envelope, bytes) in verified.envelopes.iter().filter(|(envelope, _)| envelope.device != me) {
        let Some((author, certificate)) = verified.authors.get(&envelope.device) else { continue };
        docs.extend(carried::put(tx, envelope, bytes, author.officer, certificate)?);
    }
    let carried = u32::try_from(docs.len()).unwrap_or(u32::MAX);
    let merging = Merging { tx, streams: streams::all(tx)?.into_iter().map(|(name, ..)| name).collect() };
    let docs: BTreeSet<Id> = docs.into_iter().collect();
    let (mut tried, mut shown) = (Vec::new(), BTreeSet::new());
    for id in &docs {
        guarded(tx, |_| {
            tried.extend(merging.tried(*id)?);
            Ok(())
        })?;
    }
    // A door before what happened there, words before what happened to them.
    tried.sort_by_key(|tried| !tried.is_door());
    for tried in &tried {
        guarded(tx, |_| {
            shown.extend(merging.document(tried)?);
            Ok(())
        })?;
    }
    for id in &docs {
        guarded(tx, |_| {
            shown.extend(merging.events(*id)?);
            Ok(())
        })?;
    }
    Ok(Merged { carried, shown: u32::try_from(shown.len()).unwrap_or(u32::MAX) })
}

struct Merging<'t> {
    tx: &'t Transaction<'t>,
    streams: Vec<String>,
}

/// A document with what is carried of it.
struct Tried {
    id: Id,
    doc: Doc,
    before: Content,
    after: Content,
    applied: Vec<Hash>,
}

impl Tried {
    fn is_door(&self) -> bool {
        self.doc.header().is_some_and(|(kind, _)| kind == DocKind::Card)
    }
}

impl Merging<'_> {
    /// Applies what is carried of a document as far as it can be, on a copy; none where nothing can.
    fn tried(&self, id: Id) -> Result<Option<Tried>> {
        let stored = documents::load(self.tx, id)?;
        if stored.as_ref().is_some_and(|stored| stored.damaged) {
            return Ok(None);
        }
        let mut doc = stored.map_or_else(Doc::empty, |stored| stored.doc);
        let before = doc.content();
        let mut content = before.clone();
        let mut applied: Vec<Hash> = Vec::new();
        let mut left = carried::of_document(self.tx, id, ItemKind::Change)?;
        loop {
            let tried = left.len();
            left.retain(|kept| match admit(&doc, &content, &kept.bytes, kept.name.device, kept.name.opening) {
                Admission::Applied(next) if fits(&next.doc, &content, &next.content, kept) => {
                    (doc, content) = (next.doc, next.content);
                    applied.push(kept.hash);
                    false
                }
                Admission::Missing(_) => true,
                Admission::Applied(_) | Admission::Known | Admission::Refused(_) => false,
            });
            if left.len() == tried {
                break;
            }
        }
        Ok((!applied.is_empty()).then_some(Tried { id, doc, before, after: content, applied }))
    }

    /// Keeps a document with what is carried of it, if it may be seen; returns the records that this touches.
    fn document(&self, Tried { id, doc, before, after, applied }: &Tried) -> Result<BTreeSet<Id>> {
        if !self.sees(*id, doc)? {
            return Ok(BTreeSet::new());
        }
        applied.iter().try_for_each(|hash| documents::note_change(self.tx, *id, *hash, None, None))?;
        documents::save(self.tx, *id, doc)?;
        project::document(self.tx, *id, doc)?;
        self.touch(*id, touched(*id, before, after))
    }

    /// Keeps the carried events of a matter that this phone may see, to be shown as pending.
    fn events(&self, id: Id) -> Result<BTreeSet<Id>> {
        let kept = carried::of_document(self.tx, id, ItemKind::Event)?;
        let read = kept.iter().filter_map(|kept| Some((Event::decode(&kept.bytes).ok().filter(|event| is_own(event, kept))?, &kept.bytes)));
        let events: Vec<(Event, &Vec<u8>)> = read.collect();
        let registered = events.iter().find(|(event, _)| event.code == EventCode::Register.number());
        let sees = match registered.and_then(|(event, _)| from_cbor::<Register>(&event.payload).ok()) {
            Some(register) => match Home::of(Category::from_number(register.category), register.household, "") {
                Home::Household(household) => self.sees_door(household)?,
                Home::Community(_) => false,
            },
            None => lists::one_matter(self.tx, id)?.is_some(),
        };
        if !sees || events.is_empty() {
            return Ok(BTreeSet::new());
        }
        for (event, bytes) in &events {
            events::put(self.tx, id, event, bytes, false)?;
        }
        project::matter(self.tx, id, None)?;
        self.touch(id, events.iter().map(|(event, _)| event.id).chain([id]).collect())
    }

    fn touch(&self, doc: Id, records: BTreeSet<Id>) -> Result<BTreeSet<Id>> {
        records.iter().try_for_each(|record| carried::touch(self.tx, *record, doc))?;
        Ok(records)
    }

    /// Whether a document's rows come, or would come, by a stream of this phone.
    fn sees(&self, id: Id, doc: &Doc) -> Result<bool> {
        if let Some(home) = documents::home(self.tx, id)? {
            return Ok(self.streams.contains(&home));
        }
        match doc.header() {
            Some((DocKind::Card, grid)) => Ok(self.streams.contains(&format!("grid:{grid}"))),
            Some((DocKind::Visits | DocKind::Matter, home)) => match Home::parse(&home) {
                Some(Home::Household(household)) => self.sees_door(household),
                Some(Home::Community(_)) | None => Ok(false),
            },
            // Only the office writes these.
            Some((DocKind::Form | DocKind::Notice, _)) | None => Ok(false),
        }
    }

    fn sees_door(&self, household: Id) -> Result<bool> {
        let row = lists::household_words(self.tx, household)?;
        Ok(row.is_some_and(|door| self.streams.contains(&format!("grid:{}", door.grid))))
    }
}

/// Whether the office would let a change in, as far as a phone can tell.
fn fits(doc: &Doc, before: &Content, after: &Content, kept: &carried::Kept) -> bool {
    let Some((kind, _)) = doc.header() else { return false };
    keeps_the_rules(&Step { kind, before, after, author: Some(kept.officer), first: rests_on_nothing(&kept.bytes) })
}

fn is_own(event: &Event, kept: &carried::Kept) -> bool {
    event.by == kept.officer && event.role == Role::Officer.number()
}

/// The records whose rows say something else than before: items, and the document where its root does.
fn touched(id: Id, before: &Content, after: &Content) -> BTreeSet<Id> {
    let items = after.since(before).items.into_keys().filter_map(|key| key.split_once(':')?.1.parse().ok());
    items.chain((before.root != after.root).then_some(id)).collect()
}

/// Takes away what lists show of carried items that the office put aside, once no document holds it: it is its author's to write again.
pub(super) fn withdraw(db: &rusqlite::Connection, id: Id) -> Result<()> {
    let records = carried::touched(db, id)?;
    if records.is_empty() {
        return Ok(());
    }
    let content = match documents::load(db, id) {
        Ok(stored) => stored.map(|stored| stored.doc.content()).unwrap_or_default(),
        Err(Error::Malformed(_)) => return Ok(()),
        Err(e) => return Err(e),
    };
    let holds = |record: &Id| content.items.keys().any(|key| key.split_once(':').is_some_and(|(_, item)| item == record.to_string()));
    for record in records.iter().filter(|record| **record != id && !holds(record)) {
        project::take_away(db, *record, id)?;
    }
    if content.root.0.is_empty() && events::of_matter(db, id)?.is_empty() {
        project::take_away(db, id, id)?;
    }
    carried::tidy(db, id)
}

impl Taking<'_> {
    /// What the office said of a colleague's item that this phone carries.
    pub(super) fn carried(&mut self, name: Name, state: &ItemState) -> Result<()> {
        let Some(item) = carried::set_state(self.tx, name, state, self.exchange)? else { return Ok(()) };
        let (doc, hash) = (item.doc, item.hash());
        let is_aside = state.is_final() && state.seq().is_none();
        match ItemKind::from_number(item.kind) {
            Some(ItemKind::Change) if documents::has_change(self.tx, doc, hash)? => {
                state.seq().map_or(Ok(()), |seq| documents::note_change(self.tx, doc, hash, Some(seq), None))?;
            }
            Some(ItemKind::Event) => {
                if is_aside {
                    events::forget(self.tx, doc, &item.bytes)?;
                }
                self.matters.insert(doc);
            }
            _ => {}
        }
        if is_aside {
            self.aside.insert(doc);
            return Ok(());
        }
        carried::tidy(self.tx, doc)
    }
}
