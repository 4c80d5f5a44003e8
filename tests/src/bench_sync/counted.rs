//! All figures over many matters: in total and by area, department, channel, category, type and month, in one reading.

use std::{path::Path, time::Instant};

use anyhow::{Result, ensure};
use minqing_core::model::{Category, Channel, HandlingType, grid_id};
use minqing_sync_server::figures::{self, Asked, Counted, Counts};

use super::{
    draw::Draw,
    machine::{percentile_ms, rounded},
    office::{COMMUNITY, DAY, NEW_YEAR, Office},
    report::Counting,
    scale::Scale,
};

/// Readings, of which the one in the middle counts.
const READINGS: usize = 9;
/// Matters written in one transaction.
const BATCH: usize = 2_000;
/// Grids, and departments.
const GRIDS: u64 = 10;
const DEPARTMENTS: u64 = 8;

/// Fills what figures are added up from, and adds them up.
pub fn measure(program: &Path, dir: &Path, seed: u64, scale: &Scale) -> Result<Counting> {
    let mut office = Office::open(program, dir, seed, u16::try_from(GRIDS)?)?;
    let app = office.app()?;
    let mut draw = Draw::new(seed, 6);
    let rows: Vec<Counted> = (0..scale.counted).map(|_| matter(&mut draw)).collect();
    for some in rows.chunks(BATCH) {
        app.store.apply(&mut |unit| some.iter().try_for_each(|row| unit.count_matter(row, &[])))?;
    }
    let asked = Asked { area: COMMUNITY.into(), ..Asked::default() };
    let mut times = Vec::new();
    for _ in 0..READINGS {
        let begun = Instant::now();
        let table = figures::table(app.store.as_ref(), &asked)?;
        times.push(begun.elapsed());
        ensure!(table == figures::Table::of(&rows, &asked), "what was read is not what was written");
    }
    Ok(Counting { matters: rows.len() as u64, ms: rounded(percentile_ms(&times, 0.5), 1) })
}

/// A matter of some year, as one that went its way would be counted.
fn matter(draw: &mut Draw) -> Counted {
    let received_ms = NEW_YEAR + draw.below(365) as i64 * DAY;
    let ended_ms = draw.happens(90).then(|| received_ms + draw.below(40) as i64 * DAY);
    let (handled, rated) = (u64::from(draw.happens(70)), u64::from(draw.happens(60)));
    let counts = Counts {
        assigned: handled + draw.below(2),
        signed: handled,
        handled,
        on_time: if draw.happens(90) { handled } else { 0 },
        late: draw.below(30_000),
        fen: draw.below(100_000),
        told_at_door: draw.below(3),
        overdue: u64::from(draw.happens(5)),
        solved: u64::from(draw.happens(80)),
        asked: rated,
        confirmed: if draw.happens(85) { rated } else { 0 },
        invited: 1,
        rated,
        satisfied: if draw.happens(88) { rated } else { 0 },
        ..Counts::default()
    };
    Counted {
        matter: draw.bytes(),
        community: COMMUNITY.into(),
        grid: grid_id(COMMUNITY, u16::try_from(draw.below(GRIDS)).unwrap_or(0) + 1),
        department: draw.happens(80).then_some([u8::try_from(draw.uncounted(DEPARTMENTS)).unwrap_or(0) + 1; 16]),
        channel: draw.one_of(Channel::ALL).number(),
        category: draw.one_of(Category::ALL).number(),
        handling: draw.one_of(HandlingType::ALL).number(),
        received_ms,
        ended_ms,
        counts,
    }
}
