//! Writes matters: registers one, corrects its texts, settles it on the spot, adds a note.

use super::{Client, Lists, at_door::Beside};
use crate::{
    Error, Id, Result,
    document::matter::{Home, put_text},
    event::{Register, Said},
    frame::to_cbor,
    ids::crockford,
    model::{CODE_LENGTH, Category, Check, EventCode, MAX_MATTER_TEXT, MatterEdit, NewMatter},
    store::{events, lists},
};

impl Client {
    /// Registers a matter and returns its id. The code for the resident is in its row at once.
    ///
    /// # Errors
    /// What [`NewMatter::check`] says; `household.unknown`; `area.mismatch` for another community; `device.not_enrolled`, `store.failed`.
    pub fn register_matter(&mut self, new: NewMatter) -> Result<String> {
        new.check()?;
        let household = if new.household.is_empty() { None } else { Some(self.known_household(&new.household)?) };
        if household.is_none() && new.community != self.me()?.community {
            return Err(Error::invalid("area.mismatch", "community"));
        }
        let home = Home::of(Category::from_word(&new.category), household, &self.me()?.community);
        let (matter, event) = (self.new_id(), self.new_id());
        let code = new.slip_code()?.unwrap_or_else(|| crockford(&self.random::<CODE_LENGTH>()));
        let payload = Register::of(&new, household, code)?;
        let place = Some(new.place.as_str()).filter(|p| !p.is_empty());
        self.act(&[matter, event], "matter", &new, |action| {
            action.ends_draft(&new.draft)?;
            action.change(matter, |w, _| put_text(w, &home, event, Some(&new.text), place))?;
            action.event(event, matter, EventCode::Register, to_cbor(&payload))
        })?;
        Ok(matter.to_string())
    }

    /// Corrects what a matter is about and where. The event is not touched: its text lies in the document.
    ///
    /// # Errors
    /// What [`MatterEdit::check`] says; `matter.unknown`, `edit.empty`; `device.not_enrolled`, `store.failed`.
    pub fn edit_matter(&mut self, matter: String, edit: MatterEdit) -> Result<()> {
        edit.check()?;
        let (id, home) = self.known_matter(&matter)?;
        let register = events::of_matter(self.store.read(), id)?.into_iter().find(|j| j.event.code == EventCode::Register.number());
        let register = register.ok_or_else(|| Error::Missing { code: "matter.unknown", id: matter.clone() })?.event.id;
        self.act(&[id], "matter.edit", &edit, |action| action.change(id, |w, _| put_text(w, &home, register, edit.text.as_deref(), edit.place.as_deref())))
    }

    /// Settles a matter on the spot; `evidence` says what was done. Returns the event's id.
    ///
    /// # Errors
    /// `text.*`, `matter.unknown`; `device.not_enrolled`, `store.failed`.
    pub fn solve_on_spot(&mut self, matter: String, evidence: String) -> Result<String> {
        self.tell(&matter, EventCode::SolveOnSpot, &evidence)
    }

    /// Adds an internal note to a matter and returns the event's id.
    ///
    /// # Errors
    /// `text.*`, `matter.unknown`; `device.not_enrolled`, `store.failed`.
    pub fn add_note(&mut self, matter: String, text: String) -> Result<String> {
        self.tell(&matter, EventCode::Note, &text)
    }

    fn tell(&mut self, matter: &str, code: EventCode, text: &str) -> Result<String> {
        Check::root().field("text").some_text(text, MAX_MATTER_TEXT)?;
        self.move_on(matter, code, &Said::Nothing, Beside { text, ..Beside::default() })
    }
}

impl Lists {
    /// A matter on this phone, with its home for a document that may still be missing here.
    pub(super) fn known_matter(&self, matter: &str) -> Result<(Id, Home)> {
        let unknown = || Error::Missing { code: "matter.unknown", id: matter.to_owned() };
        let id: Id = matter.parse().map_err(|_| unknown())?;
        let row = lists::one_matter(self.store.read(), id)?.ok_or_else(unknown)?;
        Ok((id, Home::of(Category::from_word(&row.category), row.household.parse().ok(), &self.me()?.community)))
    }
}
