//! A phone was cut off for a day: some documents were changed on it, others elsewhere. It comes back.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use minqing_core::client::Exchanged;

use super::{
    corpus::Corpus,
    draw::{ID_BITS, OPENING_BITS},
    first_sync::NUMBER,
    machine::{cpu, percentile_ms, rounded},
    office::DAY,
    report::Reconnect,
    scale::Scale,
    visits,
};
use crate::phone::{Phone, Traffic};

/// An officer's day, in milliseconds from its midnight.
const MORNING: i64 = DAY / 3;
const WORKING: i64 = DAY / 3;

/// What the exchanges cost so far.
#[derive(Default)]
struct Spent {
    most_requests: u64,
    late: u64,
    bytes: u64,
    bits: f64,
    times: Vec<Duration>,
    client: Option<Duration>,
    server: Option<Duration>,
}

/// Cuts the phone off again and again; each time every document is another one. The figures are means of one exchange.
pub fn measure(corpus: &mut Corpus, dir: PathBuf, scale: &Scale) -> Result<Reconnect> {
    let mut phone = Phone::open(&dir, &corpus.office.hands, corpus.office.seed, NUMBER, 1)?;
    let mut server = corpus.office.serve()?;
    let mut left: Vec<usize> = (0..corpus.doors.len()).collect();
    ensure!(left.len() >= scale.reconnects * (scale.here + scale.there), "too few doors");
    let mut spent = Spent { client: Some(Duration::ZERO), server: Some(Duration::ZERO), ..Spent::default() };
    corpus.draw.take_bits();
    // The phone's and, in the first round, nobody else's: the others go on in theirs.
    corpus.draw.count(OPENING_BITS);
    for day in 0..scale.reconnects {
        let morning = corpus.until_ms + (day as i64 + 1) * DAY + MORNING;
        elsewhere(corpus, scale, morning, &mut left, &mut server)?;
        here(corpus, scale, morning, &mut left, &mut phone)?;
        let evening = morning + WORKING;
        corpus.office.hands.set(evening);
        server.set_clock(evening)?;
        // Access tokens live for minutes: a fresh one is another request, of which PERFORMANCE.md speaks.
        phone.refresh(&server.url)?;
        once(&mut phone, &server.url, server.pid(), scale, &mut spent)?;
        spent.bits += corpus.draw.take_bits();
    }
    let rounds = scale.reconnects as f64;
    let each_ms = |all: Option<Duration>| all.map(|all| rounded(all.as_secs_f64() * 1e3 / rounds, 1));
    Ok(Reconnect {
        requests: spent.most_requests,
        late: spent.late,
        body_bytes: (spent.bytes as f64 / rounds).round() as u64,
        entropy_bytes: (spent.bits / 8.0 / rounds).round() as u64,
        ratio: rounded(spent.bytes as f64 / (spent.bits / 8.0), 2),
        p50_ms: percentile_ms(&spent.times, 0.5),
        p99_ms: percentile_ms(&spent.times, 0.99),
        client_cpu_ms: each_ms(spent.client),
        server_cpu_ms: each_ms(spent.server),
    })
}

/// A door that was not chosen before, each with the same chance.
fn next_door(corpus: &mut Corpus, left: &mut Vec<usize>) -> usize {
    let place = corpus.draw.below(left.len() as u64) as usize;
    left.swap_remove(place)
}

/// Others visit some doors, one after the other, and bring that to the office.
fn elsewhere(corpus: &mut Corpus, scale: &Scale, morning: i64, left: &mut Vec<usize>, server: &mut crate::server::Server) -> Result<()> {
    let each = WORKING / scale.there as i64;
    for k in 0..scale.there {
        let door = next_door(corpus, left);
        let begins = morning + k as i64 * each;
        let at_ms = corpus.draw.moment(begins, begins + each);
        let place = corpus.draw.below(corpus.authors.len() as u64) as usize;
        let author = &mut corpus.authors[place];
        visits::write(author, &mut corpus.draw, &corpus.words, corpus.doors[door], &mut corpus.volumes[door], at_ms)?;
    }
    server.set_clock(morning + WORKING)?;
    for author in &mut corpus.authors {
        author.phone.refresh(&server.url)?;
        author.send(&server.url)?;
    }
    Ok(())
}

/// The phone's officer visits others, without a network.
fn here(corpus: &mut Corpus, scale: &Scale, morning: i64, left: &mut Vec<usize>, phone: &mut Phone) -> Result<()> {
    let each = WORKING / scale.here as i64;
    for k in 0..scale.here {
        let door = next_door(corpus, left);
        let begins = morning + k as i64 * each;
        let at_ms = corpus.draw.moment(begins, begins + each);
        corpus.office.hands.set(at_ms);
        let visit = visits::draw_visit(&mut corpus.draw, &corpus.words, corpus.doors[door], at_ms);
        // The phone draws the ids.
        corpus.draw.count(ID_BITS * (1 + visit.follow_ups.len()) as f64);
        phone.client.record_visit(visit)?;
    }
    Ok(())
}

/// Comes back: until nothing waits on either side.
fn once(phone: &mut Phone, url: &str, server: u32, scale: &Scale, spent: &mut Spent) -> Result<()> {
    let (before, me) = (phone.traffic, std::process::id());
    let (mine, its, begun) = (cpu(me), cpu(server), Instant::now());
    let mut exchanged = phone.sync(url)?;
    if (exchanged.settled as usize) < scale.here {
        spent.late += 1;
    }
    while (exchanged.settled as usize) < scale.here {
        let next = phone.sync(url)?;
        exchanged = Exchanged { settled: exchanged.settled + next.settled, rows: exchanged.rows + next.rows, ..next };
    }
    spent.times.push(begun.elapsed());
    let since = |then: Option<Duration>, pid| Some(cpu(pid)?.saturating_sub(then?));
    spent.client = spent.client.zip(since(mine, me)).map(|(all, more)| all + more);
    spent.server = spent.server.zip(since(its, server)).map(|(all, more)| all + more);
    ensure!(!exchanged.differs, "phone and server differ");
    ensure!((exchanged.settled as usize, exchanged.rows as usize) == (scale.here, scale.here + scale.there), "not everything crossed: {exchanged:?}");
    let Traffic { requests, up, down } = phone.traffic;
    spent.most_requests = spent.most_requests.max(requests - before.requests);
    spent.bytes += up + down - before.up - before.down;
    Ok(())
}
