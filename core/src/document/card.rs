//! A household's card: the door, and who lives behind it.

use automerge::ScalarValue;

use super::{Content, DocKind, Writer, begin, key, set_key};
use crate::{
    Error, Id, Result,
    model::{HouseholdEdit, NewHousehold, NewResident, ResidentEdit},
};

/// Writes a new card, one change.
///
/// # Errors
/// `document.malformed` if Automerge refuses.
pub fn create(w: &mut Writer<'_>, new: &NewHousehold, residents: &[(Id, &NewResident)]) -> Result<()> {
    begin(w, DocKind::Card, &new.grid)?;
    w.put("community", new.address.community.as_str())?;
    for (name, part) in new.address.parts() {
        if !part.is_empty() {
            w.put(name, part.trim())?;
        }
    }
    if !new.note.is_empty() {
        w.put("note", new.note.as_str())?;
    }
    residents.iter().try_for_each(|(id, r)| add_resident(w, *id, r))
}

/// Writes what a person changed, and nothing else.
///
/// # Errors
/// `resident.unknown` for a resident who is not on the card.
pub fn edit(w: &mut Writer<'_>, now: &Content, change: &HouseholdEdit, new_residents: &[(Id, &NewResident)]) -> Result<()> {
    if let Some(note) = &change.note {
        w.put("note", note.as_str())?;
    }
    change.residents.iter().try_for_each(|r| edit_resident(w, now, r))?;
    new_residents.iter().try_for_each(|(id, r)| add_resident(w, *id, r))
}

fn add_resident(w: &mut Writer<'_>, id: Id, r: &NewResident) -> Result<()> {
    let mut fields: Vec<(&str, ScalarValue)> = vec![("name", r.name.trim().into())];
    if !r.phone.is_empty() {
        fields.push(("phone", r.phone.as_str().into()));
    }
    if r.birth_year != 0 {
        fields.push(("birth_year", i64::from(r.birth_year).into()));
    }
    w.item(&key("resident", id), &fields)?;
    r.needs.iter().try_for_each(|word| w.put(&set_key("need", id, word), true))?;
    r.languages.iter().try_for_each(|word| w.put(&set_key("lang", id, word), true))
}

fn edit_resident(w: &mut Writer<'_>, now: &Content, change: &ResidentEdit) -> Result<()> {
    let id: Id = change.id.parse()?;
    if now.item("resident", id).is_none() {
        return Err(Error::Missing { code: "resident.unknown", id: change.id.clone() });
    }
    let item = key("resident", id);
    if let Some(name) = &change.name {
        w.put_in(&item, "name", name.trim())?;
    }
    if let Some(phone) = &change.phone {
        w.put_in(&item, "phone", phone.as_str())?;
    }
    if let Some(year) = change.birth_year {
        w.put_in(&item, "birth_year", i64::from(year))?;
    }
    if let Some(moved_out) = change.moved_out {
        w.put_in(&item, "moved_out", moved_out)?;
    }
    for (kind, add, take) in [("need", &change.add_needs, &change.drop_needs), ("lang", &change.add_languages, &change.drop_languages)] {
        add.iter().try_for_each(|word| w.put(&set_key(kind, id, word), true))?;
        take.iter().try_for_each(|word| w.take_out(&set_key(kind, id, word)))?;
    }
    Ok(())
}
