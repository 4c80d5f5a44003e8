//! Each guard is taken away by itself, and a story shows what it was good for: an invariant that fails, by its number. A guard whose
//! absence nobody notices protects nothing.

use std::fs;

use minqing_core::guards::Guards;
use minqing_tests::sim::{Plot, Told, tell};

/// The rows of docs/TESTING.md, "Soak": guard, invariant, seed.
fn table() -> Vec<(String, usize, u64)> {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/TESTING.md")).unwrap();
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, guard, invariant, seed, _] = cells[..] else { return None };
        let guard = guard.strip_prefix('`')?.strip_suffix('`')?;
        Guards::without(guard)?;
        Some((guard.to_owned(), invariant.parse().ok()?, seed.parse().ok()?))
    });
    rows.collect()
}

fn without(guard: &str, seed: u64) -> Told {
    tell(Plot { guards: Guards::without(guard).unwrap(), ..Plot::whole(seed) })
}

#[test]
fn each_guard_that_is_taken_away_breaks_the_invariant_that_the_table_names() {
    let table = table();
    for (guard, invariant, seed) in &table {
        let broken = without(guard, *seed).broken.map(|broken| broken.invariant);
        assert_eq!(broken, Some(*invariant), "seed {seed} without {guard}; cargo soak --guard-off {guard} finds another");
        // And with it the same story is whole.
        let whole = tell(Plot::whole(*seed)).broken;
        assert!(whole.is_none(), "seed {seed} breaks an invariant with all guards: {}", whole.unwrap());
    }
    let named: Vec<&str> = table.iter().map(|(guard, ..)| guard.as_str()).collect();
    for (guard, _) in Guards::ALL {
        assert!(named.contains(guard), "docs/TESTING.md does not say what {guard} is good for");
    }
}
