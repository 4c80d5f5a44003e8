//! The phone's own repair: a damaged file is set aside and what can be read of it is brought over, and documents that do
//! not load are made again.

use serde::{Deserialize, Serialize};

use super::{Client, Lists};
use crate::{
    Result,
    clock::{local_clock, local_date},
    store::{
        documents,
        meta::{self, Enrolled},
        remake,
        salvage::Salvaged,
    },
    words::{Lang, say},
};

/// What a look through the whole file came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mended {
    /// Whether the file was damaged and a new one took its place.
    pub salvaged: bool,
    /// Documents that did not load and are made again.
    pub documents: u32,
    /// Whether an exchange is needed for that.
    pub more: bool,
}

/// What was brought over when the phone's file was damaged last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salvage {
    /// When, in milliseconds since 1970 by the phone's own clock.
    pub at_ms: i64,
    /// Pages of the damaged file.
    pub pages: u32,
    /// Those that could not be read.
    pub unreadable: u32,
    /// Actions of the journal that were brought over.
    pub journal: u32,
    /// Items brought over that were not at the office yet.
    pub unsent: u32,
}

impl Client {
    /// Looks through the whole file and all documents, which takes a second or more, and makes good what is damaged. To be
    /// called where another call returned `store.damaged` or `document.malformed`. An exchange under way is forgotten.
    ///
    /// # Errors
    /// `store.damaged` while another process has the file open: close that first; `store.failed`, as for want of room:
    /// then the file is as it was.
    pub fn mend(&mut self) -> Result<Mended> {
        self.exchange_failed();
        let salvaged = self.lists.store.mend(self.platform.wall_ms())?;
        if salvaged {
            (self.opening, self.unpacking) = (None, None);
            // Of an action only a part may have come over.
            self.unheard.clear();
            self.lists.enrolled = meta::get_as::<Enrolled>(self.store.read(), meta::ENROLLED)?;
            self.store.copy_identity();
        }
        let (documents, more) = self.lists.store.write(|tx| {
            let documents = remake::begin_all(tx)?;
            Ok((documents, meta::get(tx, meta::MORE)?.is_some() || !documents::damaged(tx)?.is_empty()))
        })?;
        // A document made again may lack what this opening wrote on it, whose numbers must not be used twice.
        if documents > 0 {
            self.opening = None;
        }
        Ok(Mended { salvaged, documents, more })
    }
}

impl Lists {
    /// What was brought over when the file was damaged last, `None` if it never was.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn salvaged(&self) -> Result<Option<Salvage>> {
        let found: Option<Salvaged> = meta::get_as(self.store.read(), meta::SALVAGED)?;
        Ok(found.map(|s| Salvage { at_ms: s.at_ms, pages: s.pages, unreadable: s.unreadable, journal: s.journal, unsent: s.unsent }))
    }
}

impl Salvage {
    /// The sentence an officer reads.
    pub fn say(&self, lang: &str) -> String {
        let Ok(lang) = lang.parse::<Lang>();
        let when = format!("{} {}", local_date(self.at_ms), local_clock(self.at_ms));
        let args = [("when", when.into()), ("journal", self.journal.into()), ("unsent", self.unsent.into()), ("unreadable", self.unreadable.into())];
        say(lang, "salvaged", &args)
    }
}
