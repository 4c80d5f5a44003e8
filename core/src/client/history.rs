//! Visits of years that lie at the office alone: asked for by an officer, fetched at the next contact, kept for a while to be read, and
//! never written on. What is written at that door goes where it always goes.

use super::{Client, Download, Downloaded, Lists};
use crate::{
    Error, Id, Result,
    clock::DAY_MS,
    document::{Doc, DocKind},
    frame::{MAX_UNPACKED, unpack},
    store::{history, meta},
    view::{self, VisitRow},
};

/// How long what was fetched may be read, in milliseconds: 30 days.
const KEPT_MS: i64 = 30 * DAY_MS;

fn unknown(household: String) -> Error {
    Error::Missing { code: "history.unknown", id: household }
}

impl Client {
    /// Asks for the visits at a door in one of its `archived_years`; the next contact fetches them.
    ///
    /// # Errors
    /// `household.unknown`; `history.unknown` for a year that does not lie at the office alone; `store.failed`.
    pub fn ask_history(&mut self, household: String, year: i16) -> Result<()> {
        let id = self.known_household(&household)?;
        if !history::years(self.store.read(), id)?.contains(&year) {
            return Err(unknown(household));
        }
        let now_ms = self.platform.wall_ms();
        self.lists.store.write(|tx| history::ask(tx, id, year, now_ms))
    }

    /// The next request for visits that were asked for; `None` if there are none to fetch.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn next_history(&self) -> Result<Option<Download>> {
        self.not_in_practice()?;
        let asked = history::asked(self.store.read())?;
        Ok(asked.map(|(household, year)| Download { path: format!("/v1/history/{household}/{year}"), headers: Vec::new() }))
    }

    /// Takes the answer to the last request for visits: its status and body. `whole`: they can be read; `later`: ask again at the next
    /// contact.
    ///
    /// # Errors
    /// `frame.malformed` and `frame.too_large` for what is no such volume; `store.failed`.
    pub fn take_history(&mut self, status: u16, body: &[u8]) -> Result<Downloaded> {
        let Some((household, year)) = history::asked(self.store.read())? else { return Ok(Downloaded::default()) };
        match status {
            200 => {
                let bytes = unpack(body, MAX_UNPACKED)?;
                let is_asked = |doc: &Doc| doc.header() == Some((DocKind::Visits, household.to_string())) && doc.content().root.int("year") == i64::from(year);
                if !Doc::load(&bytes).is_ok_and(|doc| is_asked(&doc)) {
                    return Err(Error::Malformed("frame.malformed"));
                }
                let now_ms = self.platform.wall_ms();
                self.lists.store.write(|tx| history::keep(tx, household, year, &bytes, now_ms))?;
                Ok(Downloaded { whole: true, ..Downloaded::default() })
            }
            401 => Ok(Downloaded { renew: true, ..Downloaded::default() }),
            // It is not ours to read any more, or was never there.
            403 | 404 | 410 => {
                self.lists.store.write(|tx| history::drop_asked(tx, household, year))?;
                Ok(Downloaded::default())
            }
            _ => Ok(Downloaded { later: true, ..Downloaded::default() }),
        }
    }

    /// Lets go of what was fetched long ago; its bytes leave the file when it is tidied.
    pub(super) fn drop_old_history(&mut self) -> Result<()> {
        let before_ms = self.platform.wall_ms() - KEPT_MS;
        if !history::has_before(self.store.read(), before_ms)? {
            return Ok(());
        }
        self.lists.store.write(|tx| {
            history::drop_before(tx, before_ms)?;
            meta::set(tx, meta::TIDY, Some(&[1]))
        })
    }
}

impl Lists {
    /// The visits of a year that were fetched from the office, newest first; `None` while they are not here.
    ///
    /// # Errors
    /// `household.unknown`, `store.failed`, `document.malformed`.
    pub fn history(&self, household: String, year: i16) -> Result<Option<Vec<VisitRow>>> {
        let id: Id = self.known_household(&household)?;
        let Some(bytes) = history::fetched(self.store.read(), id, year)? else { return Ok(None) };
        let mut visits = view::visits(&Doc::load(&bytes)?.content()).visits;
        visits.reverse();
        Ok(Some(visits))
    }
}
