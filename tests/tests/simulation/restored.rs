//! The server's disk is lost and an older copy is put in its place: the phones bring back what it lacks.

use minqing_core::{Id, document::Doc, model::HouseholdEdit, view::RecordState};
use minqing_sync_server::{backup, rebuild, sync::add_households};
use minqing_tests::sim::{Faults, Plot, Sim, copy_files, for_seeds};

use super::intruder::{door, exchange, matter, quiet, visit};

/// A story with a night's backup, another day, and a morning on which the disk is gone.
fn story(seed: u64, faults: Faults) -> anyhow::Result<Sim> {
    let mut sim = Sim::open(Plot { phones: 4, faults, server_accidents: true, ..Plot::quiet(seed) })?;
    for _ in 0..80 {
        sim.step()?;
    }
    sim.backup_server()?;
    for _ in 0..80 {
        sim.step()?;
    }
    let before = sim.log_rows()?;
    sim.restore_server()?;
    anyhow::ensure!(sim.log_rows()? < before, "the backup lacked nothing: the story proves nothing");
    for _ in 0..40 {
        sim.step()?;
    }
    sim.settle()?;
    Ok(sim)
}

#[test]
fn invariant_15_what_a_person_wrote_that_any_phone_still_holds_is_on_a_restored_server_again() {
    for_seeds(6, "invariant_15", |seed| {
        let sim = story(seed ^ 0x1500, Faults::rough())?;
        sim.check_nothing_put_aside()?;
        sim.check_nothing_lost()?;
        sim.check_acknowledged()?;
        sim.check_fates()?;
        sim.check_same_everywhere()
    });
}

#[test]
fn invariant_09_a_restored_server_writes_no_change_under_a_used_name() {
    for_seeds(6, "invariant_09", |seed| {
        let sim = story(seed ^ 0x1900, Faults::rough())?;
        sim.check_actors()?;
        sim.check_causally_closed()
    });
}

#[test]
fn what_its_author_lost_is_brought_back_by_a_colleague_and_known_when_the_author_sends_it_too() {
    let mut sim = quiet(3, 801);
    sim.backup_server().unwrap();
    let door = door(&mut sim, 2);
    // Phone 2 writes, phone 0 pulls; then the disk is lost.
    let visit = sim.phone(2).client.record_visit(visit(&door, "楼道灯坏了")).unwrap();
    let matter = sim.phone(2).client.register_matter(matter(&door, "灯坏了")).unwrap();
    sim.settle().unwrap();
    sim.restore_server().unwrap();
    // Only the colleague comes first.
    for _ in 0..6 {
        exchange(&mut sim, 0).unwrap();
    }
    let on_server = |sim: &Sim| {
        let db = rusqlite::Connection::open(sim.server_dir().join("minqing.db")).unwrap();
        ["log WHERE device > 0", "log WHERE device = 0 AND kind < 3 AND envelope IS NULL", "recovered", "visit_row", "matter_row"]
            .map(|table| db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).unwrap())
    };
    let office = on_server(&sim)[1] - 3;
    assert_eq!(on_server(&sim), [0, office + 3, 3, 1, 1], "a visit, a matter's words and its registration");
    sim.settle().unwrap();
    assert_eq!(on_server(&sim), [0, office + 3, 3, 1, 1], "the author's own are known by then");
    for phone in [0, 2] {
        assert_eq!(sim.phone(phone).client.visit(visit.clone()).unwrap().note, "楼道灯坏了");
        assert_eq!(sim.phone(phone).client.matter(matter.clone()).unwrap().matter.state, RecordState::Applied);
        assert_eq!(sim.phone(phone).client.today("zh".into()).unwrap().waiting, 0);
        let file = rusqlite::Connection::open(sim.phone(phone).dir.join("minqing.db")).unwrap();
        let looks: i64 = file.query_row("SELECT count(*) FROM meta WHERE key = 'offers'", [], |row| row.get(0)).unwrap();
        assert_eq!(looks, 0, "phone {phone} goes on looking for what is lacking");
    }
    sim.check_same_everywhere().unwrap();
    assert!(rebuild::check(&*sim.app().store).unwrap().is_good());
}

#[test]
fn a_restored_phone_brings_back_to_a_restored_server_what_it_had_read_of_its_own() {
    let mut sim = quiet(3, 806);
    sim.backup_server().unwrap();
    let door = door(&mut sim, 1);
    let night = sim.scratch();
    sim.damage_phone(1, |dir| copy_files(dir, &night).unwrap()).unwrap();
    let matter = sim.phone(1).client.register_matter(matter(&door, "灯坏了")).unwrap();
    sim.settle().unwrap();
    // Of its journal nothing is left, and all of it comes back from the log.
    sim.damage_phone(1, |dir| copy_files(&night, dir).unwrap()).unwrap();
    exchange(&mut sim, 1).unwrap();
    exchange(&mut sim, 1).unwrap();
    assert_eq!(sim.phone(1).client.matter(matter.clone()).unwrap().matter.text, "灯坏了");
    sim.restore_server().unwrap();
    // Nobody else comes.
    for _ in 0..6 {
        exchange(&mut sim, 1).unwrap();
    }
    let db = rusqlite::Connection::open(sim.server_dir().join("minqing.db")).unwrap();
    let (matters, events): (i64, i64) =
        db.query_row("SELECT (SELECT count(*) FROM matter_row), (SELECT count(*) FROM event)", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!((matters, events), (1, 1), "words and registration");
    assert_eq!(sim.phone(1).client.matter(matter).unwrap().matter.state, RecordState::Applied);
}

#[test]
fn a_colleague_goes_on_bringing_back_as_long_as_it_brings_something() {
    const VISITS: i64 = 30;
    let mut sim = quiet(3, 804);
    sim.backup_server().unwrap();
    let door = door(&mut sim, 2);
    for n in 0..VISITS {
        sim.phone(2).client.record_visit(visit(&door, &format!("第{n}次"))).unwrap();
    }
    sim.settle().unwrap();
    sim.restore_server().unwrap();
    let on_server = |sim: &Sim| {
        let db = rusqlite::Connection::open(sim.server_dir().join("minqing.db")).unwrap();
        db.query_row("SELECT count(*) FROM visit_row", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    // Its author stays away; to the colleague each request is too small for more than a few.
    sim.phone(0).client.set_budget(1_000);
    let mut brought = std::collections::BTreeSet::new();
    for _ in 0..60 {
        exchange(&mut sim, 0).unwrap();
        brought.insert(on_server(&sim));
    }
    assert_eq!(brought.last(), Some(&VISITS), "{brought:?}");
    assert!(brought.len() > 9, "nine offers or fewer prove nothing: {brought:?}");
    let file = rusqlite::Connection::open(sim.phone(0).dir.join("minqing.db")).unwrap();
    let looks: i64 = file.query_row("SELECT count(*) FROM meta WHERE key IN ('offers', 'lacking')", [], |row| row.get(0)).unwrap();
    assert_eq!(looks, 0, "it goes on looking");
}

#[test]
fn what_a_server_will_not_have_is_offered_eight_times_and_no_more() {
    let mut sim = quiet(3, 805);
    sim.backup_server().unwrap();
    let door = door(&mut sim, 2);
    sim.phone(2).client.record_visit(visit(&door, "楼道灯坏了")).unwrap();
    sim.settle().unwrap();
    sim.restore_server().unwrap();
    // Long after a restore the server takes nothing that nobody signed.
    sim.hands().turn(36 * 24 * 3_600_000);
    let mut offers = 0;
    for _ in 0..20 {
        let body = sim.phone(0).client.next_exchange().unwrap();
        offers += usize::from(minqing_core::frame::decode_frame::<minqing_core::wire::Up>(&body).unwrap().recovered.is_some());
        let answer = sim.serve(0, &body).unwrap().expect("an answer");
        sim.phone(0).client.take_answer(answer).unwrap();
    }
    assert_eq!(offers, 8);
}

#[test]
fn a_server_that_was_not_restored_takes_nothing_that_nobody_signed() {
    let mut sim = quiet(2, 802);
    let door = door(&mut sim, 0);
    let item = {
        let id: Id = door.parse().unwrap();
        let mut doc: Doc = super::intruder::doc_of(&mut sim, 0, id);
        let actor = minqing_core::ids::actor(minqing_core::ids::Device(sim.phone(1).client.enrolment().unwrap().device), minqing_core::ids::Opening([3; 5]));
        let bytes = doc.change(actor, 0, |w| w.put("note", "替别人写的")).unwrap().unwrap();
        minqing_core::envelope::Item { kind: 1, doc: id, bytes }
    };
    let streams = sim.phone(0).client.streams().unwrap().len();
    let packed = minqing_core::frame::pack(&minqing_core::frame::to_cbor(&vec![item]));
    let up = minqing_core::wire::Up { scope: 1, seqs: vec![0; streams], recovered: Some(packed.into()), ..Default::default() };
    let before = sim.log_rows().unwrap();
    sim.serve(0, &minqing_core::frame::encode_frame(&up)).unwrap().unwrap();
    assert_eq!(sim.log_rows().unwrap(), before);
}

#[test]
fn a_backup_is_whole_or_not_there_and_a_bad_one_changes_nothing() {
    let mut sim = quiet(2, 803);
    let door = door(&mut sim, 0);
    sim.phone(0).client.edit_household(door, HouseholdEdit { note: Some("狗凶".into()), ..HouseholdEdit::default() }).unwrap();
    sim.settle().unwrap();
    let (dir, scratch) = (sim.server_dir(), sim.scratch());
    std::fs::create_dir_all(&scratch).unwrap();
    let file = scratch.join("night.tar");
    let saved = backup::save(sim.app(), &file).unwrap();
    assert!(saved.files >= 2, "the database and the key");
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions()) & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(&scratch).unwrap().count(), 1, "the copy was left");
    assert_eq!(backup::save(sim.app(), &file).unwrap_err().code, "backup.exists");
    let whole = std::fs::read(&file).unwrap();
    let (clock, entropy) = (sim.app().clock.clone(), sim.app().entropy.clone());
    let history = sim.app().store.history().unwrap();
    let mut torn = whole.clone();
    torn[4_000..90_000].fill(0x5a);
    for (name, bytes, code) in
        [("cut", whole[..whole.len() / 2].to_vec(), "restore.file"), ("none", b"no tar".to_vec(), "restore.file"), ("torn", torn, "store.damaged")]
    {
        let bad = scratch.join(name);
        std::fs::write(&bad, bytes).unwrap();
        assert_eq!(backup::restore(&bad, &dir, &*clock, &*entropy).unwrap_err().code, code, "{name}");
        assert_eq!(sim.app().store.history().unwrap(), history);
    }
    let elsewhere = scratch.join("new/data");
    std::fs::create_dir_all(elsewhere.parent().unwrap()).unwrap();
    assert_eq!(backup::restore(&file, &elsewhere, &*clock, &*entropy).unwrap().before, None);
    let app = minqing_sync_server::App::open(minqing_tests::server::config(&elsewhere).unwrap(), clock, entropy).unwrap();
    assert_ne!(app.store.history().unwrap(), history);
    assert!(rebuild::check(&*app.store).unwrap().is_good());
    // Its server writes in an opening of its own.
    assert!(add_households(&app, &[]).unwrap().is_empty());
    assert_ne!(app.pen.opening(), sim.app().pen.opening());
}
