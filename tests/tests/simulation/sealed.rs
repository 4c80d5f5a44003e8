//! What two persons answer for is written by nobody else afterwards.

use minqing_core::{
    Id,
    envelope::Quarantine,
    model::{EventCode, Role},
    wire::ItemState,
};
use minqing_sync_server::pipeline::{Deed, Texts, act};
use minqing_tests::sim::Sim;

use super::intruder::{Intruder, doc_of, door, exchange, matter, quiet};

const OUT_OF_SCOPE: ItemState = ItemState::Quarantined(Quarantine::OutOfScope);
const TEXT: &str = "已修好，欢迎监督。";

fn office(sim: &Sim, matter: Id, by: u8, role: Role, code: EventCode, text: &str) -> Id {
    let texts = Texts { text: text.into(), ..Texts::default() };
    act(sim.app(), &Deed { matter, by: Id([by; 16]), role, works_for: vec![], code, payload: vec![0xa0], texts, saw: 1_000 }).unwrap()
}

fn public_texts(sim: &Sim) -> Vec<String> {
    let db = rusqlite::Connection::open(sim.server_dir().join("minqing.db")).unwrap();
    let mut query = db.prepare("SELECT text FROM public_text ORDER BY text").unwrap();
    query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn no_phone_writes_what_everybody_reads() {
    let mut sim = quiet(3, 31);
    let door = door(&mut sim, 2);
    let id = sim.phone(2).client.register_matter(matter(&door, "垃圾没人清")).unwrap();
    sim.settle().unwrap();
    let (id, mut intruder): (Id, _) = (id.parse().unwrap(), Intruder::new(&mut sim, 2, 9));
    let draft = office(&sim, id, 31, Role::Clerk, EventCode::DraftPublic, TEXT);
    exchange(&mut sim, 2).unwrap();
    let doc = doc_of(&mut sim, 2, id);
    let drafted = format!("text:{draft}");
    assert_eq!(intruder.writes(&sim, id, doc.clone(), |w| w.put(&drafted, "找王梅")), OUT_OF_SCOPE, "before it is approved");
    office(&sim, id, 41, Role::Lead, EventCode::ApprovePublic, "");
    office(&sim, id, 31, Role::Clerk, EventCode::ShowPublic, "");
    assert_eq!(intruder.writes(&sim, id, doc.clone(), |w| w.put(&drafted, "找王梅")), OUT_OF_SCOPE, "after it is shown");
    assert_eq!(intruder.writes(&sim, id, doc.clone(), |w| w.put(&format!("public:{draft}"), "找王梅")), OUT_OF_SCOPE, "nor a reply");
    assert_eq!(public_texts(&sim), [TEXT]);
    // Other texts of the matter are the officer's as before.
    assert!(matches!(intruder.writes(&sim, id, doc, |w| w.put("place", "北门")), ItemState::Seq(_)));
    assert_eq!(public_texts(&sim), [TEXT]);
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
}
