//! One step of a story.

use anyhow::Result;
use rand::RngExt;

use super::{Sim, invariant::broken, net::Message, office::Office};
use crate::{file::settled, proof::unsettled};

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
        if self.plot.second_thoughts && self.dice(12) {
            self.think_again()?;
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
        let safe = settled(self.phone(number).file())?;
        self.acknowledged.extend(safe);
        Ok(taken.rows == 0 && taken.settled == 0 && !taken.more)
    }

    fn ensure_cursors(&mut self, number: usize, before: &[(String, u64)]) -> Result<bool> {
        if self.cursors_of(number)? == before { Ok(false) } else { broken(6, format!("an answer that phone {number} did not take moved a cursor")) }
    }

    fn cursors_of(&mut self, number: usize) -> Result<Vec<(String, u64)>> {
        let mut query = self.phone(number).file().prepare_cached("SELECT stream, seq FROM cursor ORDER BY position")?;
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
