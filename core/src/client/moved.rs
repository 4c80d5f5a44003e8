//! An officer's area changes (docs/SYNC.md, "Moves"): first everything that waits goes up, then the new streams are taken up,
//! what is still held is named, and what no stream holds leaves the file.

use rusqlite::Connection;

use super::{
    Client,
    taking::{Arrived, Taking},
};
use crate::{
    Error, Id, Result,
    event::Fact,
    store::{
        attachments, claims, documents, history,
        meta::{self, Enrolled},
        outbox, packs, purge, streams,
    },
    wire::{Claim, ScopeNow},
};

/// What is to be named to the office: all that is held from before, until an answer came.
pub(super) fn to_name(db: &Connection) -> Result<Vec<Claim>> {
    if meta::get(db, meta::CLAIMING)?.is_some() { claims::unsettled(db) } else { Ok(Vec::new()) }
}

/// Who this phone is now: another process of it may have taken up other streams.
pub(super) fn enrolled(db: &Connection) -> Result<Option<Enrolled>> {
    meta::get_as(db, meta::ENROLLED)
}

/// Takes up the streams that the office named, if nothing is left that was never sent. Whether it did.
fn take_up(db: &Connection, now: &ScopeNow) -> Result<bool> {
    let Some(me) = enrolled(db)? else { return Ok(false) };
    if outbox::has_untried(db)? {
        return Ok(false);
    }
    claims::note(db, me.scope)?;
    let before = streams::all(db)?;
    for (stream, ..) in before.iter().filter(|(stream, ..)| !now.streams.contains(stream)) {
        purge::mark_stream(db, stream)?;
        streams::drop_sums(db, stream)?;
    }
    purge::mark_beside(db, &now.streams)?;
    streams::set_scope(db, &now.streams)?;
    packs::drop_others(db)?;
    // What was asked about the old streams is no question any more.
    for key in [meta::REPAIR, meta::SUM_DIFFERS] {
        meta::set(db, key, None)?;
    }
    meta::set_as(db, meta::ENROLLED, &Enrolled { scope: now.version, ..me })?;
    meta::set(db, meta::CLAIMING, Some(&[1]))?;
    meta::set(db, meta::MORE, Some(&[1]))?;
    Ok(true)
}

impl Taking<'_> {
    /// What an answer says of the officer's streams: taken up once nothing is left to be sent or read. Whether it was.
    pub(super) fn scope(&self, told: Option<&ScopeNow>, is_all_here: bool) -> Result<bool> {
        match told {
            Some(now) if is_all_here => take_up(self.tx, now),
            // It is told again with the next answer.
            Some(_) => Ok(false),
            // The request named the present scope, so the office has read what it named.
            None => meta::set(self.tx, meta::CLAIMING, None).map(|()| false),
        }
    }

    /// A document has come into one of the streams; its rows follow. One that is here already only changes its place.
    pub(super) fn entered(&mut self, stream: u32, doc: Id) -> Result<()> {
        history::forget(self.tx, self.stream(stream)?, doc)?;
        if self.is_own(stream)? {
            purge::share(self.tx, doc, true)?;
        }
        if documents::exists(self.tx, doc)? {
            self.changes.entry(doc).or_insert_with(|| Arrived { stream, changes: Vec::new() }).stream = stream;
        }
        Ok(())
    }

    /// A volume of a year that is over leaves this phone, which knows from then on that the office has it.
    pub(super) fn archived(&self, stream: u32, doc: Id, fact: &Fact) -> Result<()> {
        let name = self.stream(stream)?;
        fact.archived().map_or(Ok(()), |what| history::note(self.tx, name, doc, &what))?;
        if self.is_own(stream)? {
            purge::share(self.tx, doc, false)?;
        }
        streams::uncount(self.tx, name, doc)?;
        purge::mark(self.tx, doc)
    }

    /// Whether a stream is the officer's own, by which documents are shared.
    fn is_own(&self, stream: u32) -> Result<bool> {
        Ok(self.stream(stream)?.starts_with("person:"))
    }

    /// A document has left one of the streams, or is no longer shared with this officer.
    pub(super) fn left(&self, stream: u32, doc: Id) -> Result<()> {
        history::forget(self.tx, self.stream(stream)?, doc)?;
        streams::uncount(self.tx, self.stream(stream)?, doc)?;
        purge::mark(self.tx, doc)
    }
}

impl Client {
    /// Brings the scope that is kept in memory up to date with the file.
    pub(super) fn note_scope(&mut self) -> Result<()> {
        let kept = enrolled(self.store.read())?;
        if kept.as_ref().map(|me| me.scope) != self.lists.enrolled.as_ref().map(|me| me.scope) {
            self.lists.enrolled = kept;
            self.store.copy_identity();
        }
        Ok(())
    }

    /// Deletes everything that this phone keeps: after it was revoked, or when its officer hands it in. The platform then closes this
    /// client, removes the directory and forgets the key that it gave at opening; until then it goes on with an empty file, as before enrolment.
    ///
    /// # Errors
    /// `wipe.unsent` while something waits for the office; `store.busy` while another process has the file open; `store.failed`.
    pub fn wipe(&mut self) -> Result<()> {
        let db = self.store.read();
        if outbox::unsettled(db)? > 0 || !attachments::outgoing(db)?.is_empty() {
            return Err(Error::State("wipe.unsent"));
        }
        self.exchange_failed();
        let now_ms = self.platform.wall_ms();
        let wiped = self.lists.store.wipe(now_ms);
        (self.opening, self.access, self.unpacking) = (None, None, None);
        self.lists.enrolled = enrolled(self.store.read())?;
        wiped
    }

    /// Rewrites the phone's file where something was deleted from it, so that none of its bytes stay. [`Client::finish_contact`]
    /// does this; it takes about a second for a year of records. Whether nothing is left to do: else call again later.
    ///
    /// # Errors
    /// `store.failed`, as for want of room; then it is still to be done.
    pub fn tidy(&mut self) -> Result<bool> {
        self.lists.store.tidy()
    }
}
