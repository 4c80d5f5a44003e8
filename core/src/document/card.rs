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
        if !part.trim().is_empty() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{document::Doc, model::Address};

    const ACTOR: [u8; 8] = [1; 8];

    fn card() -> (Doc, Id) {
        let address = Address { community: "620102001001".into(), building: " 3号楼 ".into(), room: "501".into(), ..Address::default() };
        let new = NewHousehold { grid: "620102001001001".into(), address, ..NewHousehold::default() };
        let resident = NewResident { name: " 王秀兰 ".into(), needs: vec!["infant".into()], languages: vec!["hui".into()], ..NewResident::default() };
        let (mut doc, id) = (Doc::empty(), Id([5; 16]));
        doc.change(ACTOR, 0, |w| create(w, &new, &[(id, &resident)])).unwrap().unwrap();
        (doc, id)
    }

    #[test]
    fn a_card_holds_what_was_typed_and_nothing_empty() {
        let (doc, id) = card();
        let content = doc.content();
        assert_eq!(doc.header(), Some((DocKind::Card, "620102001001001".into())));
        let keys: Vec<&str> = content.root.0.keys().map(String::as_str).collect();
        assert_eq!(keys, ["building", "community", "home", "kind", &format!("lang:{id}:hui"), &format!("need:{id}:infant"), "room", "v"]);
        assert_eq!(content.root.text("building"), "3号楼");
        let resident = content.item("resident", id).unwrap();
        assert_eq!((resident.text("name").as_str(), resident.0.len()), ("王秀兰", 1));
    }

    #[test]
    fn an_edit_writes_only_what_is_different() {
        let (mut doc, id) = card();
        let now = doc.content();
        let mut write = |change: ResidentEdit| {
            let change = HouseholdEdit { residents: vec![change], ..HouseholdEdit::default() };
            doc.change(ACTOR, 0, |w| edit(w, &now, &change, &[])).map(|c| c.is_some())
        };
        let same = ResidentEdit {
            id: id.to_string(),
            name: Some("王秀兰".into()),
            add_needs: vec!["infant".into()],
            drop_needs: vec!["pregnant".into()],
            ..ResidentEdit::default()
        };
        assert_eq!(write(same), Ok(false));
        let moved = ResidentEdit { id: id.to_string(), moved_out: Some(true), drop_needs: vec!["infant".into()], ..ResidentEdit::default() };
        assert_eq!(write(moved), Ok(true));
        let stranger = ResidentEdit { id: Id([6; 16]).to_string(), moved_out: Some(true), ..ResidentEdit::default() };
        assert_eq!(write(stranger).unwrap_err().code(), "resident.unknown");
        let content = doc.content();
        assert!(content.item("resident", id).unwrap().flag("moved_out"));
        assert_eq!(content.root.set("need:").count(), 0);
    }
}
