//! Documents that do not load are made again: from their rows, and from this phone's own items.

use minqing_core::{
    Id,
    model::{HouseholdEdit, NewMatter},
    view::RecordState,
};
use minqing_tests::sim::{Plot, Sim};

use super::{
    intruder::{door, exchange, matter, quiet, visit},
    salvage::{file, overwrite, salvage, week},
};

/// Does something to a phone's file behind the app's back.
fn tamper(sim: &mut Sim, phone: usize, sql: &str, id: Id) {
    let db = rusqlite::Connection::open(file(&sim.phone(phone).dir)).unwrap();
    db.pragma_update(None, "foreign_keys", false).unwrap();
    assert!(db.execute(sql, [id.0]).unwrap() >= 1, "{sql}");
}

fn remark(sim: &mut Sim, phone: usize, door: &str, note: &str) {
    let edit = HouseholdEdit { note: Some(note.into()), ..HouseholdEdit::default() };
    sim.phone(phone).client.edit_household(door.into(), edit).unwrap();
}

#[test]
fn a_document_that_does_not_load_is_made_again_from_its_rows_and_own_unsent_work() {
    let mut sim = quiet(3, 0x5a70);
    let door = door(&mut sim, 2);
    let card: Id = door.parse().unwrap();
    let volume = Id::visits(card, 2026);
    remark(&mut sim, 0, &door, "狗凶");
    let first = sim.phone(2).client.record_visit(visit(&door, "先前的")).unwrap();
    sim.settle().unwrap();
    let theirs = sim.phone(0).client.record_visit(visit(&door, "别人的")).unwrap();
    sim.settle().unwrap();
    let unsent = sim.phone(2).client.record_visit(visit(&door, "还没发的")).unwrap();
    remark(&mut sim, 2, &door, "也没发");
    for doc in [card, volume] {
        tamper(&mut sim, 2, "UPDATE document SET bytes = x'856f4a83' || randomblob(length(bytes)) WHERE id = ?", doc);
    }
    assert_eq!(
        sim.phone(2).client.edit_household(door.clone(), HouseholdEdit { note: Some("写不进".into()), ..HouseholdEdit::default() }).unwrap_err().code(),
        "document.malformed"
    );
    let mended = sim.phone(2).client.mend().unwrap();
    assert_eq!((mended.salvaged, mended.documents, mended.more), (false, 2, true));
    sim.settle().unwrap();
    for id in [first, theirs, unsent] {
        assert_eq!(sim.phone(2).client.visit(id).unwrap().state, RecordState::Applied);
    }
    assert_eq!(sim.phone(0).client.household(door).unwrap().household.note, "也没发");
    sim.check_nothing_put_aside().unwrap();
    sim.check_same_everywhere().unwrap();
    assert!(sim.phone(2).client.digest().unwrap().iter().all(|doc| !doc.damaged));
}

#[test]
fn a_card_of_which_nothing_is_left_is_not_written_on_until_it_has_come() {
    let mut sim = quiet(3, 0x5a78);
    let door = door(&mut sim, 2);
    remark(&mut sim, 0, &door, "狗凶");
    sim.settle().unwrap();
    tamper(&mut sim, 2, "UPDATE document SET bytes = x'ff' WHERE id = ?", door.parse().unwrap());
    sim.phone(2).client.mend().unwrap();
    let edit = HouseholdEdit { note: Some("白天没人".into()), ..HouseholdEdit::default() };
    let early = sim.phone(2).client.edit_household(door.clone(), edit.clone()).unwrap_err();
    assert_eq!(early.code(), "household.coming");
    sim.settle().unwrap();
    sim.phone(2).client.edit_household(door.clone(), edit).unwrap();
    sim.settle().unwrap();
    // It knew the value before it, so nobody is asked which of the two holds.
    for phone in [0, 2] {
        let shown = sim.phone(phone).client.household(door.clone()).unwrap().household;
        assert_eq!((shown.note.as_str(), shown.state), ("白天没人", RecordState::Applied));
    }
}

#[test]
fn a_matter_made_again_without_its_last_change_is_written_on_in_another_opening() {
    let mut sim = quiet(3, 0x5a7c);
    let door = door(&mut sim, 2);
    let id = sim.phone(0).client.register_matter(matter(&door, "楼道灯坏了")).unwrap();
    sim.settle().unwrap();
    sim.phone(2).client.add_note(id.clone(), "第一句".into()).unwrap();
    tamper(&mut sim, 2, "UPDATE document SET bytes = x'ff' WHERE id = ?", id.parse().unwrap());
    assert_eq!(sim.phone(2).client.mend().unwrap().documents, 1);
    // What it rests on is not here any more, so the document begins with the second.
    sim.phone(2).client.add_note(id.clone(), "第二句".into()).unwrap();
    sim.settle().unwrap();
    let texts: Vec<String> = sim.phone(0).client.matter(id).unwrap().events.into_iter().map(|event| event.text).collect();
    assert!(["第一句", "第二句"].iter().all(|text| texts.iter().any(|known| known == text)), "{texts:?}");
    sim.check_nothing_put_aside().unwrap();
    sim.check_actors().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn a_document_that_does_not_load_is_noticed_by_what_arrives_for_it() {
    let mut sim = quiet(3, 0x5a80);
    let door = door(&mut sim, 2);
    remark(&mut sim, 0, &door, "狗凶");
    sim.settle().unwrap();
    tamper(&mut sim, 2, "UPDATE document SET bytes = x'ff' WHERE id = ?", door.parse().unwrap());
    remark(&mut sim, 0, &door, "白天没人");
    exchange(&mut sim, 0).unwrap();
    let taken = exchange(&mut sim, 2).unwrap();
    assert!(taken.more && !taken.differs, "{taken:?}");
    let taken = exchange(&mut sim, 2).unwrap();
    assert!(!taken.differs, "{taken:?}");
    assert_eq!(sim.phone(2).client.household(door).unwrap().household.note, "白天没人");
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn a_document_that_only_this_phone_wrote_on_is_made_again_without_the_log() {
    let mut sim = quiet(2, 0x5a90);
    // Without a door: its home is the desk, which no phone reads.
    let id = sim.phone(0).client.register_matter(NewMatter { community: "620102001001".into(), ..matter("", "没有门牌") }).unwrap();
    sim.phone(0).client.add_note(id.clone(), "补一句".into()).unwrap();
    sim.settle().unwrap();
    tamper(&mut sim, 0, "UPDATE document SET bytes = x'ff' WHERE id = ?", id.parse().unwrap());
    let mended = sim.phone(0).client.mend().unwrap();
    assert_eq!((mended.documents, mended.more), (1, false));
    let detail = sim.phone(0).client.matter(id).unwrap();
    assert_eq!((detail.matter.text.as_str(), detail.events[1].text.as_str()), ("没有门牌", "补一句"));
    assert!(sim.phone(0).client.digest().unwrap().iter().all(|doc| !doc.damaged && !doc.unsent));
    sim.settle().unwrap();
}

#[test]
fn work_whose_items_are_lost_is_written_again_under_the_same_ids() {
    let mut sim = week(0x5aa0, 40).unwrap();
    sim.settle().unwrap();
    let door = door(&mut sim, 0);
    let first = sim.phone(0).client.record_visit(visit(&door, "条目丢了的")).unwrap();
    let second = sim.phone(0).client.record_visit(visit(&door, "接着写的")).unwrap();
    let lost = sim.phone(0).client.register_matter(matter(&door, "事件的条目丢了")).unwrap();
    // The items of the first visit and of the matter are gone, and page 1 with them, so that the phone is salvaged.
    let volume = Id::visits(door.parse().unwrap(), 2026);
    tamper(&mut sim, 0, "DELETE FROM outbox WHERE id = (SELECT max(id) - 1 FROM outbox WHERE doc = ?)", volume);
    tamper(&mut sim, 0, "DELETE FROM outbox WHERE doc = ?", lost.parse().unwrap());
    sim.damage_phone(0, |dir| overwrite(dir, 1..=1, 9)).unwrap();
    salvage(&mut sim, 0);
    assert_eq!(sim.phone(0).client.visit(first.clone()).unwrap().note, "条目丢了的");
    sim.settle().unwrap();
    for phone in 0..=2 {
        if phone == 1 {
            continue;
        }
        for (id, note) in [(&first, "条目丢了的"), (&second, "接着写的")] {
            assert_eq!(sim.phone(phone).client.visit(id.clone()).map(|visit| visit.note).as_deref(), Ok(note), "phone {phone}");
        }
        assert_eq!(sim.phone(phone).client.matter(lost.clone()).unwrap().matter.text, "事件的条目丢了");
    }
    sim.check_actors().unwrap();
    sim.check_causally_closed().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn a_salvaged_phone_takes_packs_and_keeps_what_it_has_besides() {
    let mut sim = Sim::open(Plot { packs: true, ..Plot::quiet(0x5ac0) }).unwrap();
    sim.run().unwrap();
    assert!(sim.pack().unwrap() > 0);
    let door = door(&mut sim, 0);
    let unsent = sim.phone(0).client.record_visit(visit(&door, "还没发的")).unwrap();
    let (card, volume): (Id, Id) = (door.parse().unwrap(), Id::visits(door.parse().unwrap(), 2026));
    // Card and volume are gone with their rows; of the unsent visit only its item is left.
    for doc in [card, volume] {
        tamper(&mut sim, 0, "DELETE FROM document WHERE id = ?", doc);
    }
    sim.damage_phone(0, |dir| overwrite(dir, 1..=1, 9)).unwrap();
    salvage(&mut sim, 0);
    exchange(&mut sim, 0).unwrap();
    assert!(sim.phone(0).client.next_download().unwrap().is_some(), "a stream read again comes as a pack");
    sim.settle().unwrap();
    assert_eq!(sim.phone(0).client.visit(unsent).unwrap().note, "还没发的");
    assert!(sim.phone(0).client.digest().unwrap().iter().all(|doc| !doc.damaged && !doc.unsent));
    sim.check_nothing_put_aside().unwrap();
    sim.check_actors().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn a_phone_that_is_salvaged_in_the_middle_of_a_pack_takes_it_from_its_beginning() {
    let mut sim = Sim::open(Plot { packs: true, ..Plot::quiet(0x5ad0) }).unwrap();
    sim.run().unwrap();
    assert!(sim.pack().unwrap() > 0);
    let new = sim.join().unwrap();
    fetch_part(&mut sim, new);
    assert!(!sim.phone(new).client.households(0, 9).unwrap().is_empty(), "what lists show comes first");
    // While the app runs: another process writes, and then pages under both go bad.
    let dir = sim.phone(new).dir.clone();
    let db = rusqlite::Connection::open(file(&dir)).unwrap();
    db.execute_batch("UPDATE meta SET value = value; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(db);
    overwrite(&dir, 3..=9, 5);
    assert!(sim.phone(new).client.mend().unwrap().salvaged);
    sim.forget_cursors(new);
    assert!(sim.phone(new).client.households(0, 9).unwrap().is_empty(), "lines without documents are not brought over");
    fetch_part(&mut sim, new);
    assert!(!sim.phone(new).client.households(0, 9).unwrap().is_empty(), "the first chunk was passed over");
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
}

/// Exchanges, fetches the first part of a pack that was offered, and takes its first chunk.
fn fetch_part(sim: &mut Sim, phone: usize) {
    exchange(sim, phone).unwrap();
    while let Some(download) = sim.phone(phone).client.next_download().unwrap() {
        let (status, body) = sim.get(phone, &download).unwrap();
        sim.phone(phone).client.take_download(status, &body).unwrap();
    }
    sim.phone(phone).client.unpack_next().unwrap();
}
