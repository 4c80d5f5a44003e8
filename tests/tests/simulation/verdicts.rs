//! Two officers and one matter: the server judges once, and everybody sees the same.

use minqing_core::{model::NewMatter, view::RecordState};
use minqing_tests::sim::{Plot, Sim};

#[test]
fn of_two_who_settle_one_matter_unseen_by_each_other_the_first_to_arrive_wins() {
    let mut sim = Sim::open(Plot { phones: 3, ..Plot::quiet(5) }).unwrap();
    sim.settle().unwrap();
    let door = sim.phone(2).client.households(0, 1).unwrap().remove(0).id;
    let matter = NewMatter {
        kind: "complaint".into(),
        channel: "door".into(),
        category: "sanitation".into(),
        text: "院子垃圾没人收".into(),
        household: door,
        affected: "estate".into(),
        ..NewMatter::default()
    };
    let id = sim.phone(0).client.register_matter(matter).unwrap();
    let pending = sim.phone(0).client.matter(id.clone()).unwrap().matter;
    assert!(pending.pending && pending.main_state == "registered" && pending.state == RecordState::Ready);
    assert_eq!(pending.code.len(), 8);
    sim.settle().unwrap();
    assert!(!sim.phone(0).client.matter(id.clone()).unwrap().matter.pending);

    let first = sim.phone(2).client.solve_on_spot(id.clone(), "联系物业清走了".into()).unwrap();
    let second = sim.phone(0).client.solve_on_spot(id.clone(), "我也清了一遍".into()).unwrap();
    assert_eq!(sim.phone(0).client.matter(id.clone()).unwrap().matter.main_state, "feedback", "shown at once, as pending");
    let body = sim.phone(2).client.next_exchange().unwrap();
    let answer = sim.serve(2, &body).unwrap().unwrap();
    sim.phone(2).client.take_answer(answer).unwrap();
    sim.settle().unwrap();

    for phone in [0, 2] {
        let detail = sim.phone(phone).client.matter(id.clone()).unwrap();
        assert_eq!(detail.matter.main_state, "feedback");
        let ordinals: Vec<_> = detail.events.iter().map(|e| (e.ordinal, e.event.as_str(), e.refused.as_str())).collect();
        assert_eq!(ordinals, [(1, "register", ""), (2, "solve_on_spot", ""), (3, "solve_on_spot", "overtaken")]);
        let refused = &detail.events[2];
        assert_eq!((refused.id.as_str(), refused.overtaken_by.as_str()), (second.as_str(), first.as_str()));
        assert_eq!(refused.text, "我也清了一遍", "no word is lost");
    }
    assert_eq!(sim.phone(0).client.matter(id.clone()).unwrap().matter.state, RecordState::Refused, "its author is told");
    assert_eq!(sim.phone(2).client.matter(id).unwrap().matter.state, RecordState::Applied);
    assert_eq!(sim.phone(0).client.today("en".into()).unwrap().refused, 1);
    sim.check_same_everywhere().unwrap();
}

#[test]
fn a_matter_without_a_door_reaches_its_author_by_the_own_stream() {
    let mut sim = Sim::open(Plot { phones: 2, ..Plot::quiet(6) }).unwrap();
    let matter = NewMatter {
        kind: "suggestion".into(),
        channel: "platform".into(),
        category: "culture".into(),
        text: "希望有个活动室".into(),
        community: "620102001001".into(),
        affected: "community".into(),
        ..NewMatter::default()
    };
    let id = sim.phone(0).client.register_matter(matter).unwrap();
    sim.settle().unwrap();
    let row = sim.phone(0).client.matter(id.clone()).unwrap().matter;
    assert!(!row.pending, "the verdict came by the person stream");
    assert_eq!(row.state, RecordState::Applied);
    sim.phone(0).client.add_note(id.clone(), "已经和社区书记说过".into()).unwrap();
    sim.settle().unwrap();
    assert_eq!(sim.phone(0).client.matter(id.clone()).unwrap().events[1].ordinal, 2);
    assert_eq!(sim.phone(1).client.matter(id).unwrap_err().code(), "matter.unknown", "no other phone reads the desk");
}
