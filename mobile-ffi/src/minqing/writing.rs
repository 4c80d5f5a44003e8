//! What an officer writes: durable when a call returns.

use minqing_core::model::{FollowUpEdit, HouseholdEdit, MatterEdit, NewHousehold, NewMatter, NewVisit, VisitEdit, WishesEdit};

use crate::{Minqing, MinqingError};

#[uniffi::export]
impl Minqing {
    /// Keeps what is half filled in, in the place of `draft`, or as a new one where that is empty; returns it. `kind` and `content` (64 KiB at most)
    /// are the app's own.
    pub fn keep_draft(&self, draft: String, kind: String, household: String, content: String) -> Result<String, MinqingError> {
        self.act(|client| client.keep_draft(draft, kind, household, content))
    }

    /// Deletes a draft.
    pub fn drop_draft(&self, draft: String) -> Result<(), MinqingError> {
        self.act(|client| client.drop_draft(draft))
    }

    /// Takes back the last action on a record as if it had not been done; `undo.late` once anything of it was in a request or a bundle, something
    /// was written on top of it, or the app was restarted.
    pub fn take_back(&self, record: String) -> Result<(), MinqingError> {
        self.act(|client| client.take_back(record))
    }

    /// Registers a door; returns the household.
    pub fn record_household(&self, new: NewHousehold) -> Result<String, MinqingError> {
        self.act(|client| client.record_household(new))
    }

    /// Changes a household and its residents.
    pub fn edit_household(&self, household: String, edit: HouseholdEdit) -> Result<(), MinqingError> {
        self.act(|client| client.edit_household(household, edit))
    }

    /// Writes when and by whom a household would be called on, and whether there is a lift.
    pub fn edit_wishes(&self, household: String, edit: WishesEdit) -> Result<(), MinqingError> {
        self.act(|client| client.edit_wishes(household, edit))
    }

    /// Records the visit of a row of this officer's paper round, as its QR says it; returns it. Entered here and at the office it is one visit.
    pub fn visit_from_paper(&self, code: String, new: NewVisit) -> Result<String, MinqingError> {
        self.act(|client| client.visit_from_paper(code, new))
    }

    /// Records a visit; returns it.
    pub fn record_visit(&self, new: NewVisit) -> Result<String, MinqingError> {
        self.act(|client| client.record_visit(new))
    }

    /// Changes a visit.
    pub fn edit_visit(&self, visit: String, edit: VisitEdit) -> Result<(), MinqingError> {
        self.act(|client| client.edit_visit(visit, edit))
    }

    /// Changes a follow-up, or ticks it off.
    pub fn edit_follow_up(&self, follow_up: String, edit: FollowUpEdit) -> Result<(), MinqingError> {
        self.act(|client| client.edit_follow_up(follow_up, edit))
    }

    /// Registers a matter; returns it.
    pub fn register_matter(&self, new: NewMatter) -> Result<String, MinqingError> {
        self.act(|client| client.register_matter(new))
    }

    /// Changes a matter's text or place.
    pub fn edit_matter(&self, matter: String, edit: MatterEdit) -> Result<(), MinqingError> {
        self.act(|client| client.edit_matter(matter, edit))
    }

    /// Settles a matter on the spot; `evidence` says what was done. Returns the event.
    pub fn solve_on_spot(&self, matter: String, evidence: String) -> Result<String, MinqingError> {
        self.act(|client| client.solve_on_spot(matter, evidence))
    }

    /// Adds an internal note to a matter; returns the event.
    pub fn add_note(&self, matter: String, text: String) -> Result<String, MinqingError> {
        self.act(|client| client.add_note(matter, text))
    }

    /// Writes a record again that was put aside at the office.
    pub fn send_again(&self, record: String) -> Result<(), MinqingError> {
        self.act(|client| client.send_again(record))
    }
}
