//! A resident is erased: nothing of them is left on the server or on any phone, nothing else is lost, and it stays so.

use minqing_core::{
    Id,
    model::{HouseholdEdit, NewMatter, NewResident, VisitEdit, community_of_grid},
};
use minqing_sync_server::sync::{Erase, Erased, archive_all, erase, erasures, preview_erase, resident_of};
use minqing_tests::{
    file::lies_in,
    sim::{Plot, Sim, for_seeds},
};

use super::{
    intruder::visit,
    moves::{doors, is_in, words_of},
};

const NAME: &str = "欧阳小芳";
const PHONE: &str = "13900001234";
/// A character of the name that stands nowhere else.
const RARE: &str = "芳";

/// A door at which the resident lives, with a visit, a matter and a note in which the name stands.
fn lived_in(sim: &mut Sim) -> (String, String, String) {
    sim.settle().unwrap();
    let door = doors(sim, 1).remove(0);
    let resident = NewResident { name: NAME.into(), phone: PHONE.into(), needs: vec!["lives_alone".into()], ..NewResident::default() };
    let moves_in = HouseholdEdit { new_residents: vec![resident], note: Some(format!("{NAME}耳背")), ..HouseholdEdit::default() };
    sim.phone(1).client.edit_household(door.clone(), moves_in).unwrap();
    let told = sim.phone(1).client.record_visit(visit(&door, &format!("{NAME}说灯坏了"))).unwrap();
    sim.phone(1).client.record_visit(visit(&door, "家里没人")).unwrap();
    let seen = sim.phone(1).client.household(door.clone()).unwrap();
    let matter = NewMatter {
        kind: "complaint".into(),
        channel: "door".into(),
        category: "utilities".into(),
        text: format!("{NAME}家楼道灯不亮，电话{PHONE}"),
        household: door.clone(),
        affected: "household".into(),
        community: community_of_grid(&seen.household.grid).to_owned(),
        ..NewMatter::default()
    };
    let matter = sim.phone(1).client.register_matter(matter).unwrap();
    sim.settle().unwrap();
    (door, told, matter)
}

fn what(sim: &Sim, door: &str) -> Erase {
    let household: Id = door.parse().unwrap();
    let resident = resident_of(sim.app(), household, NAME).unwrap();
    Erase { household, resident: Some(resident), words: Vec::new(), also: Vec::new(), files: false }
}

fn erase_at(sim: &Sim, door: &str) -> Erased {
    erase(sim.app(), &what(sim, door)).unwrap()
}

/// Everybody hears of it, rewrites their file, and says so.
fn everybody_hears(sim: &mut Sim, phones: usize) {
    sim.settle().unwrap();
    for number in 0..phones {
        assert!(sim.phone(number).client.tidy().unwrap());
    }
    sim.settle().unwrap();
}

fn nothing_is_left(sim: &mut Sim, phones: usize) {
    for number in 0..phones {
        let dir = sim.phone(number).dir.clone();
        assert!(!is_in(&dir, NAME) && !is_in(&dir, PHONE), "bytes are in the file of phone {number}");
        assert!(!words_of(&dir).iter().any(|word| word.contains(RARE)), "words are in the index of phone {number}");
    }
    for text in [NAME, PHONE] {
        assert!(!lies_in(&sim.server_dir(), text).unwrap(), "bytes are in the server's files");
    }
}

fn all_is_sound(sim: &mut Sim) {
    sim.check_same_everywhere().unwrap();
    sim.check_nothing_put_aside().unwrap();
    sim.check_actors().unwrap();
    sim.check_causally_closed().unwrap();
    sim.check_idle_is_small().unwrap();
}

#[test]
fn invariant_07_nothing_of_an_erased_resident_is_left_anywhere_and_late_work_is_kept() {
    let mut sim = Sim::open(Plot { packs: true, ..Plot::quiet(0x7200) }).unwrap();
    let (door, told, matter) = lived_in(&mut sim);
    sim.pack().unwrap();
    assert!(lies_in(&sim.server_dir(), PHONE).unwrap() && is_in(&sim.phone(0).dir.clone(), NAME));
    // Two phones write without having heard of it: on an item that is to be begun anew, a new one, and both on one remark.
    sim.phone(1).client.edit_visit(told.clone(), VisitEdit { note: Some("她说灯修好了".into()), ..VisitEdit::default() }).unwrap();
    sim.phone(1).client.record_visit(visit(&door, "后来又去了一次")).unwrap();
    for (number, note) in [(0, "一楼"), (1, "二楼")] {
        sim.phone(number).client.edit_household(door.clone(), HouseholdEdit { note: Some(note.into()), ..HouseholdEdit::default() }).unwrap();
    }
    for (number, at) in [(0, door.as_str()), (1, &door), (1, "")] {
        let named = if at.is_empty() { "不在哪家门口" } else { NAME };
        sim.phone(number).client.keep_draft(String::new(), "visit".into(), at.into(), format!("{named}，写到一半")).unwrap();
    }
    // A request that stays on its way for long.
    let slow = sim.phone(1).client.next_exchange().unwrap();
    sim.phone(1).client.exchange_failed();
    let preview = preview_erase(sim.app(), &what(&sim, &door)).unwrap();
    let kinds: Vec<_> = preview.documents.iter().map(|touched| touched.kind).collect();
    assert_eq!(kinds, ["card", "visits", "matter"]);
    assert!(preview.elsewhere.is_empty() && !format!("{preview:?}").contains(NAME));
    let erased = erase_at(&sim, &door);
    assert_eq!(erased.documents, preview.documents);
    for text in [NAME, PHONE] {
        assert!(!lies_in(&sim.server_dir(), text).unwrap(), "bytes are in the server's files");
    }
    let open = erasures(sim.app()).unwrap();
    assert_eq!((open.len(), open[0].phones.len()), (1, 2), "two phones read that grid");
    everybody_hears(&mut sim, 3);
    nothing_is_left(&mut sim, 3);
    assert_eq!([0, 1].map(|number| sim.phone(number).client.drafts().unwrap().len()), [0, 1], "what was half filled in at that door goes, too");
    let after = erasures(sim.app()).unwrap().remove(0);
    assert!(after.is_over() && after.late == 4, "{after:?}");
    for number in [0, 1] {
        let seen = sim.phone(number).client.household(door.clone()).unwrap();
        let mut notes: Vec<_> = seen.visits.iter().map(|visit| visit.note.clone()).collect();
        notes.sort();
        assert_eq!(notes, ["后来又去了一次", "她说灯修好了", "家里没人"]);
        assert!(seen.residents.iter().all(|resident| resident.name != NAME) && seen.residents.len() == 1);
        // Neither remark hides the other.
        let cards = sim.phone(number).client.reviews().unwrap();
        let values: Vec<_> = cards.iter().filter(|card| card.field == "note").flat_map(|card| card.values.iter().map(|told| told.value.clone())).collect();
        assert!(values.contains(&"一楼".to_owned()) && values.contains(&"二楼".to_owned()), "{values:?}");
        assert_eq!(sim.phone(number).client.matter(matter.clone()).unwrap().matter.text, "■■■■家楼道灯不亮，电话■■■■■■■■■■■");
    }
    let told = sim.app().store.told_of(matter.parse().unwrap()).unwrap();
    assert_eq!((told.0.len(), told.1.len()), (1, 1), "what was said before and again is told once");
    all_is_sound(&mut sim);
    // Whoever comes later reads the rows without bytes, or a pack.
    let newcomer = sim.join().unwrap();
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
    assert!(!is_in(&sim.phone(newcomer).dir.clone(), NAME));
    let rows = sim.log_rows().unwrap();
    for _ in 0..2 {
        sim.serve(1, &slow).unwrap().expect("an answer");
    }
    assert_eq!(sim.log_rows().unwrap(), rows, "late work came twice");
}

#[test]
fn invariant_07_what_was_erased_does_not_come_back_with_a_restored_server() {
    let mut sim = Sim::open(Plot::quiet(0x7201)).unwrap();
    let (door, _, _) = lived_in(&mut sim);
    sim.backup_server().unwrap();
    erase_at(&sim, &door);
    let open = erasures(sim.app()).unwrap().remove(0);
    assert_eq!(open.backups.len(), 1, "the office is told which backups still hold it");
    everybody_hears(&mut sim, 3);
    // Written after it, and lost by the server.
    sim.phone(1).client.record_visit(visit(&door, "抹除以后")).unwrap();
    sim.settle().unwrap();
    sim.restore_server().unwrap();
    for text in [NAME, PHONE] {
        assert!(!lies_in(&sim.server_dir(), text).unwrap(), "bytes came back");
    }
    everybody_hears(&mut sim, 3);
    nothing_is_left(&mut sim, 3);
    for number in [0, 1] {
        assert_eq!(sim.phone(number).client.household(door.clone()).unwrap().visits.len(), 3);
    }
    assert!(erasures(sim.app()).unwrap()[0].phones.is_empty());
    all_is_sound(&mut sim);
}

#[test]
fn invariant_07_a_phone_that_was_restored_and_one_that_shares_let_go_as_well() {
    let mut sim = Sim::open(Plot::quiet(0x7202)).unwrap();
    let (door, _, _) = lived_in(&mut sim);
    sim.share_with(2, &door, true).unwrap();
    sim.settle().unwrap();
    assert!(is_in(&sim.phone(2).dir.clone(), NAME));
    erase_at(&sim, &door);
    // And once more, for a word that was overlooked.
    let again = Erase { resident: None, words: vec!["耳背".into()], ..Erase { household: door.parse().unwrap(), ..what_else() } };
    assert_eq!(erase(sim.app(), &again).unwrap().documents.len(), 1);
    everybody_hears(&mut sim, 3);
    nothing_is_left(&mut sim, 3);
    assert!(!lies_in(&sim.server_dir(), "耳背").unwrap() && !is_in(&sim.phone(2).dir.clone(), "耳背"));
    assert_eq!(sim.phone(2).client.household(door.clone()).unwrap().visits.len(), 2);
    all_is_sound(&mut sim);
    sim.share_with(2, &door, false).unwrap();
    sim.move_door(&door, 1).unwrap();
    sim.settle().unwrap();
    assert!(sim.phone(2).client.household(door.clone()).is_ok(), "its grid is that phone's now");
    all_is_sound(&mut sim);
}

fn what_else() -> Erase {
    Erase { household: Id([0; 16]), resident: None, words: Vec::new(), also: Vec::new(), files: false }
}

#[test]
fn a_volume_that_was_archived_is_erased_as_well() {
    let mut sim = Sim::open(Plot::quiet(0x7204)).unwrap();
    let (door, _, _) = lived_in(&mut sim);
    // From September into March.
    sim.hands().turn(190 * 86_400_000);
    assert_eq!(archive_all(sim.app(), 60).unwrap().volumes, 1);
    sim.settle().unwrap();
    sim.compact().unwrap();
    assert_eq!(sim.phone(1).client.household(door.clone()).unwrap().visits.len(), 0);
    erase_at(&sim, &door);
    everybody_hears(&mut sim, 3);
    nothing_is_left(&mut sim, 3);
    assert_eq!(sim.phone(1).client.household(door.clone()).unwrap().visits.len(), 2, "begun anew, it is a volume like any other until it is archived again");
    all_is_sound(&mut sim);
    assert_eq!(archive_all(sim.app(), 60).unwrap().volumes, 1);
    sim.settle().unwrap();
    assert_eq!(sim.phone(1).client.household(door).unwrap().visits.len(), 0);
    all_is_sound(&mut sim);
}

#[test]
fn nothing_else_is_lost_while_words_are_erased() {
    for_seeds(10, "nothing_else_is_lost_while_words_are_erased", |seed| {
        let packs = seed % 2 == 0;
        let rough = Plot::rough(seed ^ 0x7210);
        let mut sim = Sim::open(Plot { packs, phone_accidents: !packs, moves: seed % 4 == 0, compacts: seed % 3 == 0, ..rough })?;
        for step in 1..=120 {
            sim.step()?;
            if step % 15 == 0 && !sim.is_down() {
                sim.something_is_erased()?;
            }
        }
        sim.settle()?;
        sim.check_all_arrived()
    });
}

#[test]
fn what_cannot_be_erased_is_said() {
    let mut sim = Sim::open(Plot::quiet(0x7203)).unwrap();
    let (door, ..) = lived_in(&mut sim);
    let code = |what: &Erase| erase(sim.app(), what).unwrap_err().code;
    let here = Erase { household: door.parse().unwrap(), ..what_else() };
    assert_eq!(code(&what_else()), "household.unknown");
    assert_eq!(code(&here), "erase.nothing");
    assert_eq!(code(&Erase { resident: Some(Id([9; 16])), ..here.clone() }), "resident.unknown");
    assert_eq!(code(&Erase { words: vec![NAME.into()], also: vec![Id([9; 16])], ..here.clone() }), "record.unknown");
    assert_eq!(resident_of(sim.app(), here.household, "无此人").unwrap_err().code, "resident.unknown");
    let nowhere = erase(sim.app(), &Erase { words: vec!["这个词没有".into()], ..here }).unwrap();
    assert!(nowhere.documents.is_empty());
}
