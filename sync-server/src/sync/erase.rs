//! Erasing a resident (docs/adr/0017): every document that holds something of them is begun anew without it, in one transaction, and
//! the bytes of what it was leave all files. What is still open after that is a list ([`crate::storage::Erasures`]).

use std::{collections::BTreeSet, thread, time::Duration};

use minqing_core::{
    Id,
    document::{Content, Doc, DocKind, Fields, Names, Struck, anew, ever, key},
    envelope::{Item, ItemKind},
    event::{Fact, FactKind},
    frame::to_cbor,
    pack::Snapshot,
};
use serde::Serialize;

use super::{
    apply::Applying,
    archive,
    change::{Shown, show},
    late::fresh,
    moved::{at_door, card_of, in_one},
    pen::Pen,
    place,
    share::{self, control, say_rows},
};
use crate::{
    app::App,
    fault::Fault,
    projection::{self, AttachmentShown},
    storage::{
        ErasedDoc, Erasure, Result as Stored, StoreError,
        log::{DocumentHead, Entry, KeptDocument, Moving},
    },
};

mod file;

pub use file::{FILE, apply_again};

/// How long a backup is kept, milliseconds.
pub const BACKUPS_MS: i64 = 35 * 24 * 3_600_000;
/// How often, and how long apart, a reader is waited for that keeps old bytes in the write-ahead log.
const TRIES: (u32, Duration) = (50, Duration::from_millis(100));

/// What is to be erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erase {
    /// The household.
    pub household: Id,
    /// The resident, with name and telephone wherever they stand in texts of this household.
    pub resident: Option<Id>,
    /// More words to strike.
    pub words: Vec<String>,
    /// Households and matters besides whose texts are struck.
    pub also: Vec<Id>,
    /// Whether photos and voice notes of these records go.
    pub files: bool,
}

/// What is erased, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// The erasure, once it is done.
    pub erasure: Option<String>,
    /// Documents that are begun anew.
    pub documents: Vec<Touched>,
    /// Households and matters of the community in which the words stand as well: perhaps of another person of that name.
    pub elsewhere: Vec<String>,
}

/// A document of which something goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Touched {
    /// Its id.
    pub document: String,
    /// `card`, `visits` or `matter`.
    pub kind: &'static str,
    /// Texts that will be otherwise, by field, as they will be.
    pub texts: Vec<(String, String)>,
    /// Photos and voice notes that it names.
    pub files: u64,
}

/// The resident of a household by id, or by the whole name where one alone is called so.
///
/// # Errors
/// `household.unknown`, `resident.unknown`, `store.failed`.
pub fn resident_of(app: &App, household: Id, who: &str) -> Result<Id, Fault> {
    let unknown = || Fault::new("resident.unknown", String::new());
    let card = app.store.document(household)?.filter(|kept| kept.head.kind == DocKind::Card);
    let content = card.ok_or_else(|| Fault::new("household.unknown", household.to_string()))?.doc.content();
    let named = |(id, fields): (Id, &Fields)| (id.to_string() == who || fields.text("name") == who).then_some(id);
    let mut found = content.items_of("resident").filter_map(named);
    match (found.next(), found.next()) {
        (Some(resident), None) => Ok(resident),
        _ => Err(unknown()),
    }
}

/// What an erasure would do.
///
/// # Errors
/// `household.unknown`, `resident.unknown`, `record.unknown`; `erase.nothing` where nobody and nothing is named; `store.failed`.
pub fn preview_erase(app: &App, what: &Erase) -> Result<Erased, Fault> {
    let mut erased = Erased::default();
    in_one(app, &mut |a| {
        erased = Plan::of(a, what)?.told();
        Ok(())
    })?;
    Ok(erased)
}

/// Erases. The bytes are gone from the server's files when this returns, unless somebody reads all the while: see [`scrub`].
///
/// # Errors
/// As [`preview_erase`]; `erase.file` where the list of erasures beside the database cannot be written.
pub fn erase(app: &App, what: &Erase) -> Result<Erased, Fault> {
    let mut erased = Erased::default();
    in_one(app, &mut |a| {
        let plan = Plan::of(a, what)?;
        let erasure = a.pen.id(a.entropy, a.now_ms);
        a.unit.note_erasure(erasure, what.household, a.now_ms)?;
        for (doc, kept) in &plan.docs {
            let (_, changes) = anew(&kept.doc, &plan.struck, a.now_ms / 1_000, &mut || fresh(a)).map_err(|e| StoreError::Damaged(e.code().to_owned()))?;
            let erased = ErasedDoc { erasure, doc: *doc, dead: kept.doc.change_hashes(), names: Names::of(&kept.doc), changes: Some(changes) };
            begin_anew(a, &erased, &kept.head)?;
        }
        erased = Erased { erasure: Some(erasure.to_string()), ..plan.told() };
        Ok(())
    })?;
    file::write(app)?;
    scrub(app)?;
    Ok(erased)
}

/// Takes what was erased out of all files: photos, packs, the database and its write-ahead log. Whether nothing is left: else it is tried
/// again every hour.
///
/// # Errors
/// `store.failed`.
pub fn scrub(app: &App) -> Result<bool, Fault> {
    for file in app.store.drop_erased_files()? {
        app.files.delete(file)?;
    }
    for stream in app.store.streams_to_scrub()? {
        for pack in app.store.packs(&stream)? {
            app.shelf.clear(&pack);
            app.store.drop_pack(&pack)?;
        }
    }
    for _ in 0..TRIES.0 {
        if app.store.scrub()? {
            return Ok(true);
        }
        thread::sleep(TRIES.1);
    }
    tracing::warn!("somebody reads: what was erased is taken out of the write-ahead log later");
    Ok(false)
}

/// All erasures with what is open of them.
///
/// # Errors
/// `store.failed`.
pub fn erasures(app: &App) -> Result<Vec<Erasure>, Fault> {
    Ok(app.store.erasures(app.clock.now_ms(), BACKUPS_MS)?)
}

/// What goes of which documents.
struct Plan {
    struck: Struck,
    docs: Vec<(Id, KeptDocument)>,
    elsewhere: Vec<Id>,
}

/// Residents of a card who are called by one of the words.
fn same_person(card: &Doc, words: &BTreeSet<String>) -> Vec<Id> {
    let content = card.content();
    content.items_of("resident").filter(|(_, fields)| words.contains(&fields.text("name"))).map(|(id, _)| id).collect()
}

impl Plan {
    fn of(a: &mut Applying<'_>, what: &Erase) -> Stored<Self> {
        let home = card_of(a, what.household)?;
        let card = a.unit.document(what.household)?.map_or_else(Doc::empty, |kept| kept.doc);
        let mut words: BTreeSet<String> = what.words.iter().map(|word| word.trim().to_owned()).collect();
        if let Some(resident) = what.resident {
            let field = |name: &str| ever(&card, &format!("{}/{name}", key("resident", resident)));
            let name = field("name");
            if name.is_empty() {
                return Err(StoreError::Refused("resident.unknown"));
            }
            // Also what was corrected, and a number that they had taken out: texts may hold it still.
            words.extend(name.into_iter().chain(field("phone")));
        }
        words.retain(|word| !word.is_empty());
        if words.is_empty() {
            return Err(StoreError::Refused("erase.nothing"));
        }
        let mut records = at_door(a, what.household, home)?;
        // Who was made to live behind one of two doors, or was until that was taken back, stands on the card of the other, too.
        records.extend(a.unit.placed_at(what.household)?);
        let mut residents: BTreeSet<Id> = what.resident.into_iter().collect();
        for other in a.unit.merged_with(what.household)? {
            let Some(kept) = a.unit.document(other)? else { continue };
            residents.extend(same_person(&kept.doc, &words));
            records.extend(at_door(a, other, kept.head.stream)?);
            records.extend(a.unit.placed_at(other)?);
        }
        for also in &what.also {
            let head = a.unit.document_head(*also)?.ok_or_else(|| StoreError::Unknown { what: "record", id: also.to_string() })?;
            records.extend(if head.kind == DocKind::Card { at_door(a, *also, head.stream)? } else { vec![*also] });
        }
        let community = projection::community_of(&a.unit.stream_name(home)?).to_owned();
        let mut elsewhere = BTreeSet::new();
        for word in &words {
            elsewhere.extend(a.unit.mentions(&community, word)?);
        }
        let struck = Struck { residents, words: words.into_iter().collect(), files: what.files };
        let mut docs = Vec::new();
        for id in records {
            elsewhere.remove(&id);
            docs.extend(a.unit.document(id)?.filter(|kept| struck.touches(&kept.doc)).map(|kept| (id, kept)));
        }
        Ok(Self { struck, docs, elsewhere: elsewhere.into_iter().collect() })
    }

    fn told(&self) -> Erased {
        let documents = self.docs.iter().map(|(id, kept)| Touched {
            document: id.to_string(),
            kind: match kept.head.kind {
                DocKind::Card => "card",
                DocKind::Visits => "visits",
                _ => "matter",
            },
            texts: self.struck.texts(&kept.doc),
            files: projection::attachments(*id, &kept.doc.content()).len() as u64,
        });
        Erased { erasure: None, documents: documents.collect(), elsewhere: self.elsewhere.iter().map(ToString::to_string).collect() }
    }
}

/// Begins a document anew in its home and wherever it is shared. What was said of it is said again: nothing that stood before counts.
fn begin_anew(a: &mut Applying<'_>, erased: &ErasedDoc, head: &DocumentHead) -> Stored<()> {
    let id = erased.doc;
    if head.kind == DocKind::Visits {
        let home = a.unit.document(id)?.and_then(|kept| kept.doc.header()).map(|(_, home)| home).unwrap_or_default();
        archive::take_back(a, id, head.stream, place::household_of(head.kind, &home))?;
    }
    a.unit.blank(erased)?;
    let changes = erased.changes.as_deref().unwrap_or_default();
    let mut doc = Doc::empty();
    doc.apply(changes).map_err(|e| StoreError::Damaged(e.code().to_owned()))?;
    let after = doc.content();
    let files = if head.kind == DocKind::Card { Vec::new() } else { projection::attachments(id, &after) };
    let mut said = a.unit.rows_to_move(id, head.stream)?;
    said.retain(|row| !covers_what_went(row, &files));
    let shares = a.unit.shares(id)?;
    let fact = Pen::fact_of(erased.erasure, a.now_ms, FactKind::Erased, id, Vec::new());
    for stream in [head.stream].iter().chain(&shares) {
        let row = Entry { counts: false, ..a.pen.row(&fact, a.now_ms) };
        a.unit.append(*stream, &row)?;
    }
    for stream in &shares {
        control(a, FactKind::Share, id, *stream, to_cbor(&Snapshot::new(id)))?;
    }
    for bytes in changes {
        let item = Item { kind: ItemKind::Change.number(), doc: id, bytes: bytes.clone() };
        share::append(a.unit, head.stream, &a.pen.row(&item, a.now_ms))?;
    }
    for stream in [head.stream].iter().chain(&shares) {
        say_rows(a, &said, *stream)?;
    }
    let visits: Vec<Id> = after.items_of("visit").map(|(visit, _)| visit).collect();
    a.unit.keep_document(id, head, &doc.save())?;
    a.unit.forget_shown(id, &visits, &files)?;
    // Also where the last one went: nothing stands before what is begun anew, so that would seem to be no change.
    a.unit.show_attachments(id, &files)?;
    show(a.unit, id, head, &Shown { doc: &doc, before: &Content::default(), after: &after })
}

/// Whether a row says how a photo was covered that the document names no longer.
fn covers_what_went(row: &Moving, named: &[AttachmentShown]) -> bool {
    let fact = (row.item.kind == ItemKind::Fact.number()).then(|| Fact::decode(&row.item.bytes).ok()).flatten();
    fact.and_then(|fact| fact.covered()).is_some_and(|covered| named.iter().all(|file| file.sha256 != covered.photo))
}
