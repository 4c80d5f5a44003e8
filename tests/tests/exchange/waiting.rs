//! What was done on a phone, action by action, until the office has it; and what may keep it from going there.

use minqing_core::{
    client::Client,
    model::{NewMatter, NewVisit},
    view::{OutboxRow, RecordState, Room},
};
use minqing_tests::{hands::PhoneSystem, phone::key_of, world::camera::photograph};

use crate::attachments::office::{COMMUNITY, Office, door, prepared, visit};

/// Word, state and waiting files of each row.
fn told(rows: &[OutboxRow]) -> Vec<(&str, RecordState, u32)> {
    rows.iter().map(|row| (row.action.as_str(), row.state, row.files)).collect()
}

#[test]
fn each_action_is_listed_until_its_words_and_its_photos_are_at_the_office() {
    use RecordState::{Applied, Ready, Received};
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let at = door(&mut phone, 1);
    let photos = [1, 2].map(|n| prepared(&mut phone, &photograph(n, 320, 240)));
    let [of_visit, of_note] = photos;
    let seen = visit(&mut phone, &at, vec![of_visit]);
    let (kind, channel) = ("complaint".into(), "door".into());
    let new = NewMatter { household: at.clone(), kind, channel, category: "utilities".into(), affected: "household".into(), ..NewMatter::default() };
    let of = phone.client.register_matter(NewMatter { text: "灯".into(), ..new }).unwrap();
    phone.client.add_attachment(of.clone(), of_note).unwrap();
    let note = phone.client.add_note(of.clone(), "补充".into()).unwrap();
    phone.client.register_matter(NewMatter { kind: "complaint".into(), ..NewMatter::default() }).unwrap_err();
    let rows = phone.client.outbox(0, 9, false).unwrap();
    assert_eq!(told(&rows), [("note", Ready, 0), ("attachment", Ready, 1), ("matter", Ready, 0), ("visit", Ready, 1), ("household", Ready, 0)]);
    let records: Vec<_> = rows.iter().map(|row| (row.record.as_str(), row.household.as_str(), row.matter.as_str())).collect();
    let (at_matter, at_door) = ((of.as_str(), at.as_str(), of.as_str()), |record| (record, at.as_str(), ""));
    assert_eq!(records, [(note.as_str(), at.as_str(), of.as_str()), at_matter, at_matter, at_door(seen.as_str()), at_door(at.as_str())]);
    assert_eq!(phone.client.outbox(1, 2, false).unwrap(), rows[1..3]);
    assert!(phone.client.outbox(5, 9, false).unwrap().is_empty());
    while phone.exchange(&office.url).unwrap().more {}
    // The words are there, the photos are not: those two alone wait, each by its own action.
    let rows = phone.client.outbox(0, 9, false).unwrap();
    assert_eq!(told(&rows), [("attachment", Received, 1), ("visit", Received, 1)]);
    assert_eq!(phone.upload(&office.url, false).unwrap(), 2);
    while phone.exchange(&office.url).unwrap().more {}
    assert!(phone.client.outbox(0, 9, false).unwrap().is_empty());
    let last = phone.client.record_visit(NewVisit { household: at, purpose: "routine".into(), outcome: "talked".into(), ..NewVisit::default() }).unwrap();
    phone.client.take_back(last).unwrap();
    let all = phone.client.outbox(0, 9, true).unwrap();
    let words = ["note", "attachment", "matter", "visit", "household"].map(|word| (word, Applied, 0));
    assert_eq!(told(&all), words, "all that was done and not taken back");
    assert_eq!(phone.client.outbox(3, 1, true).unwrap(), all[3..4]);
}

#[test]
fn a_wrong_clock_and_a_full_device_are_told() {
    const MINUTE: i64 = 60_000;
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    assert_eq!((phone.client.clock_off_ms().unwrap(), phone.client.room()), (0, Room::default()));
    phone.exchange(&office.url).unwrap();
    let dir = phone.dir.display().to_string();
    drop(phone);
    let with = |wrong_by_ms: i64, free_bytes: Option<u64>, restarts: u64| {
        let mut system = PhoneSystem::new(office.hands.clone(), 1, 1, 9);
        (system.wrong_by_ms, system.free_bytes) = (wrong_by_ms, free_bytes);
        let system = if restarts > 0 { system.booted(2) } else { system };
        let client = Client::open(&dir, Box::new(system), key_of(1, 1)).unwrap();
        (client.clock_off_ms().unwrap(), client.room())
    };
    let room = |free_bytes, is_little| Room { free_bytes: Some(free_bytes), is_little };
    assert_eq!(with(5 * MINUTE, Some(100 << 20), 0), (0, room(100 << 20, false)));
    assert_eq!(with(5 * MINUTE + 1, Some((100 << 20) - 1), 0), (5 * MINUTE + 1, room((100 << 20) - 1, true)));
    assert_eq!(with(-90 * MINUTE, Some(0), 0), (-90 * MINUTE, room(0, true)));
    assert_eq!(with(-90 * MINUTE, None, 1), (0, Room::default()), "after a restart nobody knows");
}
