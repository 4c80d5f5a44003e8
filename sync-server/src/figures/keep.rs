//! Counting as it happens: what one more thing makes of a kept matter, and counting again from the log where nothing was kept.

use minqing_core::{
    Id,
    pipeline::{Happened, Matter, happened},
};

use super::{Calendars, Tally};
use crate::{
    app::App,
    storage::{Result, log::KeptMatter},
    sync::{Applying, Trials, show_matter},
};

/// Matters counted again in one transaction.
const BATCH: u32 = 200;

/// Brings a matter's counts up to what happened; `kept.matter` is as it was before.
pub fn follow(kept: &KeptMatter, id: Id, all: &[Happened], calendars: &impl Calendars) -> Option<Tally> {
    // What was never counted is counted from the log, all of it.
    let start = if kept.matter.is_none() { Some(Tally::default()) } else { kept.tally.clone() };
    let (mut tally, mut matter) = (start?, kept.matter.clone());
    for next in all {
        (tally, matter) = step(tally, matter, id, next, calendars);
    }
    Some(tally)
}

/// The counts of a matter, from all that happened.
pub fn tally_of(id: Id, all: &[Happened], calendars: &impl Calendars) -> Tally {
    all.iter().fold((Tally::default(), None), |(tally, matter), next| step(tally, matter, id, next, calendars)).0
}

fn step(tally: Tally, before: Option<Matter>, id: Id, next: &Happened, calendars: &impl Calendars) -> (Tally, Option<Matter>) {
    match Matter::and(before.as_ref(), id, next.clone()) {
        Some(after) => (tally.and(before.as_ref(), next, &after, calendars), Some(after)),
        // What no row covers moves nothing and counts nothing.
        None => (tally, before),
    }
}

/// Counts the matters that were never counted, as after an upgrade, and shows each as this version does; returns how many.
///
/// # Errors
/// `store.failed`, `store.damaged`; then those before are counted, and the rest is the next time.
pub fn count_again(app: &App) -> Result<usize> {
    let mut done = 0;
    loop {
        let uncounted = app.store.uncounted(BATCH)?;
        if uncounted.is_empty() {
            return Ok(done);
        }
        done += uncounted.len();
        let now_ms = app.clock.now_ms();
        app.store.apply(&mut |unit| {
            let mut trials = Trials::default();
            let mut a = Applying::new(app, unit, &mut trials, now_ms);
            uncounted.iter().try_for_each(|id| count_one(&mut a, *id))
        })?;
    }
}

fn count_one(a: &mut Applying<'_>, id: Id) -> Result<()> {
    let Some(mut kept) = a.unit.matter(id)? else { return Ok(()) };
    let (events, facts) = a.unit.told_of(id)?;
    let tally = tally_of(id, &happened(&events, facts), &*a.rules);
    a.unit.keep_tally(id, &tally)?;
    kept.tally = Some(tally);
    show_matter(a, id, &kept)
}
