//! What phones save in a story.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use minqing_core::{
    Id,
    document::{Doc, every_value},
    model::{Address, HouseholdEdit, NewFollowUp, NewHousehold, NewMatter, NewResident, NewVisit, grid_id},
};
use rand::RngExt;
use rusqlite::Connection;

use super::{Sim, office::COMMUNITY};
use crate::{
    deeds::Deed,
    ledger::{Entry, last_items},
};

impl Sim {
    /// Some phone saves something.
    pub(super) fn deed(&mut self) -> Result<()> {
        let number = self.any_phone();
        self.deed_of(number)
    }

    /// A phone saves something.
    pub(super) fn deed_of(&mut self, number: usize) -> Result<()> {
        let doors = self.doors_of(number)?;
        if doors.is_empty() || self.dice(8) {
            return self.register(number);
        }
        let household = doors[self.rng.random_range(0..doors.len())].clone();
        let has_matter = self.has_own_matter(number)?;
        let deed = match self.roll() {
            0..40 => Deed::Visit(NewVisit {
                attachments: Vec::new(),
                household,
                purpose: "routine".into(),
                outcome: "talked".into(),
                note: format!("{}{}", self.phrases.visit_note(&mut self.rng), self.roll()),
                follow_ups: vec![NewFollowUp { what: self.phrases.follow_up(&mut self.rng), due: String::new() }],
                ..NewVisit::default()
            }),
            40..48 => match self.any_visit(number, &household)? {
                Some(edit) => edit,
                None => return Ok(()),
            },
            48..53 => match self.any_matter(number)? {
                Some(edit) => edit,
                None => return Ok(()),
            },
            53..65 => Deed::Remark { household, note: format!("{}{}", self.phrases.household_note(&mut self.rng), self.rng.random::<u32>()) },
            65..80 => Deed::Matter(NewMatter {
                kind: "complaint".into(),
                channel: "door".into(),
                // A sensitive one has its home at the desk, too, whatever the door.
                category: if self.dice(20) { "relief" } else { "utilities" }.into(),
                text: self.phrases.complaint("utilities", &mut self.rng),
                place: String::new(),
                // Now and then without a door: its home is the desk, which no phone reads.
                household: if self.dice(15) { String::new() } else { household },
                community: COMMUNITY.into(),
                affected: "household".into(),
                ..NewMatter::default()
            }),
            80..83 if !self.phone(number).client.refused_work("zh".into())?.is_empty() => Deed::Again(self.phrases.solved(&mut self.rng)),
            80..90 if has_matter => Deed::Note(self.phrases.note(&mut self.rng)),
            90..100 if has_matter => Deed::Solve(self.phrases.solved(&mut self.rng)),
            _ => return self.someone_moves_in(number, household),
        };
        self.save_over(number, &deed)
    }

    /// The doors that a phone can write on. The list of a new one shows doors whose cards are still to come, or are made
    /// again; those are not edited.
    pub(super) fn doors_of(&mut self, number: usize) -> Result<Vec<String>> {
        let here = documents_of(self.phone(number).file())?;
        Ok(self.phone(number).client.households(0, 100)?.into_iter().map(|h| h.id).filter(|id| here.contains(id)).collect())
    }

    /// A phone saves what may knowingly be written over something.
    pub(super) fn save_over(&mut self, number: usize, deed: &Deed) -> Result<()> {
        match deed {
            Deed::Remark { household, .. } => self.written_over(number, household, "note")?,
            Deed::VisitNote { visit, volume, .. } => self.written_over(number, volume, &format!("visit:{visit}/note"))?,
            Deed::MatterText { matter, event, .. } => self.written_over(number, matter, &format!("text:{event}"))?,
            _ => {}
        }
        self.save(number, deed)
    }

    fn has_own_matter(&mut self, number: usize) -> Result<bool> {
        let officer = self.phone(number).client.enrolment()?.officer;
        Ok(self.phone(number).client.matters(0, 1_000)?.iter().any(|m| m.officer == officer))
    }

    /// A new note for a visit at this door, whoever made it.
    fn any_visit(&mut self, number: usize, household: &str) -> Result<Option<Deed>> {
        let visits = self.phone(number).client.household(household.to_owned())?.visits;
        let Some(visit) = visits.into_iter().next() else { return Ok(None) };
        let (file, id) = (self.phone(number).file(), household.parse()?);
        let here = documents_of(file)?;
        // A story may last into the next year.
        for volume in [2026, 2027].map(|year| Id::visits(id, year).to_string()).into_iter().filter(|volume| here.contains(volume)) {
            if !held_values(file, &volume, &format!("visit:{}/note", visit.id))?.is_empty() {
                return Ok(Some(Deed::VisitNote { visit: visit.id, volume, note: format!("改过{}", self.rng.random::<u32>()) }));
            }
        }
        Ok(None)
    }

    /// A new text for a matter whose document is on this phone.
    fn any_matter(&mut self, number: usize) -> Result<Option<Deed>> {
        let matters = self.phone(number).client.matters(0, 1_000)?;
        let Some(matter) = matters.into_iter().find(|m| !m.text.is_empty()) else { return Ok(None) };
        let detail = self.phone(number).client.matter(matter.id.clone())?;
        let register = detail.events.into_iter().find(|e| e.event == "register");
        let text = format!("改过{}", self.rng.random::<u32>());
        Ok(register.map(|event| Deed::MatterText { matter: matter.id, event: event.id, text }))
    }

    /// A door that the office does not know; two phones may write the same one.
    fn register(&mut self, number: usize) -> Result<()> {
        let roll = self.roll();
        let grids = self.grids_of(number)?;
        let Some(grid) = grids.get(usize::try_from(roll)? % grids.len().max(1)).copied() else { return Ok(()) };
        let room = format!("{}", 900 + self.roll() % 6);
        let address = Address { community: COMMUNITY.into(), estate: format!("新苑{grid}"), building: "9".into(), room, ..Address::default() };
        let residents = vec![NewResident { name: "住户乙".into(), ..NewResident::default() }];
        let new = NewHousehold { grid: grid_id(COMMUNITY, grid), address, note: String::new(), residents };
        match self.phone(number).client.record_household(new) {
            Ok(id) => self.note_down(number, "household", &id, "grid", &grid_id(COMMUNITY, grid), "home"),
            Err(e) if e.code() == "address.taken" => Ok(()),
            Err(e) => Err(e.into()),
        }
    }

    fn someone_moves_in(&mut self, number: usize, household: String) -> Result<()> {
        let name = format!("住户{}", self.rng.random::<u32>());
        let resident = NewResident { name: name.clone(), needs: vec!["lives_alone".into()], ..NewResident::default() };
        let edit = HouseholdEdit { new_residents: vec![resident], ..HouseholdEdit::default() };
        self.phone(number).client.edit_household(household.clone(), edit)?;
        let residents = self.phone(number).client.household(household.clone())?.residents;
        let id = residents.into_iter().find(|r| r.name == name).map(|r| r.id).context("a resident who was saved is not shown")?;
        self.note_down(number, "resident", &household, "name", &name, &format!("resident:{id}/name"))
    }

    fn note_down(&mut self, number: usize, kind: &str, record: &str, field: &str, text: &str, path: &str) -> Result<()> {
        let items = last_items(self.phone(number).file())?;
        let (_, doc, hash) = items.first().ok_or_else(|| anyhow::anyhow!("a save without an item"))?;
        self.ledger.push(Entry {
            phone: number as u64,
            kind: kind.into(),
            record: record.into(),
            field: field.into(),
            text: text.into(),
            item: hash.to_string(),
            doc: doc.to_string(),
            path: path.into(),
        });
        Ok(())
    }

    /// What this phone's document holds of a field is written over knowingly, and need not be found again.
    fn written_over(&mut self, number: usize, doc: &str, path: &str) -> Result<()> {
        let held = held_values(self.phone(number).file(), doc, path)?;
        self.ledger.retain(|row| !(row.doc == doc && row.path == path && held.contains(&row.text)));
        Ok(())
    }
}

fn documents_of(phone: &Connection) -> Result<BTreeSet<String>> {
    let mut query = phone.prepare_cached("SELECT id FROM document WHERE kind <> 0")?;
    let rows = query.query_map([], |row| Ok(Id(row.get(0)?).to_string()))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn held_values(phone: &Connection, doc: &str, path: &str) -> Result<Vec<String>> {
    let id: Id = doc.parse()?;
    let bytes: Vec<u8> = phone.query_row("SELECT bytes FROM document WHERE id = ?", [id.0], |row| row.get(0))?;
    Ok(every_value(&Doc::load(&bytes)?).remove(path).unwrap_or_default())
}
