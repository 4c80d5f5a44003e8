//! Booking alone: appointments that officers proposed and confirmed at their doors, brought to an office opened in this process; then
//! such that the office confirms, each in a transaction of its own. After the rate, claims and booked minutes must agree.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use minqing_core::{
    Id,
    appointment::{Confirm, Propose, Request, Said, Slot},
    clock::{At, MINUTE_MS},
    envelope::ItemKind,
    event::Event,
    model::{AppointmentEvent, AppointmentPurpose, AppointmentState, Role},
};
use minqing_sync_server::{
    App,
    booking::{Deed, act},
};

use super::{
    author::{Author, all_in_log},
    cards,
    corpus::enrol_all,
    draw::Draw,
    machine::rounded,
    office::{COMMUNITY, DAY, NEW_YEAR, Office},
    report::Claims,
    scale::Scale,
    words::Words,
};

/// Doors of the grid.
const DOORS: usize = 50;
/// Visits of an officer on one day: as many as may be.
const A_DAY: usize = 20;
/// Those before noon; the others are in the afternoon.
const BEFORE_NOON: usize = 9;
/// Minutes of a visit, and from one to the next: its buffer is between.
const MINUTES: u16 = 20;
const APART: usize = 30;
/// The ordinal of the hold: request, proposal, hold.
const HELD: u64 = 3;
/// People at the office who confirm at the same time.
const DESKS: usize = 16;

/// An appointment that is held.
struct Held {
    id: Id,
    /// The last event that its author wrote.
    after: Id,
}

/// Books all of them, and looks that every one is promised and nobody's time given twice.
pub fn measure(program: &Path, dir: &Path, seed: u64, scale: &Scale) -> Result<Claims> {
    let mut office = Office::open(program, dir, seed, 1)?;
    let (mut draw, sentences) = (Draw::new(seed, 6), Words::load());
    let mut authors = enrol_all(&mut office, &mut draw, &vec![vec![1]; scale.bookers])?;
    let app = office.app()?;
    let doors = cards::write(&app, &mut draw, &sentences, DOORS, 1)?;
    let (mut at_doors, mut at_desks) = (Vec::new(), Vec::new());
    let mut taken = Duration::ZERO;
    for author in &mut authors {
        let asked = ask(author, &mut draw, &doors, scale.bookings, &app)?;
        let held = propose(author, &mut draw, &asked);
        taken += bring(author, &app)?;
        // Every fourth is the office's to confirm.
        let (by_office, by_officer): (Vec<_>, Vec<_>) = held.into_iter().enumerate().partition(|(n, _)| n % 4 == 3);
        for (_, held) in &by_officer {
            put(author, &mut draw, held.id, AppointmentEvent::Confirm, &Said::Confirm(Confirm { sequence: 0 }), HELD, Some(held.after));
        }
        taken += bring(author, &app)?;
        at_doors.extend(by_officer);
        at_desks.extend(by_office.into_iter().map(|(_, held)| held.id));
    }
    let staff = draw.id(NEW_YEAR);
    let desk_s = at_desk(&app, staff, &at_desks)?;
    agree(&app, at_doors.len() + at_desks.len())?;
    let (confirmed, by_desk) = (at_doors.len(), at_desks.len());
    // The time of those that were only held counts, too: it was taken.
    let per_s = rounded(confirmed as f64 / taken.as_secs_f64(), 0);
    Ok(Claims { confirmed: (confirmed + by_desk) as u64, per_s, desk_per_s: rounded(by_desk as f64 / desk_s, 0) })
}

/// Asks for visits at doors, one after the other.
fn ask(author: &mut Author, draw: &mut Draw, doors: &[Id], count: usize, app: &App) -> Result<Vec<Held>> {
    let asked: Vec<Held> = (0..count)
        .map(|n| {
            let household = doors[n % doors.len()];
            let request = Request { household, purpose: AppointmentPurpose::Feedback, matter: None, windows: Vec::new(), minutes: MINUTES, persons: 1 };
            let id = draw.id(NEW_YEAR);
            Held { id, after: put(author, draw, id, AppointmentEvent::Request, &Said::Request(request), 0, None) }
        })
        .collect();
    bring(author, app)?;
    Ok(asked)
}

/// Names a time for each, none of which meet.
fn propose(author: &mut Author, draw: &mut Draw, asked: &[Held]) -> Vec<Held> {
    let named = asked.iter().enumerate().map(|(n, asked)| {
        let slot = Slot { start_ms: start_ms(n), minutes: MINUTES, officers: vec![author.officer] };
        let said = Said::Propose(Propose { slot });
        Held { id: asked.id, after: put(author, draw, asked.id, AppointmentEvent::Propose, &said, 1, Some(asked.after)) }
    });
    named.collect()
}

/// When an officer's visit begins.
fn start_ms(n: usize) -> i64 {
    let (day, place) = (1 + n / A_DAY, n % A_DAY);
    let minute = if place < BEFORE_NOON { 8 * 60 + place * APART } else { 14 * 60 + 30 + (place - BEFORE_NOON) * APART };
    NEW_YEAR + day as i64 * DAY + minute as i64 * MINUTE_MS
}

/// Writes an event beside those to be sent; its id.
fn put(author: &mut Author, draw: &mut Draw, appointment: Id, code: AppointmentEvent, said: &Said, saw: u64, after: Option<Id>) -> Id {
    let id = draw.id(NEW_YEAR);
    let (by, role, at) = (author.officer, Role::Officer.number(), At::by_server(NEW_YEAR));
    let event = Event { id, code: code.number(), by, role, at, saw, after, payload: said.encode() };
    author.put(ItemKind::Event, appointment, event.encode());
    id
}

/// Brings what was written; how long the server took.
fn bring(author: &mut Author, app: &App) -> Result<Duration> {
    let mut taken = Duration::ZERO;
    for request in author.requests() {
        let begun = Instant::now();
        let answer = author.exchange(app, &request)?;
        taken += begun.elapsed();
        all_in_log(&answer)?;
    }
    Ok(taken)
}

/// Many at the office confirm at once, each deed in its own transaction; the seconds it took.
fn at_desk(app: &App, staff: Id, held: &[Id]) -> Result<f64> {
    let next = AtomicUsize::new(0);
    let confirm = || -> Result<()> {
        while let Some(appointment) = held.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (code, said) = (AppointmentEvent::Confirm, Said::Confirm(Confirm { sequence: 0 }));
            let deed = Deed { appointment: *appointment, by: staff, role: Role::Clerk, code, said, saw: HELD, only_if_free: false };
            act(app, COMMUNITY, &deed).map_err(|e| anyhow::anyhow!("a confirmation was refused: {e:?}"))?;
        }
        Ok(())
    };
    let begun = Instant::now();
    thread::scope(|scope| {
        let desks: Vec<_> = (0..DESKS).map(|_| scope.spawn(confirm)).collect();
        desks.into_iter().try_for_each(|desk| desk.join().map_err(|_| anyhow::anyhow!("a desk panicked"))?)
    })?;
    Ok(begun.elapsed().as_secs_f64())
}

/// Whether all are promised, and five minutes a claim are the booked minutes of each person, rounded up to whole claims.
fn agree(app: &App, all: usize) -> Result<()> {
    let (mut booked, mut claimed): (BTreeMap<Id, u32>, BTreeMap<Id, u32>) = Default::default();
    let mut promised = 0;
    app.store.at_one_moment(&mut |store| {
        for (_, kept) in store.appointments()? {
            let Some(a) = kept.appointment.filter(|a| a.state == AppointmentState::Confirmed) else { continue };
            promised += 1;
            for slot in a.slot.iter() {
                let minutes = u32::from(slot.minutes + a.buffer).div_ceil(5) * 5;
                slot.officers.iter().for_each(|officer| *booked.entry(*officer).or_default() += minutes);
            }
        }
        for (person, _, _) in store.claims()? {
            *claimed.entry(person).or_default() += 5;
        }
        Ok(())
    })?;
    ensure!(promised == all, "{promised} of {all} are promised");
    ensure!(!booked.is_empty() && booked == claimed, "claims and booked minutes differ: {claimed:?} {booked:?}");
    Ok(())
}
