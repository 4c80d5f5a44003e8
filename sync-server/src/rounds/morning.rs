//! Each morning, before anybody sets out, the server plans the day of every grid that nobody has planned yet, for officers whose shifts are set.

use std::{collections::BTreeSet, path::Path, time::Duration};

use minqing_core::{
    Id,
    clock::{MINUTE_MS, day_start, local_date},
};

use super::{Asked, plan_day};
use crate::{app::App, fault::Fault, lease::Lease};

/// From this minute of the day on, 05:30, until this one, 08:00, when the first doors open.
const MORNING: std::ops::Range<i64> = 330..480;
/// How long to look for a better plan of a grid.
const LIMIT: Duration = Duration::from_secs(5);

/// Plans what is not planned of today, where it is early enough, unless another process is at it. Returns how many grids that were.
///
/// # Errors
/// `store.failed`. A grid that cannot be planned is logged, and does not hold up the others.
pub fn plan_mornings(app: &App, program: Option<&Path>) -> Result<usize, Fault> {
    let now_ms = app.clock.now_ms();
    let day = local_date(now_ms);
    if !MORNING.contains(&((now_ms - day_start(day)) / MINUTE_MS)) {
        return Ok(0);
    }
    let grids = unplanned(app)?;
    if grids.is_empty() {
        return Ok(0);
    }
    let Some(lease) = Lease::take(app, "rounds")? else { return Ok(0) };
    let mut planned = 0;
    for (community, grid) in grids {
        if !lease.renew()? {
            break;
        }
        let asked = Asked { community, grid, day, limit: LIMIT, seed: 0 };
        match plan_day(app, &asked, program) {
            Ok(_) => planned += 1,
            Err(e) => tracing::error!(code = e.code, grid = asked.grid, "the day of a grid could not be planned"),
        }
    }
    lease.give_back()?;
    Ok(planned)
}

/// The grids of whose officers one with shifts has no round of today.
fn unplanned(app: &App) -> Result<BTreeSet<(String, String)>, Fault> {
    let (rules, day) = (app.rules.get(), local_date(app.clock.now_ms()));
    let mut grids = BTreeSet::new();
    for community in app.store.open_communities("")? {
        let planned: BTreeSet<_> = app.store.rounds(&community.id, day, day)?.into_iter().map(|round| round.officer).collect();
        let waits = |id: Id| !planned.contains(&id) && !rules.officer(id).shifts.is_empty();
        for seen in app.store.officers(Some(&community.id))?.iter().filter(|seen| seen.disabled_ms.is_none() && waits(seen.officer.id)) {
            grids.extend(rules.home_grid(&seen.officer).map(|grid| (community.id.clone(), grid)));
        }
    }
    Ok(grids)
}
