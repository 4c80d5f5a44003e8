//! Applying is one transaction: whichever of its writes fails, everything is still received and nothing is applied.

use minqing_core::{envelope::Quarantine, frame::encode_frame, ids::Opening, model::NewVisit, view::RecordState, wire::ItemState, wire::Up};
use minqing_tests::{deeds::broken_lamp, sim::Sim};

use super::{
    office::{count, file, rows},
    signer::{Signer, a_door, at_rest},
};

/// A visit and a matter: three items.
fn write(sim: &mut Sim) -> [String; 2] {
    let household = a_door(sim, 0).to_string();
    let visit = NewVisit { household: household.clone(), purpose: "routine".into(), outcome: "talked".into(), ..NewVisit::default() };
    let matter = broken_lamp(&household);
    [sim.phone(0).client.record_visit(visit).unwrap(), sim.phone(0).client.register_matter(matter).unwrap()]
}

/// All that applying writes to, but the inbox.
fn applied(sim: &Sim) -> Vec<i64> {
    let tables = ["log", "doc_sum", "document", "matter", "event", "visit_row", "matter_row"];
    let mut counts: Vec<i64> = tables.iter().map(|table| count(sim, &format!("SELECT count(*) FROM {table}"))).collect();
    counts.push(count(sim, "SELECT sum(seq) FROM stream"));
    counts
}

#[test]
fn invariant_01_whichever_write_of_applying_fails_all_of_it_stays_received_until_it_is_asked_for_again() {
    let mut sim = at_rest(71);
    let writes = [
        "INSERT ON log",
        "UPDATE ON stream",
        "INSERT ON doc_sum",
        "INSERT ON document",
        "INSERT ON visit_row",
        "INSERT ON matter",
        "INSERT ON event",
        "INSERT ON matter_row",
        "DELETE ON inbox",
    ];
    for failing in writes {
        let [visit, matter] = write(&mut sim);
        let before = applied(&sim);
        file(&sim).execute_batch(&format!("CREATE TRIGGER full BEFORE {failing} BEGIN INSERT INTO the_disk_is_full VALUES (1); END")).unwrap();
        let body = sim.phone(0).client.next_exchange().unwrap();
        let told = sim.serve(0, &body).unwrap_err();
        assert!(format!("{told:#}").contains("store.failed"), "{failing}: {told:#}");
        file(&sim).execute_batch("DROP TRIGGER full").unwrap();
        assert_eq!(applied(&sim), before, "{failing}");
        assert_eq!(count(&sim, "SELECT count(*) FROM inbox WHERE state = 16"), 3, "{failing}");

        // Asking again brings nothing twice, and what was received is applied now.
        let answer = sim.serve(0, &body).unwrap().expect("an answer");
        sim.phone(0).client.take_answer(answer).unwrap();
        assert_eq!(rows(&sim)[1], 0, "{failing}: nothing waits any longer");
        assert_eq!(sim.phone(0).client.visit(visit).unwrap().state, RecordState::Applied, "{failing}");
        assert_eq!(sim.phone(0).client.matter(matter).unwrap().matter.state, RecordState::Applied, "{failing}");
    }
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
    sim.check_acknowledged().unwrap();
}

/// The server keeps documents open that it wrote last. Of what was undone, all or one item, nothing may stay open.
#[test]
fn a_document_that_was_not_kept_is_not_gone_on_with() {
    for (failing, is_put_aside) in [("INSERT INTO the_disk_is_full VALUES (1)", false), ("SELECT RAISE(ABORT, 'does not fit')", true)] {
        let mut sim = at_rest(72);
        let signer = Signer::of(&mut sim, 0);
        let door = a_door(&mut sim, 0);
        let [mine, other] = [8, 9].map(|n| Opening([n; 5]));
        let [first, second] = [(mine, "狗凶"), (other, "在家")].map(|(opening, note)| signer.remark(&sim, opening, door, note));
        let envelope = signer.seal(mine, 1, &[first]);
        file(&sim).execute_batch(&format!("CREATE TRIGGER full BEFORE DELETE ON inbox BEGIN {failing}; END")).unwrap();
        if is_put_aside {
            assert_eq!(signer.carry(&mut sim, &envelope), [ItemState::Quarantined(Quarantine::Failed)]);
        } else {
            let up = Up { scope: 1, seqs: vec![0; signer.streams], envelopes: Some(vec![envelope.encode().into()]), ..Up::default() };
            sim.serve(0, &encode_frame(&up)).unwrap_err();
        }
        file(&sim).execute_batch("DROP TRIGGER full").unwrap();
        assert!(matches!(signer.send(&mut sim, other, 1, &[second])[..], [ItemState::Seq(_)]));
        let third = signer.remark(&sim, other, door, "白天没人");
        assert!(matches!(signer.send(&mut sim, other, 2, &[third])[..], [ItemState::Seq(_)]), "{failing}");
        let report = minqing_sync_server::rebuild::check(&*sim.app().store).unwrap();
        assert!(report.is_good(), "{report:?}");
    }
}
