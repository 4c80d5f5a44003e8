//! What must hold at the end of every story.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use minqing_core::{
    document::Doc,
    envelope::{Hash, Item, ItemKind},
    event::{Fact, FactKind, Verdict},
    frame::from_cbor,
    pack::Snapshot,
};
use minqing_sync_server::{
    rebuild::Rebuilt,
    storage::{
        Store,
        log::{ProvenRow, StreamEnd},
    },
};

use super::Sim;
use crate::{
    file::hashes,
    ledger::Entry,
    phone::Phone,
    proof::{Expected, Found, find_rows, rebuilt, unsettled},
};

/// The number of the state of what waits for something else.
const HELD: u8 = 17;

/// Name, end and link of each stream, and how many items wait.
type LogPrint = (Vec<(String, u64, Hash)>, usize);

impl Sim {
    fn store(&self) -> &dyn Store {
        self.office().app.store.as_ref()
    }

    fn rows(&self) -> Result<Vec<ProvenRow>> {
        let mut rows = Vec::new();
        self.store().at_one_moment(&mut |moment| {
            moment.each_row(&mut |row| {
                rows.push(row);
                Ok(())
            })
        })?;
        Ok(rows)
    }

    fn ends(&self) -> Result<Vec<StreamEnd>> {
        let mut ends = Vec::new();
        self.store().at_one_moment(&mut |moment| {
            ends = moment.stream_ends()?;
            Ok(())
        })?;
        Ok(ends)
    }

    /// What must hold where no change was hostile and no phone lost its file: all that was saved is here, and the same everywhere.
    pub fn check_all_arrived(&self) -> Result<()> {
        self.check_acknowledged()?;
        self.check_nothing_lost()?;
        self.check_fates()?;
        self.check_causally_closed()?;
        self.check_actors()?;
        self.check_same_everywhere()?;
        self.check_nothing_put_aside()
    }

    /// Every item that a phone was told is safe lies in the log or the inbox.
    pub fn check_acknowledged(&self) -> Result<()> {
        let (built, _) = rebuilt(self.store())?;
        let logged: BTreeSet<String> = built.items.iter().map(Hash::to_string).collect();
        let inbox = self.office().inbox()?;
        for item in &self.acknowledged {
            ensure!(logged.contains(item) || inbox.contains(item), "acknowledged item {item} is gone");
        }
        ensure!(!self.acknowledged.is_empty(), "nothing was acknowledged: the story proves nothing");
        Ok(())
    }

    /// How many typed fields and acknowledged items are nowhere.
    pub fn lost(&self) -> Result<u64> {
        let (built, _) = rebuilt(self.store())?;
        let logged: BTreeSet<String> = built.items.iter().map(Hash::to_string).collect();
        let inbox = self.office().inbox()?;
        let gone = self.acknowledged.iter().filter(|item| !logged.contains(*item) && !inbox.contains(*item)).count();
        Ok((gone + self.lost_rows(&built)?.len()) as u64)
    }

    /// How many documents and matters differ, on phones or between the server and its log.
    pub fn diverged(&self) -> Result<u64> {
        let (built, report) = rebuilt(self.store())?;
        let expected = Expected::of(&built)?;
        let mut differ = report.documents_differ + report.rows_differ;
        for phone in self.phones.iter().flatten() {
            differ += expected.differ(phone)?;
        }
        Ok(differ)
    }

    fn lost_rows(&self, built: &Rebuilt) -> Result<Vec<&Entry>> {
        let mut waiting = self.escrowed()?;
        for phone in self.phones.iter().flatten() {
            waiting.extend(unsettled(&phone.dir)?);
        }
        Ok(find_rows(&self.ledger, built, &waiting, &self.destroyed, &mut Found::default()))
    }

    /// Every saved field is found again in what the log alone says, or its item visibly waits on a phone.
    pub fn check_nothing_lost(&self) -> Result<()> {
        let (built, _) = rebuilt(self.store())?;
        let lost = self.lost_rows(&built)?;
        ensure!(!self.ledger.is_empty(), "nothing was saved: the story proves nothing");
        ensure!(lost.is_empty(), "lost: {lost:?}");
        Ok(())
    }

    /// In a story of honest phones nothing is put aside, held or parked at the end, but what a lost one brought.
    pub fn check_nothing_put_aside(&self) -> Result<()> {
        let mut left = self.office().waiting()?;
        // A request of a phone that went back since, sent again to a server that went back too: what it rests on nobody has any more.
        let mut orphans = if self.plot.phone_accidents && self.was_restored() { self.orphans()? } else { 0 };
        left.retain(|(state, ..)| {
            let is_orphan = *state == HELD && orphans > 0;
            orphans -= usize::from(is_orphan);
            !is_orphan
        });
        ensure!(left.is_empty(), "{} items of honest phones did not come into the log: {left:?}", left.len());
        for phone in self.phones.iter().flatten() {
            let left = unsettled(&phone.dir)?;
            ensure!(left.is_empty(), "phone {} still shows {} items as not in the log", phone.number, left.len());
        }
        Ok(())
    }

    /// How many items are held that are in no phone's journal.
    fn orphans(&self) -> Result<usize> {
        let mut held = hashes(&self.office().dir, "SELECT hash FROM inbox WHERE state = 17")?;
        for phone in self.phones.iter().flatten() {
            let written = all_items(&phone.dir)?;
            held.retain(|item| !written.contains(item));
        }
        Ok(held.len())
    }

    /// Every item that was ever written on a phone has a final state or visibly waits.
    pub fn check_fates(&self) -> Result<()> {
        let (built, _) = rebuilt(self.store())?;
        let logged: BTreeSet<String> = built.items.iter().map(Hash::to_string).collect();
        for phone in self.phones.iter().flatten() {
            let mut shown = unsettled(&phone.dir)?;
            shown.extend(hashes(&phone.dir, "SELECT hash FROM outbox WHERE state = 5")?);
            for item in all_items(&phone.dir)? {
                ensure!(logged.contains(&item) || shown.contains(&item), "item {item} of phone {} says it is at the office and is not", phone.number);
            }
        }
        Ok(())
    }

    /// Server, log and every entitled phone hold the same heads, content and fold.
    pub fn check_same_everywhere(&self) -> Result<()> {
        let (built, report) = rebuilt(self.store())?;
        ensure!(report.is_good(), "the server differs from its log: {report:?}");
        let expected = Expected::of(&built)?;
        for phone in self.phones.iter().flatten() {
            let differing = expected.differing(phone)?;
            ensure!(differing.is_empty(), "phone {} differs in {}: {}", phone.number, differing.len(), differing.join(", "));
        }
        Ok(())
    }

    /// At every place of every stream, all that a change builds on stands before it.
    pub fn check_causally_closed(&self) -> Result<()> {
        let mut docs: BTreeMap<_, Doc> = BTreeMap::new();
        let mut rows = 0;
        let mut broken = Vec::new();
        for p in self.rows()? {
            if let Some(shared) = shared(&p.row.item) {
                let doc = docs.entry((p.row.stream, p.row.item.doc)).or_insert_with(Doc::empty);
                doc.apply(&shared.changes())?;
            }
            // What was erased is begun anew further on, on nothing.
            if p.row.item.kind == ItemKind::Change.number() && p.row.blank.is_none() {
                rows += 1;
                let doc = docs.entry((p.row.stream, p.row.item.doc)).or_insert_with(Doc::empty);
                if doc.apply(std::slice::from_ref(&p.row.item.bytes)).is_err() {
                    broken.push((p.stream_name.clone(), p.row.seq));
                }
            }
        }
        ensure!(rows > 0, "no change in the log: the story proves nothing");
        ensure!(broken.is_empty(), "rows that build on later ones: {broken:?}");
        Ok(())
    }

    /// One phone holds the same as the server, in all streams it takes.
    pub fn check_same(&self, phone: &Phone) -> Result<()> {
        let (built, _) = rebuilt(self.store())?;
        let differ = Expected::of(&built)?.differ(phone)?;
        ensure!(differ == 0, "phone {} differs in {differ} documents or matters", phone.number);
        Ok(())
    }

    /// How many rows the log has.
    pub fn log_rows(&self) -> Result<u64> {
        Ok(self.ends()?.iter().map(|end| end.seq).sum())
    }

    /// No two changes anywhere carry one (actor, seq).
    pub fn check_actors(&self) -> Result<()> {
        let mut seen: BTreeMap<(Vec<u8>, u64, _), [u8; 32]> = BTreeMap::new();
        let mut twice = Vec::new();
        for p in self.rows()? {
            if p.row.item.kind == ItemKind::Change.number()
                && let Ok(change) = automerge::Change::from_bytes(p.row.item.bytes.clone())
            {
                let key = (change.actor_id().to_bytes().to_vec(), change.seq(), p.row.item.doc);
                if seen.insert(key.clone(), change.hash().0).is_some_and(|other| other != change.hash().0) {
                    twice.push(key);
                }
            }
        }
        ensure!(twice.is_empty(), "one (actor, seq) for two changes: {twice:?}");
        Ok(())
    }

    /// No change and no event stands in the log twice, under whatever names; a shared one stands in each of its streams once.
    /// Of a document that left a stream nothing counts there, and when it comes back all is said again.
    pub fn check_nothing_twice(&self) -> Result<()> {
        let mut seen: BTreeMap<_, BTreeSet<Hash>> = BTreeMap::new();
        let mut twice = Vec::new();
        let mut written = 0;
        for p in self.rows()? {
            let here = (p.row.stream, p.row.item.doc);
            match ItemKind::from_number(p.row.item.kind) {
                Some(ItemKind::Change | ItemKind::Event) => {
                    written += 1;
                    if !seen.entry(here).or_default().insert(p.hash) {
                        twice.push((p.stream_name, p.row.seq));
                    }
                }
                Some(ItemKind::Fact) if Fact::uncounts(&p.row.item.bytes) => drop(seen.remove(&here)),
                Some(ItemKind::Fact) | None => {}
            }
        }
        ensure!(written > 0, "nothing in the log: the story proves nothing");
        ensure!(twice.is_empty(), "in the log for the second time: {twice:?}");
        Ok(())
    }

    /// Sends every recorded request again and again, and compares the log before and after.
    pub fn check_resending_changes_nothing(&mut self) -> Result<()> {
        // What the network swallowed and a restore destroyed comes in now, if it ever will.
        self.send_all_again()?;
        self.settle()?;
        let before = self.log_print()?;
        self.send_all_again()?;
        self.send_all_again()?;
        ensure!(!self.sent.is_empty(), "nothing was sent: the story proves nothing");
        ensure!(self.log_print()? == before, "sending again changed the log or what waits");
        self.check_same_everywhere()
    }

    fn send_all_again(&mut self) -> Result<()> {
        for (number, body) in self.sent.clone() {
            self.serve(number, &body)?;
        }
        Ok(())
    }

    fn log_print(&self) -> Result<LogPrint> {
        Ok((self.ends()?.into_iter().map(|end| (end.name, end.seq, end.link)).collect(), self.office().waiting()?.len()))
    }

    /// Verdicts and volumes follow the server's clock, however wrong the phones' are.
    pub fn check_clocks(&self) -> Result<()> {
        let (built, _) = rebuilt(self.store())?;
        for (id, (_, doc)) in &built.documents {
            let year = doc.content().root.0.get("year").map(|year| format!("{year:?}"));
            ensure!(year.as_ref().is_none_or(|year| year.contains("2026")), "volume {id} is of another year: {year:?}");
        }
        for p in self.rows()?.into_iter().filter(|p| p.row.item.kind == ItemKind::Fact.number()) {
            let verdict = Fact::decode(&p.row.item.bytes).ok().and_then(|fact| fact.verdict());
            let done_at = verdict.map_or(self.hands.now(), |verdict| verdict.done_at);
            ensure!((super::MORNING..=self.hands.now()).contains(&done_at), "done at {done_at}, outside of the story");
        }
        Ok(())
    }

    /// Where nothing is new, an exchange is at most 64 bytes each way.
    pub fn check_idle_is_small(&mut self) -> Result<()> {
        for number in self.here() {
            let body = self.phone(number).client.next_exchange()?;
            let Some(answer) = self.serve(number, &body)? else { anyhow::bail!("an honest request was refused") };
            let bytes = (body.len(), answer.len());
            let idle = self.take(number, answer)?;
            // What lies in vain with the office is asked for now and then, and a copy's ticket is an old one.
            let asks = !unsettled(&self.phone(number).dir.clone())?.is_empty() || self.whose.iter().filter(|whose| **whose == self.whose[number]).count() > 1;
            ensure!(!idle || asks || (bytes.0 <= 64 && bytes.1 <= 64), "nothing new took {bytes:?} bytes");
        }
        Ok(())
    }

    /// A new phone takes the packs and what came after, and holds what the log says.
    pub fn check_a_new_phone(&mut self) -> Result<()> {
        self.pack()?;
        self.join()?;
        self.settle()?;
        self.check_same_everywhere()
    }

    /// What the server made of the story, without ids: who wrote each row, and each verdict.
    pub fn outline(&self) -> Result<Outline> {
        let mut outline = Outline::default();
        let mut devices = BTreeMap::new();
        for p in self.rows()? {
            let count = devices.len();
            let device = *devices.entry(p.row.name.device).or_insert(count);
            outline.rows.push((p.row.seq, device, p.row.item.kind));
            if let Some(v) = Fact::decode(&p.row.item.bytes).ok().filter(|_| p.row.item.kind == 3).and_then(|f| f.verdict()) {
                let Verdict { ordinal, refused, done_at, .. } = v;
                outline.verdicts.push((ordinal, refused, done_at));
            }
        }
        self.store().at_one_moment(&mut |moment| {
            let shown = moment.shown()?;
            outline.visits = shown.visits.into_iter().map(|v| (v.at_ms, v.note)).collect();
            outline.matters = shown.matters.into_iter().map(|m| (m.text, m.state)).collect();
            outline.households = shown.households.into_iter().map(|h| (h.row.room, h.reviews)).collect();
            Ok(())
        })?;
        outline.visits.sort();
        outline.matters.sort();
        outline.households.sort();
        Ok(outline)
    }
}

/// A story's result in terms that do not depend on the phones' clocks.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outline {
    rows: Vec<(u64, usize, u8)>,
    verdicts: Vec<(u64, Option<u8>, i64)>,
    visits: Vec<(i64, String)>,
    matters: Vec<(String, String)>,
    households: Vec<(String, u32)>,
}

/// The document that a row shares.
fn shared(item: &Item) -> Option<Doc> {
    let fact = (item.kind == ItemKind::Fact.number()).then(|| Fact::decode(&item.bytes).ok())??;
    let is_share = FactKind::from_number(fact.kind) == Some(FactKind::Share);
    is_share.then(|| from_cbor::<Snapshot>(&fact.payload).ok()?.document().ok()?)?
}

pub(super) fn all_items(phone_dir: &std::path::Path) -> Result<BTreeSet<String>> {
    hashes(phone_dir, "SELECT hash FROM outbox")
}
