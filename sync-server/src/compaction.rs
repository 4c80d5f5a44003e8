//! When old rows' bytes are let go of (docs/SYNC.md, "Compaction"): by one process, every hour, a little at a time.

use std::time::Duration;

use minqing_core::clock::DAY_MS;
use serde::Serialize;

use crate::{app::App, fault::Fault, lease::Lease, storage::Compacted};

/// How often it is looked whether rows have become old enough.
const EVERY: Duration = Duration::from_secs(3_600);
/// Rows of one transaction: so short that applying and receiving hardly notice.
const STEP: u32 = 500;

/// What was let go of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LetGo {
    /// Streams of which something was.
    pub streams: u64,
    /// Rows whose bytes were.
    pub rows: u64,
    /// How many bytes that was; the file keeps its size and uses their room again.
    pub bytes: u64,
    /// Old changes whose bytes stay, since no document gives them back: see `minqing rebuild --check`.
    pub kept: u64,
}

/// Compacts now and every hour, until the server stops.
pub async fn keep_compacted(app: App) {
    loop {
        if let Err(e) = app.work(|app| compact_all(app, app.config.log.keep_days)).await {
            tracing::error!(code = e.code, "the log could not be compacted; it is tried again");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Lets go of the bytes of all changes that are older than so many days and that their documents hold. While another process does
/// it, nothing.
///
/// # Errors
/// `store.failed`.
pub fn compact_all(app: &App, keep_days: u32) -> Result<LetGo, Fault> {
    let mut all = LetGo::default();
    let Some(lease) = Lease::take(app, "compaction")? else { return Ok(all) };
    let before_ms = app.clock.now_ms() - i64::from(keep_days) * DAY_MS;
    let mut ends = Vec::new();
    app.store.at_one_moment(&mut |moment| {
        ends = moment.stream_ends()?;
        Ok(())
    })?;
    for end in ends {
        let of_stream = compact_stream(app, &lease, &end.name, before_ms)?;
        if of_stream.rows > 0 {
            tracing::info!(stream = end.name, rows = of_stream.rows, bytes = of_stream.bytes, "old rows are kept in their documents alone");
        }
        all.streams += u64::from(of_stream.rows > 0);
        all.rows += of_stream.rows;
        all.bytes += of_stream.bytes;
        all.kept += of_stream.kept;
    }
    lease.give_back()?;
    if all.kept > 0 {
        tracing::warn!(rows = all.kept, "old rows are not in their documents; see `minqing rebuild --check`");
    }
    Ok(all)
}

fn compact_stream(app: &App, lease: &Lease<'_>, stream: &str, before_ms: i64) -> Result<Compacted, Fault> {
    let mut all = Compacted::default();
    loop {
        let step = app.store.compact(stream, before_ms, STEP)?;
        let goes_on = step.seq > all.seq;
        all = Compacted { rows: all.rows + step.rows, bytes: all.bytes + step.bytes, kept: all.kept + step.kept, ..step };
        // A document that is written on all the time is left for the next hour.
        if !step.more || !goes_on || !lease.renew()? {
            return Ok(all);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use minqing_core::model::{Address, NewHousehold, grid_id};

    use super::*;
    use crate::{
        rebuild,
        sync::add_households,
        testing::{COMMUNITY, Counting, World},
    };

    fn with_doors() -> World {
        let world = World::open();
        let door = |room: u32| {
            let address =
                Address { community: COMMUNITY.into(), estate: "畅家苑".into(), building: "3".into(), room: room.to_string(), ..Address::default() };
            NewHousehold { grid: grid_id(COMMUNITY, 1), address, note: String::new(), residents: Vec::new() }
        };
        add_households(&world.app, &(1..=STEP + 20).map(door).collect::<Vec<_>>()).unwrap();
        world
    }

    #[test]
    fn what_is_old_enough_is_let_go_step_by_step_and_the_log_is_as_good_as_before() {
        let world = with_doors();
        let (app, before) = (&world.app, world.store().body_bytes().unwrap());
        assert_eq!(compact_all(app, 90).unwrap(), LetGo::default());
        world.clock.turn(90 * DAY_MS + 1);
        let done = compact_all(app, 90).unwrap();
        assert_eq!((done.streams, done.rows, done.kept), (1, u64::from(STEP) + 20, 0));
        assert_eq!(world.store().body_bytes().unwrap(), before - done.bytes);
        assert!(rebuild::check(&*world.app.store).unwrap().is_good());
        assert_eq!(compact_all(app, 90).unwrap(), LetGo::default(), "once");
    }

    #[test]
    fn one_process_compacts_at_a_time() {
        let world = with_doors();
        world.clock.turn(90 * DAY_MS + 1);
        let other = App::open((*world.app.config).clone(), world.clock.clone(), Arc::new(Counting::from(7))).unwrap();
        let held = Lease::take(&other, "compaction").unwrap().unwrap();
        assert_eq!(compact_all(&world.app, 90).unwrap(), LetGo::default());
        held.give_back().unwrap();
        assert!(compact_all(&world.app, 90).unwrap().rows > 0);
    }
}
