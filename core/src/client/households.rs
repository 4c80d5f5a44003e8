//! Writes households.

use super::Client;
use crate::{
    Error, Id, Result,
    document::{card, wishes},
    model::{HouseholdEdit, NewHousehold, NewResident, WishesEdit, address_name},
    store::{documents, lists, streams},
};

impl Client {
    /// Writes a household down and returns its id. Two officers who write one address down offline get
    /// one household.
    ///
    /// # Errors
    /// What [`NewHousehold::check`] says; `grid.not_yours` outside of this officer's grids; `address.taken` if the door is on this phone already;
    /// `device.not_enrolled`, `store.failed`.
    pub fn record_household(&mut self, new: NewHousehold) -> Result<String> {
        new.check()?;
        let grid = format!("grid:{}", new.grid);
        if !streams::all(self.store.read())?.iter().any(|(stream, _, _)| *stream == grid) {
            self.me()?;
            return Err(Error::invalid("grid.not_yours", "grid"));
        }
        let id = address_name(&new.address).unwrap_or_else(|| self.new_id());
        if lists::has_household(self.store.read(), id)? {
            return Err(Error::invalid("address.taken", "address"));
        }
        let residents = self.with_ids(&new.residents);
        self.act(&[id], "household", &new, |action| action.change(id, |w, _| card::create(w, &new, &residents)))?;
        Ok(id.to_string())
    }

    /// Writes what a person changed on a household and its residents.
    ///
    /// # Errors
    /// What [`HouseholdEdit::check`] says; `household.unknown`, `resident.unknown`, `edit.empty`; `household.coming` while
    /// the list shows it and its card is still on the way, or is made again;
    /// `device.not_enrolled`, `store.failed`.
    pub fn edit_household(&mut self, household: String, edit: HouseholdEdit) -> Result<()> {
        edit.check()?;
        let id = self.known_card(&household)?;
        let new_residents = self.with_ids(&edit.new_residents);
        self.act(&[id], "household.edit", &edit, |action| action.change(id, |w, doc| card::edit(w, &doc.content(), &edit, &new_residents)))
    }

    /// Writes when and by whom a household would be called on, and whether there is a lift.
    ///
    /// # Errors
    /// What [`WishesEdit::check`] says; else as [`Client::edit_household`].
    pub fn edit_wishes(&mut self, household: String, edit: WishesEdit) -> Result<()> {
        edit.check()?;
        let id = self.known_card(&household)?;
        self.act(&[id], "household.wishes", &edit, |action| action.change(id, |w, _| wishes::edit(w, &edit)))
    }

    /// A household whose card is here.
    fn known_card(&self, household: &str) -> Result<Id> {
        let id = self.known_household(household)?;
        // Written blindly it would stand against what is on the way, and would not be shown until that came.
        if documents::is_readable(self.store.read(), id)? { Ok(id) } else { Err(Error::State("household.coming")) }
    }

    fn with_ids<'r>(&self, residents: &'r [NewResident]) -> Vec<(Id, &'r NewResident)> {
        residents.iter().map(|r| (self.new_id(), r)).collect()
    }
}
