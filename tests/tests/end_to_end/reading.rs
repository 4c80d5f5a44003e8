//! Who reads beside the client that writes: not made to wait, never shown half of what is written.

use std::sync::{Arc, Mutex};

use minqing_core::{
    client::{Client, Contacted},
    model::{Address, NewHousehold, NewVisit},
    view::RecordState,
};
use minqing_sync_server::entropy::Entropy;
use minqing_tests::hands::{Dice, Hands};

use super::program::{json, with_one_phone};

const COMMUNITY: &str = "620102001001";

fn door(number: u32) -> NewHousehold {
    let address = Address { community: COMMUNITY.into(), lane: "张掖巷".into(), door: number.to_string(), ..Address::default() };
    NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }
}

/// Lets a reader count the doors before each commit of `client` becomes durable, which is in the middle of its transaction.
fn count_before_commits(client: &mut Client) -> Arc<Mutex<Vec<usize>>> {
    let (reader, counted) = (client.reader(), Arc::new(Mutex::new(Vec::new())));
    let counts = counted.clone();
    let look = move || {
        let doors = reader.see(|lists| lists.households(0, 500)).unwrap();
        counts.lock().unwrap().push(doors.len());
        false
    };
    client.store().on_commit(look).unwrap();
    counted
}

#[test]
fn a_list_is_read_in_the_middle_of_a_save_and_of_an_answer_and_shows_them_when_they_are_done() {
    let dir = tempfile::tempdir().unwrap();
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(1_800_000_000_000), 9);
    let officer = json(&dir.path().join("office"), &["admin", "officer", "add", "信息员乙", "--community", COMMUNITY, "--grids", "001"]);
    let code = json(&dir.path().join("office"), &["admin", "code", officer["officer"].as_str().unwrap()]);
    let mut other = minqing_tests::phone::Phone::open(&dir.path().join("other"), &Hands::at(1_800_000_000_000), 10, 2, 0).unwrap();
    let before = other.client.reader();
    assert_eq!(before.see(|lists| lists.enrolment()).unwrap_err().code(), "device.not_enrolled");
    other.enrol(&server.url, code["code"].as_str().unwrap()).unwrap();
    assert_eq!(before.see(|lists| lists.enrolment()).unwrap(), other.client.enrolment().unwrap(), "a reader hears of the enrolment");

    let reader = phone.client.reader();
    let counted = count_before_commits(&mut phone.client);
    for number in 1..=3 {
        phone.client.record_household(door(number)).unwrap();
        assert_eq!(reader.see(|lists| lists.households(0, 500)).unwrap().len() as u32, number, "what was saved is read");
    }
    assert_eq!(std::mem::take(&mut *counted.lock().unwrap()), [0, 1, 2]);
    phone.contact(&server.url).unwrap();

    let counted = count_before_commits(&mut other.client);
    let Contacted { rows, .. } = other.contact(&server.url).unwrap();
    let counts = counted.lock().unwrap();
    assert!(rows >= 3 && !counts.is_empty() && counts.contains(&0), "{counts:?}");
    assert!(counts.iter().all(|doors| [0, 3].contains(doors)), "an answer is seen whole or not at all: {counts:?}");
    assert_eq!(before.see(|lists| lists.households(0, 500)).unwrap(), other.client.households(0, 500).unwrap());
}

#[test]
fn a_reader_says_of_a_record_that_it_is_on_its_way_while_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, mut phone) = with_one_phone(dir.path(), &Hands::at(1_800_000_000_000), 9);
    let household = phone.client.record_household(door(1)).unwrap();
    let visit = phone.client.record_visit(NewVisit { household, purpose: "routine".into(), outcome: "talked".into(), ..NewVisit::default() }).unwrap();
    let reader = phone.client.reader();
    let state = || reader.see(|lists| lists.visit(visit.clone())).unwrap().state;
    assert_eq!(state(), RecordState::Ready);
    phone.client.next_exchange().unwrap();
    assert_eq!(state(), RecordState::Sending);
    phone.client.exchange_failed();
    assert_eq!(state(), RecordState::Ready);
}

#[test]
fn a_damaged_file_is_set_aside_only_where_its_readers_are_closed_and_they_go_on_with_the_new_one() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, mut phone) = with_one_phone(dir.path(), &Hands::at(1_800_000_000_000), 9);
    (1..=60).for_each(|number| drop(phone.client.record_household(door(number)).unwrap()));
    phone = phone.restart(1, |_| Ok(())).unwrap();
    let reader = phone.client.reader();
    assert_eq!(reader.see(|lists| lists.households(0, 500)).unwrap().len(), 60);
    // The last two pages are noise; no table begins there.
    let file = phone.dir.join("minqing.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let from = bytes.len() - 2 * 4_096;
    Dice::new(7, 7).fill(&mut bytes[from..]);
    std::fs::write(&file, &bytes).unwrap();
    assert_eq!(phone.client.mend().unwrap_err().code(), "store.damaged", "somebody reads it");
    assert!(reader.closed_while(|| phone.client.mend()).unwrap().salvaged);
    assert_eq!(reader.see(|lists| lists.households(0, 500)).unwrap(), phone.client.households(0, 500).unwrap());
    assert_eq!(reader.see(|lists| lists.salvaged()).unwrap(), phone.client.salvaged().unwrap());
    phone.client.record_household(door(61)).unwrap();
    assert!(reader.see(|lists| lists.households(0, 500)).unwrap().iter().any(|row| row.door == "61"));
}
