//! What is half filled in survives whatever happens to the phone, and is there once: as a draft or as what it became.

use std::collections::BTreeSet;

use minqing_core::model::{NewMatter, NewVisit};
use minqing_tests::sim::Wal;

use super::{
    crash::at_each_frame,
    intruder::{door, matter, quiet, visit},
    salvage::{overwrite, salvage},
};

const HALF: &str = "{\"note\":\"写到一半\"}";

#[test]
fn a_phone_that_dies_while_it_records_has_the_draft_or_what_it_became() {
    let mut sim = quiet(2, 0x7c00);
    let door = door(&mut sim, 0);
    sim.reopen(0).unwrap();
    sim.phone(0).client.store().pragma("wal_autocheckpoint", 0).unwrap();
    let client = &mut sim.phone(0).client;
    let [of_visit, of_matter] = ["visit", "matter"].map(|kind| client.keep_draft(String::new(), kind.into(), door.clone(), HALF.into()).unwrap());
    let beyond = Wal::length(&sim.phone(0).dir.clone());
    let client = &mut sim.phone(0).client;
    client.record_visit(NewVisit { draft: of_visit, ..visit(&door, "写完了") }).unwrap();
    client.register_matter(NewMatter { draft: of_matter, ..matter(&door, "写完了") }).unwrap();
    let mut seen = BTreeSet::new();
    at_each_frame(&mut sim, beyond, |_, phone| {
        let at = phone.client.household(door.clone()).unwrap();
        let half: Vec<String> = phone.client.drafts().unwrap().into_iter().map(|draft| draft.kind).collect();
        assert_eq!(half.contains(&"visit".to_owned()), at.visits.is_empty(), "the visit: {half:?}");
        assert_eq!(half.contains(&"matter".to_owned()), at.matters.is_empty(), "the matter: {half:?}");
        seen.insert(half.len());
    });
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn drafts_are_brought_over_from_a_damaged_file() {
    let mut sim = quiet(2, 0x7c10);
    let door = door(&mut sim, 0);
    let client = &mut sim.phone(0).client;
    for n in 0..40 {
        client.keep_draft(String::new(), "visit".into(), if n % 2 == 0 { door.clone() } else { String::new() }, "长".repeat(100 + n * 80)).unwrap();
    }
    let before = client.drafts().unwrap();
    sim.damage_phone(0, |dir| overwrite(dir, 1..=3, 5)).unwrap();
    salvage(&mut sim, 0);
    assert_eq!(sim.phone(0).client.drafts().unwrap(), before);
}
