//! Old changes lie in their documents alone: whoever reads the log sees no difference, and who is far behind takes a pack.

use std::path::Path;

use anyhow::ensure;
use minqing_core::{
    frame::decode_frame,
    model::{Address, NewHousehold, grid_id},
    wire::{Down, Up},
};
use minqing_sync_server::{rebuild, sync::add_households};
use minqing_tests::{
    deeds::Deed,
    file::read_only,
    sim::{Plot, Sim, for_seeds},
};

use super::intruder::{door, exchange, matter, quiet, visit};

/// Doors that the office writes while a phone is away: more than one answer holds.
const DOORS: u32 = 700;

/// How many changes of the server's log have their bytes in the log.
fn bodies(sim: &Sim) -> i64 {
    let count = "SELECT count(*) FROM log WHERE kind = 1 AND body IS NOT NULL";
    read_only(&sim.server_dir()).unwrap().query_row(count, [], |row| row.get(0)).unwrap()
}

#[test]
fn invariant_11_a_compacted_log_says_the_same_as_before() {
    for_seeds(8, "invariant_11_a_compacted_log", |seed| {
        let rough = Plot::rough(seed ^ 0xc0);
        let mut sim = Sim::open(Plot { moves: true, compacts: true, phones: 4, steps: 160, phone_accidents: false, packs: seed % 2 == 0, ..rough })?;
        sim.run()?;
        sim.hands().turn(1);
        sim.compact()?;
        ensure!(bodies(&sim) == 0, "{} changes are in the log as well", bodies(&sim));
        let report = rebuild::check(&*sim.app().store)?;
        ensure!(report.is_good() && report.documents > 8, "{report:?}");
        // One that reads the whole log, and a door whose rows are said again.
        sim.join()?;
        let moved = door(&mut sim, 0);
        sim.move_door(&moved, 1)?;
        sim.move_door(&moved, 2)?;
        sim.settle()?;
        sim.check_acknowledged()?;
        sim.check_nothing_lost()?;
        sim.check_causally_closed()?;
        sim.check_same_everywhere()?;
        sim.check_nothing_put_aside()
    });
}

/// A phone's sums of one document are wrong, so that it asks for its rows.
fn miscount(dir: &Path) -> rusqlite::Result<()> {
    let db = rusqlite::Connection::open(dir.join("minqing.db"))?;
    db.execute_batch(
        "UPDATE doc_sum SET sum = sum + 1 WHERE doc = (SELECT min(d.id) FROM document d JOIN doc_sum s ON s.doc = d.id);
         UPDATE cursor SET sum = sum + 1 WHERE position = 1",
    )
}

#[test]
fn what_a_phone_miscounts_is_mended_out_of_a_compacted_log() {
    let mut sim = quiet(3, 0xc4);
    let door = door(&mut sim, 1);
    sim.save(1, &Deed::Visit(visit(&door, "在家，谈过"))).unwrap();
    sim.settle().unwrap();
    sim.hands().turn(1);
    assert!(sim.compact().unwrap().rows > 0);
    sim.damage_phone(1, |dir| miscount(dir).unwrap()).unwrap();
    assert!(exchange(&mut sim, 1).unwrap().differs);
    while exchange(&mut sim, 1).unwrap().more {}
    assert!(!exchange(&mut sim, 1).unwrap().differs, "its rows came out of the document");
    sim.check_same_everywhere().unwrap();
}

/// A story in which phone 1 is away while the office writes many doors in its grid; what it had before, and what it wrote meanwhile.
struct Away {
    sim: Sim,
    /// A door that left its grid meanwhile.
    left: String,
    /// The cursor of its grid.
    seq: u64,
}

fn away(seed: u64) -> Away {
    let mut sim = Sim::open(Plot { packs: true, ..Plot::quiet(seed) }).unwrap();
    sim.settle().unwrap();
    let doors: Vec<String> = sim.phone(1).client.households(0, 9).unwrap().into_iter().map(|row| row.id).collect();
    for door in &doors {
        sim.save(1, &Deed::Visit(visit(door, "在家，谈过"))).unwrap();
    }
    sim.settle().unwrap();
    let seq = cursor(&mut sim, 1);
    let new = |room: u32| {
        let address = Address { community: "620102001001".into(), estate: "新苑".into(), building: "9".into(), room: room.to_string(), ..Address::default() };
        NewHousehold { grid: grid_id("620102001001", 2), address, note: "门牌旧了，".repeat(90), residents: Vec::new() }
    };
    add_households(sim.app(), &(1..=DOORS).map(new).collect::<Vec<_>>()).unwrap();
    sim.move_door(&doors[0], 1).unwrap();
    let [left, kept, ..] = &doors[..] else { panic!("two doors at least") };
    for deed in [
        Deed::Visit(visit(kept, "没有网络时写的")),
        Deed::Visit(visit(left, "不知道它已经搬走")),
        Deed::Matter(matter(kept, "路灯坏了")),
        Deed::Remark { household: kept.clone(), note: "门铃坏了".into() },
    ] {
        sim.save(1, &deed).unwrap();
    }
    sim.hands().turn(1);
    assert!(sim.compact().unwrap().rows > u64::from(DOORS));
    Away { left: left.clone(), seq, sim }
}

fn cursor(sim: &mut Sim, phone: usize) -> u64 {
    let db = read_only(&sim.phone(phone).dir).unwrap();
    db.query_row("SELECT seq FROM cursor WHERE stream LIKE 'grid:%'", [], |row| row.get::<_, i64>(0)).unwrap().cast_unsigned()
}

/// One exchange: what went up and what came down.
fn watched(sim: &mut Sim, phone: usize) -> (Up, Down) {
    let body = sim.phone(phone).client.next_exchange().unwrap();
    let answer = sim.serve(phone, &body).unwrap().expect("an answer");
    let both = (decode_frame(&body).unwrap(), decode_frame(&answer).unwrap());
    sim.phone(phone).client.take_answer(answer).unwrap();
    both
}

fn ends_well(mut away: Away) {
    let sim = &mut away.sim;
    sim.settle().unwrap();
    assert_eq!(sim.phone(1).client.households(0, 2_000).unwrap().iter().filter(|row| row.id == away.left).count(), 0, "it left the grid");
    sim.check_nothing_lost().unwrap();
    sim.check_fates().unwrap();
    sim.check_nothing_put_aside().unwrap();
    sim.check_same_everywhere().unwrap();
    assert!(rebuild::check(&*sim.app().store).unwrap().is_good());
}

#[test]
fn invariant_11_who_is_far_behind_is_told_takes_a_pack_and_keeps_what_it_had_not_sent() {
    let mut away = away(0xc1);
    away.sim.pack().unwrap();
    let (up, down) = watched(&mut away.sim, 1);
    assert!(up.packs.is_none() && down.end.more, "not all of it fits");
    let grid = down.must_snapshot.expect("a pack is better")[0];
    let before = cursor(&mut away.sim, 1);
    assert!(before > away.seq && before < u64::from(DOORS), "rows came all the same: {before}");
    let (up, down) = watched(&mut away.sim, 1);
    assert!(up.packs.unwrap().contains(&grid));
    let offers = down.packs.expect("the pack");
    let offer = offers.iter().find(|offer| offer.stream == grid).expect("the pack of its grid");
    assert_eq!((down.rows.len(), down.must_snapshot), (0, None), "no row of it");
    // Until all of it is here the phone stands where it stood.
    assert_eq!(cursor(&mut away.sim, 1), before);
    let idle = exchange(&mut away.sim, 1).unwrap();
    assert!(!idle.differs, "its sums are those of its cursor");
    away.sim.reopen(1).unwrap();
    assert!(away.sim.fetch(1).unwrap());
    assert_eq!(cursor(&mut away.sim, 1), offer.seq);
    assert!(!exchange(&mut away.sim, 1).unwrap().differs);
    let (up, _) = watched(&mut away.sim, 1);
    assert_eq!(up.packs, None, "it is behind no more");
    ends_well(away);
}

#[test]
fn who_is_far_behind_and_gets_no_pack_any_more_reads_rows() {
    let mut away = away(0xc2);
    away.sim.pack().unwrap();
    for _ in 0..2 {
        exchange(&mut away.sim, 1).unwrap();
    }
    let before = cursor(&mut away.sim, 1);
    let download = away.sim.phone(1).client.next_download().unwrap().expect("a pack is under way");
    let (status, piece) = away.sim.get(1, &download).unwrap();
    away.sim.phone(1).client.take_download(status, &piece).unwrap();
    away.sim.phone(1).client.unpack_next().unwrap();
    std::fs::remove_dir_all(away.sim.server_dir().join("packs")).unwrap();
    let (_, down) = watched(&mut away.sim, 1);
    assert!(!down.rows.is_empty() && cursor(&mut away.sim, 1) > before);
    assert!(away.sim.phone(1).client.next_download().unwrap().is_none());
    ends_well(away);
}

#[test]
fn where_there_are_no_packs_an_old_cursor_goes_on_with_rows() {
    let mut away = away(0xc3);
    let mut told = 0;
    loop {
        let (_, down) = watched(&mut away.sim, 1);
        told += usize::from(down.must_snapshot.is_some());
        if !down.end.more {
            break;
        }
    }
    assert_eq!(told, 0);
    ends_well(away);
}
