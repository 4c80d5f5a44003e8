//! A phone in dishonest hands: its keys sign what no app of ours writes. Whatever it does, nobody else loses anything.

use anyhow::{Result, bail};
use automerge::{Change, ExpandedChange};
use minqing_core::{
    Id,
    document::{Doc, Writer, admit, admit_with},
    envelope::{DeviceKeys, Hash, Item, ItemKind},
    guards::Guards,
    ids::{Device, Opening, actor},
    sync::{Position, Waiting, build_request, read_answer},
    wire::ItemState,
};
use rand::RngExt;

use super::{Sim, invariant::broken};
use crate::{deeds::Deed, file::read_only, phone::key_of};

/// How the openings of dishonest hands begin, so that one can tell what they wrote.
pub(super) const OPENINGS: [u8; 4] = [0xee; 4];
/// The phone whose keys they have; its honest owner goes on with it.
pub(super) const WHOSE: usize = 1;

/// What is sent under a name of its own.
type Sent = (Opening, u64, Id, Vec<u8>);

impl Sim {
    /// One attack.
    pub(super) fn attack(&mut self) -> Result<()> {
        if self.phones.len() <= WHOSE || self.office().is_dead() || self.attacks == u8::MAX {
            return Ok(());
        }
        let Some((id, doc)) = self.some_document()? else { return Ok(()) };
        self.faults += 1;
        self.attacks += 1;
        let opening = self.dishonest(0);
        match self.rng.random_range(0..8) {
            0 => self.number_operations_wrongly(id, doc, opening),
            1 => self.write_as_another(opening),
            2 => self.take_away(id, doc, opening, false),
            3 => self.take_away(id, doc, opening, true),
            4 => self.sign_for_another(id, doc, opening),
            5 => self.use_a_name_again(id, doc),
            6 => self.fit_nowhere(id, doc, opening),
            _ => self.write_what_does_not_go_on(id, doc, opening),
        }
    }

    fn dishonest(&self, of: u8) -> Opening {
        let [a, b, c, d] = OPENINGS;
        Opening([a, b, c, d, self.attacks ^ (of << 7)])
    }

    /// A document that the phone holds as its owner does, with something in it.
    fn some_document(&mut self) -> Result<Option<(Id, Doc)>> {
        let dir = self.phone(WHOSE).dir.clone();
        let nth = i64::from(self.roll());
        let some = "SELECT id, bytes FROM document WHERE NOT damaged AND kind IN (1, 2) ORDER BY kind DESC, id LIMIT 1 \
                    OFFSET ?1 % max(1, (SELECT count(*) FROM document WHERE NOT damaged AND kind IN (1, 2)))";
        let found = read_only(&dir)?.query_row(some, [nth], |row| Ok((Id(row.get(0)?), row.get::<_, Vec<u8>>(1)?)));
        Ok(found.ok().and_then(|(id, bytes)| Some((id, Doc::load(&bytes).ok()?))))
    }

    fn me(&mut self) -> Result<Device> {
        Ok(Device(self.phone(WHOSE).client.enrolment()?.device))
    }

    fn written(&mut self, doc: &Doc, opening: Opening, write: impl FnOnce(&mut Writer<'_>) -> minqing_core::Result<()>) -> Result<Vec<u8>> {
        let actor = actor(self.me()?, opening);
        Ok(doc.clone().change(actor, 0, write)?.unwrap_or_default())
    }

    /// Numbers so high that there is hardly one left, or so low that they were used.
    fn number_operations_wrongly(&mut self, id: Id, doc: Doc, opening: Opening) -> Result<()> {
        let nth = i64::from(self.attacks);
        let bytes = self.written(&doc, opening, |w| w.put("x-high", nth))?;
        let mut change: ExpandedChange = Change::from_bytes(bytes)?.decode();
        let left = self.rng.random_range(1..6u64);
        change.start_op = std::num::NonZeroU64::new(u64::from(u32::MAX) - left).unwrap_or(change.start_op);
        let bytes = Change::from(change).raw_bytes().to_vec();
        self.send(vec![(opening, 1, id, bytes)]).map(drop)
    }

    /// As if somebody else had gone on in their opening, just when they really do.
    fn write_as_another(&mut self, opening: Opening) -> Result<()> {
        let others: Vec<usize> = self.here().into_iter().filter(|number| self.whose[*number] != WHOSE).collect();
        if others.is_empty() {
            return Ok(());
        }
        let other = others[self.rng.random_range(0..others.len())];
        let Some((actor, id)) = self.goes_on_at(other)? else { return Ok(()) };
        let Some(doc) = self.document(id)? else { return Ok(()) };
        let nth = i64::from(self.attacks);
        let bytes = doc.clone().change(actor, 0, |w| w.put("x-other", nth))?.unwrap_or_default();
        let note = format!("同时{}", self.rng.random::<u32>());
        self.save_over(other, &Deed::Remark { household: id.to_string(), note })?;
        self.send(vec![(opening, 1, id, bytes)]).map(drop)
    }

    /// A card that a phone wrote on last, and can write on, with the actor.
    fn goes_on_at(&mut self, number: usize) -> Result<Option<([u8; 8], Id)>> {
        let doors = self.doors_of(number)?;
        let last = "SELECT opening, doc FROM outbox WHERE kind = 1 AND state IN (0, 1) ORDER BY id DESC";
        let db = read_only(&self.phone(number).dir)?;
        let mut query = db.prepare(last)?;
        let written = query.query_map([], |row| Ok((Opening(row.get(0)?), Id(row.get(1)?))))?.collect::<rusqlite::Result<Vec<_>>>()?;
        let device = Device(self.phone(number).client.enrolment()?.device);
        Ok(written.into_iter().find(|(_, id)| doors.contains(&id.to_string())).map(|(opening, id)| (actor(device, opening), id)))
    }

    /// A document as the owner's phone holds it.
    fn document(&mut self, id: Id) -> Result<Option<Doc>> {
        let db = read_only(&self.phone(WHOSE).dir)?;
        let bytes = db.query_row("SELECT bytes FROM document WHERE id = ? AND NOT damaged", [id.0], |row| row.get::<_, Vec<u8>>(0));
        Ok(bytes.ok().and_then(|bytes| Doc::load(&bytes).ok()))
    }

    /// What somebody typed is taken out; perhaps with something in the same request that fits without it.
    fn take_away(&mut self, id: Id, doc: Doc, opening: Opening, and_more: bool) -> Result<()> {
        let nth = i64::from(self.attacks);
        let content = doc.content();
        let Some((visit, _)) = content.items_of("visit").next() else { return Ok(()) };
        let key = format!("visit:{visit}");
        let taken = self.written(&doc, opening, |w| w.take_out(&key))?;
        let mut items = vec![(opening, 1, id, taken)];
        if and_more {
            let second = self.dishonest(1);
            let bytes = self.written(&doc, second, |w| w.put("x-more", nth))?;
            items.push((second, 1, id, bytes));
        }
        self.send(items).map(drop)
    }

    fn sign_for_another(&mut self, id: Id, doc: Doc, opening: Opening) -> Result<()> {
        let nth = i64::from(self.attacks);
        let bytes = self.written(&doc, opening, |w| w.put("x-unsigned", nth))?;
        let keys = DeviceKeys::derive(&key_of(self.plot.seed, 77))?;
        self.send_with(&keys, vec![(opening, 1, id, bytes)]).map(drop)
    }

    /// Under the name of something that is in the log. What is acknowledged must be there.
    fn use_a_name_again(&mut self, id: Id, doc: Doc) -> Result<()> {
        let nth = i64::from(self.attacks);
        let dir = self.phone(WHOSE).dir.clone();
        let name = read_only(&dir)?.query_row("SELECT opening, n FROM outbox WHERE state IN (0, 1) ORDER BY id DESC LIMIT 1", [], |row| {
            Ok((Opening(row.get(0)?), row.get::<_, i64>(1)?.unsigned_abs()))
        });
        let Ok((opening, n)) = name else { return Ok(()) };
        // What a restored server lacks is free for whoever has the phone's key and comes first; the phone's own item is shown as refused then.
        let taken = "SELECT 1 FROM log WHERE opening = ? AND n = ?";
        if !read_only(&self.server_dir())?.prepare(taken)?.exists((opening.0, n.cast_signed()))? {
            return Ok(());
        }
        let bytes = self.written(&doc, opening, |w| w.put("x-again", nth))?;
        let hash = Item { kind: ItemKind::Change.number(), doc: id, bytes: bytes.clone() }.hash();
        let states = self.send(vec![(opening, n, id, bytes)])?;
        if matches!(states[..], [ItemState::Seq(_) | ItemState::Duplicate(_) | ItemState::Received]) {
            self.acknowledged.insert(hash.to_string());
        }
        Ok(())
    }

    /// What the store will not have, with something good behind it: that must come in at once.
    fn fit_nowhere(&mut self, id: Id, doc: Doc, opening: Opening) -> Result<()> {
        let nth = i64::from(self.attacks);
        let Some((other, second)) = self.some_document()?.filter(|(other, _)| *other != id) else { return Ok(()) };
        let bad = self.written(&doc, opening, |w| w.put("x-bad", nth))?;
        let good_opening = self.dishonest(1);
        let good = self.written(&second, good_opening, |w| w.put("x-good", nth))?;
        let file = rusqlite::Connection::open(self.server_dir().join("minqing.db"))?;
        let hash = Item { kind: ItemKind::Change.number(), doc: id, bytes: bad.clone() }.hash();
        file.execute_batch(&format!("CREATE TRIGGER unfit BEFORE INSERT ON log WHEN NEW.hash = x'{hash}' BEGIN SELECT RAISE(ABORT, 'it does not fit'); END"))?;
        let states = self.send(vec![(opening, 1, id, bad), (good_opening, 1, other, good)]);
        file.execute_batch("DROP TRIGGER unfit")?;
        match states?.last() {
            // Rows may be missing on the server that this phone holds, after a restore.
            Some(ItemState::Seq(_) | ItemState::Held(_)) => Ok(()),
            other => broken(8, format!("a good item behind a bad one is {other:?}")),
        }
    }

    /// A change that Automerge would take, of a document that then cannot be loaded or edited.
    fn write_what_does_not_go_on(&mut self, id: Id, doc: Doc, opening: Opening) -> Result<()> {
        let nth = i64::from(self.attacks);
        let honest = self.written(&doc, opening, |w| w.put("x-odd", nth))?;
        let (me, content) = (self.me()?, doc.content());
        let Some(without) = Guards::without("edited_copy") else { bail!("no such guard") };
        let mut at = self.rng.random_range(0..honest.len());
        for _ in 0..60 {
            at = (at + 7) % honest.len();
            let mut bytes = honest.clone();
            bytes[at] ^= 1 << self.rng.random_range(0..8);
            if at < 9 || bytes.len() < 9 {
                continue;
            }
            let sum = Hash::of(&bytes[8..]).0;
            bytes[4..8].copy_from_slice(&sum[..4]);
            let comes_in = |guards| matches!(admit_with(&doc, &content, &bytes, me, opening, guards), minqing_core::document::Admission::Applied(_));
            if comes_in(without) && !matches!(admit(&doc, &content, &bytes, me, opening), minqing_core::document::Admission::Applied(_)) {
                return self.send(vec![(opening, 1, id, bytes)]).map(drop);
            }
        }
        Ok(())
    }

    fn send(&mut self, items: Vec<Sent>) -> Result<Vec<ItemState>> {
        let keys = DeviceKeys::derive(&key_of(self.plot.seed, WHOSE as u64))?;
        self.send_with(&keys, items)
    }

    fn send_with(&mut self, keys: &DeviceKeys, items: Vec<Sent>) -> Result<Vec<ItemState>> {
        let me = self.phone(WHOSE).client.enrolment()?;
        let streams = self.phone(WHOSE).client.streams()?.len();
        let kind = ItemKind::Change.number();
        // What the owner's phone has taken up: its documents are of there.
        let scope = self.app().store.standing(Device(me.device))?.map_or(1, |standing| standing.scope.max(1));
        let waiting = items.into_iter().map(|(opening, n, doc, bytes)| Waiting { opening, n, scope, item: Item { kind, doc, bytes } }).collect();
        let position = Position { scope, seqs: vec![0; streams], ..Position::default() };
        let request = build_request(keys, Device(me.device), &position, waiting);
        let Some(answer) = self.office().exchange(me.device, &me.officer, &request.body)? else { bail!("a readable request was refused") };
        Ok(read_answer(&request, &answer, Guards::default())?.states.into_iter().map(|(_, state)| state).collect())
    }
}
