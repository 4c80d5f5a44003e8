//! The line alone: matters that officers register, settle, tell and have rated at their doors, brought to an office opened in this
//! process. Counted is what the server does with an upload of events: signature and other checks, inbox, verdict, lists and
//! figures, log; every transaction durable.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use minqing_core::{
    Id,
    clock::At,
    envelope::ItemKind,
    event::Event,
    model::{Category, EventCode, HandlingType, Role},
};
use minqing_sync_server::figures::{self, Asked};

use super::{
    author::Author,
    cards,
    corpus::enrol_all,
    draw::Draw,
    machine::rounded,
    matters::register,
    office::{NEW_YEAR, Office},
    report::Pipeline,
    scale::Scale,
    words::Words,
};
use crate::line::words::{self, Word};

/// Doors of the grid.
const DOORS: usize = 50;
/// Five stars.
const STARS: u8 = 5;

/// Brings all events, and looks that every matter came to its end.
pub fn measure(program: &Path, dir: &Path, seed: u64, scale: &Scale) -> Result<Pipeline> {
    let mut office = Office::open(program, dir, seed, 1)?;
    let (mut draw, sentences) = (Draw::new(seed, 5), Words::load());
    let mut authors = enrol_all(&mut office, &mut draw, &[vec![1]])?;
    let app = office.app()?;
    let doors = cards::write(&app, &mut draw, &sentences, DOORS, 1)?;
    let author = authors.first_mut().ok_or_else(|| anyhow::anyhow!("nobody is enrolled"))?;
    let mut events = 0;
    for k in 0..scale.line_matters {
        events += matter(author, &mut draw, doors[k % doors.len()]);
    }
    let mut taken = Duration::ZERO;
    for request in author.requests() {
        let begun = Instant::now();
        let answer = author.exchange(&app, &request)?;
        taken += begun.elapsed();
        super::author::all_in_log(&answer)?;
    }
    let found = figures::table(app.store.as_ref(), &Asked::default())?.total;
    let matters = scale.line_matters as u64;
    ensure!((found.received, found.solved, found.satisfaction.n) == (matters, matters, matters), "not every matter came to its end: {found:?}");
    Ok(Pipeline { events, matters, events_per_s: rounded(events as f64 / taken.as_secs_f64(), 0) })
}

/// Everything that happens to a matter; how many events that is.
fn matter(author: &mut Author, draw: &mut Draw, door: Id) -> u64 {
    let id = draw.id(NEW_YEAR);
    let home = words::register_as(register(draw, door));
    let rate = words::rate_with(id, Id::named(&["resident", &id.to_string()]), STARS, false, true);
    let all: [Word; 6] = [
        home,
        words::plain(EventCode::Note),
        words::accept_with(HandlingType::Immediate, None, None, Some(Category::Environment)),
        words::plain(EventCode::SolveOnSpot),
        words::feedback(id, true),
        rate,
    ];
    let mut after = None;
    for (saw, word) in (0..).zip(&all) {
        let event = Event {
            id: draw.id(NEW_YEAR),
            code: word.code.number(),
            by: author.officer,
            role: Role::Officer.number(),
            at: At::by_server(NEW_YEAR),
            saw,
            after,
            payload: word.payload.clone(),
        };
        after = Some(event.id);
        author.put(ItemKind::Event, id, event.encode());
    }
    all.len() as u64
}
