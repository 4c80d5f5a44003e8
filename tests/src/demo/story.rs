//! The week: days, accidents, and the proof at the end.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use anyhow::{Result, ensure};
use minqing_core::{clock::local_date, ids::Device};
use minqing_tests::{
    deeds::{Deed, carry_out},
    file::read_only,
    hands::Hands,
    ledger::Ledger,
    phone::Phone,
    proof::{prove, unsettled},
    server::Server,
    sim::copy_files,
};

use super::{
    args::{Args, Sabotage},
    child, disk, intruder,
    life::{self, AUTHOR, CARRIER, LOST, MOVED, WRITER},
    line::{Line, Visits},
    report::{self, Progress, Run},
    sabotage,
    setup::{self, Office, at},
    verify,
    week::{self, DOORS, Day, KILLED, RESTORED},
};

/// Rounds of exchanges in which everybody must have become idle.
const ROUNDS: usize = 12;

/// Every so often a phone's files are cut in the middle; they go on at its next exchange.
const CUT_EVERY: u64 = 4;

/// Runs the demo.
pub fn run(args: &Args) -> Result<ExitCode> {
    let begun = Instant::now();
    let dir = setup::directory(args)?;
    let hands = Hands::at(at(0, 7, 30));
    let mut ledger = Ledger::open(&dir)?;
    let office = setup::open(args, &dir, &hands, &mut ledger)?;
    let plan = week::plan(args, &office);
    let mut story = Story::begin(args, &dir, hands, ledger, &office)?;
    let progress = Progress::new(args, plan.len() * office.officers.len());
    for (day, number) in plan.iter().zip(0..) {
        story.day(number, day, &progress)?;
        if number == 0 {
            intruder::visit_the_office(story.dir, &story.hands, args.seed, &office, &mut story.server)?;
        }
    }
    story.until_idle(at(args.days - 1, 18, 30))?;
    progress.done();
    story.run_the_line(&office)?;
    story.somebody_is_erased()?;
    story.somebody_moves(&office)?;
    match args.sabotage {
        Some(Sabotage::Log) => sabotage::delete_log_row(&dir.join("server"))?,
        Some(Sabotage::Document) => sabotage::change_document(&story.phones[0].as_ref().map_or_else(PathBuf::new, |p| p.dir.clone()))?,
        Some(Sabotage::Attachment) => sabotage::delete_attachment(&dir.join("server"))?,
        Some(Sabotage::Survey) => sabotage::change_answer(&dir.join("server"))?,
        Some(Sabotage::Quarantine) => sabotage::forget_what_was_put_aside(&dir.join("server"))?,
        Some(Sabotage::Event) => sabotage::add_event(&dir.join("server"))?,
        Some(Sabotage::Name) => sabotage::name_somebody(&dir.join("server"))?,
        Some(Sabotage::Erasure) => sabotage::keep_erased(&story.phones[0].as_ref().map_or_else(PathBuf::new, |p| p.dir.clone()), &story.erased)?,
        Some(kind @ (Sabotage::DoubleBooking | Sabotage::SilentMove)) => {
            sabotage::break_an_appointment(&life::beside(&dir, &story.hands, args.seed, 6)?, &office, story.phones.iter().flatten(), kind)?;
        }
        Some(Sabotage::Restore | Sabotage::ServerRestore) | None => {}
    }
    let phones: Vec<Phone> = story.phones.drain(..).flatten().collect();
    verify::remember(&dir, args, &story.destroyed, &story.erased)?;
    let found = prove(&dir, &phones, &story.destroyed, &story.erased)?;
    let run = Run::new(args, &phones, &found, story.visits.walking, begun.elapsed());
    report::print(args, &run, &found);
    drop(phones);
    let good = found.is_good();
    if !args.once {
        report::leave_running(args, &dir, &story.server.url, &office, local_date(story.hands.now()).to_string())?;
        story.server.wait()?;
    }
    drop(story);
    if args.once && args.dir.is_none() {
        std::fs::remove_dir_all(&dir)?;
    }
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

struct Story<'a> {
    args: &'a Args,
    dir: &'a Path,
    hands: Hands,
    ledger: Ledger,
    server: Server,
    starts: u64,
    phones: Vec<Option<Phone>>,
    destroyed: BTreeSet<String>,
    /// Name and telephone number of the resident who was erased.
    erased: Vec<String>,
    /// How often a phone had files to send.
    sendings: u64,
    visits: Visits,
}

impl<'a> Story<'a> {
    fn begin(args: &'a Args, dir: &'a Path, hands: Hands, ledger: Ledger, office: &Office) -> Result<Self> {
        let server = start_server(args, dir, &hands)?;
        let mut phones = Vec::new();
        for ((code, _), number) in office.officers.iter().zip(1..) {
            let mut phone = Phone::open(&dir.join(format!("phones/{number:03}")), &hands, args.seed, number, 0)?;
            phone.enrol(&server.url, code)?;
            phones.push(Some(phone));
        }
        Ok(Self { args, dir, hands, ledger, server, starts: 1, phones, destroyed: BTreeSet::new(), erased: Vec::new(), sendings: 0, visits: Visits::default() })
    }

    fn day(&mut self, number: u16, day: &Day, progress: &Progress) -> Result<()> {
        if number == 3 {
            self.restore()?;
        }
        self.clock(at(number, 8, 0))?;
        let killed = number == 2 && KILLED < self.phones.len();
        for officer in &day.order {
            if !(killed && *officer == KILLED) {
                self.sync(*officer)?;
            }
        }
        let done = if killed { self.kill_phone(number, day)? } else { 0 };
        for (officer, remark) in &day.remarks {
            self.clock(at(number, 8, 30))?;
            self.do_at(*officer, remark)?;
        }
        self.walk(number, day, 0, done)?;
        self.clock(at(number, 12, 0))?;
        for officer in day.order.iter().take(day.order.len() / 2) {
            self.sync(*officer)?;
        }
        if number == disk::day(self.args) {
            disk::save(self.dir, &mut self.server)?;
        }
        self.walk(number, day, 1, done)?;
        self.clock(at(number, 18, 0))?;
        if number == 1 {
            self.kill_server(day)?;
        }
        if number == disk::day(self.args) {
            self.lose_the_disk(number, day)?;
        }
        if number == 3 && LOST < self.phones.len() {
            self.lose_a_phone()?;
        }
        let handed = number == self.args.days - 1 && number > disk::day(self.args) && AUTHOR < self.phones.len();
        for officer in day.order.iter().filter(|officer| !handed || **officer != AUTHOR) {
            let spared = number == 2 && *officer == RESTORED && self.args.sabotage == Some(Sabotage::Restore);
            if !spared {
                self.sync(*officer)?;
            }
            progress.step(self.args, number, *officer);
        }
        if handed {
            self.hand_over()?;
        }
        if number == 0 && RESTORED < self.phones.len() {
            self.copy_phone()?;
        }
        Ok(())
    }

    /// One half of everybody's doors, from 8:35 or from 14:00. `done`: deeds of the killed phone that were saved before it died.
    fn walk(&mut self, number: u16, day: &Day, half: usize, done: usize) -> Result<()> {
        let (hour, minute) = [(8, 35), (14, 0)][half];
        let longest = day.rounds.iter().map(Vec::len).max().unwrap_or(DOORS);
        for step in 0..longest.div_ceil(2) {
            self.clock(at(number, hour, minute + 8 * i64::try_from(step)?))?;
            for (officer, round) in day.rounds.iter().enumerate() {
                let i = if half == 0 { step } else { step + round.len() / 2 };
                if half == 0 && step >= round.len() / 2 {
                    continue;
                }
                // What the killed phone did before it died is done.
                let before: usize = round.iter().take(i).map(Vec::len).sum();
                let skip = if number == 2 && officer == KILLED { done.saturating_sub(before) } else { 0 };
                for deed in round.get(i).into_iter().flatten().skip(skip) {
                    self.do_at(officer, deed)?;
                }
            }
        }
        Ok(())
    }

    fn do_at(&mut self, officer: usize, deed: &Deed) -> Result<()> {
        // Within the eight minutes of a door, however many officers there are.
        self.hands.turn(240_000 / i64::try_from(self.phones.len())?);
        let Some(phone) = &mut self.phones[officer] else { return Ok(()) };
        let rows = carry_out(phone, deed)?;
        self.ledger.write(&rows)
    }

    fn clock(&mut self, ms: i64) -> Result<()> {
        self.hands.set(ms);
        self.server.set_clock(ms)
    }

    fn sync(&mut self, officer: usize) -> Result<bool> {
        let url = self.server.url.clone();
        let Some(phone) = &mut self.phones[officer] else { return Ok(true) };
        let all = phone.sync(&url)?;
        let files = phone.client.files_waiting()?;
        self.sendings += u64::from(files > 0);
        // Not the phone whose file is put back later: what it has not sent would be gone for good.
        let cut = files > 0 && self.sendings.is_multiple_of(CUT_EVERY) && officer != RESTORED;
        phone.upload(&url, cut)?;
        Ok(all.rows == 0 && all.settled == 0 && files == 0)
    }

    /// At the end, until nobody has anything to say or hear.
    fn until_idle(&mut self, ms: i64) -> Result<()> {
        self.clock(ms)?;
        for _ in 0..ROUNDS {
            let mut idle = true;
            for officer in 0..self.phones.len() {
                idle &= self.sync(officer)?;
            }
            if idle {
                return Ok(());
            }
        }
        anyhow::bail!("phones and server did not come to rest in {ROUNDS} rounds")
    }

    /// The office runs on, and the week's matters go through the line.
    fn run_the_line(&mut self, office: &Office) -> Result<()> {
        let progress = Progress::of_the_line(self.args);
        let Self { args, server, hands, phones, visits, .. } = self;
        Line { days: args.working_days, office, server, hands, phones, visits }.run(|date| progress.day(args, date))?;
        progress.done();
        self.until_idle(self.hands.now() + 30 * 60_000)
    }

    /// Monday evening: a copy of one phone's file.
    fn copy_phone(&mut self) -> Result<()> {
        let copy = self.dir.join("monday-evening");
        self.reopen(RESTORED, |dir| copy_files(dir, &copy))
    }

    /// Thursday morning: the phone gets Monday evening's copy back.
    fn restore(&mut self) -> Result<()> {
        if RESTORED >= self.phones.len() {
            return Ok(());
        }
        let copy = self.dir.join("monday-evening");
        let mut destroyed = BTreeSet::new();
        self.reopen(RESTORED, |dir| {
            destroyed = unsettled(dir)?;
            std::fs::remove_dir_all(dir)?;
            copy_files(&copy, dir)
        })?;
        self.destroyed.extend(destroyed);
        self.check_phone()
    }

    /// The restored phone shows an old token, so its reading ends; it still sends. The office looks at the phone and
    /// lets it read again, by the command that an administrator has.
    fn check_phone(&mut self) -> Result<()> {
        self.clock(at(3, 7, 30))?;
        let Some(phone) = &mut self.phones[RESTORED] else { return Ok(()) };
        let device = Device(phone.client.enrolment()?.device);
        let refused = phone.sync(&self.server.url).err().map(|e| e.to_string()).unwrap_or_default();
        let store = life::beside(self.dir, &self.hands, self.args.seed, 2)?.store;
        ensure!(store.reading_ended(device)?, "a phone with an old token went on reading: {refused}");
        Ok(store.allow_reading(device)?)
    }

    /// Thursday evening: a phone is lost with the afternoon's work, and its officer gets another one.
    fn lose_a_phone(&mut self) -> Result<()> {
        let Some(mut lost) = self.phones[LOST].take() else { return Ok(()) };
        let code = life::lose(&life::beside(self.dir, &self.hands, self.args.seed, 3)?, &mut lost, &self.server.url)?;
        let number = self.phones.len() as u64 + 1;
        let mut phone = Phone::open(&self.dir.join(format!("phones/{number:03}")), &self.hands, self.args.seed, number, 0)?;
        phone.traffic = lost.traffic;
        phone.enrol(&self.server.url, &code)?;
        self.phones[LOST] = Some(phone);
        Ok(())
    }

    /// The last evening: one phone finds no network, and a colleague's carries what it has.
    fn hand_over(&mut self) -> Result<()> {
        let (Some(mut author), Some(carrier)) = (self.phones[AUTHOR].take(), self.phones[CARRIER].as_mut()) else { return Ok(()) };
        let handed = life::hand_over(&mut author, carrier, self.dir, &self.server.url);
        self.phones[AUTHOR] = Some(author);
        handed
    }

    /// A resident moves in, everybody hears of it, and asks to be erased; all phones rewrite their files.
    fn somebody_is_erased(&mut self) -> Result<()> {
        // An office that hides its restore makes no phone come to rest.
        if self.args.sabotage == Some(Sabotage::ServerRestore) {
            return Ok(());
        }
        let server = self.dir.join("server");
        let Some(phone) = self.phones[WRITER].as_mut() else { return Ok(()) };
        let (door, words) = life::moves_in(phone, &server, self.args.seed)?;
        self.until_idle(self.hands.now() + 60_000)?;
        let app = life::beside(self.dir, &self.hands, self.args.seed, 5)?;
        let Some(phone) = self.phones[WRITER].as_mut() else { return Ok(()) };
        let rows = life::erase(&app, phone, &door, &words[0])?;
        self.ledger.write(&rows)?;
        self.until_idle(self.hands.now() + 60_000)?;
        for phone in self.phones.iter_mut().flatten() {
            ensure!(phone.client.tidy()?, "a phone could not tidy up");
        }
        self.erased = words;
        self.until_idle(self.hands.now() + 60_000)
    }

    /// When all is over an officer gets another grid.
    fn somebody_moves(&mut self, office: &Office) -> Result<()> {
        let app = life::beside(self.dir, &self.hands, self.args.seed, 4)?;
        let held = &office.officers[MOVED].1;
        let grid = office.households.iter().map(|(_, grid)| grid).find(|grid| !held.contains(grid));
        // An office that hides its restore makes no phone come to rest.
        let grid = grid.filter(|_| self.args.sabotage != Some(Sabotage::ServerRestore));
        if let (Some(phone), Some(grid)) = (self.phones[MOVED].as_mut(), grid) {
            let rows = life::move_away(&app, phone, grid, &self.server.url)?;
            self.ledger.write(&rows)?;
        }
        self.until_idle(self.hands.now() + 60_000)
    }

    fn reopen(&mut self, officer: usize, between: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        if let Some(phone) = self.phones[officer].take() {
            let starts = phone.starts() + 1;
            self.phones[officer] = Some(phone.restart(starts, between)?);
        }
        Ok(())
    }

    /// Wednesday morning: a phone exchanges, walks, and is killed in the middle of a commit. Returns how many
    /// deeds it had saved.
    fn kill_phone(&mut self, number: u16, day: &Day) -> Result<usize> {
        let deeds: Vec<Deed> = day.rounds[KILLED].iter().flatten().cloned().collect();
        let (url, seed, now) = (self.server.url.clone(), self.args.seed, at(number, 8, 1));
        let mut saved = Vec::new();
        if let Some(phone) = self.phones[KILLED].take() {
            let (starts, phone_number) = (phone.starts(), phone.number);
            let phone = phone.restart(starts + 2, |dir| {
                saved = child::run_until_killed(dir, &url, now, seed, phone_number, starts + 1, &deeds)?;
                Ok(())
            })?;
            self.phones[KILLED] = Some(phone);
        }
        saved.iter().try_for_each(|rows| self.ledger.write(rows))?;
        Ok(saved.len())
    }

    /// Half of the officers are back when the server's disk is lost; a backup of noon takes its place.
    fn lose_the_disk(&mut self, number: u16, day: &Day) -> Result<()> {
        for officer in day.order.iter().take(day.order.len() / 2).filter(|officer| **officer != RESTORED) {
            self.sync(*officer)?;
        }
        self.starts += 1;
        disk::lose(self.args, self.dir, &mut self.server, self.hands.now(), self.starts)?;
        self.clock(at(number, 18, 10))
    }

    /// Tuesday evening: the server hangs between received and applied, is killed there, and started again.
    fn kill_server(&mut self, day: &Day) -> Result<()> {
        self.server.stick()?;
        let url = self.server.url.clone();
        let officer = day.order[0];
        let Some(mut phone) = self.phones[officer].take() else { return Ok(()) };
        let sending = std::thread::spawn(move || {
            let answer = phone.sync(&url);
            (phone, answer.is_err())
        });
        self.server.wait_until_stuck()?;
        ensure!(inbox_rows(&self.dir.join("server"))? > 0, "the server hangs with an empty inbox");
        self.starts += 1;
        self.server.kill_and_restart(&std::env::current_exe()?, &self.dir.join("server"), self.hands.now(), self.args.seed, self.starts)?;
        let (phone, cut) = sending.join().map_err(|_| anyhow::anyhow!("the phone's thread"))?;
        ensure!(cut, "the server answered though it was killed");
        self.phones[officer] = Some(phone);
        Ok(())
    }
}

fn start_server(args: &Args, dir: &Path, hands: &Hands) -> Result<Server> {
    let port = args.port.unwrap_or(if args.once { 0 } else { 8311 });
    Server::start(&std::env::current_exe()?, &dir.join("server"), port, hands.now(), args.seed, 1)
}

fn inbox_rows(server_dir: &Path) -> Result<i64> {
    let db = read_only(server_dir)?;
    Ok(db.query_row("SELECT count(*) FROM inbox WHERE state = 16", [], |row| row.get(0))?)
}
