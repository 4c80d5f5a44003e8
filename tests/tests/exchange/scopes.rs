//! Where a phone may write: its scope, and matters without a door that its officer began.

use minqing_core::{
    Id,
    document::{
        Doc,
        matter::{Home, put_text},
        visits::{Made, add},
    },
    envelope::{Item, ItemKind, Quarantine},
    ids::{Opening, actor},
    model::{Address, NewHousehold, NewMatter, NewVisit},
    wire::ItemState,
};
use minqing_tests::{deeds::broken_lamp, sim::MORNING};

use super::{
    events::note,
    office::{document, file, rows},
    signer::{Signer, a_door, at_rest},
};

const OPENING: Opening = Opening([9; 5]);
const OUT_OF_SCOPE: ItemState = ItemState::Quarantined(Quarantine::OutOfScope);

fn matter(household: &str) -> NewMatter {
    NewMatter { community: "620102001001".into(), ..broken_lamp(household) }
}

fn text(signer: &Signer, doc: &mut Doc, id: Id, home: &Home) -> Item {
    let bytes = doc.change(actor(signer.device, OPENING), MORNING / 1000, |w| put_text(w, home, Id([3; 16]), Some("插一句"), None)).unwrap().unwrap();
    Item { kind: ItemKind::Change.number(), doc: id, bytes }
}

#[test]
fn a_phone_writes_in_the_grids_of_its_scope_and_nowhere_else() {
    let mut sim = at_rest(51);
    // The third phone takes grid 1, the second grid 2.
    let door = a_door(&mut sim, 2);
    let id: Id = sim.phone(2).client.register_matter(matter(&door.to_string())).unwrap().parse().unwrap();
    sim.settle().unwrap();
    let stranger = Signer::of(&mut sim, 1);
    let home = Home::Household(door);
    let attempts = [
        stranger.remark(&sim, OPENING, door, "别的网格"),
        text(&stranger, &mut document(&sim, id), id, &home),
        text(&stranger, &mut Doc::empty(), Id([0x74; 16]), &home),
        note(&stranger, id, Id([6; 16]), 1),
    ];
    let [log, ..] = rows(&sim);
    for (item, n) in attempts.iter().zip(1..) {
        assert_eq!(stranger.send(&mut sim, OPENING, n, std::slice::from_ref(item)), [OUT_OF_SCOPE], "attempt {n}");
    }
    assert_eq!(rows(&sim), [log, attempts.len() as i64, 0], "the office has the bytes, the log has nothing");
    let member = Signer::of(&mut sim, 2);
    let honest = [member.remark(&sim, OPENING, door, "本网格"), note(&member, id, Id([6; 16]), 1)];
    assert!(matches!(member.send(&mut sim, OPENING, 1, &honest)[..], [ItemState::Seq(_), ItemState::Seq(_)]));
}

#[test]
fn a_household_of_a_foreign_grid_is_refused_before_anything_is_written() {
    let mut sim = at_rest(52);
    let address = sim.phone(2).client.households(0, 1).unwrap().remove(0);
    let new = NewHousehold {
        grid: address.grid,
        address: Address { community: address.community, estate: "越界小区".into(), building: "1".into(), room: "1".into(), ..Default::default() },
        ..NewHousehold::default()
    };
    let refused = sim.phone(1).client.record_household(new).unwrap_err();
    assert_eq!((refused.code(), refused.path()), ("grid.not_yours", Some("grid")));
    let elsewhere = NewMatter { community: "620102001002".into(), ..matter("") };
    assert_eq!(sim.phone(1).client.register_matter(elsewhere).unwrap_err().code(), "area.mismatch");
    assert_eq!(sim.phone(1).client.today("zh".into()).unwrap().waiting, 0);
}

#[test]
fn a_matter_without_a_door_is_written_on_by_its_officer_alone() {
    let mut sim = at_rest(53);
    let id: Id = sim.phone(0).client.register_matter(matter("")).unwrap().parse().unwrap();
    sim.settle().unwrap();
    let home = |community: &str| Home::Community(community.into());
    let [log, ..] = rows(&sim);
    let colleague = Signer::of(&mut sim, 2);
    let attempts = [text(&colleague, &mut document(&sim, id), id, &home("620102001001")), note(&colleague, id, Id([6; 16]), 1)];
    assert_eq!(colleague.send(&mut sim, OPENING, 1, &attempts), [OUT_OF_SCOPE, OUT_OF_SCOPE]);
    // The desk of another community, whether it is open or not.
    let elsewhere = text(&colleague, &mut Doc::empty(), Id([0x74; 16]), &home("620102001002"));
    file(&sim).execute("INSERT INTO stream(kind, name, community) VALUES('desk', 'desk:620102001002', '620102001002')", []).unwrap();
    assert_eq!(colleague.send(&mut sim, OPENING, 3, &[elsewhere]), [OUT_OF_SCOPE]);
    assert_eq!(rows(&sim)[0], log);
    let author = Signer::of(&mut sim, 0);
    let honest = [text(&author, &mut document(&sim, id), id, &home("620102001001")), note(&author, id, Id([6; 16]), 1)];
    assert!(matches!(author.send(&mut sim, OPENING, 1, &honest)[..], [ItemState::Seq(_), ItemState::Seq(_)]));
}

#[test]
fn a_volume_lies_under_the_name_of_its_household_and_year() {
    let mut sim = at_rest(54);
    let (signer, door) = (Signer::of(&mut sim, 0), a_door(&mut sim, 0));
    let visit = NewVisit { purpose: "routine".into(), outcome: "talked".into(), ..NewVisit::default() };
    let made = Made { officer: signer.officer, at_ms: MORNING };
    let volume = |id| {
        let bytes = Doc::empty().change(actor(signer.device, OPENING), 0, |w| add(w, door, 2026, Id([8; 16]), &visit, made, &[])).unwrap().unwrap();
        Item { kind: ItemKind::Change.number(), doc: id, bytes }
    };
    let malformed = ItemState::Quarantined(Quarantine::Malformed);
    let wrong = [Id([8; 16]), Id::visits(door, 2027), Id::visits(Id([8; 16]), 2026)].map(volume);
    assert_eq!(signer.send(&mut sim, OPENING, 1, &wrong), vec![malformed; 3]);
    assert!(matches!(signer.send(&mut sim, OPENING, 4, &[volume(Id::visits(door, 2026))])[..], [ItemState::Seq(_)]));
}
