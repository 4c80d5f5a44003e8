//! One step of a story.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use minqing_core::{
    Id,
    document::{Doc, every_value},
    model::{Address, HouseholdEdit, NewFollowUp, NewHousehold, NewMatter, NewResident, NewVisit, grid_id},
};
use rand::RngExt;

use super::{
    Sim,
    invariant::broken,
    net::Message,
    office::{COMMUNITY, Office},
};
use crate::{
    deeds::Deed,
    file::{read_only, settled},
    ledger::{Entry, last_items},
    proof::unsettled,
};

/// Most exchanges until everybody is at rest.
const ROUNDS: usize = 60;

impl Sim {
    /// Something happens.
    pub fn step(&mut self) -> Result<()> {
        let ms = self.rng_ms();
        self.hands.turn(ms);
        match self.roll() {
            0..45 => self.deed()?,
            45..75 => self.ask()?,
            75..93 => {}
            93..96 if self.plot.phone_accidents => self.restart_phone()?,
            96..98 if self.plot.phone_accidents => self.restore_phone()?,
            98..100 if self.plot.server_accidents => self.kill_server()?,
            _ => {}
        }
        if self.plot.moves && self.dice(6) {
            self.somebody_moves()?;
        }
        if self.plot.compacts && self.dice(5) {
            self.compact()?;
        }
        if self.plot.packs {
            self.fetch_some()?;
        }
        self.peril()?;
        for _ in 0..2 {
            if let Some(message) = self.net.next() {
                self.deliver(message)?;
            }
        }
        Ok(())
    }

    pub(super) fn roll(&mut self) -> u32 {
        self.rng.random_range(0..100)
    }

    pub(super) fn rng_start(&mut self) -> u64 {
        self.rng.random::<u32>().into()
    }

    fn rng_ms(&mut self) -> i64 {
        self.rng.random_range(1_000..600_000)
    }

    /// The network heals, and exchanges go on until nobody has anything to say or hear.
    pub fn settle(&mut self) -> Result<()> {
        self.net.clear();
        self.cut_off.clear();
        if self.office().is_dead() {
            self.reopen_server()?;
        }
        for _ in 0..ROUNDS {
            let mut idle = true;
            for number in self.here() {
                idle &= self.exchange(number)?;
            }
            if idle {
                return Ok(());
            }
        }
        broken(3, format!("no rest after {ROUNDS} rounds"))
    }

    /// One phone says and hears all there is, before any other.
    pub(super) fn come_first(&mut self, number: usize) -> Result<()> {
        for _ in 0..ROUNDS {
            if self.exchange(number)? {
                return Ok(());
            }
        }
        broken(3, format!("phone {number} has no rest after {ROUNDS} rounds"))
    }

    /// An exchange of which nothing is lost on the way; whether there was nothing to say or hear.
    pub(super) fn exchange(&mut self, number: usize) -> Result<bool> {
        self.hands.turn(1_000);
        let body = self.phone(number).client.next_exchange()?;
        self.sent.push((number, body.clone()));
        let Some(answer) = self.serve(number, &body)? else { anyhow::bail!("an honest request was refused") };
        Ok(self.take(number, answer)? & !self.fetch(number)?)
    }

    /// Some phone saves something.
    fn deed(&mut self) -> Result<()> {
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
        let here = documents_of(&self.phone(number).dir)?;
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
        let (dir, id) = (self.phone(number).dir.clone(), household.parse()?);
        let here = documents_of(&dir)?;
        // A story may last into the next year.
        for volume in [2026, 2027].map(|year| Id::visits(id, year).to_string()).into_iter().filter(|volume| here.contains(volume)) {
            if !held_values(&dir, &volume, &format!("visit:{}/note", visit.id))?.is_empty() {
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
        let dir = self.phone(number).dir.clone();
        let items = last_items(&dir)?;
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
        let dir = self.phone(number).dir.clone();
        let held = held_values(&dir, doc, path)?;
        self.ledger.retain(|row| !(row.doc == doc && row.path == path && held.contains(&row.text)));
        Ok(())
    }

    /// A phone sends a request.
    fn ask(&mut self) -> Result<()> {
        let number = self.any_phone();
        let body = self.phone(number).client.next_exchange()?;
        self.sent.push((number, body.clone()));
        if self.cut_off.contains(&number) {
            self.faults += 1;
            return Ok(());
        }
        self.net.send(&mut self.rng, self.plot.faults, Message::Up(number, body));
        Ok(())
    }

    fn deliver(&mut self, message: Message) -> Result<()> {
        match message {
            Message::Up(number, _) | Message::Down(number, _) if self.cut_off.contains(&number) => self.faults += 1,
            Message::Down(number, _) if self.lost.contains_key(&number) => {}
            Message::Up(number, body) => {
                if let Some(answer) = self.serve(number, &body)? {
                    let astray = self.dice(self.plot.faults.astray);
                    self.faults += u64::from(astray);
                    let to = if astray { self.any_phone() } else { number };
                    self.net.send(&mut self.rng, self.plot.faults, Message::Down(to, answer));
                }
            }
            Message::Down(number, answer) => drop(self.take(number, answer)?),
        }
        Ok(())
    }

    /// Hands a request of a phone's device to the server. `None`: it was not readable, or the server died of it.
    pub fn serve(&mut self, number: usize, body: &[u8]) -> Result<Option<Vec<u8>>> {
        let (device, officer) = match self.lost.get(&number) {
            Some(lost) => lost.clone(),
            None => self.phone(number).client.enrolment().map(|me| (me.device, me.officer))?,
        };
        let answer = self.office().exchange(device, &officer, body)?;
        if answer.is_none() && self.office().is_dead() {
            self.reopen_server()?;
        }
        Ok(answer)
    }

    /// Takes an answer; whether it brought nothing. One that is not this request's is refused and changes nothing.
    pub(super) fn take(&mut self, number: usize, answer: Vec<u8>) -> Result<bool> {
        let before = self.cursors_of(number)?;
        let taken = match self.phone(number).client.take_answer(answer) {
            Ok(taken) => taken,
            Err(e) if ["frame.malformed", "frame.too_large", "exchange.not_running"].contains(&e.code()) => {
                return self.ensure_cursors(number, &before);
            }
            // There was no room for it.
            Err(e) if self.full == Some(number) && e.code().starts_with("store.") => return self.ensure_cursors(number, &before),
            // A pack arrived in full after the question was asked.
            Err(e) if e.code() == "exchange.stale" && self.plot.packs => return Ok(false),
            Err(e) => return Err(e.into()),
        };
        if taken.differs {
            return broken(3, format!("phone {number} and server differ at the same cursors"));
        }
        if taken.anew {
            self.forget_cursors(number);
        }
        let cursors = self.cursors_of(number)?;
        // A stream that is taken up again begins anew.
        self.cursors.retain(|(phone, stream), _| *phone != number || cursors.iter().any(|(present, _)| present == stream));
        for (stream, seq) in cursors {
            let seen = self.cursors.entry((number, stream)).or_default();
            if seq < *seen {
                return broken(6, format!("a cursor of phone {number} moved backwards"));
            }
            *seen = seq;
        }
        let dir = self.phone(number).dir.clone();
        self.acknowledged.extend(settled(&dir)?);
        Ok(taken.rows == 0 && taken.settled == 0 && !taken.more)
    }

    fn ensure_cursors(&mut self, number: usize, before: &[(String, u64)]) -> Result<bool> {
        if self.cursors_of(number)? == before { Ok(false) } else { broken(6, format!("an answer that phone {number} did not take moved a cursor")) }
    }

    fn cursors_of(&mut self, number: usize) -> Result<Vec<(String, u64)>> {
        let db = read_only(&self.phone(number).dir)?;
        let mut query = db.prepare("SELECT stream, seq FROM cursor ORDER BY position")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn restart_phone(&mut self) -> Result<()> {
        let number = self.any_phone();
        self.faults += 1;
        if self.dice(50) { self.copy_for_later(number) } else { self.reopen(number) }
    }

    /// Restarts a phone and copies its file meanwhile, for a later restore.
    pub(super) fn copy_for_later(&mut self, number: usize) -> Result<()> {
        self.phones[number] = None;
        let copy = self.dir.path().join(format!("copies/{number}"));
        copy_files(&self.dir.path().join(format!("phones/{number}")), &copy)?;
        self.copies.insert(number, copy);
        self.reopen(number)
    }

    pub(super) fn restore_phone(&mut self) -> Result<()> {
        let Some(nth) = (!self.copies.is_empty()).then(|| self.rng.random_range(0..self.copies.len())) else { return Ok(()) };
        let Some((number, copy)) = self.copies.iter().nth(nth).map(|(number, copy)| (*number, copy.clone())) else { return Ok(()) };
        self.faults += 1;
        self.phones[number] = None;
        let dir = self.dir.path().join(format!("phones/{number}"));
        let unsent: Vec<String> = unsettled(&dir)?.into_iter().collect();
        std::fs::remove_dir_all(&dir)?;
        copy_files(&copy, &dir)?;
        // What the copy still holds is not destroyed.
        let kept = unsettled(&dir)?;
        self.destroyed.extend(unsent.into_iter().filter(|item| !kept.contains(item)));
        self.forget_cursors(number);
        self.phones[number] = Some(self.open_phone(number)?);
        self.reckon()
    }

    fn kill_server(&mut self) -> Result<()> {
        self.faults += 1;
        if self.dice(50) {
            // At the next request, between received and applied.
            self.office().doom();
            return Ok(());
        }
        self.reopen_server()
    }

    /// Stops the server and starts it again.
    pub fn restart_server(&mut self) -> Result<()> {
        self.reopen_server()
    }

    pub(super) fn reopen_server(&mut self) -> Result<()> {
        let dir = self.office().dir.clone();
        self.office = None;
        let start = self.rng_start();
        self.office = Some(Office::open(&dir, &self.hands, &self.plot, start)?);
        if self.app().store.waiting()?.is_empty() { Ok(()) } else { broken(2, "what was received waits though the server started again".into()) }
    }
}

fn documents_of(phone_dir: &std::path::Path) -> Result<BTreeSet<String>> {
    let db = read_only(phone_dir)?;
    let mut query = db.prepare("SELECT id FROM document WHERE kind <> 0")?;
    let rows = query.query_map([], |row| Ok(Id(row.get(0)?).to_string()))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn held_values(phone_dir: &std::path::Path, doc: &str, path: &str) -> Result<Vec<String>> {
    let id: Id = doc.parse()?;
    let bytes: Vec<u8> = read_only(phone_dir)?.query_row("SELECT bytes FROM document WHERE id = ?", [id.0], |row| row.get(0))?;
    Ok(every_value(&Doc::load(&bytes)?).remove(path).unwrap_or_default())
}

/// Copies a directory's files over another's.
pub fn copy_files(from: &std::path::Path, to: &std::path::Path) -> Result<()> {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to)?;
    for file in std::fs::read_dir(from)? {
        let file = file?;
        let into = to.join(file.file_name());
        if file.file_type()?.is_dir() { copy_files(&file.path(), &into)? } else { std::fs::copy(file.path(), into).map(drop)? }
    }
    Ok(())
}
