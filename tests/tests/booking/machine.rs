//! The machine in random hands: whoever does what in whatever order, a promise is never moved in silence and a time is never kept for nobody.

use std::collections::BTreeSet;

use minqing_core::{
    Id,
    appointment::{
        Appointment, BUCKET_MS, Cancel, Confirm, Done, Hold, Judgement, NoRoom, NobodyIn, Propose, Remind, Request, Said, Slot, Step, TABLE, judge, moves,
    },
    clock::At,
    event::Event,
    model::{AppointmentEvent as E, AppointmentPurpose, AppointmentState as S, CancelReason, NoRoomReason, RefusalCode, Role, SignedBy},
    pipeline::SYSTEM,
};
use minqing_tests::sim::{MORNING, for_seeds};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const APPOINTMENT: Id = Id([1; 16]);
const HOUSEHOLD: Id = Id([2; 16]);
const OFFICERS: [Id; 3] = [Id([11; 16]), Id([12; 16]), Id([13; 16])];
const OTHERS: [(Id, Role); 3] = [(Id([21; 16]), Role::Resident), (Id([22; 16]), Role::Clerk), (Id([23; 16]), Role::Lead)];

/// One appointment, and all that was accepted.
struct Tried {
    now: Option<Appointment>,
    accepted: Vec<Step>,
    ordinal: u64,
}

impl Tried {
    fn new() -> Self {
        Self { now: None, accepted: Vec::new(), ordinal: 0 }
    }

    fn event(&self, by: Id, role: Role, code: E, said: &Said, saw: u64) -> Event {
        let mut id = [0xe0; 16];
        id[8..].copy_from_slice(&(self.ordinal + 1).to_be_bytes());
        let at = At { device_ms: 0, server_ms: None, since_ms: None };
        Event { id: Id(id), code: code.number(), by, role: role.number(), at, saw, after: None, payload: said.encode() }
    }

    fn act(&mut self, by: Id, role: Role, code: E, said: &Said, done_at: i64) -> Result<(), RefusalCode> {
        let event = self.event(by, role, code, said, self.ordinal);
        self.ordinal += 1;
        match judge(APPOINTMENT, self.now.as_ref(), self.ordinal, &event, done_at) {
            Judgement::Accepted(after) => {
                self.accepted.push(Step::of(&event, self.ordinal, done_at).unwrap());
                self.now = Some(*after);
                Ok(())
            }
            Judgement::Refused { code, .. } => Err(code),
        }
    }

    fn asked(persons: u8) -> Self {
        let mut tried = Self::new();
        let request = Request { household: HOUSEHOLD, purpose: AppointmentPurpose::Feedback, matter: None, windows: Vec::new(), minutes: 20, persons };
        tried.act(OTHERS[0].0, Role::Resident, E::Request, &Said::Request(request), MORNING).unwrap();
        tried
    }

    /// One that is promised for `start_ms`, with an officer.
    fn promised(officer: Id, start_ms: i64) -> Self {
        let mut tried = Self::asked(1);
        tried.name(officer, start_ms, E::Propose, OTHERS[1]).unwrap();
        tried.hold();
        tried.act(OTHERS[0].0, Role::Resident, E::Confirm, &Said::Confirm(Confirm { sequence: 0 }), MORNING).unwrap();
        tried
    }

    fn name(&mut self, officer: Id, start_ms: i64, code: E, (by, role): (Id, Role)) -> Result<(), RefusalCode> {
        let slot = Slot { start_ms, minutes: 20, officers: vec![officer] };
        self.act(by, role, code, &Said::Propose(Propose { slot }), MORNING)
    }

    fn hold(&mut self) {
        let slot = self.now.as_ref().and_then(|a| a.slot.clone()).unwrap();
        self.act(SYSTEM, Role::System, E::Hold, &Said::Hold(Hold { slot, until_ms: MORNING + 1_800_000, buffer: 10 }), MORNING).unwrap();
    }

    fn state(&self) -> S {
        self.now.as_ref().unwrap().state
    }
}

const SLOT: i64 = MORNING + 4 * 3_600_000;

#[test]
fn property_a_promise_is_never_moved_in_silence_and_no_time_is_kept_for_nobody() {
    for_seeds(100, "property_a_promise_is_never_moved_in_silence", |seed| {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let accepted = (0..8).map(|_| walk(&mut rng)).sum::<anyhow::Result<usize>>()?;
        anyhow::ensure!(accepted > 24, "only {accepted} accepted: the walks prove nothing");
        Ok(())
    });
}

/// Sixty tries at one appointment; how much was accepted.
fn walk(rng: &mut ChaCha8Rng) -> anyhow::Result<usize> {
    let mut tried = Tried::asked(rng.random_range(1..=2));
    let mut clock = MORNING;
    // Whom each promise that was taken back by others concerned, as a slow recount has it.
    let mut to_see: BTreeSet<Id> = BTreeSet::new();
    for _ in 0..60 {
        clock += rng.random_range(0..12) * BUCKET_MS;
        let before = tried.now.clone().unwrap();
        let (by, role, code, said) = some(rng, clock, &before);
        let is_offered = moves(&before, by, clock).contains(&code);
        let verdict = tried.act(by, role, code, &said, clock);
        if role == Role::Officer {
            let is_hopeless = matches!(verdict, Err(RefusalCode::NotAllowed | RefusalCode::Role | RefusalCode::OtherOfficer));
            anyhow::ensure!(
                !(verdict.is_ok() && !is_offered || is_hopeless && is_offered),
                "{code:?} offered: {is_offered}; {verdict:?} in {:?}",
                before.state
            );
        }
        if verdict.is_err() {
            anyhow::ensure!(tried.now.as_ref() == Some(&before), "what was refused changed something");
            continue;
        }
        let after = tried.now.clone().unwrap();
        if let (Some(promise), E::Reschedule | E::Cancel) = (&before.promise, code) {
            to_see.extend(promise.slot.officers.iter().filter(|officer| **officer != by));
        }
        if code == E::Acknowledge {
            to_see.remove(&by);
        }
        let unseen: BTreeSet<Id> = after.moved_promise.iter().flat_map(|moved| moved.unseen.clone()).collect();
        anyhow::ensure!(unseen == to_see, "{code:?}: {unseen:?} have not seen it, not {to_see:?}");
        anyhow::ensure!(!after.state.is_over() || after.claims().is_none(), "a time is kept for what is over");
        anyhow::ensure!(after.state != S::Held || after.claims().is_some(), "held, and nothing is");
        anyhow::ensure!(after.state != S::Confirmed || after.promise.as_ref().map(|p| &p.slot) == after.slot.as_ref(), "another time was promised");
    }
    anyhow::ensure!(Appointment::fold(APPOINTMENT, &tried.accepted) == tried.now, "the fold says something else than the judge");
    Ok(tried.accepted.len())
}

/// Something that somebody may try.
fn some(rng: &mut ChaCha8Rng, clock: i64, a: &Appointment) -> (Id, Role, E, Said) {
    // Mostly what the table has a row for; an end is rare, so that walks are long.
    let rows: Vec<_> = TABLE.iter().filter(|row| row.from.contains(&a.state) && (row.event != E::Cancel || rng.random_ratio(1, 8))).collect();
    let row = rows[rng.random_range(0..rows.len())];
    let (code, role) = if rng.random_ratio(4, 5) {
        (row.event, row.who[rng.random_range(0..row.who.len())])
    } else {
        (E::ALL[rng.random_range(0..E::ALL.len())], [Role::Officer, Role::System, Role::Clerk, Role::Resident][rng.random_range(0..4)])
    };
    let by = match role {
        Role::Officer => OFFICERS[rng.random_range(0..3)],
        Role::System => SYSTEM,
        _ => OTHERS.iter().find(|(_, other)| *other == role).map_or(OTHERS[0].0, |(by, _)| *by),
    };
    let mut officers = OFFICERS.to_vec();
    officers.rotate_left(rng.random_range(0..3));
    officers.truncate(usize::from(a.persons));
    let slot = Slot { start_ms: (clock / BUCKET_MS + rng.random_range(-3..80)) * BUCKET_MS, minutes: 20, officers };
    let said = match code {
        E::Request => Said::Request(Request { household: HOUSEHOLD, purpose: a.purpose, matter: None, windows: Vec::new(), minutes: 20, persons: 1 }),
        E::Propose | E::Reschedule => Said::Propose(Propose { slot }),
        E::Hold => Said::Hold(Hold { slot: a.slot.clone().unwrap_or(slot), until_ms: clock + 1_800_000, buffer: 10 }),
        E::NoRoom => Said::NoRoom(NoRoom { why: NoRoomReason::Taken, next: vec![slot] }),
        E::Confirm => Said::Confirm(Confirm { sequence: a.sequence.saturating_sub(rng.random_range(0..2)) }),
        E::Remind => Said::Remind(Remind { which: rng.random_range(1..4) }),
        E::Done => Said::Done(Done { delivered: Vec::new(), signed: SignedBy::Resident }),
        E::NobodyIn => Said::NobodyIn(NobodyIn { card: true }),
        E::Cancel => Said::Cancel(Cancel { reason: CancelReason::NotNeeded }),
        E::Lapse | E::Start | E::Arrive | E::Missed | E::Acknowledge => Said::Nothing,
    };
    (by, role, code, said)
}

#[test]
fn a_visit_goes_its_way_from_the_wish_to_the_signature() {
    let officer = OFFICERS[0];
    let mut tried = Tried::asked(1);
    assert_eq!(tried.state(), S::Requested);
    tried.name(officer, SLOT, E::Propose, (officer, Role::Officer)).unwrap();
    assert_eq!(tried.state(), S::Proposed);
    tried.hold();
    assert_eq!(tried.act(OTHERS[0].0, Role::Resident, E::Confirm, &Said::Confirm(Confirm { sequence: 1 }), MORNING), Err(RefusalCode::NothingSuch));
    let late = tried.act(OTHERS[0].0, Role::Resident, E::Confirm, &Said::Confirm(Confirm { sequence: 0 }), MORNING + 1_800_001);
    assert_eq!(late, Err(RefusalCode::TooLate), "it was held for half an hour");
    tried.act(OTHERS[0].0, Role::Resident, E::Confirm, &Said::Confirm(Confirm { sequence: 0 }), MORNING + 1_800_000).unwrap();
    for which in [1, 2] {
        tried.act(SYSTEM, Role::System, E::Remind, &Said::Remind(Remind { which }), MORNING).unwrap();
    }
    assert_eq!(tried.act(SYSTEM, Role::System, E::Remind, &Said::Remind(Remind { which: 2 }), MORNING), Err(RefusalCode::Bound));
    assert_eq!(tried.act(OFFICERS[1], Role::Officer, E::Start, &Said::Nothing, SLOT), Err(RefusalCode::OtherOfficer));
    let done = Said::Done(Done { delivered: vec![Id([5; 16])], signed: SignedBy::Household });
    for (code, said, state) in [(E::Start, Said::Nothing, S::EnRoute), (E::Arrive, Said::Nothing, S::Arrived), (E::Done, done, S::Done)] {
        tried.act(officer, Role::Officer, code, &said, SLOT).unwrap();
        assert_eq!(tried.state(), state);
    }
    let a = tried.now.unwrap();
    assert_eq!((a.delivered, a.signed, a.sequence), (vec![Id([5; 16])], Some(SignedBy::Household), 0));
}

#[test]
fn another_time_keeps_the_id_and_whoever_was_to_come_sees_it() {
    let mut tried = Tried::promised(OFFICERS[0], SLOT);
    tried.name(OFFICERS[1], SLOT + 3_600_000, E::Reschedule, OTHERS[0]).unwrap();
    let a = tried.now.clone().unwrap();
    assert_eq!((a.id, a.sequence, a.state), (APPOINTMENT, 1, S::Proposed));
    assert!(a.claims().is_none() && a.promise.is_none());
    let moved = a.moved_promise.unwrap();
    assert_eq!((moved.from.start_ms, moved.by, moved.unseen), (SLOT, OTHERS[0].0, vec![OFFICERS[0]]));
    assert_eq!(tried.act(OFFICERS[1], Role::Officer, E::Acknowledge, &Said::Nothing, SLOT), Err(RefusalCode::NothingSuch));
    tried.act(OFFICERS[0], Role::Officer, E::Acknowledge, &Said::Nothing, SLOT).unwrap();
    assert_eq!(tried.now.unwrap().moved_promise, None);
}

#[test]
fn who_agreed_to_a_time_that_lapsed_has_not_agreed_to_the_next() {
    let mut tried = Tried::asked(1);
    tried.name(OFFICERS[0], SLOT, E::Propose, OTHERS[1]).unwrap();
    tried.hold();
    tried.act(SYSTEM, Role::System, E::Lapse, &Said::Nothing, MORNING + 1_800_001).unwrap();
    tried.name(OFFICERS[0], SLOT + 3_600_000, E::Propose, OTHERS[1]).unwrap();
    tried.hold();
    let mut confirm = |sequence| tried.act(OFFICERS[0], Role::Officer, E::Confirm, &Said::Confirm(Confirm { sequence }), MORNING);
    assert_eq!((confirm(0), confirm(1)), (Err(RefusalCode::NothingSuch), Ok(())), "the phone had heard of the first alone");
    tried.act(OTHERS[1].0, Role::Clerk, E::Cancel, &Said::Cancel(Cancel { reason: CancelReason::ALL[0] }), MORNING).unwrap();
    assert_eq!(tried.now.unwrap().sequence, 2, "a calendar that has it hears that it is called off");
}

#[test]
fn what_happened_at_the_door_counts_whatever_the_office_changed_meanwhile() {
    let done = Said::Done(Done { delivered: Vec::new(), signed: SignedBy::Nobody });
    // The office gave it to somebody else, or took it back, while the officer had no network.
    let mut moved = Tried::promised(OFFICERS[0], SLOT);
    moved.name(OFFICERS[1], SLOT + 86_400_000, E::Reschedule, OTHERS[1]).unwrap();
    moved.hold();
    let mut cancelled = Tried::promised(OFFICERS[0], SLOT);
    cancelled.act(OTHERS[1].0, Role::Clerk, E::Cancel, &Said::Cancel(Cancel { reason: CancelReason::Weather }), SLOT).unwrap();
    let mut missed = Tried::promised(OFFICERS[0], SLOT);
    missed.act(SYSTEM, Role::System, E::Missed, &Said::Nothing, SLOT + 3_600_000).unwrap();
    for tried in [&mut moved, &mut cancelled, &mut missed] {
        assert_eq!(tried.act(OFFICERS[2], Role::Officer, E::Done, &done, SLOT), Err(RefusalCode::OtherOfficer));
        tried.act(OFFICERS[0], Role::Officer, E::Done, &done, SLOT).unwrap();
        assert_eq!((tried.state(), tried.now.as_ref().unwrap().claims()), (S::Done, None));
    }
}

#[test]
fn who_comes_too_late_is_told_who_was_first() {
    let mut tried = Tried::promised(OFFICERS[0], SLOT);
    let (seen, at) = (tried.ordinal, tried.now.clone().unwrap().moved.0);
    tried.act(OTHERS[0].0, Role::Resident, E::Cancel, &Said::Cancel(Cancel { reason: CancelReason::NotNeeded }), MORNING).unwrap();
    let again = tried.event(OTHERS[1].0, Role::Clerk, E::Cancel, &Said::Cancel(Cancel { reason: CancelReason::Weather }), seen);
    let first = tried.now.clone().unwrap().moved.0;
    assert_ne!(first, at);
    let judged = judge(APPOINTMENT, tried.now.as_ref(), tried.ordinal + 1, &again, MORNING);
    assert_eq!(judged, Judgement::Refused { code: RefusalCode::Overtaken, by: Some(first) });
    let knowing = Event { saw: tried.ordinal, ..again };
    assert_eq!(judge(APPOINTMENT, tried.now.as_ref(), tried.ordinal + 1, &knowing, MORNING), Judgement::Refused { code: RefusalCode::NotAllowed, by: None });
}

#[test]
fn every_event_has_a_row_and_every_row_is_of_use() {
    for code in E::ALL {
        assert!(TABLE.iter().any(|row| row.event == *code), "{code:?}");
    }
    for (n, row) in TABLE.iter().enumerate() {
        let covers = |earlier: &minqing_core::appointment::Transition| {
            earlier.event == row.event
                && row.from.iter().all(|s| earlier.from.contains(s))
                && row.who.iter().all(|r| earlier.who.contains(r))
                && !row.from.is_empty()
        };
        assert!(!TABLE[..n].iter().any(covers), "row {n} is never reached");
        assert!(!row.offline || row.who.contains(&Role::Officer), "row {n}: only officers are offline");
    }
}
