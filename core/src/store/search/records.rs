//! What is to be found of each record, read from the rows that lists show.

use rusqlite::{Connection, OptionalExtension};

use super::{
    address,
    index::{Record, Words, keep_only, kind_of, optimize, put},
    pinyin,
    segment::segmented,
};
use crate::{Id, Result, ids::shown, store::lists, view::FoundKind};

/// What every record at a door is found by besides its own words.
#[derive(Default)]
struct Door {
    names: String,
    pinyin: String,
    address: String,
    door: String,
}

impl Door {
    fn words(&self, note: String) -> Words {
        Words { names: self.names.clone(), pinyin: self.pinyin.clone(), phone: String::new(), address: self.address.clone(), door: self.door.clone(), note }
    }
}

/// Reads a door that may not be here yet.
fn door(db: &Connection, household: Id) -> Result<Door> {
    let row = lists::household_words(db, household)?;
    Ok(row.map_or_else(Door::default, |h| Door {
        names: segmented(&h.names),
        pinyin: pinyin::readings(&h.names),
        address: address::address(&h),
        door: address::door(&h),
    }))
}

/// Brings a card's household and residents up to date, and where its names changed, what else happened at the door.
/// A card whose rows are gone is taken out.
pub(crate) fn card(db: &Connection, household: Id) -> Result<()> {
    let Some(row) = lists::household_words(db, household)? else {
        keep_only(db, household, &[])?;
        return at_door(db, household);
    };
    let door = door(db, household)?;
    let mut kept = vec![(FoundKind::Household, household)];
    let record = |kind, id| Record { kind, id, owner: household, at_ms: 0 };
    let changed = put(db, &record(FoundKind::Household, household), &door.words(segmented(&row.note)))?;
    for resident in lists::residents(db, household)? {
        let id = Id::or_zero(&resident.id);
        let words = Words {
            names: segmented(&resident.name),
            pinyin: pinyin::readings(&resident.name),
            phone: both_ends(&resident.phone),
            ..door.words(String::new())
        };
        put(db, &record(FoundKind::Resident, id), &words)?;
        kept.push((FoundKind::Resident, id));
    }
    keep_only(db, household, &kept)?;
    if changed { at_door(db, household) } else { Ok(()) }
}

fn at_door(db: &Connection, household: Id) -> Result<()> {
    visits(db, household)?;
    let mut query = db.prepare_cached("SELECT id FROM matter_row WHERE household = ?")?;
    let matters: Vec<Id> = query.query_map([household.0], |row| row.get(0).map(Id))?.collect::<rusqlite::Result<_>>()?;
    matters.into_iter().try_for_each(|id| matter(db, id))
}

/// Brings the visits of a door up to date.
pub(crate) fn visits(db: &Connection, household: Id) -> Result<()> {
    let door = door(db, household)?;
    let mut query = db.prepare_cached("SELECT id, volume, note, at_ms FROM visit_row WHERE household = ?")?;
    let mut rows = query.query([household.0])?;
    while let Some(row) = rows.next()? {
        let record = Record { kind: FoundKind::Visit, id: Id(row.get(0)?), owner: Id(row.get(1)?), at_ms: row.get(3)? };
        put(db, &record, &door.words(segmented(&row.get::<_, String>(2)?)))?;
    }
    Ok(())
}

/// Brings a matter up to date; its code is found whole and as it is printed.
pub(crate) fn matter(db: &Connection, id: Id) -> Result<()> {
    type Told = (Option<[u8; 16]>, String, String, String, i64);
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
    let told: Option<Told> =
        db.prepare_cached("SELECT household, code, text, place, at_ms FROM matter_row WHERE id = ?")?.query_row([id.0], read).optional()?;
    let Some((household, code, text, place, at_ms)) = told else { return keep_only(db, id, &[]) };
    let door = household.map(|h| door(db, Id(h))).transpose()?.unwrap_or_default();
    let note = segmented(&format!("{text} {place} {} {code}", shown(&code)));
    put(db, &Record { kind: FoundKind::Matter, id, owner: id, at_ms }, &door.words(note)).map(drop)
}

/// Takes out a record whose row is gone.
pub(crate) fn take_away(db: &Connection, record: Id, doc: Id) -> Result<()> {
    let mut query = db.prepare_cached("SELECT kind, id FROM find_row WHERE owner = ?")?;
    let kept: Vec<(i64, Id)> = query.query_map([doc.0], |row| Ok((row.get(0)?, Id(row.get(1)?))))?.collect::<rusqlite::Result<_>>()?;
    let kept: Vec<(FoundKind, Id)> = kept.into_iter().filter(|(_, id)| *id != record).filter_map(|(kind, id)| Some((kind_of(kind)?, id))).collect();
    keep_only(db, doc, &kept)
}

/// Puts everything in that an older version kept without an index.
pub(crate) fn fill(db: &Connection) -> Result<()> {
    let ids = |sql: &str| -> Result<Vec<Id>> {
        let mut query = db.prepare(sql)?;
        let rows = query.query_map([], |row| row.get(0).map(Id))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    };
    ids("SELECT id FROM household_row ORDER BY rowid")?.into_iter().try_for_each(|id| card(db, id))?;
    // Of doors that are not here as well.
    ids("SELECT DISTINCT household FROM visit_row ORDER BY household")?.into_iter().try_for_each(|id| visits(db, id))?;
    ids("SELECT id FROM matter_row")?.into_iter().try_for_each(|id| matter(db, id))?;
    optimize(db)
}

/// A telephone number to be found by its beginning and by its end.
fn both_ends(phone: &str) -> String {
    let digits = super::query::digits_of(phone);
    if digits.is_empty() {
        return String::new();
    }
    format!("p{digits} r{}", digits.chars().rev().collect::<String>())
}
