//! `Cards`: what somebody has to look at, and what was made of it.

use std::collections::BTreeSet;

use minqing_core::{
    Id,
    document::{Doc, DocKind},
    ids::{Device, Opening, actor},
    view::HouseholdRow,
};

use super::{
    Make, Office,
    office::{COMMUNITY, STREAMS},
};
use crate::{
    projection::{HouseholdShown, MatterShown, ReviewShown},
    storage::{CardCounts, Decision, DecisionKind, DoorFacts, RefusedShown},
};

const ELSEWHERE: &str = "620102001002";

/// A document that lies in a stream of the office.
fn keep(office: &Office, id: Id) {
    let mut doc = Doc::empty();
    doc.change(actor(Device(1), Opening([1; 5])), 0, |w| w.put("note", "x")).unwrap();
    office.apply(|unit| {
        let stream = unit.stream(STREAMS[0])?.expect("a stream");
        let head = crate::storage::log::DocumentHead { kind: DocKind::Card, stream, creator: Id([2; 16]), version: 0 };
        unit.keep_document(id, &head, &doc.save())
    });
}

fn door(id: u8, community: &str, who: &[u8]) -> HouseholdShown {
    let row = HouseholdRow { id: Id([id; 16]).to_string(), community: community.into(), ..HouseholdRow::default() };
    HouseholdShown { id: [id; 16], row, who: who.iter().map(|key| [*key; 16]).collect::<BTreeSet<_>>(), ..HouseholdShown::default() }
}

fn decision(id: u8, kind: DecisionKind, doc: Id, other: &str, at_ms: i64) -> Decision {
    let (community, other) = (COMMUNITY.to_owned(), other.to_owned());
    Decision { id: Id([id; 16]), community, kind, doc, other, was: "null".into(), became: "x".into(), staff: Id([9; 16]), at_ms, undone_ms: None }
}

pub fn fields_with_two_values_are_listed_as_long_as_they_have_them(make: Make<'_>) {
    let office = Office::of(make);
    let (a, b) = (Id([1; 16]), Id([2; 16]));
    keep(&office, a);
    keep(&office, b);
    let review = |doc: Id, field: &str, newest_s| ReviewShown { doc: doc.0, field: field.into(), newest_s };
    office.apply(|unit| {
        unit.show_reviews(b, &[review(b, "note", 5)])?;
        unit.show_reviews(a, &[review(a, "note", 9), review(a, "room", 3)])
    });
    let listed = |limit| office.store.reviews(COMMUNITY, limit).unwrap();
    assert_eq!(listed(9), [(a, "room".to_owned()), (b, "note".to_owned()), (a, "note".to_owned())], "what waits longest comes first");
    assert_eq!((listed(1).len(), office.store.reviews(ELSEWHERE, 9).unwrap().len()), (1, 0));
    assert_eq!(office.store.card_counts(COMMUNITY).unwrap(), CardCounts { edits: 3, ..CardCounts::default() });
    office.apply(|unit| unit.show_reviews(a, &[]));
    assert_eq!(listed(9), [(b, "note".to_owned())]);
}

pub fn doors_with_a_key_in_common_are_twins_until_somebody_says_that_they_are_two(make: Make<'_>) {
    let office = Office::of(make);
    office.apply(|unit| {
        for row in [door(3, COMMUNITY, &[7]), door(1, COMMUNITY, &[7, 8]), door(2, COMMUNITY, &[8]), door(4, ELSEWHERE, &[7]), door(5, COMMUNITY, &[])] {
            unit.show_household(&row)?;
        }
        Ok(())
    });
    let id = |n: u8| Id([n; 16]);
    let twins = || office.store.twins(COMMUNITY, 99).unwrap();
    assert_eq!(twins(), [(id(1), id(2)), (id(1), id(3))], "of one community, each pair once, the smaller first");
    assert_eq!(office.store.card_counts(COMMUNITY).unwrap().doors, 2);
    // What stands at many doors tells nothing; once few have it, it does.
    office.apply(|unit| (10..=15).try_for_each(|id| unit.show_household(&door(id, COMMUNITY, &[9]))));
    assert_eq!(twins().len(), 2);
    office.apply(|unit| unit.show_household(&door(15, COMMUNITY, &[])));
    assert_eq!(twins().len(), 2 + 10, "each of five with each other");
    office.apply(|unit| (10..=14).try_for_each(|id| unit.show_household(&door(id, ELSEWHERE, &[9]))));
    assert_eq!((twins().len(), office.store.twins(ELSEWHERE, 99).unwrap().len()), (2, 10), "they moved all together");
    let apart = decision(1, DecisionKind::Door, id(1), &format!("apart:{}", "02".repeat(16)), 5);
    office.apply(|unit| unit.keep_decision(&apart));
    assert_eq!(twins(), [(id(1), id(3))]);
    office.apply(|unit| unit.undo_decision(apart.id, 6).map(drop));
    assert_eq!(twins().len(), 2);
    office.apply(|unit| unit.show_household(&door(1, COMMUNITY, &[8])));
    assert_eq!(twins(), [(id(1), id(2))]);
    office.apply(|unit| unit.show_household(&HouseholdShown { merged_into: Some([1; 16]), ..door(2, COMMUNITY, &[]) }));
    assert_eq!((twins(), office.store.merged_into(id(1)).unwrap()), (vec![], vec![id(2)]));
    let doors: Vec<String> = office.store.doors_of(COMMUNITY).unwrap().into_iter().map(|row| row.id).collect();
    assert_eq!(doors, [1, 3, 5, 15].map(|n| id(n).to_string()), "what is another door by now is none");
}

pub fn matters_without_a_door_and_refused_events_wait_to_be_looked_at(make: Make<'_>) {
    let office = Office::of(make);
    let matter = |id: u8| MatterShown {
        id: [id; 16],
        community: COMMUNITY.into(),
        affected: "household".into(),
        place: "后院".into(),
        state: "registered".into(),
        at_ms: i64::from(10 - id),
        ..MatterShown::default()
    };
    let refused = |event: u8, at_ms| RefusedShown {
        event: [event; 16],
        matter: [1; 16],
        community: COMMUNITY.into(),
        officer: [5; 16],
        code: 5,
        reason: "overtaken".into(),
        at_ms,
    };
    office.apply(|unit| {
        unit.show_matter(&matter(1))?;
        unit.show_matter(&matter(2))?;
        unit.show_matter(&MatterShown { household: Some([7; 16]), ..matter(3) })?;
        unit.show_matter(&MatterShown { door: Some([7; 16]), ..matter(4) })?;
        unit.show_matter(&MatterShown { affected: "building".into(), ..matter(5) })?;
        unit.show_matter(&MatterShown { place: String::new(), ..matter(6) })?;
        unit.show_matter(&MatterShown { state: "void".into(), ..matter(7) })?;
        unit.show_refused(&refused(0xab, 2))?;
        unit.show_refused(&refused(0xac, 1))
    });
    let id = |n: u8| Id([n; 16]);
    assert_eq!(office.store.without_door(COMMUNITY, 9).unwrap(), [id(2), id(1)], "oldest first");
    assert_eq!(office.store.refused(COMMUNITY, 9).unwrap(), [refused(0xac, 1), refused(0xab, 2)]);
    assert_eq!(office.store.card_counts(COMMUNITY).unwrap(), CardCounts { addresses: 2, refused: 2, ..CardCounts::default() });
    assert_eq!(office.store.card_counts(ELSEWHERE).unwrap().all(), 0);
    assert_eq!(office.store.door_facts(id(7)).unwrap(), DoorFacts { matters: 2, open: 2, ..DoorFacts::default() });
    office.apply(|unit| {
        unit.keep_decision(&decision(1, DecisionKind::Address, id(1), "none", 5))?;
        unit.keep_decision(&decision(2, DecisionKind::Refused, id(1), &"AB".repeat(16), 6))
    });
    assert_eq!(office.store.without_door(COMMUNITY, 9).unwrap(), [id(2)]);
    assert_eq!(office.store.refused(COMMUNITY, 9).unwrap(), [refused(0xac, 1)]);
}

pub fn a_decision_is_kept_found_and_taken_back_once(make: Make<'_>) {
    let office = Office::of(make);
    let (first, second) = (decision(1, DecisionKind::Edit, Id([3; 16]), "note", 5), decision(2, DecisionKind::Edit, Id([3; 16]), "note", 7));
    office.apply(|unit| {
        unit.keep_decision(&first)?;
        unit.keep_decision(&second)
    });
    let store = &office.store;
    assert_eq!(store.decision(first.id).unwrap(), Some(first.clone()));
    assert_eq!(store.decided_of(Id([3; 16]), "note").unwrap(), Some(second.clone()), "the newest");
    assert_eq!((store.decided_of(Id([3; 16]), "room").unwrap(), store.decision(Id([8; 16])).unwrap()), (None, None));
    assert_eq!(store.decisions(COMMUNITY, 0, 9).unwrap(), [second.clone(), first]);
    assert_eq!((store.decisions(COMMUNITY, 6, 9).unwrap().len(), store.decisions(ELSEWHERE, 0, 9).unwrap().len()), (1, 0));
    assert_eq!(store.decided(COMMUNITY, 0).unwrap(), 2);
    let mut undone = Vec::new();
    office.apply(|unit| {
        undone = vec![unit.undo_decision(second.id, 8)?, unit.undo_decision(second.id, 9)?, unit.undo_decision(Id([8; 16]), 9)?];
        Ok(())
    });
    assert_eq!(undone, [true, false, false]);
    assert_eq!((store.decision(second.id).unwrap().unwrap().undone_ms, store.decided(COMMUNITY, 0).unwrap()), (Some(8), 1));
}
