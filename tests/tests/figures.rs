//! The engine's exact figures, measured small over real HTTP: requests, bytes, and what they tell. `cargo bench-sync` measures
//! the same at full size, with times (docs/PERFORMANCE.md).

use std::path::Path;

use minqing_tests::bench_sync::{Figures, Reconnect, Scale, Scenario, run, targets};

fn run_small(seed: u64, only: Scenario) -> Figures {
    let dir = tempfile::tempdir().unwrap();
    run(Path::new(env!("CARGO_BIN_EXE_bench-sync")), dir.path(), seed, &Scale::small(), Some(only)).unwrap()
}

fn measured(seed: u64, only: Scenario) -> Figures {
    let figures = run_small(seed, only);
    let targets = targets(&figures);
    assert!(targets.iter().any(|t| t.held), "nothing of it is held");
    assert!(targets.iter().all(|t| t.ok || !t.held), "{targets:?}");
    figures
}

fn exact(reconnect: Reconnect) -> [u64; 4] {
    [reconnect.requests, reconnect.late, reconnect.body_bytes, reconnect.entropy_bytes]
}

#[test]
fn a_phone_that_was_cut_off_comes_back_in_one_request_of_few_bytes_and_the_same_again() {
    let back = |seed| exact(measured(seed, Scenario::Reconnect).reconnect.unwrap());
    let [requests, late, bytes, entropy] = back(1);
    assert_eq!((requests, late), (1, 0));
    assert!(bytes > entropy, "nothing can cross in fewer bytes than it tells: {bytes} of {entropy}");
    assert_eq!(back(1), [requests, late, bytes, entropy]);
    assert_ne!(back(2)[3], entropy);
}

#[test]
fn an_idle_exchange_costs_the_same_few_bytes_at_both_sizes() {
    let idle = measured(1, Scenario::Idle).idle.unwrap();
    assert_eq!((idle.up_3k, idle.down_3k), (idle.up_30k, idle.down_30k));
    assert!(idle.up_3k <= 64 && idle.down_3k <= 64, "{idle:?}");
    assert_eq!(measured(1, Scenario::Idle).idle.unwrap(), idle);
}

#[test]
fn of_what_many_phones_upload_at_once_nothing_is_lost() {
    let ingest = measured(1, Scenario::Ingest).ingest.unwrap();
    let scale = Scale::small();
    assert_eq!((ingest.uploads as usize, ingest.lost), (scale.uploaders * scale.uploads, 0));
}

#[test]
fn every_matter_that_goes_along_the_line_comes_to_its_end_and_is_counted() {
    let scale = Scale::small();
    let line = run_small(1, Scenario::Pipeline).pipeline.unwrap();
    assert_eq!((line.matters as usize, line.events), (scale.line_matters, 6 * line.matters));
    let counted = run_small(1, Scenario::Figures).figures.unwrap();
    assert_eq!(counted.matters as usize, scale.counted);
}

#[test]
fn every_time_that_is_confirmed_is_claimed_to_the_minute() {
    let scale = Scale::small();
    let claims = run_small(1, Scenario::Claims).claims.unwrap();
    assert_eq!(claims.confirmed as usize, scale.bookers * scale.bookings);
}

#[test]
fn a_new_phone_is_filled_by_packs_of_few_bytes_and_the_same_again() {
    let fill = |seed| run_small(seed, Scenario::FirstSync).first_sync.unwrap();
    let first = fill(1);
    // An exchange, three packs, an exchange. Of a year and 2,000 doors it is 2.1 times what they tell.
    assert_eq!(first.requests, 5, "{first:?}");
    assert!(first.bytes > first.entropy_bytes && first.ratio <= 3.2, "{first:?}");
    let again = fill(1);
    assert_eq!((again.requests, again.bytes), (first.requests, first.bytes));
}

#[test]
fn a_grids_day_and_solomons_are_planned_whole_and_never_worse_than_at_first() {
    let rounds = measured(1, Scenario::Rounds).rounds.unwrap();
    assert!(rounds.unserved <= 0 && rounds.minutes <= rounds.insertion_minutes, "{rounds:?}");
    assert_eq!(measured(1, Scenario::Solomon).solomon.unwrap().unserved, 0);
    assert!(run_small(1, Scenario::Replan).replan.unwrap().ms > 0.0);
}
