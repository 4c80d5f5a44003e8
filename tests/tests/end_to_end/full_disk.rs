//! A server whose disk is full says so, takes nothing in halves, and goes on when there is room again.

use minqing_core::{
    client::Request,
    model::{Address, NewHousehold, NewVisit, grid_id},
};
use minqing_tests::{file::read_only, hands::Hands, network::send, proof::unsettled, sim::MORNING};

use super::program::{Serving, run, with_one_phone};

/// More than fits at once: some of it comes in before there is no room.
const VISITS: usize = 120;

#[test]
fn invariant_01_a_server_without_room_acknowledges_only_what_it_holds_and_takes_the_rest_later() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(MORNING), 0xf0);
    let address = Address { community: "620102001001".into(), estate: "新苑".into(), building: "9".into(), room: "901".into(), ..Address::default() };
    let door = NewHousehold { grid: grid_id("620102001001", 1), address, note: String::new(), residents: Vec::new() };
    let household = phone.client.record_household(door).unwrap();
    phone.sync(&server.url).unwrap();
    server.tell_to_stop();
    assert_eq!(server.ended(), Some(0));

    let largest = std::fs::read_dir(&data).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).max().unwrap();
    let full = Serving::start_within(&data, largest / 1024 + 512);
    let mut failed = None;
    for n in 0..VISITS {
        // Each of its own words, which pack badly.
        let note: String = (0..600).map(|i| char::from_u32(0x4e00 + (n as u32 * 7919 + i * 104_729 + i * i * 31) % 20_000).unwrap()).collect();
        let visit = NewVisit { household: household.clone(), purpose: "routine".into(), outcome: "talked".into(), note, ..NewVisit::default() };
        phone.client.record_visit(visit).unwrap();
        if let Err(e) = phone.sync(&full.url) {
            failed.get_or_insert(format!("{e:#}"));
        }
    }
    let failed = failed.expect("there was room for all: the test proves nothing");
    assert!(failed.contains("store.failed") || failed.contains("server.busy"), "{failed}");
    let waiting = unsettled(&phone.dir).unwrap();
    assert!((1..VISITS).contains(&waiting.len()), "{} of {VISITS} wait", waiting.len());
    // Whoever reads is still served.
    assert_eq!(send(&full.url, &Request::get("/ready")).unwrap().status, 204);
    // The power goes, too.
    full.kill();
    assert!(run(&data, &["rebuild", "--check"]).status.success());
    let held = || -> i64 { read_only(&data).unwrap().query_row("SELECT count(*) FROM visit_row", [], |row| row.get(0)).unwrap() };
    assert!(held() >= (VISITS - waiting.len()) as i64, "something that a phone was told is safe is not there");

    let roomy = Serving::start(&data);
    // What was tried in vain several times is sent again less often.
    let exchanges = (1..=40).find(|_| {
        phone.sync(&roomy.url).unwrap();
        unsettled(&phone.dir).unwrap().is_empty()
    });
    println!("all is there after {exchanges:?} contacts");
    assert!(exchanges.is_some());
    assert_eq!(held(), VISITS as i64);
}
