use minqing_core::{
    Id,
    appointment::{Confirm, Propose, Request, Said, Slot},
    clock::{DAY_MS, MINUTE_MS, local_date},
    model::{Address, AppointmentEvent, AppointmentPurpose, AppointmentState, NewHousehold, NewResident, Outcome, Role},
    paper::Row,
};
use serde_json::json;

use super::{Entered, enter};
use crate::{
    booking::{Deed, act, ask},
    rebuild, sync,
    testing::{COMMUNITY, MORNING, World, qr},
};

const CLERK: (Id, Role) = (Id([7; 16]), Role::Clerk);

fn door(world: &World, room: &str) -> Id {
    let address =
        Address { community: COMMUNITY.into(), estate: "新苑".into(), building: "3".into(), stairwell: "2".into(), room: room.into(), ..Address::default() };
    let residents = vec![NewResident { name: "某居民".into(), ..NewResident::default() }];
    let new = NewHousehold { grid: format!("{COMMUNITY}001"), address, residents, ..NewHousehold::default() };
    sync::add_households(&world.app, &[new]).unwrap()[0].0
}

/// An appointment at a door tomorrow at ten that was agreed.
fn agreed(world: &World, household: Id, officer: Id) -> Id {
    let request = Request { household, purpose: AppointmentPurpose::Deliver, matter: None, windows: Vec::new(), minutes: 20, persons: 1 };
    let appointment = ask(&world.app, CLERK.0, CLERK.1, COMMUNITY, request).unwrap();
    let slot = Slot { start_ms: MORNING + DAY_MS + 120 * MINUTE_MS, minutes: 20, officers: vec![officer] };
    for (code, said) in [(AppointmentEvent::Propose, Said::Propose(Propose { slot })), (AppointmentEvent::Confirm, Said::Confirm(Confirm { sequence: 0 }))] {
        act(&world.app, COMMUNITY, &Deed { appointment, by: CLERK.0, role: CLERK.1, code, said, saw: 9, only_if_free: true }).unwrap();
    }
    appointment
}

fn visits(world: &World) -> Vec<(String, String)> {
    let mut visits = Vec::new();
    let mut read = |out: crate::storage::VisitOut| {
        visits.push((out.visit.outcome, out.visit.note));
        Ok(())
    };
    world.store().each_visit(Some(COMMUNITY), &mut read).unwrap();
    visits
}

#[test]
fn a_row_that_came_back_is_entered_once() {
    let world = World::open();
    let (officer, household) = (world.officer(), door(&world, "501"));
    let day = local_date(MORNING);
    let row = Row { officer, day, household, appointment: None };
    let entered = |row: Row, outcome, note: &str| enter(&world.app, COMMUNITY, CLERK, &Entered { row, outcome, card: false, note: note.into() });
    entered(row, Outcome::Talked, "灯坏了").unwrap();
    assert_eq!(entered(row, Outcome::NobodyIn, "").unwrap_err().code, "paper.entered");
    assert_eq!(visits(&world), [("talked".to_owned(), "灯坏了".to_owned())]);
    assert_eq!(entered(Row { day: day.tomorrow().unwrap(), ..row }, Outcome::Talked, "").unwrap_err().code, "paper.early");
    // Another day's paper is another visit; whose paper and whose door must be the community's.
    entered(Row { day: day.yesterday().unwrap(), ..row }, Outcome::NobodyIn, "").unwrap();
    assert_eq!(visits(&world).len(), 2);
    assert_eq!(entered(Row { officer: Id([9; 16]), ..row }, Outcome::Talked, "").unwrap_err().code, "officer.unknown");
    assert_eq!(entered(Row { household: Id([9; 16]), ..row }, Outcome::Talked, "").unwrap_err().code, "household.unknown");
    let elsewhere = enter(&world.app, "620102001002", CLERK, &Entered { row, outcome: Outcome::Talked, card: false, note: String::new() });
    assert_eq!(elsewhere.unwrap_err().code, "officer.unknown");
    assert_eq!(entered(Row { day: "2026-09-01".parse().unwrap(), ..row }, Outcome::Talked, &"长".repeat(4_001)).unwrap_err().code, "text.too_long");
    assert!(rebuild::check(world.store()).unwrap().is_good());
}

#[test]
fn of_an_appointment_the_row_says_what_came_of_it_once_it_was_to_begin() {
    let world = World::open();
    let (officer, household) = (world.officer(), door(&world, "501"));
    let appointment = agreed(&world, household, officer);
    let row = Row { officer, day: local_date(MORNING + DAY_MS), household, appointment: Some(appointment) };
    let entered = |row: Row, outcome, note: &str| enter(&world.app, COMMUNITY, CLERK, &Entered { row, outcome, card: true, note: note.into() });
    assert_eq!(entered(row, Outcome::NobodyIn, "").unwrap_err().code, "paper.early");
    world.clock.turn(DAY_MS);
    let early = entered(row, Outcome::NobodyIn, "").unwrap_err();
    assert_eq!((early.code, early.what.as_str()), ("appointment.refused", "not_allowed"));
    world.clock.turn(120 * MINUTE_MS);
    assert_eq!(entered(Row { household: door(&world, "502"), ..row }, Outcome::NobodyIn, "").unwrap_err().code, "appointment.unknown", "of another door");
    entered(row, Outcome::NobodyIn, "").unwrap();
    let state = || world.store().appointment(appointment).unwrap().unwrap().1.appointment.unwrap().state;
    assert_eq!((state(), visits(&world).len()), (AppointmentState::NoShow, 0));
    assert_eq!(entered(row, Outcome::NobodyIn, "").unwrap_err().code, "paper.entered");
    // What was forgotten comes after.
    entered(row, Outcome::NobodyIn, "邻居说出门了").unwrap();
    assert_eq!(visits(&world), [("nobody_in".to_owned(), "邻居说出门了".to_owned())]);
    assert_eq!(entered(row, Outcome::NobodyIn, "邻居说出门了").unwrap_err().code, "paper.entered");
    assert!(rebuild::check(world.store()).unwrap().is_good());
}

#[tokio::test]
async fn a_sheet_is_printed_and_what_its_codes_say_is_entered_over_http() {
    let world = World::open();
    let (officer, household) = (world.officer(), door(&world, "501"));
    let appointment = agreed(&world, household, officer);
    let desk = world.desk("Clerk", Role::Clerk, COMMUNITY).await;
    let sheet = desk.get(&format!("/office/paper/round?officer={officer}&day=2026-09-15")).await;
    assert_eq!((sheet.status, sheet.body.matches("class=\"stop\"").count()), (200, 1), "{}", sheet.body);
    for said in ["10:00–10:20", "新苑 3 号楼 2 单元 501", "送材料证件", "无人", "留卡", "9 月 15 日"] {
        assert!(sheet.body.contains(said), "{said} is not on {}", sheet.body);
    }
    assert!(!sheet.body.contains("某居民") && !sheet.body.contains("paper-") && !sheet.body.contains("style="), "{}", sheet.body);
    let code = qr::read(&sheet.body);
    assert_eq!(Row::read(&code).unwrap(), Row { officer, day: "2026-09-15".parse().unwrap(), household, appointment: Some(appointment) });

    let slip = desk.get(&format!("/office/appointments/{appointment}/slip")).await;
    assert!(slip.status == 200 && slip.body.contains("已约定") && !slip.body.contains("某居民"), "{}", slip.body);
    let house = desk.get(&format!("/office/paper/stairwell?grid={COMMUNITY}001&estate=%E6%96%B0%E8%8B%91&building=3&stairwell=2")).await;
    assert!(house.status == 200 && house.body.contains("<b>501</b>") && house.body.contains("5 层") && !house.body.contains("某居民"), "{}", house.body);

    world.clock.turn(DAY_MS + 120 * MINUTE_MS);
    let desk = desk.again().await;
    let row = |outcome: &str, code: &str| json!({"csrf": desk.csrf(), "code": code, "outcome": outcome, "note": "收下了"});
    assert_eq!(desk.post_json("/v1/paper/rows", &json!({"csrf": "guess", "code": code, "outcome": "talked"})).await.status, 403);
    let done = desk.post_json("/v1/paper/rows", &row("talked", &code)).await;
    assert_eq!((done.status, done.json()["visit"].as_str()), (200, Some(Row::read(&code).unwrap().visit().to_string().as_str())));
    for (status, answered, body) in
        [(409, "paper.entered", row("talked", &code)), (422, "paper.unknown", row("talked", "x")), (422, "code.unknown", row("danced", &code))]
    {
        let refused = desk.post_json("/v1/paper/rows", &body).await;
        assert_eq!((refused.status, refused.json()["code"].as_str()), (status, Some(answered)));
    }
    let empty = desk.get(&format!("/office/paper/round?officer={officer}&day=2026-09-15")).await;
    assert!(empty.status == 200 && !empty.body.contains("class=\"stop\""), "what is over needs no row");
    let house = desk.get(&format!("/office/paper/stairwell?grid={COMMUNITY}001&estate=%E6%96%B0%E8%8B%91&building=3&stairwell=2")).await;
    assert!(house.body.contains("上次 09-15"), "{}", house.body);
    for (path, status) in [
        (format!("/office/paper/round?officer={officer}&day=x"), 422),
        ("/office/paper/round?officer=x&day=2026-09-15".to_owned(), 404),
        ("/office/paper/stairwell?grid=620102001002001".to_owned(), 404),
        ("/office/appointments/x/slip".to_owned(), 404),
    ] {
        assert_eq!(desk.get(&path).await.status, status, "{path}");
    }
    let admin = world.desk("Admin", Role::Administrator, COMMUNITY).await;
    assert_eq!(admin.get(&format!("/office/paper/round?officer={officer}&day=2026-09-15")).await.status, 403);
}

#[test]
fn the_sheet_of_a_planned_day_follows_the_plan_and_loses_no_appointment() {
    use minqing_core::{
        model::WhyVisit,
        rounds::{Call, Planned, Reason, day_problem, plan},
        words::Lang,
    };

    use super::{RoundRow, as_planned};
    let (day, officer) = (local_date(MORNING), Id([9; 16]));
    let why = |about| vec![Reason { why: WhyVisit::Cycle, about, days: Some(31) }];
    let call = |n: u8, reasons: Vec<Reason>, promised: Option<(Id, i64)>| Call {
        household: Id([n; 16]),
        address: Address { estate: "新苑".into(), building: n.to_string(), ..Address::default() },
        lift: false,
        minutes: 15,
        first: false,
        spans: Vec::new(),
        promised,
        reasons,
        officers: Vec::new(),
    };
    let ten = MORNING + 120 * MINUTE_MS;
    // One door to visit, one with an appointment, and one whose only appointment was cancelled since.
    let calls = [call(1, why(None), None), call(2, why(None), Some((Id([22; 16]), ten))), call(3, Vec::new(), Some((Id([33; 16]), ten + 3_600_000)))];
    let (mut problem, errands, begin) = day_problem(day, &calls, None, |_, _| None);
    let shift = minqing_core::rounds::Shift { from_s: 8 * 3600, until_s: 18 * 3600, start: begin, end: None };
    problem.officers = vec![minqing_core::rounds::Officer::new(officer.to_string(), shift)];
    let made = plan(&problem, &mut || true).unwrap();
    let planned = Planned { day, officer, made_ms: MORNING, by_office: true, problem, plan: made, errands };
    let promised = |n: u8| RoundRow {
        what: Row { officer, day, household: Id([n; 16]), appointment: Some(Id([n * 11; 16])) },
        place: Address::default(),
        time: Some((ten, ten + 1)),
        reasons: vec!["约定".into()],
    };
    let rows = as_planned(vec![promised(2), promised(4)], &planned, Lang::Zh, |_| Ok::<_, ()>(None)).unwrap();
    let doors: Vec<u8> = rows.iter().map(|row| row.what.household.0[0]).collect();
    assert_eq!((doors.len(), doors.last(), doors.contains(&3)), (3, Some(&4), false), "{doors:?}");
    let of = |n: u8| rows.iter().find(|row| row.what.household.0[0] == n).unwrap();
    assert_eq!((of(1).what.appointment, of(1).reasons.as_slice()), (None, ["已有 31 天没有走访".to_owned()].as_slice()));
    assert_eq!((of(2).reasons.len(), of(2).time), (2, Some((ten, ten + 1))));
}
