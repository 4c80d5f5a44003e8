//! Search follows what is written here and what comes down, in the transaction that shows it.

use minqing_core::{
    client::Client,
    model::{HouseholdEdit, NewMatter, NewResident, NewVisit, ResidentEdit},
    view::{CellMark, FoundKind, RecordState},
};

use super::signer::{a_door, at_rest};

fn find(phone: &Client, text: &str) -> Vec<(FoundKind, RecordState)> {
    phone.search(text.into(), vec![], 0, 50).unwrap().into_iter().map(|row| (row.kind, row.state)).collect()
}

#[test]
fn a_visit_is_found_here_at_once_and_on_the_other_phone_after_its_exchange() {
    let mut sim = at_rest(701);
    // Of the first two phones both hold the first door's grid.
    let door = a_door(&mut sim, 0).to_string();
    let [ours, theirs] = [0, (1..).find(|n| sim.phone(*n).client.household(door.clone()).is_ok()).unwrap()];
    let resident = NewResident { name: "欧阳小满".into(), phone: "0931 012 3456".into(), ..NewResident::default() };
    let edit = HouseholdEdit { new_residents: vec![resident], ..HouseholdEdit::default() };
    sim.phone(ours).client.edit_household(door.clone(), edit).unwrap();
    let visit =
        NewVisit { household: door.clone(), purpose: "routine".into(), outcome: "nobody_in".into(), note: "单元门禁坏了".into(), ..NewVisit::default() };
    sim.phone(ours).client.record_visit(visit).unwrap();
    let matter = NewMatter {
        household: door.clone(),
        kind: "complaint".into(),
        channel: "door".into(),
        category: "utilities".into(),
        affected: "household".into(),
        text: "门禁没人修".into(),
        ..NewMatter::default()
    };
    sim.phone(ours).client.register_matter(matter).unwrap();
    assert_eq!(find(&sim.phone(ours).client, "门禁"), [(FoundKind::Matter, RecordState::Ready), (FoundKind::Visit, RecordState::Ready)]);
    assert_eq!(find(&sim.phone(theirs).client, "门禁"), []);
    sim.settle().unwrap();
    assert_eq!(find(&sim.phone(ours).client, "门禁"), [(FoundKind::Matter, RecordState::Applied), (FoundKind::Visit, RecordState::Applied)]);
    for typed in ["门禁", "oyxm 门禁", "欧阳 门禁"] {
        assert_eq!(find(&sim.phone(theirs).client, typed).len(), 2, "{typed}");
    }
    assert_eq!(find(&sim.phone(theirs).client, "3456").len(), 1);
    let row = sim.phone(theirs).client.stairwells(None, None, 0, 1).unwrap().remove(0);
    let floors = sim.phone(theirs).client.stairwell(row).unwrap().floors;
    let cell = floors.iter().flat_map(|f| &f.cells).find(|c| c.household == door).unwrap();
    assert_eq!(cell.mark, CellMark::NobodyIn);
}

#[test]
fn a_name_that_was_corrected_is_no_longer_found() {
    let mut sim = at_rest(702);
    let door = a_door(&mut sim, 0).to_string();
    let phone = &mut sim.phone(0).client;
    let old = phone.household(door.clone()).unwrap().residents.remove(0);
    assert!(!find(phone, &old.name).is_empty());
    let before = find(phone, &old.name).len();
    let edit = ResidentEdit { id: old.id, name: Some("贺兰雪".into()), ..ResidentEdit::default() };
    phone.edit_household(door, HouseholdEdit { residents: vec![edit], ..HouseholdEdit::default() }).unwrap();
    assert!(find(phone, &old.name).len() < before);
    assert_eq!(find(phone, "hlx").len(), 2);
}

#[test]
fn what_cannot_be_asked_is_refused_by_name() {
    let mut sim = at_rest(703);
    let phone = &sim.phone(0).client;
    assert_eq!(phone.search("水".repeat(101), vec![], 0, 50).unwrap_err().code(), "text.too_long");
    let error = phone.search("水".into(), vec!["visit".into(), "street".into()], 0, 50).unwrap_err();
    assert_eq!((error.code(), error.path()), ("code.unknown", Some("kinds[1]")));
    assert!(phone.search("住户".into(), vec![], 0, u32::MAX).unwrap().len() <= 500);
}
