//! A household's card: the door, and who lives behind it.

use automerge::ScalarValue;

use super::{Content, DocKind, Writer, begin, key, set_key};
use crate::{
    Error, Id, Result,
    model::{Check, Consent, HouseholdEdit, NewHousehold, NewResident, ResidentEdit, check_agreed},
};

/// Sets with one element for each word: what a resident needs, speaks, and does not agree to.
const NEED: &str = "need";
const LANG: &str = "lang";
const REFUSES: &str = "refuses";

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
/// `resident.unknown` for a resident who is not on the card; `consent.withdrawn` for what somebody refuses to have kept.
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
    let sets = [(NEED, &r.needs), (LANG, &r.languages), (REFUSES, &r.refuses)];
    sets.into_iter().try_for_each(|(kind, words)| words.iter().try_for_each(|word| w.put(&set_key(kind, id, word), true)))
}

fn edit_resident(w: &mut Writer<'_>, now: &Content, change: &ResidentEdit) -> Result<()> {
    let id: Id = change.id.parse()?;
    if now.item("resident", id).is_none() {
        return Err(Error::Missing { code: "resident.unknown", id: change.id.clone() });
    }
    let mut refused = refuses(now, id);
    refused.retain(|word| !change.agrees.contains(word));
    check_agreed(&refused, change.phone.as_deref(), &change.add_needs, &Check::root())?;
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
    withdraw(w, now, id, &change.refuses)?;
    for (kind, add, take) in
        [(NEED, &change.add_needs, &change.drop_needs), (LANG, &change.add_languages, &change.drop_languages), (REFUSES, &change.refuses, &change.agrees)]
    {
        add.iter().try_for_each(|word| w.put(&set_key(kind, id, word), true))?;
        take.iter().try_for_each(|word| w.take_out(&set_key(kind, id, word)))?;
    }
    Ok(())
}

/// What a resident does not agree to.
pub fn refuses(card: &Content, resident: Id) -> Vec<String> {
    card.root.set(&set_key(REFUSES, resident, "")).map(str::to_owned).collect()
}

/// Takes out what was kept for what somebody no longer agrees to.
fn withdraw(w: &mut Writer<'_>, now: &Content, id: Id, refused: &[String]) -> Result<()> {
    for consent in refused.iter().filter_map(|word| Consent::from_word(word)) {
        match consent {
            // Also where two numbers stand, and none is shown.
            Consent::Contact if now.item("resident", id).is_some_and(|fields| fields.0.contains_key("phone")) => w.put_in(&key("resident", id), "phone", "")?,
            Consent::Needs => {
                let held = set_key(NEED, id, "");
                now.root.set(&held).try_for_each(|word| w.take_out(&set_key(NEED, id, word)))?;
            }
            Consent::Contact | Consent::Photos => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::{Doc, dispute, values},
        model::Address,
    };

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

    #[test]
    fn of_two_numbers_none_stays_whichever_is_shown() {
        for order in [[1, 2], [2, 1]] {
            let (mut doc, id) = card();
            let field = format!("resident:{id}/phone");
            let write = |doc: &mut Doc, change: ResidentEdit| {
                let change = HouseholdEdit { residents: vec![ResidentEdit { id: id.to_string(), ..change }], ..HouseholdEdit::default() };
                let now = doc.content();
                doc.change(ACTOR, 0, |w| edit(w, &now, &change, &[])).unwrap().unwrap();
            };
            write(&mut doc, ResidentEdit { phone: Some("1390".into()), ..ResidentEdit::default() });
            let mut actors = order.into_iter().map(|n| [n; 8]);
            dispute(&mut doc, &mut || actors.next().unwrap(), 0, &field, &[String::new(), "1391".into()]).unwrap();
            write(&mut doc, ResidentEdit { refuses: vec!["contact".into()], ..ResidentEdit::default() });
            let left: Vec<String> = values(&doc, &field).into_iter().map(|told| told.value).collect();
            assert_eq!(left, [""], "{order:?}");
        }
    }

    #[test]
    fn what_somebody_no_longer_agrees_to_goes_and_is_not_written_again() {
        let (mut doc, id) = card();
        let mut write = |change: ResidentEdit| {
            let change = HouseholdEdit { residents: vec![ResidentEdit { id: id.to_string(), ..change }], ..HouseholdEdit::default() };
            let now = doc.content();
            doc.change(ACTOR, 0, |w| edit(w, &now, &change, &[])).map(|_| doc.content()).map_err(|e| e.code())
        };
        write(ResidentEdit { phone: Some("0931 012 7765".into()), ..ResidentEdit::default() }).unwrap();
        let now = write(ResidentEdit { refuses: vec!["contact".into(), "needs".into(), "photos".into()], ..ResidentEdit::default() }).unwrap();
        assert_eq!((now.item("resident", id).unwrap().text("phone").as_str(), now.root.set("need:").count()), ("", 0));
        assert_eq!(refuses(&now, id), ["contact", "needs", "photos"]);
        assert_eq!((refuses(&now, Id([6; 16])).len(), now.root.set("lang:").count()), (0, 1), "of nobody else, and of nothing else");

        let phone = |agrees: Vec<String>| ResidentEdit { phone: Some("0931 012 7765".into()), agrees, ..ResidentEdit::default() };
        assert_eq!(write(phone(vec![])).unwrap_err(), "consent.withdrawn");
        assert_eq!(write(ResidentEdit { add_needs: vec!["infant".into()], ..ResidentEdit::default() }).unwrap_err(), "consent.withdrawn");
        assert!(write(ResidentEdit { add_languages: vec!["tibetan".into()], phone: Some(String::new()), ..ResidentEdit::default() }).is_ok());
        let now = write(phone(vec!["contact".into()])).unwrap();
        assert_eq!(refuses(&now, id), ["needs", "photos"]);
        assert_eq!(now.item("resident", id).unwrap().text("phone"), "0931 012 7765");
    }
}
