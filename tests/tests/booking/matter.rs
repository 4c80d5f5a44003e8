//! The line asks for visits by itself, and what comes of a visit is the line's feedback.

use minqing_core::{
    client::NewAppointment,
    model::{HouseholdEdit, NewMatter, NewResident},
    view::AppointmentRow,
};
use minqing_tests::sim::Sim;

use super::phones::TEN;
use crate::simulation::intruder::{door, matter, quiet};

/// A matter that an officer settled at a door.
fn settled(sim: &mut Sim, door: &str, category: &str) -> String {
    let new = NewMatter { category: category.into(), ..matter(door, "楼道灯坏了") };
    let id = sim.phone(2).client.register_matter(new).unwrap();
    sim.phone(2).client.solve_on_spot(id.clone(), "换了灯泡".into()).unwrap();
    sim.settle().unwrap();
    id
}

fn to_arrange(sim: &mut Sim, number: usize) -> Vec<AppointmentRow> {
    sim.phone(number).client.appointments_to_arrange().unwrap()
}

fn line(sim: &mut Sim, id: &str) -> (String, u32) {
    let seen = sim.phone(2).client.line_of(id.to_owned()).unwrap();
    (seen.state, sim.phone(2).client.matter(id.to_owned()).unwrap().events.iter().filter(|event| event.event == "feedback").count() as u32)
}

#[test]
fn a_result_asks_for_a_visit_and_the_visit_is_its_feedback() {
    let mut sim = quiet(3, 0x8101);
    let door = door(&mut sim, 2);
    let id = settled(&mut sim, &door, "sanitation");
    let asked = to_arrange(&mut sim, 2);
    assert_eq!(asked.len(), 1, "{asked:?}");
    let visit = &asked[0];
    assert_eq!((visit.purpose.as_str(), visit.state.as_str(), &visit.matter, &visit.household), ("feedback", "requested", &id, &door));
    assert_eq!(to_arrange(&mut sim, 0).len(), 1, "a colleague of the grid may go as well");
    let phone = &mut sim.phone(2).client;
    phone.reschedule_appointment(visit.id.clone(), TEN).unwrap();
    sim.settle().unwrap();
    assert!(to_arrange(&mut sim, 2).is_empty());
    let phone = &mut sim.phone(2).client;
    phone.confirm_appointment(visit.id.clone()).unwrap();
    phone.finish_appointment(visit.id.clone(), Vec::new(), "resident".into()).unwrap();
    assert_eq!(line(&mut sim, &id), ("feedback".into(), 0), "without a network the office alone says so");
    sim.settle().unwrap();
    assert_eq!(line(&mut sim, &id), ("follow_up".into(), 1));
    assert_eq!(sim.phone(2).client.appointments_at(door).unwrap().len(), 1);
    sim.check_same_everywhere().unwrap();
    sim.check_nothing_put_aside().unwrap();
}

#[test]
fn who_was_not_in_is_a_try_and_three_are_enough() {
    let mut sim = quiet(3, 0x8102);
    let door = door(&mut sim, 2);
    let id = settled(&mut sim, &door, "sanitation");
    let visit = to_arrange(&mut sim, 2).remove(0).id;
    for tries in 1..=3 {
        sim.phone(2).client.nobody_in_at_appointment(visit.clone(), true).unwrap();
        sim.settle().unwrap();
        let state = if tries < 3 { "feedback" } else { "follow_up" };
        assert_eq!(line(&mut sim, &id), (state.into(), tries));
        // Once more, at another time.
        sim.phone(2).client.reschedule_appointment(visit.clone(), TEN + i64::from(tries) * 3_600_000).unwrap();
        sim.settle().unwrap();
    }
    sim.check_same_everywhere().unwrap();
}

#[test]
fn what_was_answered_otherwise_asks_for_no_visit_any_more() {
    let mut sim = quiet(3, 0x8103);
    let door = door(&mut sim, 2);
    let id = settled(&mut sim, &door, "sanitation");
    let visit = to_arrange(&mut sim, 2).remove(0).id;
    let told = minqing_core::client::NewFeedback { way: "individual".into(), reached: true, proof: "none".into(), ..Default::default() };
    sim.phone(2).client.give_feedback(id.clone(), told).unwrap();
    sim.settle().unwrap();
    assert_eq!(line(&mut sim, &id), ("follow_up".into(), 1));
    assert_eq!(sim.phone(2).client.appointment(visit).unwrap().state, "cancelled_by_office");
    assert!(to_arrange(&mut sim, 2).is_empty());
}

#[test]
fn a_visit_that_is_arranged_already_is_enough_and_of_a_sensitive_matter_the_grid_hears_nothing() {
    let mut sim = quiet(3, 0x8104);
    let door = door(&mut sim, 2);
    let id = sim.phone(2).client.register_matter(matter(&door, "楼道灯坏了")).unwrap();
    let new =
        NewAppointment { household: door.clone(), purpose: "feedback".into(), matter: id.clone(), start_ms: TEN, minutes: 20, ..NewAppointment::default() };
    sim.phone(2).client.propose_appointment(new).unwrap();
    sim.phone(2).client.solve_on_spot(id, "换了灯泡".into()).unwrap();
    sim.settle().unwrap();
    assert!(to_arrange(&mut sim, 2).is_empty());
    settled(&mut sim, &door, "health");
    assert_eq!((to_arrange(&mut sim, 2).len(), sim.phone(2).client.appointments_at(door).unwrap().len()), (0, 1));
}

#[test]
fn a_restored_office_asks_anew_and_is_not_offered_what_it_did_itself() {
    let mut sim = quiet(3, 0x8105);
    let door = door(&mut sim, 2);
    sim.backup_server().unwrap();
    settled(&mut sim, &door, "sanitation");
    let lost = to_arrange(&mut sim, 2).remove(0).id;
    sim.restore_server().unwrap();
    sim.settle().unwrap();
    let anew = to_arrange(&mut sim, 2);
    assert_eq!((anew.len(), sim.phone(2).client.appointments_at(door).unwrap().len()), (1, 1), "{anew:?}");
    assert_ne!(anew[0].id, lost);
    assert_eq!(sim.phone(2).client.appointment(lost).unwrap_err().code(), "appointment.unknown");
    sim.check_same_everywhere().unwrap();
    sim.check_nothing_put_aside().unwrap();
}

#[test]
fn a_reminder_says_when_what_for_and_the_code_and_of_a_sensitive_matter_not_what_for() {
    let mut sim = quiet(3, 0x8106);
    let door = door(&mut sim, 2);
    let resident = |phone: &str| NewResident { name: "住户丙".into(), phone: phone.into(), ..NewResident::default() };
    let edit = HouseholdEdit { new_residents: vec![resident("13900000001"), resident("")], ..HouseholdEdit::default() };
    sim.phone(2).client.edit_household(door.clone(), edit).unwrap();
    let agreed = |sim: &mut Sim, category: &str, slip: &str, start_ms: i64| {
        let new = NewMatter { category: category.into(), slip: slip.into(), ..matter(&door, "楼道灯坏了") };
        let id = sim.phone(2).client.register_matter(new).unwrap();
        let new = NewAppointment { household: door.clone(), purpose: "collect".into(), matter: id, start_ms, minutes: 20, ..NewAppointment::default() };
        let visit = sim.phone(2).client.propose_appointment(new).unwrap();
        assert_eq!(sim.phone(2).client.reminder(visit.clone(), "zh".into()).unwrap_err().code(), "appointment.not_agreed");
        sim.settle().unwrap();
        sim.phone(2).client.confirm_appointment(visit.clone()).unwrap();
        sim.phone(2).client.reminder(visit, "zh".into()).unwrap()
    };
    let plain = agreed(&mut sim, "sanitation", "K7021150", TEN);
    assert_eq!(plain.text, "【民情】9 月 15 日 周二 10:00–10:20，取材料，请留人在家。查看、改时间、取消请凭编号 K702-1150。");
    assert_eq!(plain.phones, ["13900000001"]);
    let sensitive = agreed(&mut sim, "health", "", TEN + 3_600_000);
    assert!(sensitive.text.starts_with("【民情】9 月 15 日 周二 11:00–11:20，上门，请留人在家。"), "{}", sensitive.text);
}

#[test]
fn a_visit_speaks_for_no_matter_of_another_community() {
    let mut sim = quiet(3, 0x8107);
    let door = door(&mut sim, 2);
    let id = settled(&mut sim, &door, "sanitation");
    let visit = to_arrange(&mut sim, 2).remove(0).id;
    // No honest phone knows a matter of another community, so this one goes there by hand.
    let db = rusqlite::Connection::open(sim.server_dir().join("minqing.db")).unwrap();
    let home: i64 = db.query_row("SELECT stream FROM matter", [], |row| row.get(0)).unwrap();
    db.execute("INSERT INTO stream(kind, name, community) VALUES('grid', 'grid:620102001009001', '620102001009')", []).unwrap();
    let put = |stream: i64| assert_eq!(db.execute("UPDATE matter SET stream = ?1", [stream]).unwrap(), 1);
    put(db.last_insert_rowid());
    sim.phone(2).client.nobody_in_at_appointment(visit.clone(), true).unwrap();
    sim.settle().unwrap();
    put(home);
    assert_eq!(line(&mut sim, &id), ("feedback".into(), 0));
    sim.phone(2).client.reschedule_appointment(visit.clone(), TEN + 3_600_000).unwrap();
    sim.settle().unwrap();
    sim.phone(2).client.nobody_in_at_appointment(visit, true).unwrap();
    sim.settle().unwrap();
    assert_eq!(line(&mut sim, &id), ("feedback".into(), 1), "at home the same is heard");
}
