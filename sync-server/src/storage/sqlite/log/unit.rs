//! One transaction of applying.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use minqing_core::{
    Id,
    envelope::{Hash, Item, Quarantine},
    event::{Event, Fact},
    ids::{Device, Name},
};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{
    super::{attachments, cards, figures, line, run, settings, slips},
    append, aside, document, matter, moving, name as read_name,
    receive::{ASIDE, HELD, PARKED},
    recovered, scope_at, shown,
};
use crate::{
    figures::{Counted, Rating, Tally},
    projection::{AnswerShown, AttachmentShown, BoardShown, HouseholdShown, MatterShown, PublicShown, ReviewShown, VisitShown},
    storage::{
        Decision, Department, RefusedShown, Result, Setting, StoreError,
        log::{Ahead, AsideFate, Attempt, DocumentHead, Entry, KeptDocument, KeptMatter, Moving, Pending, StreamId, Unit},
    },
};

pub(super) struct SqliteUnit<'t> {
    pub(super) tx: &'t Transaction<'t>,
    /// Streams that were given rows, also by attempts that were undone.
    pub(super) grown: BTreeSet<StreamId>,
}

impl Unit for SqliteUnit<'_> {
    fn item(&mut self, name: Name) -> Result<Option<Pending>> {
        pending(self.tx, name)
    }

    fn logged(&mut self, doc: Id, hash: Hash) -> Result<Option<(Device, u64)>> {
        recovered::logged(self.tx, doc, hash)
    }

    fn note_known(&mut self, name: Name, seq: u64) -> Result<()> {
        recovered::note_known(self.tx, name, seq)
    }

    fn note_recovered(&mut self, hash: Hash, carrier: Device, now_ms: i64) -> Result<()> {
        recovered::note(self.tx, hash, carrier, now_ms)
    }

    fn aside(&mut self, name: Name) -> Result<Option<Pending>> {
        aside::one(self.tx, name)
    }

    fn close_aside(&mut self, name: Name, fate: AsideFate) -> Result<()> {
        aside::close(self.tx, name, fate)
    }

    fn attempt(&mut self, work: &mut dyn FnMut(&mut dyn Unit) -> Result<()>) -> Result<Attempt> {
        run(self.tx, "SAVEPOINT attempt")?;
        let attempt = match catch_unwind(AssertUnwindSafe(|| work(self))) {
            Ok(Ok(())) => Attempt::Done,
            Ok(Err(e @ (StoreError::Backend(_) | StoreError::Newer))) => return Err(e),
            Ok(Err(StoreError::Damaged(what))) => {
                tracing::error!(what, "something kept cannot be read");
                Attempt::Unreadable
            }
            Ok(Err(_)) | Err(_) => Attempt::Undone,
        };
        if attempt != Attempt::Done {
            run(self.tx, "ROLLBACK TO attempt")?;
        }
        run(self.tx, "RELEASE attempt")?;
        Ok(attempt)
    }

    fn held_for(&mut self, missing: &[u8]) -> Result<Vec<Name>> {
        let mut query = self.tx.prepare_cached("SELECT device, opening, n FROM inbox WHERE state = ?2 AND missing = ?1 ORDER BY envelope, n")?;
        let names = query.query_map(params![missing, HELD], read_name)?;
        Ok(names.collect::<rusqlite::Result<_>>()?)
    }

    fn hold(&mut self, name: Name, missing: &[u8], own: Option<&[u8]>) -> Result<()> {
        let parked = self.tx.prepare_cached("SELECT 1 FROM inbox WHERE own = ?1 AND state IN (?2, ?3)")?.exists(params![missing, ASIDE, PARKED])?;
        let state = if parked { PARKED } else { HELD };
        self.tx.prepare_cached("UPDATE inbox SET state = ?4, missing = ?5, own = ?6 WHERE device = ?1 AND opening = ?2 AND n = ?3")?.execute(params![
            name.device.0,
            name.opening.0,
            name.n as i64,
            state,
            missing,
            own
        ])?;
        if parked { self.park_what_waits() } else { Ok(()) }
    }

    fn put_aside(&mut self, name: Name, reason: Quarantine, own: Option<&[u8]>) -> Result<()> {
        self.tx
            .prepare_cached("UPDATE inbox SET state = ?4, reason = ?5, missing = NULL, own = ?6 WHERE device = ?1 AND opening = ?2 AND n = ?3")?
            .execute(params![name.device.0, name.opening.0, name.n as i64, ASIDE, reason.number(), own])?;
        if own.is_some() { self.park_what_waits() } else { Ok(()) }
    }

    fn settle(&mut self, name: Name) -> Result<()> {
        self.tx.prepare_cached("DELETE FROM inbox WHERE device = ?1 AND opening = ?2 AND n = ?3")?.execute(params![
            name.device.0,
            name.opening.0,
            name.n as i64
        ])?;
        Ok(())
    }

    fn stream(&mut self, name: &str) -> Result<Option<StreamId>> {
        Ok(self.tx.prepare_cached("SELECT id FROM stream WHERE name = ?1")?.query_row([name], |row| row.get(0)).optional()?)
    }

    fn stream_name(&mut self, id: StreamId) -> Result<String> {
        stream_name(self.tx, id)
    }

    fn end_of(&mut self, stream: StreamId) -> Result<u64> {
        let seq: Option<i64> = self.tx.prepare_cached("SELECT seq FROM stream WHERE id = ?1")?.query_row([stream], |row| row.get(0)).optional()?;
        seq.map(i64::cast_unsigned).ok_or_else(|| StoreError::Unknown { what: "stream", id: stream.to_string() })
    }

    fn append(&mut self, stream: StreamId, entry: &Entry<'_>) -> Result<u64> {
        self.grown.insert(stream);
        append::append(self.tx, stream, entry)
    }

    fn shares(&mut self, doc: Id) -> Result<Vec<StreamId>> {
        let mut query = self.tx.prepare_cached("SELECT stream FROM share WHERE doc = ?1 ORDER BY stream")?;
        let streams = query.query_map([doc.0], |row| row.get(0))?;
        Ok(streams.collect::<rusqlite::Result<_>>()?)
    }

    fn share(&mut self, doc: Id, stream: StreamId) -> Result<()> {
        self.tx.execute("INSERT OR IGNORE INTO share(doc, stream) VALUES(?1, ?2)", params![doc.0, stream])?;
        Ok(())
    }

    fn unshare(&mut self, doc: Id, stream: StreamId) -> Result<()> {
        moving::unshare(self.tx, doc, stream)
    }

    fn former_homes(&mut self, doc: Id) -> Result<Vec<StreamId>> {
        moving::former_homes(self.tx, doc)
    }

    fn set_home(&mut self, doc: Id, from: StreamId, to: StreamId) -> Result<()> {
        moving::set_home(self.tx, doc, from, to)
    }

    fn rows_to_move(&mut self, doc: Id, stream: StreamId) -> Result<Vec<Moving>> {
        moving::rows(self.tx, doc, stream)
    }

    fn archived(&mut self, doc: Id) -> Result<bool> {
        document::archived(self.tx, doc)
    }

    fn set_archived(&mut self, doc: Id, archived: bool) -> Result<()> {
        document::set_archived(self.tx, doc, archived)
    }

    fn matters_at(&mut self, household: Id, stream: StreamId) -> Result<Vec<Id>> {
        moving::matters_at(self.tx, household, stream)
    }

    fn document_head(&mut self, id: Id) -> Result<Option<DocumentHead>> {
        document::head(self.tx, id)
    }

    fn document(&mut self, id: Id) -> Result<Option<KeptDocument>> {
        document::open(self.tx, id)
    }

    fn keep_document(&mut self, id: Id, head: &DocumentHead, saved: &[u8]) -> Result<()> {
        document::keep(self.tx, id, head, saved)
    }

    fn matter(&mut self, id: Id) -> Result<Option<KeptMatter>> {
        matter::one(self.tx, id)
    }

    fn keep_matter(&mut self, id: Id, kept: &KeptMatter, ahead: Ahead) -> Result<()> {
        matter::keep(self.tx, id, kept, ahead)
    }

    fn note_hand(&mut self, matter: Id, staff: Id) -> Result<()> {
        matter::note_hand(self.tx, matter, staff)
    }

    fn last_heard(&mut self, stream: StreamId) -> Result<Option<i64>> {
        let mut query = self.tx.prepare_cached(
            "SELECT min(coalesce(d.last_exchange_ms, d.enrolled_ms)) FROM device d JOIN officer o ON o.id = d.officer
             WHERE d.reading_ended_ms IS NULL AND o.disabled_ms IS NULL AND EXISTS (
               SELECT 1 FROM json_each((SELECT streams FROM officer_scope s WHERE s.officer = o.id ORDER BY version DESC LIMIT 1)) j
               JOIN stream ON stream.name = j.value WHERE stream.id = ?1)",
        )?;
        Ok(query.query_row([stream], |row| row.get(0))?)
    }

    fn event_known(&mut self, id: Id) -> Result<bool> {
        Ok(self.tx.prepare_cached("SELECT 1 FROM event WHERE id = ?1")?.exists([id.0])?)
    }

    fn keep_event(&mut self, id: Id, matter: Id) -> Result<()> {
        self.tx.prepare_cached("INSERT INTO event(id, matter) VALUES(?1, ?2)")?.execute(params![id.0, matter.0])?;
        Ok(())
    }

    fn show_household(&mut self, row: &HouseholdShown) -> Result<()> {
        shown::put_household(self.tx, row)
    }

    fn show_reviews(&mut self, doc: Id, reviews: &[ReviewShown]) -> Result<()> {
        cards::put_reviews(self.tx, doc, reviews)
    }

    fn show_refused(&mut self, row: &RefusedShown) -> Result<()> {
        cards::put_refused(self.tx, row)
    }

    fn keep_decision(&mut self, decision: &Decision) -> Result<()> {
        cards::put_decision(self.tx, decision)
    }

    fn standing(&mut self, doc: Id, other: &str) -> Result<Option<Decision>> {
        cards::standing(self.tx, doc, other)
    }

    fn merged_with(&mut self, household: Id) -> Result<Vec<Id>> {
        cards::merged_with(self.tx, household)
    }

    fn placed_at(&mut self, household: Id) -> Result<Vec<Id>> {
        cards::placed_at(self.tx, household)
    }

    fn is_refused(&mut self, event: Id, matter: Id) -> Result<bool> {
        Ok(self.tx.prepare_cached("SELECT 1 FROM refused_row WHERE event = ?1 AND matter = ?2")?.exists([event.0, matter.0])?)
    }

    fn undo_decision(&mut self, id: Id, at_ms: i64) -> Result<bool> {
        cards::undo(self.tx, id, at_ms)
    }

    fn visit_door(&mut self, id: Id) -> Result<Option<Id>> {
        Ok(self.tx.prepare_cached("SELECT household FROM visit_row WHERE id = ?1")?.query_row([id.0], |row| row.get(0).map(Id)).optional()?)
    }

    fn show_visit(&mut self, row: &VisitShown) -> Result<()> {
        shown::put_visit(self.tx, row)
    }

    fn show_attachments(&mut self, doc: Id, files: &[AttachmentShown]) -> Result<()> {
        attachments::show(self.tx, doc, files)
    }

    fn show_answer(&mut self, row: &AnswerShown) -> Result<()> {
        shown::put_answer(self.tx, row)
    }

    fn show_matter(&mut self, row: &MatterShown) -> Result<()> {
        shown::put_matter(self.tx, row)
    }

    fn show_public(&mut self, matter: Id, texts: &[PublicShown], board: Option<&BoardShown>) -> Result<()> {
        shown::put_public(self.tx, matter, texts)?;
        shown::put_board(self.tx, matter, board)
    }

    fn names_in(&mut self, community: &str) -> Result<Vec<String>> {
        cards::names_in(self.tx, community)
    }

    fn count_matter(&mut self, row: &Counted, ratings: &[Rating]) -> Result<()> {
        figures::put(self.tx, row, ratings)
    }

    fn keep_tally(&mut self, matter: Id, tally: &Tally) -> Result<()> {
        figures::keep_tally(self.tx, matter, tally)
    }

    fn told_of(&mut self, matter: Id) -> Result<(Vec<Event>, Vec<Fact>)> {
        line::told_of(self.tx, matter)
    }

    fn shown_matter(&mut self, id: Id) -> Result<Option<MatterShown>> {
        shown::matter(self.tx, id)
    }

    fn put_setting(&mut self, setting: &Setting) -> Result<()> {
        settings::put(self.tx, setting)
    }

    fn keep_department(&mut self, department: &Department) -> Result<()> {
        line::keep_department(self.tx, department)
    }

    fn calendar_told(&mut self, stream: StreamId) -> Result<()> {
        settings::calendar_told(self.tx, stream)
    }

    fn note_skew(&mut self, device: Device, skew_ms: i64) -> Result<()> {
        let sql = "UPDATE device SET skew_ms = ?2 WHERE number = ?1 AND abs(coalesce(skew_ms, 0) - ?2) >= 60000";
        self.tx.prepare_cached(sql)?.execute(params![device.0, skew_ms])?;
        Ok(())
    }

    fn look_again(&mut self, now_ms: i64) -> Result<()> {
        settings::look_again(self.tx, now_ms)
    }

    fn bind_slip(&mut self, code: &str, matter: Id, now_ms: i64) -> Result<()> {
        slips::bind(self.tx, code, matter, now_ms)
    }
}

pub(super) fn stream_name(c: &Connection, id: StreamId) -> Result<String> {
    let name = c.prepare_cached("SELECT name FROM stream WHERE id = ?1")?.query_row([id], |row| row.get(0)).optional()?;
    name.ok_or_else(|| StoreError::Unknown { what: "stream", id: id.to_string() })
}

impl SqliteUnit<'_> {
    /// What waits for an item put aside, or for one that waits for it, is parked.
    fn park_what_waits(&self) -> Result<()> {
        let sql = "UPDATE inbox SET state = ?1 WHERE state = ?2 AND missing IN (SELECT own FROM inbox WHERE state IN (?1, ?3) AND own IS NOT NULL)";
        let mut park = self.tx.prepare_cached(sql)?;
        while park.execute(params![PARKED, HELD, ASIDE])? > 0 {}
        Ok(())
    }
}

/// An inbox item that was received or held, with what its author might write.
pub(super) fn pending(c: &Connection, name: Name) -> Result<Option<Pending>> {
    read_pending(c, name, "i.state >= 16")
}

/// An inbox item in one of some states, with what its author might write.
pub(super) fn read_pending(c: &Connection, name: Name, states: &str) -> Result<Option<Pending>> {
    let found = c
        .prepare_cached(&format!(
            "SELECT i.kind, i.doc, i.bytes, i.received_ms, i.envelope, d.officer, o.community, e.scope, d.enrolled_ms
             FROM inbox i JOIN envelope e ON e.id = i.envelope JOIN device d ON d.number = i.device JOIN officer o ON o.id = d.officer
             WHERE i.device = ?1 AND i.opening = ?2 AND i.n = ?3 AND {states}"
        ))?
        .query_row(params![name.device.0, name.opening.0, name.n as i64], |row| {
            let pending = Pending {
                name,
                item: Item { kind: row.get(0)?, doc: Id(row.get(1)?), bytes: row.get(2)? },
                received_ms: row.get(3)?,
                envelope: row.get(4)?,
                officer: Id(row.get(5)?),
                community: row.get(6)?,
                enrolled_ms: row.get(8)?,
                scope: Vec::new(),
            };
            Ok((pending, row.get(7)?))
        })
        .optional()?;
    let Some((pending, version)) = found else { return Ok(None) };
    let scope = scope_at(c, pending.officer, version)?.unwrap_or_default();
    Ok(Some(Pending { scope, ..pending }))
}
