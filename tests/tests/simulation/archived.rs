//! Volumes of visits of a year that is over leave the phones, and come back when somebody writes on them.

use anyhow::ensure;
use minqing_core::{
    Id,
    model::{FollowUpEdit, NewFollowUp, NewVisit},
};
use minqing_sync_server::{rebuild, sync::archive_all};
use minqing_tests::{
    deeds::Deed,
    file::lies_in,
    sim::{Plot, Sim, for_seeds},
};

use super::intruder::{quiet, visit};

/// From September into March of the next year.
const WINTER_MS: i64 = 190 * 86_400_000;
const SECRET: &str = "钥匙放在邻居家";

/// Visits at two doors of phone 1, one of them with something left to be done, and half a year later; the doors.
fn old_visits(seed: u64) -> (Sim, [String; 2]) {
    let mut sim = quiet(3, seed);
    let doors = sim.phone(1).client.households(0, 2).unwrap().into_iter().map(|row| row.id).collect::<Vec<_>>();
    let doors: [String; 2] = doors.try_into().unwrap();
    sim.save(1, &Deed::Visit(visit(&doors[0], SECRET))).unwrap();
    let follow_ups = vec![NewFollowUp { what: "带表格来".into(), due: String::new() }];
    sim.save(1, &Deed::Visit(NewVisit { follow_ups, ..visit(&doors[1], "还要再来") })).unwrap();
    sim.settle().unwrap();
    sim.hands().turn(WINTER_MS);
    (sim, doors)
}

/// The visits at a door that a phone shows, and the years that lie at the office alone.
fn shown(sim: &mut Sim, phone: usize, door: &str) -> (usize, Vec<i16>) {
    let detail = sim.phone(phone).client.household(door.into()).unwrap();
    (detail.visits.len(), detail.archived_years)
}

fn archive(sim: &Sim) -> u64 {
    archive_all(sim.app(), 60).unwrap().volumes
}

fn all_is_well(sim: &mut Sim) {
    sim.settle().unwrap();
    sim.check_nothing_put_aside().unwrap();
    sim.check_same_everywhere().unwrap();
    for phone in 0..3 {
        let body = sim.phone(phone).client.next_exchange().unwrap();
        let answer = sim.serve(phone, &body).unwrap().unwrap();
        assert!(!sim.phone(phone).client.take_answer(answer).unwrap().differs);
    }
    assert!(rebuild::check(&*sim.app().store).unwrap().is_good());
}

#[test]
fn a_volume_of_a_year_that_is_over_leaves_the_phones_but_where_something_is_to_be_done() {
    let (mut sim, doors) = old_visits(0xa1);
    assert_eq!(archive_all(sim.app(), 365).unwrap().volumes, 0, "too early");
    assert_eq!((archive(&sim), archive(&sim)), (1, 0), "once, and the one with nothing left to be done");
    all_is_well(&mut sim);
    for phone in [0, 1] {
        assert_eq!(shown(&mut sim, phone, &doors[0]), (0, vec![2026]));
        assert_eq!(shown(&mut sim, phone, &doors[1]), (1, vec![]));
    }
    assert!(sim.phone(1).client.tidy().unwrap());
    let dir = sim.phone(1).dir.clone();
    assert!(!lies_in(&dir, SECRET).unwrap(), "bytes of it are in the file");
    // Whoever comes later hears of it too, by rows or by a pack.
    let by_rows = sim.join().unwrap();
    sim.settle().unwrap();
    minqing_sync_server::pack::build(sim.app(), "grid:620102001001002").unwrap().expect("a pack that adds up");
    let by_pack = loop {
        let number = sim.join().unwrap();
        if number % 2 == 1 {
            break number;
        }
    };
    all_is_well(&mut sim);
    let mut told: Vec<_> = [by_rows, by_pack].into_iter().filter(|number| number % 2 == 1).collect();
    told.dedup();
    for phone in told {
        assert_eq!(shown(&mut sim, phone, &doors[0]), (0, vec![2026]));
    }
    // What was to be done is done.
    done(&mut sim, 1).unwrap();
    sim.settle().unwrap();
    assert_eq!(archive(&sim), 1);
    all_is_well(&mut sim);
    assert_eq!(shown(&mut sim, 0, &doors[1]), (0, vec![2026]));
    sim.check_nothing_lost().unwrap();
}

#[test]
fn who_writes_on_an_archived_volume_brings_it_back_for_everybody() {
    let (mut sim, doors) = old_visits(0xa2);
    // Away since autumn, with something written then and something written now.
    let old = sim.phone(1).client.household(doors[0].clone()).unwrap().visits.remove(0);
    let volume = Id::visits(doors[0].parse().unwrap(), 2026).to_string();
    sim.save(1, &Deed::VisitNote { visit: old.id, volume, note: "他搬到儿子家了".into() }).unwrap();
    assert_eq!(archive(&sim), 1);
    for _ in 0..3 {
        let body = sim.phone(0).client.next_exchange().unwrap();
        let answer = sim.serve(0, &body).unwrap().unwrap();
        sim.phone(0).client.take_answer(answer).unwrap();
    }
    assert_eq!(shown(&mut sim, 0, &doors[0]), (0, vec![2026]));
    all_is_well(&mut sim);
    for phone in [0, 1] {
        assert_eq!(shown(&mut sim, phone, &doors[0]), (1, vec![]));
        assert_eq!(sim.phone(phone).client.household(doors[0].clone()).unwrap().visits[0].note, "他搬到儿子家了");
    }
    assert_eq!(archive(&sim), 1, "and it goes again");
    all_is_well(&mut sim);
    assert_eq!(shown(&mut sim, 1, &doors[0]), (0, vec![2026]));
}

#[test]
fn an_archived_volume_moves_with_its_household_and_is_shared_once_it_is_back() {
    let (mut sim, doors) = old_visits(0xa3);
    assert_eq!(archive(&sim), 1);
    sim.share_with(2, &doors[0], true).unwrap();
    sim.move_door(&doors[0], 1).unwrap();
    all_is_well(&mut sim);
    assert!(sim.phone(1).client.household(doors[0].clone()).is_err(), "it is phone 1's no more");
    assert_eq!(shown(&mut sim, 0, &doors[0]), (0, vec![2026]));
    assert_eq!(shown(&mut sim, 2, &doors[0]), (0, vec![2026]));
    sim.compact().unwrap();
    sim.move_door(&doors[0], 2).unwrap();
    all_is_well(&mut sim);
    assert_eq!(shown(&mut sim, 1, &doors[0]), (0, vec![2026]));
}

/// Whatever a phone shows as still to be done is done.
fn done(sim: &mut Sim, phone: usize) -> anyhow::Result<()> {
    for open in sim.phone(phone).client.open_follow_ups(1_000)? {
        sim.phone(phone).client.edit_follow_up(open.id, FollowUpEdit { done: Some(true), ..FollowUpEdit::default() })?;
    }
    Ok(())
}

#[test]
fn nothing_is_lost_while_volumes_are_archived_and_written_on() {
    for_seeds(6, "nothing_is_lost_while_volumes_are_archived", |seed| {
        let rough = Plot::rough(seed ^ 0xa4);
        let mut sim = Sim::open(Plot { moves: true, phones: 4, phone_accidents: false, packs: seed % 2 == 0, compacts: true, ..rough })?;
        let mut volumes = 0;
        for turn in 0..4 {
            for _ in 0..40 {
                sim.step()?;
            }
            if turn == 1 {
                sim.settle()?;
                for phone in 0..4 {
                    done(&mut sim, phone)?;
                    sim.settle()?;
                }
                sim.hands().turn(WINTER_MS);
            }
            volumes += archive_all(sim.app(), 60)?.volumes;
        }
        ensure!(volumes > 0, "nothing was archived: the story proves nothing");
        sim.settle()?;
        sim.check_acknowledged()?;
        sim.check_nothing_lost()?;
        sim.check_causally_closed()?;
        sim.check_same_everywhere()?;
        sim.check_nothing_put_aside()
    });
}

#[test]
fn an_archived_volume_is_fetched_to_be_read_by_those_who_read_its_door_and_goes_again() {
    let (mut sim, doors) = old_visits(0xa5);
    assert_eq!(archive(&sim), 1);
    all_is_well(&mut sim);
    let code = |e: minqing_core::Error| e.code();
    assert_eq!(sim.phone(1).client.ask_history(doors[0].clone(), 2025).map_err(code), Err("history.unknown"));
    assert_eq!(sim.phone(1).client.ask_history(doors[1].clone(), 2026).map_err(code), Err("history.unknown"), "it is here");
    sim.phone(1).client.ask_history(doors[0].clone(), 2026).unwrap();
    let request = sim.phone(1).client.next_history().unwrap().unwrap();
    assert!(sim.phone(1).client.take_history(503, b"").unwrap().later, "and is asked for again");
    assert_eq!(sim.phone(1).client.take_history(200, b"no volume").map_err(code).err(), Some("frame.malformed"));
    assert_eq!(sim.get(2, &request).unwrap().0, 404, "whoever does not read the door does not read its history");
    assert_eq!(sim.phone(1).client.history(doors[0].clone(), 2026).unwrap(), None);
    assert_eq!(sim.fetch_history(1).unwrap(), 200);
    assert!(sim.phone(1).client.next_history().unwrap().is_none());
    let read = |sim: &mut Sim| sim.phone(1).client.history(doors[0].clone(), 2026).unwrap();
    assert_eq!(read(&mut sim).unwrap()[0].note, SECRET);
    // It counts nowhere, is in no list, and what is written at that door goes into this year's volume.
    sim.save(1, &Deed::Visit(visit(&doors[0], "今年再来"))).unwrap();
    all_is_well(&mut sim);
    assert_eq!(shown(&mut sim, 1, &doors[0]), (1, vec![2026]));
    assert!(read(&mut sim).is_some());
    // It goes with its door, and none of it stays.
    sim.move_door(&doors[0], 1).unwrap();
    all_is_well(&mut sim);
    assert!(sim.phone(1).client.tidy().unwrap());
    let dir = sim.phone(1).dir.clone();
    assert!(!lies_in(&dir, SECRET).unwrap(), "bytes of it are in the file");
}
