//! The proof: everything saved is found again, and everybody who may see a document sees the same.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use minqing_core::{
    Id,
    document::{conflicts, every_value},
    envelope::Hash,
};
use minqing_sync_server::{
    attachment::Files,
    projection::attachments,
    rebuild::{Rebuilt, Report, compare, rebuild},
    storage::{Store, sqlite::Sqlite},
};
use serde::Serialize;

use crate::{
    file::{hashes, read_only, stands_in},
    hands::{Dice, Hands},
    ledger::{self, Entry},
    phone::Phone,
};

mod line;
mod office;
mod surveys;
mod visits;

pub use line::LineFound;
pub use office::{ONLY_ON_PHONES, logged};
pub use visits::VisitsFound;

/// What the proof found. Everything from `lost` on should be 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Found {
    /// Visits in the ledger.
    pub visits_recorded: u64,
    /// Those of them that the log alone brings back.
    pub visits_at_office: u64,
    /// Matters in the ledger.
    pub matters_recorded: u64,
    /// Those of them that the log alone brings back.
    pub matters_at_office: u64,
    /// Photos and voice notes in the ledger.
    pub attachments_recorded: u64,
    /// Those of them that the log names and whose bytes lie at the office, whole.
    pub attachments_at_office: u64,
    /// Surveys in the ledger.
    pub surveys_recorded: u64,
    /// Those of them whose every answer the office counts, and none besides.
    pub surveys_at_office: u64,
    /// Follow-ups in the ledger.
    pub follow_ups_recorded: u64,
    /// Doors where nobody was in.
    pub nobody_in: u64,
    /// Doors where the talk was refused.
    pub refused_at_the_door: u64,
    /// Rows of the ledger: typed fields and events of every save that returned.
    pub ledger_rows: u64,
    /// Review cards: fields that hold two values.
    pub conflicts_for_review: u64,
    /// Items of a phone in dishonest hands that were put aside.
    pub quarantined: u64,
    /// Those of them whose content the office wrote itself.
    pub adopted: u64,
    /// Items of a lost phone that were kept for the office, and taken over by it.
    pub escrowed: u64,
    /// Officers who got other grids.
    pub moved: u64,
    /// Items that came to the office by a colleague's phone.
    pub couriered: u64,
    /// Residents who were erased.
    pub erased: u64,
    /// Whether the server was restored from a backup: 1.
    pub restored_server: u64,
    /// Items that lay on phones alone when it was.
    pub only_on_phones_at_restore: u64,
    /// Those of them that are in its log again.
    pub found_again: u64,
    /// The line.
    #[serde(flatten)]
    pub line: LineFound,
    /// Appointments at the door.
    #[serde(flatten)]
    pub visits: VisitsFound,
    /// Ledger rows found nowhere.
    pub lost: u64,
    /// Saves that a restore destroyed before they were acknowledged.
    pub destroyed_unsent: u64,
    /// (Document, entitled idle phone) pairs that differ from the server, projection rows, kept documents and matters that differ from a rebuild.
    pub diverged: u64,
    /// Log rows missing, broken, unsigned or unreadable.
    pub broken: u64,
    /// Directories, of the server and of phones, in whose files a name or number of somebody who was erased still stands.
    pub erased_bytes_found: u64,
}

impl Found {
    /// Whether everything is as it must be.
    pub fn is_good(&self) -> bool {
        [self.lost, self.destroyed_unsent, self.diverged, self.broken, self.erased_bytes_found] == [0; 5]
            && [self.line.illegal_states, self.line.personal_data_leaks] == [0; 2]
            && [self.visits.double_booked, self.visits.promises_silently_moved] == [0; 2]
            && self.visits_recorded == self.visits_at_office
            && self.matters_recorded == self.matters_at_office
            && self.attachments_recorded == self.attachments_at_office
            && self.surveys_recorded == self.surveys_at_office
            && self.quarantined >= 5
            && self.adopted >= 1
            && self.restored_server == 1
            && self.only_on_phones_at_restore == self.found_again
    }
}

/// Opens a server's store beside the running server.
pub fn open_store(server_dir: &Path) -> Result<Sqlite> {
    Sqlite::open(server_dir, &Hands::default(), &Dice::new(0, 0)).context("the server's store")
}

/// What a store's log alone says, and how it compares with what the store keeps.
pub fn rebuilt(store: &dyn Store) -> Result<(Rebuilt, Report)> {
    let mut both = None;
    store.at_one_moment(&mut |moment| {
        let built = rebuild(moment)?;
        let report = compare(moment, &built)?;
        both = Some((built, report));
        Ok(())
    })?;
    both.context("the store was not looked at")
}

/// Proves a demo's directory; `phones` are its phones, opened, `destroyed` the items that a restore destroyed
/// unsent, `erased` words that may stand nowhere any more.
pub fn prove(dir: &Path, phones: &[Phone], destroyed: &BTreeSet<String>, erased: &[String]) -> Result<Found> {
    let store = open_store(&dir.join("server"))?;
    let (built, report) = rebuilt(&store)?;
    let rows = ledger::read(dir)?;
    let mut found = Found { broken: report.broken + report.unsigned + report.unreadable, ..Found::default() };
    find_files(&rows, &dir.join("server"), &built, &mut found)?;
    find_rows(&rows, &built, &waiting_on_phones(dir)?, destroyed, &mut found);
    office::count(dir, &built, &mut found)?;
    for place in phone_dirs(dir)?.into_iter().chain([dir.join("server")]) {
        for word in erased {
            found.erased_bytes_found += u64::from(stands_in(&place, word)?);
        }
    }
    (found.surveys_recorded, found.surveys_at_office) = surveys::count(&rows, &store)?;
    found.conflicts_for_review = built.documents.values().map(|(_, doc)| conflicts(doc).len() as u64).sum();
    found.line = line::count(&store, &built, phones)?;
    found.visits = visits::count(&built, phones)?;
    found.diverged = report.documents_differ + report.rows_differ + found.line.figures_differ;
    let expected = Expected::of(&built)?;
    for phone in phones {
        found.diverged += expected.differ(phone)?;
    }
    Ok(found)
}

/// Counts the photos and voice notes of a ledger, and those of which the office holds every byte.
fn find_files(rows: &[Entry], server_dir: &Path, built: &Rebuilt, found: &mut Found) -> Result<()> {
    let named = built.documents.iter().flat_map(|(id, (_, doc))| attachments(*id, &doc.content())).map(|file| Hash(file.sha256));
    let named: BTreeSet<Hash> = named.collect();
    let files = Files::of(server_dir);
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let mut whole = BTreeSet::new();
    for hash in named {
        if runtime.block_on(files.is_whole(hash)).map_err(|e| anyhow::anyhow!("{e}"))? {
            whole.insert(hash.to_string());
        }
    }
    let recorded: Vec<&Entry> = rows.iter().filter(|row| row.kind == "attachment").collect();
    found.attachments_recorded = recorded.len() as u64;
    found.attachments_at_office = recorded.iter().filter(|row| whole.contains(&row.text)).count() as u64;
    Ok(())
}

/// Looks up every row of a ledger and counts; returns the rows found nowhere. `waiting`: items that a phone
/// still shows, `destroyed`: items that a restore destroyed unsent.
pub fn find_rows<'r>(rows: &'r [Entry], built: &Rebuilt, waiting: &BTreeSet<String>, destroyed: &BTreeSet<String>, found: &mut Found) -> Vec<&'r Entry> {
    let values: BTreeMap<Id, BTreeMap<String, Vec<String>>> = built.documents.iter().map(|(id, (_, doc))| (*id, every_value(doc))).collect();
    let items: BTreeSet<String> = built.items.iter().map(Hash::to_string).collect();
    let events: BTreeSet<String> = built.matters.values().flat_map(|m| m.events.iter().map(|event| event.id.to_string())).collect();
    let (mut visits, mut matters) = (BTreeMap::new(), BTreeMap::new());
    let mut lost = Vec::new();
    for row in rows {
        let here = is_found(row, &values, &events);
        found.ledger_rows += 1;
        match (row.kind.as_str(), row.field.as_str(), row.text.as_str()) {
            ("visit", "outcome", "nobody_in") => found.nobody_in += 1,
            ("visit", "outcome", "refused") => found.refused_at_the_door += 1,
            ("follow_up", _, _) => found.follow_ups_recorded += 1,
            _ => {}
        }
        match row.kind.as_str() {
            "visit" => *visits.entry(row.record.as_str()).or_insert(true) &= here,
            "matter" => *matters.entry(row.record.as_str()).or_insert(true) &= here,
            _ => {}
        }
        if destroyed.contains(&row.item) && !items.contains(&row.item) {
            found.destroyed_unsent += 1;
        } else if !here && !waiting.contains(&row.item) {
            lost.push(row);
        }
    }
    let there = |records: &BTreeMap<&str, bool>| records.values().filter(|here| **here).count() as u64;
    (found.visits_recorded, found.visits_at_office) = (visits.len() as u64, there(&visits));
    (found.matters_recorded, found.matters_at_office) = (matters.len() as u64, there(&matters));
    found.lost = lost.len() as u64;
    lost
}

/// As a value or one of two values of its field, or as an event, accepted or refused.
fn is_found(row: &Entry, values: &BTreeMap<Id, BTreeMap<String, Vec<String>>>, events: &BTreeSet<String>) -> bool {
    if row.kind == "event" {
        return events.contains(&row.path);
    }
    let document = row.doc.parse().ok().and_then(|id: Id| values.get(&id));
    document.and_then(|fields| fields.get(&row.path)).is_some_and(|values| values.contains(&row.text))
}

/// The directories of a demo's phones.
pub fn phone_dirs(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut dirs: Vec<PathBuf> = std::fs::read_dir(dir.join("phones"))?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    dirs.sort();
    Ok(dirs)
}

/// Items that a phone still shows as waiting or put aside.
fn waiting_on_phones(dir: &Path) -> Result<BTreeSet<String>> {
    let mut waiting = BTreeSet::new();
    for phone in phone_dirs(dir)? {
        waiting.extend(unsettled(&phone)?);
    }
    Ok(waiting)
}

/// Items of one phone's file that have no place in the log as far as the phone knows. One written again under another
/// name has its place where everything of its action has.
pub fn unsettled(phone_dir: &Path) -> Result<BTreeSet<String>> {
    const OPEN: &str = "(final = 0 OR state NOT IN (0, 1, 5))";
    hashes(phone_dir, &format!("SELECT hash FROM outbox WHERE {OPEN} OR (state = 5 AND journal IN (SELECT journal FROM outbox WHERE {OPEN}))"))
}

/// What an entitled phone must hold, by stream.
pub struct Expected {
    documents: BTreeMap<String, BTreeMap<String, (Vec<String>, String)>>,
    matters: BTreeMap<String, BTreeMap<String, String>>,
    /// Documents that are shared with each person's stream.
    shared: BTreeMap<String, BTreeSet<String>>,
}

impl Expected {
    /// Reads it out of a rebuild.
    pub fn of(built: &Rebuilt) -> Result<Self> {
        let name = |stream| built.streams.get(stream).cloned().unwrap_or_default();
        let (mut documents, mut matters) = (BTreeMap::new(), BTreeMap::new());
        for (id, (stream, doc)) in &built.documents {
            if built.archived.contains(&(*id, *stream)) {
                continue;
            }
            let heads = doc.heads().iter().map(|h| Hash(*h).to_string()).collect();
            let of: &mut BTreeMap<_, _> = documents.entry(name(stream)).or_default();
            of.insert(id.to_string(), (heads, serde_json::to_string(&doc.content())?));
        }
        for (id, logged) in &built.matters {
            if let Some(matter) = logged.fold(*id) {
                let of: &mut BTreeMap<_, _> = matters.entry(name(&logged.stream)).or_default();
                of.insert(id.to_string(), matter.state.word().to_owned());
            }
        }
        let mut shared: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (doc, stream) in &built.shares {
            shared.entry(name(stream)).or_default().insert(doc.to_string());
        }
        Ok(Self { documents, matters, shared })
    }

    /// How many documents and matters a phone holds otherwise than the server.
    pub fn differ(&self, phone: &Phone) -> Result<u64> {
        Ok(self.differing(phone)?.len() as u64)
    }

    /// Each of these, with what is wrong about it.
    pub fn differing(&self, phone: &Phone) -> Result<Vec<String>> {
        let streams = phone.client.streams()?;
        let held: BTreeMap<String, (Vec<String>, String)> =
            phone.client.digest()?.into_iter().filter(|d| !d.unsent).map(|d| (d.id, (d.heads, d.content))).collect();
        let shown: BTreeMap<String, (String, bool)> = all_matters(phone)?;
        let mut differing = Vec::new();
        let as_expected = |id: &String, expected: &(Vec<String>, String)| held.get(id) == Some(expected);
        for stream in &streams {
            let documents = self.documents.get(stream).into_iter().flatten();
            differing.extend(documents.filter(|(id, expected)| !as_expected(id, expected)).map(|(id, _)| format!("document {id} of {stream}")));
            let matters = self.matters.get(stream).into_iter().flatten();
            differing
                .extend(matters.filter(|(id, state)| shown.get(*id) != Some(&((*state).clone(), false))).map(|(id, _)| format!("matter {id} of {stream}")));
        }
        let shared: BTreeSet<&String> = streams.iter().filter_map(|stream| self.shared.get(stream)).flatten().collect();
        let all: BTreeMap<&String, &(Vec<String>, String)> = self.documents.values().flatten().collect();
        let other = shared.iter().filter(|id| all.get(**id).is_some_and(|expected| !as_expected(id, expected)));
        differing.extend(other.map(|id| format!("shared document {id}")));
        // Whatever else is here its officer wrote, as a matter of the desk that was refused.
        let entitled = |id: &String| shared.contains(id) || streams.iter().any(|stream| self.documents.get(stream).is_some_and(|docs| docs.contains_key(id)));
        let own = written_here(&phone.dir)?;
        let too_much = held.keys().filter(|id| !(entitled(id) || all.contains_key(*id) && own.contains(*id)));
        differing.extend(too_much.map(|id| format!("document {id}, which is none of its streams'")));
        Ok(differing)
    }
}

/// Documents of which this phone still has own items.
fn written_here(phone_dir: &Path) -> Result<BTreeSet<String>> {
    let db = read_only(phone_dir)?;
    let mut query = db.prepare("SELECT DISTINCT doc FROM outbox")?;
    let rows = query.query_map([], |row| Ok(Id(row.get(0)?).to_string()))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn all_matters(phone: &Phone) -> Result<BTreeMap<String, (String, bool)>> {
    let mut all = BTreeMap::new();
    loop {
        let page = phone.client.matters(u32::try_from(all.len())?, 1_000)?;
        let last = page.len() < 1_000;
        all.extend(page.into_iter().map(|m| (m.id, (m.main_state, m.pending))));
        if last {
            return Ok(all);
        }
    }
}
