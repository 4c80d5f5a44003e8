//! What any merge of any story keeps (docs/SYNC.md, "Invariants"), as far as one document goes.

use std::collections::BTreeSet;

use minqing_core::{
    document::{Conflict, Doc, Merge, conflicts, every_value, merge_rule},
    ids::Device,
};
use proptest::{prelude::*, test_runner::RngSeed};

use super::{
    office::{Office, Step},
    typing::{SUBJECTS, Subject, WORDS, is_typed},
};

const NOON: i64 = 1_789_315_200;
const TEN_YEARS: i64 = 315_576_000;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 64, rng_seed: RngSeed::Fixed(14), failure_persistence: None, ..ProptestConfig::default() }
}

fn story() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => any::<[u8; 4]>().prop_map(|[phone, what, which, word]| Step::Write { phone, what, which, word }),
        4 => any::<[u8; 2]>().prop_map(|[phone, change]| Step::Fetch { phone, change }),
        1 => any::<u8>().prop_map(|phone| Step::Reopen { phone }),
    ];
    prop::collection::vec(step, 1..32)
}

fn clocks() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(NOON - TEN_YEARS..NOON + TEN_YEARS, 2..=4)
}

fn subject() -> impl Strategy<Value = Subject> {
    prop::sample::select(&SUBJECTS[..])
}

fn untimed(doc: &Doc) -> Vec<Conflict> {
    let mut all = conflicts(doc);
    all.iter_mut().flat_map(|c| &mut c.values).for_each(|told| told.time_s = 0);
    all
}

/// Everything two documents can be told apart by, but for hashes and times.
fn shape(doc: &Doc) -> impl PartialEq + std::fmt::Debug + use<> {
    (doc.content(), every_value(doc), untimed(doc), doc.heads().len(), doc.change_hashes().len())
}

/// An order of the log in which a change comes after all it rests on, chosen by `picks`.
fn other_order(office: &Office, picks: &[u8]) -> Vec<usize> {
    let mut order: Vec<usize> = vec![];
    let mut picks = picks.iter().copied().cycle();
    while order.len() < office.log.len() {
        let ready = |i: &usize| !order.contains(i) && office.log[*i].past.iter().all(|p| order.contains(p));
        let ready: Vec<usize> = (0..office.log.len()).filter(ready).collect();
        order.push(ready[usize::from(picks.next().unwrap_or(0)) % ready.len()]);
    }
    order
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn invariant_14_what_a_person_typed_is_found_again_after_any_merge(subject in subject(), clocks in clocks(), story in story()) {
        let mut office = Office::new(subject, &clocks).play(&story);
        office.meet();
        let merged = &office.phones[0].doc;
        let (content, mut found, mut cards) = (merged.content(), every_value(merged), conflicts(merged));
        for (field, standing) in office.all_standing() {
            let values: BTreeSet<String> = standing.iter().map(|(value, _)| value.clone()).collect();
            let there: BTreeSet<String> = found.remove(field).unwrap_or_default().into_iter().collect();
            prop_assert_eq!(&there, &values, "{}", field);
            let card = cards.iter().position(|c| c.field == field).map(|i| cards.remove(i));
            if values.len() < 2 || merge_rule(field) != Merge::OneValue {
                prop_assert_eq!(card, None, "{} is not disputed", field);
                continue;
            }
            let card = card.expect("a disputed field has a review card");
            let told: BTreeSet<String> = card.values.iter().map(|t| t.value.clone()).collect();
            prop_assert_eq!(told.len(), card.values.len(), "each value once");
            prop_assert_eq!(told, values);
            for value in &card.values {
                prop_assert!(standing.iter().any(|(v, device)| *v == value.value && Some(*device) == value.device), "{:?} is told of the wrong device", value);
                prop_assert!(clocks.contains(&value.time_s));
            }
            let shown = field.split_once('/').map_or(content.root.0.get(field), |(item, name)| content.items[item].0.get(name));
            prop_assert_eq!(shown.map(ToString::to_string), Some(card.values[0].value.clone()));
        }
        prop_assert_eq!(cards, vec![]);
        prop_assert_eq!(found.into_keys().filter(|f| is_typed(f)).collect::<Vec<_>>(), Vec::<String>::new(), "nobody typed this");
    }

    #[test]
    fn invariant_12_wall_clocks_change_no_merge(subject in subject(), clocks in clocks(), story in story()) {
        let right = vec![NOON; clocks.len()];
        let mut one = Office::new(subject, &right).play(&story);
        let mut other = Office::new(subject, &clocks).play(&story);
        for (a, b) in one.phones.iter().zip(&other.phones) {
            prop_assert_eq!(shape(&a.doc), shape(&b.doc), "before they meet");
        }
        one.meet();
        other.meet();
        prop_assert_eq!(one.log.iter().map(|l| &l.past).collect::<Vec<_>>(), other.log.iter().map(|l| &l.past).collect::<Vec<_>>());
        prop_assert_eq!(shape(&one.phones[0].doc), shape(&other.phones[0].doc));
    }

    #[test]
    fn any_order_gives_equal_heads_and_content(subject in subject(), clocks in clocks(), story in story(), picks in any::<[u8; 16]>()) {
        let mut office = Office::new(subject, &clocks).play(&story);
        office.meet();
        let server = office.admitted();
        let order = other_order(&office, &picks);
        let mut stepwise = Doc::empty();
        order.iter().for_each(|i| stepwise.apply(&[office.log[*i].bytes.clone()]).unwrap());
        let mut backwards = Doc::empty();
        backwards.apply(&order.iter().rev().map(|i| office.log[*i].bytes.clone()).collect::<Vec<_>>()).unwrap();
        let loaded = Doc::load(&server.save()).unwrap();
        for doc in office.phones.iter().map(|p| &p.doc).chain([&stepwise, &backwards, &loaded]) {
            prop_assert_eq!(doc.heads(), server.heads());
            prop_assert_eq!(shape(doc), shape(&server));
            prop_assert_eq!(conflicts(doc), conflicts(&server));
        }
    }

    #[test]
    fn equal_values_are_no_conflict(subject in subject(), clocks in clocks(), word in 0u8..3, others in 1u8..3) {
        // All start the same document and type the same into it, knowing nothing of each other.
        let start = |phones: std::ops::Range<usize>, word| {
            let mut office = Office::new(subject, &clocks);
            phones.for_each(|phone| office.write(phone, 5, 0, word));
            office
        };
        let mut office = start(0..clocks.len(), word);
        office.meet();
        prop_assert_eq!(office.log.len(), clocks.len());
        prop_assert_eq!(conflicts(&office.phones[0].doc), vec![]);
        // One of them types something else: one card for each field they share.
        let mut office = start(0..clocks.len() - 1, word);
        office.write(clocks.len() - 1, 5, 0, (word + others) % 3);
        office.meet();
        let cards = conflicts(&office.phones[0].doc);
        let expected: &[&str] = if subject == Subject::Card { &["note"] } else { &[] };
        prop_assert_eq!(cards.iter().map(|c| c.field.as_str()).collect::<Vec<_>>(), expected);
        for card in cards {
            let who: BTreeSet<Option<Device>> = card.values.iter().map(|t| t.device).collect();
            prop_assert!(card.values.len() == 2 && who.contains(&Some(office.phones[clocks.len() - 1].device)));
        }
    }
}

#[test]
fn what_settles_a_dispute_is_a_word_of_its_own() {
    let mut office = Office::new(Subject::Card, &[NOON, NOON, NOON]);
    office.write(0, 0, 0, 0);
    office.write(1, 0, 0, 1);
    office.fetch(0, 1);
    let shown = usize::from(office.phones[0].doc.content().root.text("note") == WORDS[1]);
    // Phone 0 settles on the note that is shown of the two; phone 2 saw that one only, and writes over it.
    office.fetch(2, shown);
    office.write(0, 4, 0, shown as u8);
    office.write(2, 4, 0, 2);
    office.meet();
    let mut notes = every_value(&office.phones[1].doc)["note"].clone();
    notes.sort();
    let mut both = [WORDS[shown], WORDS[2]];
    both.sort_unstable();
    assert_eq!(notes, both);
}

#[test]
fn taking_out_of_a_set_takes_only_what_was_seen() {
    let mut office = Office::new(Subject::Card, &[NOON, NOON]);
    office.write(0, 0, 0, 0);
    office.fetch(1, 0);
    // Both know the need. One takes it out; the other takes it out as well and writes it down anew.
    office.write(0, 3, 0, 0);
    office.write(1, 3, 0, 0);
    office.write(1, 2, 0, 0);
    office.meet();
    let needs = |office: &Office| office.phones[0].doc.content().root.set("need:").count();
    assert_eq!(needs(&office), 1, "written anew by one who had not seen it go");
    office.write(0, 3, 0, 0);
    office.meet();
    assert_eq!(needs(&office), 0);
    assert_eq!(office.phones[0].doc.heads(), office.phones[1].doc.heads());
}
