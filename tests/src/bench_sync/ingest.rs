//! Many phones upload at once, each on a connection that it keeps: one signed change an upload, one upload after the other.

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use minqing_core::{document::Doc, frame::decode_frame, ids::Name, wire::Down};

use super::{
    author::Author,
    cards,
    corpus::enrol_all,
    draw::Draw,
    machine::{cpu, percentile_ms, rounded},
    office::{DAY, NEW_YEAR, Office},
    report::Ingest,
    scale::Scale,
    visits,
    words::Words,
};

mod connection;
mod found;

use connection::Connection;

/// How long it may take until everything received is applied.
const PATIENCE: Duration = Duration::from_secs(600);

/// A phone with all it will upload.
struct Uploader {
    author: Author,
    envelopes: Vec<(Name, Vec<u8>)>,
    seqs: Vec<u64>,
    ticket: Option<Vec<u8>>,
}

/// What an uploader saw.
#[derive(Default)]
struct Saw {
    acknowledged: Vec<Name>,
    times: Vec<Duration>,
}

/// Uploads from all phones at once, and looks for everything that was acknowledged.
pub fn measure(program: &Path, dir: &Path, seed: u64, scale: &Scale) -> Result<Ingest> {
    let mut office = Office::open(program, dir, seed, u16::try_from(scale.uploaders)?)?;
    let uploaders = write(&mut office, seed, scale)?;
    let bytes: usize = uploaders.iter().flat_map(|u| u.envelopes.iter().map(|(_, e)| e.len())).sum();
    let count = scale.uploaders * scale.uploads;
    let server = office.serve()?;
    let applied_before = found::rows(&office.server_dir())?;
    let (url, me) = (&server.url, std::process::id());
    let (busy, mine, begun) = (cpu(server.pid()), cpu(me), Instant::now());
    let saw = thread::scope(|scope| -> Result<Vec<Saw>> {
        let running: Vec<_> = uploaders.into_iter().map(|u| scope.spawn(move || u.upload(url))).collect();
        running.into_iter().map(|thread| thread.join().map_err(|_| anyhow::anyhow!("an uploader panicked"))?).collect()
    })?;
    let received = begun.elapsed();
    let client_cpu = cpu(me).zip(mine).map(|(then, before)| then - before);
    while found::rows(&office.server_dir())? < applied_before + count as u64 {
        ensure!(begun.elapsed() < PATIENCE, "what was received is not applied");
        thread::sleep(Duration::from_millis(20));
    }
    let applied = begun.elapsed();
    let server_cpu = cpu(server.pid()).zip(busy).map(|(then, before)| then - before);
    drop(server);
    let acknowledged: Vec<Name> = saw.iter().flat_map(|s| s.acknowledged.iter().copied()).collect();
    let times: Vec<Duration> = saw.iter().flat_map(|s| s.times.iter().copied()).collect();
    let each_us = |all: Option<Duration>| all.map(|all| rounded(all.as_secs_f64() * 1e6 / count as f64, 0));
    Ok(Ingest {
        uploads: count as u64,
        upload_bytes: (bytes as f64 / count as f64).round() as u64,
        received_per_s: rounded(acknowledged.len() as f64 / received.as_secs_f64(), 0),
        applied_per_s: rounded(count as f64 / applied.as_secs_f64(), 0),
        p50_ms: percentile_ms(&times, 0.5),
        p99_ms: percentile_ms(&times, 0.99),
        server_cpu_us: each_us(server_cpu),
        client_cpu_us: each_us(client_cpu),
        lost: found::missing(&office.server_dir(), &acknowledged)? + (count - acknowledged.len()) as u64,
    })
}

/// Doors with some visits at each; then everything that is going to be uploaded, signed.
fn write(office: &mut Office, seed: u64, scale: &Scale) -> Result<Vec<Uploader>> {
    let (mut draw, words) = (Draw::new(seed, 3), Words::load());
    let grids: Vec<Vec<u16>> = (1..=u16::try_from(scale.uploaders)?).map(|grid| vec![grid]).collect();
    let authors = enrol_all(office, &mut draw, &grids)?;
    let app = office.app()?;
    let doors = cards::write(&app, &mut draw, &words, scale.uploaders * scale.doors, u16::try_from(scale.uploaders)?)?;
    let mut uploaders = Vec::new();
    for (mut author, doors) in authors.into_iter().zip(doors.chunks(scale.doors)) {
        let mut volumes = vec![Doc::empty(); doors.len()];
        let mut visit = |author: &mut Author, k: usize, day: usize| {
            let begins = NEW_YEAR + day as i64 * DAY;
            let at_ms = draw.moment(begins, begins + DAY);
            visits::write(author, &mut draw, &words, doors[k % doors.len()], &mut volumes[k % doors.len()], at_ms)
        };
        (0..scale.before * doors.len()).try_for_each(|k| visit(&mut author, k, 1 + k / doors.len()))?;
        author.bring(&app)?;
        let (seqs, ticket) = author.catch_up(&app)?;
        (0..scale.uploads).try_for_each(|k| visit(&mut author, k, 100 + k / doors.len()))?;
        let envelopes = author.seal(1).into_iter().map(|(names, envelope)| (names[0], envelope)).collect();
        uploaders.push(Uploader { author, envelopes, seqs, ticket });
    }
    // The clock stands still meanwhile, so all their tokens stay good.
    Ok(uploaders)
}

impl Uploader {
    fn upload(self, url: &str) -> Result<Saw> {
        let mut connection = Connection::open(url, &self.author.phone.client.access_token().context("no token")?)?;
        let (mut ticket, mut seqs) = (self.ticket, self.seqs);
        let mut saw = Saw::default();
        for (name, envelope) in self.envelopes {
            let request = self.author.request(envelope, Some(&seqs), ticket.as_deref());
            let begun = Instant::now();
            let answer = connection.post(&request)?;
            saw.times.push(begun.elapsed());
            let answer: Down = decode_frame(&answer)?;
            ensure!(answer.states.len() == 1, "an upload was not answered");
            // In the log, or at least received: either way the phone may rely on it.
            saw.acknowledged.push(name);
            if !answer.end.cursors.is_empty() {
                seqs = answer.end.cursors;
            }
            ticket = answer.end.ticket.map(Vec::from).or(ticket);
        }
        Ok(saw)
    }
}
