//! Events: what they wait for, whom they speak for, and where their verdicts go.

use minqing_core::{
    Id,
    client::Client,
    clock::At,
    document::{Doc, card},
    envelope::{Item, ItemKind, Quarantine},
    event::{Event, Fact, Register, Verdict},
    frame::{MAX_ITEM, to_cbor, unpack},
    ids::{Opening, actor},
    model::{Address, EventCode, NewHousehold, RefusalCode, Role, address_name},
    wire::ItemState,
};
use minqing_tests::{
    deeds::broken_lamp,
    hands::PhoneSystem,
    phone::key_of,
    sim::{MORNING, Sim, copy_files},
};

use super::{
    office::{file, rows},
    signer::{Signer, a_door, at_rest},
};

const OPENING: Opening = Opening([9; 5]);
const GRID: &str = "620102001001001";
const MATTER: Id = Id([0x77; 16]);

fn event(signer: &Signer, id: u8, code: EventCode, saw: u64) -> Event {
    let at = At { device_ms: 0, server_ms: Some(MORNING), since_ms: Some(0) };
    Event { id: Id([id; 16]), code: code.number(), by: signer.officer, role: Role::Officer.number(), at, saw, after: None, payload: vec![0xa0] }
}

fn register(signer: &Signer, household: Id) -> Event {
    let payload = Register {
        code: "K702115X".into(),
        kind: 2,
        channel: 2,
        category: 3,
        household: Some(household),
        affected: 1,
        proposed: None,
        urgent: None,
        errand: None,
    };
    Event { payload: to_cbor(&payload), ..event(signer, 1, EventCode::Register, 0) }
}

fn item(event: &Event) -> Item {
    Item { kind: ItemKind::Event.number(), doc: MATTER, bytes: event.encode() }
}

/// A note on any matter.
pub fn note(signer: &Signer, matter: Id, id: Id, saw: u64) -> Item {
    let event = Event { id, ..event(signer, 0, EventCode::Note, saw) };
    Item { doc: matter, ..item(&event) }
}

/// All verdicts on the matter with the streams they are rows of, in the order of the log.
fn verdicts(sim: &Sim) -> Vec<(String, Verdict)> {
    let db = file(sim);
    let mut query =
        db.prepare("SELECT s.name, l.body FROM log l JOIN stream s ON s.id = l.stream WHERE l.kind = 3 AND l.doc = ? ORDER BY l.stream, l.seq").unwrap();
    let rows = query.query_map([MATTER.0], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?))).unwrap().map(Result::unwrap);
    rows.map(|(stream, body)| (stream, Fact::decode(&unpack(&body, MAX_ITEM).unwrap()).unwrap().verdict().unwrap())).collect()
}

#[test]
fn an_event_waits_for_what_it_rests_on_and_then_goes_on_by_itself() {
    let mut sim = at_rest(61);
    let signer = Signer::of(&mut sim, 2);
    let address = Address { community: GRID[..12].into(), estate: "新苑".into(), building: "1".into(), room: "1".into(), ..Address::default() };
    let door = address_name(&address).unwrap();
    let new = NewHousehold { grid: GRID.into(), address, ..NewHousehold::default() };
    let card = Doc::empty().change(actor(signer.device, OPENING), 0, |w| card::create(w, &new, &[])).unwrap().unwrap();
    let first = event(&signer, 2, EventCode::Note, 0);
    let second = Event { after: Some(first.id), ..event(&signer, 3, EventCode::SolveOnSpot, 0) };
    let items = [item(&second), item(&first), item(&register(&signer, door)), Item { kind: ItemKind::Change.number(), doc: door, bytes: card }];
    let log = rows(&sim)[0];
    for ((sent, missing), n) in items.iter().zip([first.id, MATTER, door]).zip(1..) {
        assert_eq!(signer.send(&mut sim, OPENING, n, std::slice::from_ref(sent)), [ItemState::Held(missing.0.to_vec())]);
    }
    assert_eq!(rows(&sim), [log, 3, 0], "never refused for coming early");
    assert!(matches!(signer.send(&mut sim, OPENING, 4, &items[3..])[..], [ItemState::Seq(_)]));
    assert_eq!(rows(&sim), [log + 9, 0, 0], "a card, three events, three verdicts; the visit for which the line asks, and its verdict");
    let verdicts: Vec<_> = verdicts(&sim).into_iter().map(|(_, v)| (v.event.0[0], v.ordinal, v.refused)).collect();
    assert_eq!(verdicts, [(1, 1, None), (2, 2, None), (3, 3, None)]);
    let states = signer.send(&mut sim, OPENING, 1, &items[..3]);
    let [ItemState::Duplicate(second), ItemState::Duplicate(first), ItemState::Duplicate(register)] = states[..] else { panic!("{states:?}") };
    assert!(register < first && first < second);
}

#[test]
fn an_event_speaks_for_the_officer_of_its_device_and_only_once() {
    let mut sim = at_rest(62);
    let (signer, other, door) = (Signer::of(&mut sim, 2), Signer::of(&mut sim, 0), a_door(&mut sim, 2));
    assert!(matches!(signer.send(&mut sim, OPENING, 1, &[item(&register(&signer, door))])[..], [ItemState::Seq(_)]));
    let log = rows(&sim)[0];
    let honest = event(&signer, 2, EventCode::Note, 1);
    let for_another = Event { by: other.officer, ..honest.clone() };
    let as_a_clerk = Event { role: Role::Clerk.number(), ..honest.clone() };
    let again = Event { saw: 0, ..register(&signer, door) };
    let foreign = ItemState::Quarantined(Quarantine::ForeignActor);
    let states = signer.send(&mut sim, OPENING, 2, &[item(&for_another), item(&as_a_clerk), item(&again)]);
    assert_eq!(states, [foreign.clone(), foreign, ItemState::Quarantined(Quarantine::Malformed)]);
    assert_eq!(rows(&sim)[0], log, "no verdict was given");
    assert!(matches!(signer.send(&mut sim, OPENING, 5, &[item(&honest)])[..], [ItemState::Seq(_)]));
}

#[test]
fn a_refusal_is_also_a_row_of_its_authors_own_stream() {
    let mut sim = at_rest(63);
    let (winner, loser, door) = (Signer::of(&mut sim, 2), Signer::of(&mut sim, 0), a_door(&mut sim, 2));
    let settled = event(&winner, 2, EventCode::SolveOnSpot, 1);
    let overtaken = event(&loser, 3, EventCode::SolveOnSpot, 1);
    winner.send(&mut sim, OPENING, 1, &[item(&register(&winner, door)), item(&settled)]);
    assert!(matches!(loser.send(&mut sim, OPENING, 1, &[item(&overtaken)])[..], [ItemState::Seq(_)]), "in the log all the same");
    let home = format!("grid:{GRID}");
    let own = format!("person:{}", loser.officer);
    let all = verdicts(&sim);
    let streams = |id: u8| all.iter().filter(|(_, v)| v.event.0[0] == id).map(|(stream, _)| stream.as_str()).collect::<Vec<_>>();
    assert_eq!((streams(1), streams(2)), (vec![home.as_str()], vec![home.as_str()]));
    assert_eq!(streams(3), [&home, &own]);
    let refused: Vec<_> = all.iter().filter(|(_, v)| v.event.0[0] == 3).map(|(_, v)| (v.ordinal, v.refused, v.by)).collect();
    assert_eq!(refused, vec![(3, Some(RefusalCode::Overtaken.number()), Some(settled.id)); 2]);
}

#[test]
fn invariant_12_a_verdict_says_when_it_was_done_by_the_servers_clock_alone() {
    let mut sim = at_rest(64);
    let (signer, door) = (Signer::of(&mut sim, 2), a_door(&mut sim, 2));
    let now = MORNING + 3_600_000;
    sim.hands().set(now);
    let at = |device_ms, server_ms, since_ms| At { device_ms, server_ms, since_ms };
    let ten_years = 315_576_000_000;
    let cases = [
        (at(now + ten_years, Some(MORNING), Some(60_000)), MORNING + 60_000),
        (at(now - ten_years, Some(MORNING), Some(60_000)), MORNING + 60_000),
        (at(now, Some(MORNING), Some(2 * 3_600_000)), now),
        (at(MORNING + 5, Some(MORNING), None), MORNING + 5),
        (at(now - ten_years, Some(MORNING), None), MORNING),
        (at(now + ten_years, Some(MORNING), None), now),
        (at(MORNING, None, None), now),
    ];
    let events: Vec<Item> = cases
        .iter()
        .zip(1u8..)
        .map(|((at, _), id)| match id {
            1 => item(&Event { at: *at, ..register(&signer, door) }),
            _ => item(&Event { at: *at, ..event(&signer, id, EventCode::Note, 1) }),
        })
        .collect();
    signer.send(&mut sim, OPENING, 1, &events);
    let done: Vec<i64> = verdicts(&sim).into_iter().map(|(_, v)| v.done_at).collect();
    assert_eq!(done, cases.map(|(_, done)| done));
    let shown: i64 = file(&sim).query_row("SELECT at_ms FROM matter_row", [], |row| row.get(0)).unwrap();
    assert_eq!(shown, MORNING + 60_000, "and so does the office's page");
}

#[test]
fn invariant_12_monotonic_times_are_not_compared_across_a_restart_of_the_device() {
    let mut sim = at_rest(65);
    let (door, seed) = (a_door(&mut sim, 2).to_string(), sim.plot.seed);
    let (live, copy) = (sim.phone(2).dir.clone(), sim.scratch().join("copy"));
    copy_files(&live, &copy).unwrap();
    sim.hands().turn(60_000);
    for (start, boot, since) in [(1_000, 1, true), (1_001, 2, false), (1_002, 1, true)] {
        let system = PhoneSystem::new(sim.hands().clone(), seed, 2, start).booted(boot);
        let mut client = Client::open(copy.to_str().unwrap(), Box::new(system), key_of(seed, 2)).unwrap();
        let matter = broken_lamp(&door);
        client.register_matter(matter).unwrap();
        let db = rusqlite::Connection::open(copy.join("minqing.db")).unwrap();
        let bytes: Vec<u8> = db.query_row("SELECT bytes FROM outbox WHERE kind = 2 ORDER BY id DESC LIMIT 1", [], |row| row.get(0)).unwrap();
        let at = Event::decode(&bytes).unwrap().at;
        assert_eq!((at.server_ms.is_some(), at.since_ms.is_some()), (true, since), "boot {boot}: {at:?}");
        assert!(at.since_ms.is_none_or(|ms| ms >= 60_000));
    }
}
