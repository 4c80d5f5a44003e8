//! Kept inputs, changed in every way: the same ones in each run, more of them with `MINQING_CASES=<n>`. One that breaks a
//! reader is made small and kept.

use proptest::{
    prelude::*,
    sample::Index,
    test_runner::{RngSeed, TestError, TestRunner},
};

use super::{
    corpus::{keep, kept},
    targets::{ALL, Target},
};

#[derive(Clone, Debug)]
enum Edit {
    Flip(Index, u8),
    Cut(Index),
    Drop(Index, u8),
    Put(Index, Vec<u8>),
    Again(Index, u8, u8),
    /// A length or a number at its end.
    Large(Index, usize),
}

const LARGE: [&[u8]; 8] = [
    &[0xff; 4],
    &[0x7f, 0xff, 0xff, 0xff],
    &[0x80, 0, 0, 0],
    &[0xff; 8],
    &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    &[0x5b, 0, 0, 0, 1, 0, 0, 0, 0],
    &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    &[0x9f],
];

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        4 => (at(), 1u8..).prop_map(|(at, by)| Edit::Flip(at, by)),
        1 => at().prop_map(Edit::Cut),
        1 => (at(), any::<u8>()).prop_map(|(at, n)| Edit::Drop(at, n)),
        2 => (at(), prop::collection::vec(any::<u8>(), 1..9)).prop_map(|(at, bytes)| Edit::Put(at, bytes)),
        1 => (at(), 1u8.., 1u8..40).prop_map(|(at, n, times)| Edit::Again(at, n, times)),
        2 => (at(), 0..LARGE.len()).prop_map(|(at, which)| Edit::Large(at, which)),
    ]
}

fn edited(bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for edit in edits {
        if out.is_empty() {
            break;
        }
        let len = out.len();
        let upto = |at: usize, n: u8| (at + usize::from(n)).min(len);
        match edit {
            Edit::Flip(at, by) => out[at.index(len)] ^= by,
            Edit::Cut(at) => out.truncate(at.index(len)),
            Edit::Drop(at, n) => drop(out.drain(at.index(len)..upto(at.index(len), *n))),
            Edit::Put(at, bytes) => drop(out.splice(at.index(len)..at.index(len), bytes.iter().copied())),
            Edit::Again(at, n, times) => {
                let piece = out[at.index(len)..upto(at.index(len), *n)].repeat(usize::from(*times));
                drop(out.splice(at.index(len)..at.index(len), piece));
            }
            Edit::Large(at, which) => {
                let from = at.index(len);
                drop(out.splice(from..(from + LARGE[*which].len()).min(len), LARGE[*which].iter().copied()));
            }
        }
    }
    out
}

fn made(target: &Target, kept: &[(String, Vec<u8>)], which: Index, edits: &[Edit], within: bool) -> Vec<u8> {
    let (_, bytes) = &kept[which.index(kept.len())];
    match (target.open)(bytes).filter(|_| within) {
        Some(inner) => (target.close)(&edited(&inner, edits)),
        None => edited(bytes, edits),
    }
}

fn search(target: &Target) {
    let cases = std::env::var("MINQING_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let config = ProptestConfig { cases, rng_seed: RngSeed::Fixed(11), failure_persistence: None, ..ProptestConfig::default() };
    let kept = kept(target);
    let strategy = (any::<Index>(), prop::collection::vec(edit(), 0..6), any::<bool>());
    let searched = TestRunner::new(config).run(&strategy, |(which, edits, within)| {
        (target.read)(&made(target, &kept, which, &edits, within));
        Ok(())
    });
    match searched {
        Ok(()) => {}
        Err(TestError::Fail(why, (which, edits, within))) => {
            let file = keep(target, &made(target, &kept, which, &edits, within));
            panic!("{}: {why}\nkept as {file}", target.name);
        }
        Err(other) => panic!("{}: {other}", target.name),
    }
}

/// The targets of these names.
fn search_all(names: &[&str]) {
    let found: Vec<_> = ALL.iter().filter(|target| names.contains(&target.name)).collect();
    assert_eq!(found.len(), names.len());
    found.into_iter().for_each(search);
}

#[test]
fn changed_frames_and_envelopes_harm_nobody() {
    search_all(&["up", "down", "envelope", "items", "event", "fact"]);
}

#[test]
fn changed_bundles_harm_nobody() {
    search_all(&["bundle"]);
}

#[test]
fn changed_packs_harm_nobody() {
    search_all(&["pack-list", "pack-part"]);
}

#[test]
fn changed_changes_come_in_only_where_honest_people_can_go_on() {
    search_all(&["change"]);
}

#[test]
fn changed_pictures_and_voices_harm_nobody() {
    search_all(&["photo", "voice"]);
}

#[test]
fn edits_change_bytes() {
    let bytes: Vec<u8> = (0..100).collect();
    let mut runner = TestRunner::new(ProptestConfig { cases: 100, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() });
    let mut changed = std::cell::Cell::new(0);
    runner
        .run(&prop::collection::vec(edit(), 1..3), |edits| {
            changed.set(changed.get() + u32::from(edited(&bytes, &edits) != bytes));
            Ok(())
        })
        .unwrap();
    assert!(*changed.get_mut() > 80, "{changed:?} of 100");
}
