//! The inbox of refused work (未采纳): what the office did not take, why, and one tap to send it again.

use serde::{Deserialize, Serialize};

use super::{Client, Lists, at_door::Beside};
use crate::{
    Error, Id, Result,
    event::{Event, Said},
    model::{AppointmentEvent, EventCode, RefusalCode},
    store::{documents, events},
    view,
    words::{Lang, say},
};

/// An event of this phone that the office did not take.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    /// The event.
    pub event: String,
    /// Its matter.
    pub matter: String,
    /// The residents' code, without the dash.
    pub code: String,
    /// Word of the event.
    pub what: String,
    /// What was typed for it; it is kept.
    pub text: String,
    /// Word of the refusal.
    pub reason: String,
    /// The reason as a sentence.
    pub said: String,
    /// The event that was first, where this one was overtaken.
    pub overtaken_by: String,
    /// Whether the matter, as it now stands, lets it be done.
    pub again: bool,
    /// When it was done.
    pub at_ms: i64,
}

impl Lists {
    /// What the office did not take and nobody here has dealt with, the newest first. `lang` is `zh` or `en`.
    ///
    /// # Errors
    /// `device.not_enrolled`, `store.failed`.
    pub fn refused_work(&self, lang: String) -> Result<Vec<RefusedRow>> {
        let lang: Lang = lang.parse().unwrap_or_default();
        let mut rows = Vec::new();
        for (matter, refused) in events::refused_of(self.store.read())? {
            let id = matter.to_string();
            let known = self.matter(id.clone()).ok();
            let word = EventCode::from_number(refused.event.code).map(EventCode::word);
            let Some(what) = word.or_else(|| AppointmentEvent::from_number(refused.event.code).map(AppointmentEvent::word)) else { continue };
            let reason = refused.refused.and_then(RefusalCode::from_number);
            let text = known.iter().flat_map(|k| &k.events).find(|e| e.id == refused.event.id.to_string()).map(|e| e.text.clone());
            rows.push(RefusedRow {
                event: refused.event.id.to_string(),
                code: known.map(|k| k.matter.code).unwrap_or_default(),
                what: what.to_owned(),
                text: text.unwrap_or_default(),
                reason: reason.map_or("", RefusalCode::word).to_owned(),
                said: reason.map(|reason| say(lang, &reason.key(), &[])).unwrap_or_default(),
                overtaken_by: refused.overtaken_by.map(|id| id.to_string()).unwrap_or_default(),
                again: self.line_of(id.clone()).is_ok_and(|line| line.moves.iter().any(|may| may == what)),
                at_ms: refused.at_ms(),
                matter: id,
            });
        }
        rows.sort_by(|a, b| (b.at_ms, &b.event).cmp(&(a.at_ms, &a.event)));
        Ok(rows)
    }
}

impl Client {
    /// Does once more what was refused, on the matter as it now stands, with new words where `text` is given; returns the new event.
    /// The refused one leaves the inbox and stays in the matter's history.
    ///
    /// # Errors
    /// `event.unknown` for what was not refused or is dealt with; `item.unreadable` if this version cannot read it; `matter.unknown`, `text.*`;
    /// `device.not_enrolled`, `store.failed`.
    pub fn send_refused_again(&mut self, event: String, text: Option<String>) -> Result<String> {
        let (matter, refused) = self.known_refused(&event)?;
        let read = EventCode::from_number(refused.code).and_then(|code| Some((code, Said::read(code, &refused.payload)?)));
        let (code, said) = read.ok_or(Error::Malformed("item.unreadable"))?;
        let texts = documents::load(self.store.read(), matter)?.map(|stored| view::texts(&stored.doc.content())).unwrap_or_default();
        let text = text.unwrap_or_else(|| texts.of(refused.id));
        self.move_on(&matter.to_string(), code, &said, Beside { text: &text, files: &[], instead_of: Some(refused.id) })
    }

    /// Takes what was refused out of the inbox: it was read, and is not done again. It stays in the matter's history.
    ///
    /// # Errors
    /// `event.unknown` for what was not refused or is dealt with; `store.failed`.
    pub fn leave_refused(&mut self, event: String) -> Result<()> {
        let (_, refused) = self.known_refused(&event)?;
        self.lists.store.write(|tx| events::replace_refused(tx, refused.id, refused.id))
    }

    fn known_refused(&self, event: &str) -> Result<(Id, Event)> {
        let found = events::refused_of(self.store.read())?.into_iter().find(|(_, j)| j.event.id.to_string() == event);
        let (matter, judged) = found.ok_or_else(|| Error::Missing { code: "event.unknown", id: event.to_owned() })?;
        Ok((matter, judged.event))
    }
}
