//! A new phone takes a pack in the place of years of rows: snapshot + rows after it = all rows.

use minqing_core::{
    document::DocKind,
    model::{Address, HouseholdEdit, NewHousehold, grid_id},
    view::MatterRow,
};
use minqing_sync_server::pack;
use minqing_tests::{
    file::read_only,
    sim::{Faults, Plot, Sim, for_seeds},
};

use super::intruder::{exchange, quiet, visit};

fn plot(seed: u64) -> Plot {
    // A phone put back from a copy may not read until the office allows it.
    Plot { packs: true, phone_accidents: false, ..Plot::rough(seed) }
}

/// A quiet story whose streams are packed.
fn packed(seed: u64) -> Sim {
    let mut sim = Sim::open(Plot { packs: true, ..Plot::quiet(seed) }).unwrap();
    for _ in 0..60 {
        sim.step().unwrap();
    }
    sim.settle().unwrap();
    sim.pack().unwrap();
    sim
}

/// What a phone shows and holds of everything that others see too: matters without a door and sensitive ones are their author's alone.
fn told(sim: &mut Sim, number: usize) -> anyhow::Result<String> {
    let client = &sim.phone(number).client;
    let mut doors = client.households(0, 1_000)?;
    doors.sort_by(|a, b| a.id.cmp(&b.id));
    let is_seen = |m: &MatterRow| !m.household.is_empty() && m.category != "relief";
    let mut details = doors.iter().map(|door| client.household(door.id.clone())).collect::<Result<Vec<_>, _>>()?;
    details.iter_mut().for_each(|door| door.matters.retain(is_seen));
    let mut matters: Vec<_> = client.matters(0, 1_000)?.into_iter().filter(is_seen).collect();
    matters.sort_by(|a, b| a.id.cmp(&b.id));
    let events = matters.iter().map(|m| client.matter(m.id.clone())).collect::<Result<Vec<_>, _>>()?;
    let shared: Vec<_> = client.digest()?.into_iter().filter(|d| d.kind != DocKind::Matter.number() || matters.iter().any(|m| m.id == d.id)).collect();
    anyhow::ensure!(shared.len() > doors.len(), "too little was written: the story proves nothing");
    Ok(format!("{doors:#?}{details:#?}{matters:#?}{events:#?}{shared:#?}"))
}

#[test]
fn invariant_11_snapshot_and_tail_say_the_same_as_the_log() {
    for_seeds(6, "invariant_11", |seed| {
        let mut sim = Sim::open(plot(seed ^ 0xb00))?;
        for _ in 0..120 {
            sim.step()?;
        }
        anyhow::ensure!(sim.pack()? > 0 || !sim.app().store.packs("grid:620102001001001")?.is_empty(), "no pack: the story proves nothing");
        // Phone 4 has the same grid as phone 0's second: one comes by packs and the rows after them, one by rows alone.
        let by_packs = sim.join()?;
        for _ in 0..60 {
            sim.step()?;
        }
        sim.settle()?;
        let by_rows = loop {
            let number = sim.join()?;
            if number % 2 == by_packs % 2 {
                break number;
            }
        };
        clear_packs(&sim)?;
        sim.settle()?;
        let (packed, rowed) = (told(&mut sim, by_packs)?, told(&mut sim, by_rows)?);
        anyhow::ensure!(packed == rowed, "by packs and by rows: {}", difference(&packed, &rowed));
        sim.check_same_everywhere()?;
        sim.check_nothing_lost()?;
        sim.check_acknowledged()
    });
}

#[test]
fn invariant_15_with_packs_what_any_phone_holds_is_on_a_restored_server_again() {
    for_seeds(4, "invariant_15_with_packs", |seed| {
        let mut sim = Sim::open(Plot { phones: 4, faults: Faults::rough(), packs: true, server_accidents: true, ..Plot::quiet(seed ^ 0xb15) })?;
        for _ in 0..80 {
            sim.step()?;
        }
        sim.backup_server()?;
        for _ in 0..80 {
            sim.step()?;
        }
        sim.restore_server()?;
        for _ in 0..40 {
            sim.step()?;
        }
        sim.settle()?;
        sim.check_nothing_put_aside()?;
        sim.check_nothing_lost()?;
        sim.check_fates()?;
        sim.check_same_everywhere()
    });
}

#[test]
fn a_pack_that_is_not_what_was_offered_is_left_and_the_stream_read_by_rows() {
    let mut sim = packed(7);
    let number = sim.join().unwrap();
    let taken = exchange(&mut sim, number).unwrap();
    let download = sim.phone(number).client.next_download().unwrap().expect("a pack was offered");
    assert!(!taken.more, "while a pack is under way its rows are not waited for");
    let (status, mut piece) = sim.get(number, &download).unwrap();
    assert_eq!(status, 206);
    let last = piece.len() - 1;
    piece[last] ^= 1;
    assert!(sim.phone(number).client.take_download(206, &piece).unwrap().whole);
    let unpacked = sim.phone(number).client.unpack_next().unwrap();
    assert!(unpacked.complete && unpacked.changed.is_empty(), "{unpacked:?}");
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn a_pack_whose_sum_does_not_come_out_is_left_and_the_stream_read_by_rows() {
    let mut sim = packed(10);
    let file = rusqlite::Connection::open(sim.server_dir().join("minqing.db")).unwrap();
    assert!(file.execute("UPDATE pack SET sum = sum + 1", []).unwrap() > 0);
    let number = sim.join().unwrap();
    sim.settle().unwrap();
    let refused: i64 = read_only(&sim.phone(number).dir).unwrap().query_row("SELECT count(*) FROM pack WHERE refused", [], |row| row.get(0)).unwrap();
    assert!(refused > 0, "no pack was refused: the test proves nothing");
    sim.check_same_everywhere().unwrap();
}

#[test]
fn a_download_goes_on_where_it_was_cut_and_another_pack_begins_anew() {
    let mut sim = packed(8);
    let number = sim.join().unwrap();
    exchange(&mut sim, number).unwrap();
    let first = sim.phone(number).client.next_download().unwrap().unwrap();
    let (_, piece) = sim.get(number, &first).unwrap();
    sim.phone(number).client.take_download(206, &piece[..100]).unwrap();
    sim.reopen(number).unwrap();
    let second = sim.phone(number).client.next_download().unwrap().unwrap();
    assert_eq!(second.path, first.path);
    assert!(second.headers[0].value.starts_with("bytes=100-"), "{:?}", second.headers);
    let (_, rest) = sim.get(number, &second).unwrap();
    assert_eq!([&piece[..100], &rest].concat(), piece);
    // Whoever knows no ranges sends all of it.
    assert!(sim.phone(number).client.take_download(200, &piece).unwrap().whole);
    while sim.phone(number).client.unpack_next().unwrap().more {}
    let doors = sim.phone(number).client.households(0, 10).unwrap();
    assert!(doors.len() > 1, "the list is there before the first document has come");
    assert!(sim.phone(number).client.digest().unwrap().is_empty());
    let edit = HouseholdEdit { note: Some("先改".into()), ..HouseholdEdit::default() };
    let coming = sim.phone(number).client.edit_household(doors[0].id.clone(), edit).unwrap_err();
    assert_eq!(coming.code(), "household.coming");
    sim.phone(number).client.record_visit(visit(&doors[0].id, "先记下")).unwrap();
    // The office has no such pack any more.
    let third = sim.phone(number).client.next_download().unwrap().unwrap();
    assert_ne!(third.path, first.path);
    clear_packs(&sim).unwrap();
    assert_eq!(sim.get(number, &third).unwrap().0, 404);
    assert!(sim.phone(number).client.take_download(404, b"").unwrap().later);
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn what_a_phone_writes_before_its_pack_has_come_is_in_the_log_once() {
    let mut sim = quiet(2, 9);
    for _ in 0..60 {
        sim.step().unwrap();
    }
    sim.settle().unwrap();
    pack::build(sim.app(), "grid:620102001001001").unwrap().expect("a pack");
    let number = sim.join().unwrap();
    exchange(&mut sim, number).unwrap();
    let address = Address { community: "620102001001".into(), estate: "新苑".into(), building: "1".into(), room: "101".into(), ..Address::default() };
    let register = NewHousehold { grid: grid_id("620102001001", 1), address, note: String::new(), residents: Vec::new() };
    let new = sim.phone(number).client.record_household(register).unwrap();
    sim.phone(number).client.record_visit(visit(&new, "先记下")).unwrap();
    assert!(exchange(&mut sim, number).unwrap().settled >= 2);
    assert!(sim.fetch(number).unwrap());
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
    sim.check_nothing_put_aside().unwrap();
}

/// Takes the server's packs away, so that streams are read by rows.
fn clear_packs(sim: &Sim) -> anyhow::Result<()> {
    Ok(std::fs::remove_dir_all(sim.server_dir().join("packs"))?)
}

fn difference(a: &str, b: &str) -> String {
    a.lines().zip(b.lines()).filter(|(a, b)| a != b).take(10).map(|(a, b)| format!("\n{a} | {b}")).collect()
}

#[test]
fn of_a_pack_that_a_move_cut_short_nothing_stays_on_the_phone() {
    let mut sim = packed(9);
    let number = sim.join().unwrap();
    exchange(&mut sim, number).unwrap();
    let documents = |sim: &mut Sim, number: usize| -> i64 {
        let db = read_only(&sim.phone(number).dir).unwrap();
        db.query_row("SELECT count(*) FROM document", [], |row| row.get(0)).unwrap()
    };
    // Some of its documents are here, the last part is not.
    while documents(&mut sim, number) == 0 {
        let Some(download) = sim.phone(number).client.next_download().unwrap() else { panic!("a pack of one part proves nothing") };
        let (status, piece) = sim.get(number, &download).unwrap();
        sim.phone(number).client.take_download(status, &piece).unwrap();
        while sim.phone(number).client.unpack_next().unwrap().more {}
    }
    let old = sim.grids_of(number).unwrap();
    let other = if old == [1] { 2 } else { 1 };
    assert!(sim.phone(number).client.next_download().unwrap().is_some(), "the pack is whole: nothing is cut short");
    sim.move_officer(number, &[other]).unwrap();
    sim.settle().unwrap();
    assert_eq!(sim.grids_of(number).unwrap(), [other]);
    sim.check_same_everywhere().unwrap();
}
