//! Days written by hand, each for one promise.

use minqing_core::rounds::{Place, Priority, Problem, Shift, SoFar, Stop, Unserved, Why, Window, check, plan, replan};

use super::world::{BLOCK_S, HOUR, door, officer, orders, street};

fn planned(problem: &Problem) -> minqing_core::rounds::Plan {
    let plan = plan(problem, &mut || true).unwrap();
    assert_eq!(check(problem, &plan), Ok(()));
    plan
}

#[test]
fn a_street_is_walked_from_one_end_to_the_other() {
    let stops = [4, 2, 5, 1, 3].map(|spot| door(&format!("d{spot}"), spot)).to_vec();
    let problem = Problem { ground: street(6), stops, officers: vec![officer("ma", 9 * HOUR, 12 * HOUR)] };
    let plan = planned(&problem);
    assert_eq!(orders(&plan), [["d1", "d2", "d3", "d4", "d5"]]);
    assert_eq!(plan.walking_s, u64::from(5 * BLOCK_S));
    let first = &plan.rounds[0].visits[0];
    assert_eq!((first.arrive_s, first.start_s, first.leave_s), (9 * HOUR + BLOCK_S, 9 * HOUR + BLOCK_S, 9 * HOUR + BLOCK_S + 600));
}

#[test]
fn an_appointment_is_kept_to_the_second_and_the_others_fill_the_gaps() {
    let fixed = Stop { fixed_s: Some(10 * HOUR), ..door("promised", 1) };
    let stops = vec![fixed, door("b", 2), door("c", 3), door("d", 4)];
    let problem = Problem { ground: street(6), stops, officers: vec![officer("ma", 9 * HOUR, 12 * HOUR)] };
    let plan = planned(&problem);
    let promised = plan.rounds[0].visits.iter().find(|visit| visit.stop == "promised").unwrap();
    assert_eq!((promised.start_s, plan.served()), (10 * HOUR, 4));
}

#[test]
fn who_comes_first_is_not_left_out_for_others() {
    let first = Stop { priority: Priority::First, ..door("old", 5) };
    let stops = vec![door("a", 0), door("b", 0), door("c", 0), first];
    // Time for two doors here, or for the far one alone.
    let problem = Problem { ground: street(6), stops, officers: vec![officer("ma", 9 * HOUR, 9 * HOUR + 5 * BLOCK_S + 600)] };
    let plan = planned(&problem);
    assert_eq!(orders(&plan), [["old"]]);
    assert_eq!(plan.cost(&problem).unserved, [0, 0, 3]);
}

#[test]
fn of_several_windows_any_will_do() {
    let evening = Window { from_s: 18 * HOUR, until_s: 19 * HOUR };
    let noon = Window { from_s: 12 * HOUR, until_s: 13 * HOUR };
    let stops = vec![Stop { windows: vec![evening, noon], ..door("a", 1) }];
    let shift = |from_s, until_s| Shift { from_s, until_s, start: Place::street(0), end: None };
    let mut ma = officer("ma", 9 * HOUR, 11 * HOUR);
    ma.shifts.push(shift(15 * HOUR, 20 * HOUR));
    let problem = Problem { ground: street(2), stops, officers: vec![ma] };
    let plan = planned(&problem);
    assert_eq!((plan.rounds[0].shift, plan.rounds[0].visits[0].start_s), (1, 18 * HOUR));
}

#[test]
fn each_door_of_a_stairwell_keeps_its_own_time() {
    let up = |id: &str, floor| Stop { place: Place { spot: 1, floor, lift: false }, ..door(id, 1) };
    let stops = vec![up("six", 6), Stop { service_s: 60, ..up("two", 2) }, Stop { fixed_s: Some(11 * HOUR), ..up("four", 4) }];
    let problem = Problem { ground: street(2), stops, officers: vec![officer("ma", 9 * HOUR, 12 * HOUR)] };
    let plan = planned(&problem);
    // Up to six at most once, and down again at most to where the last one is.
    assert!(plan.walking_s <= u64::from(BLOCK_S + 5 * 18 + 4 * 18), "{plan:?}");
    assert_eq!(plan.served(), 3);
}

#[test]
fn every_reason_is_the_true_one() {
    let stops = vec![
        Stop { skills: vec!["sign_language".into()], ..door("skill", 1) },
        Stop { fixed_s: Some(7 * HOUR), ..door("early", 1) },
        door("a", 1),
        door("b", 1),
        Stop { service_s: 3 * HOUR, ..door("long", 1) },
    ];
    let mut ma = officer("ma", 9 * HOUR, 13 * HOUR);
    let day = |ma| Problem { ground: street(2), stops: stops.clone(), officers: vec![ma] };
    let why = |stop: &str, why| Unserved { stop: stop.into(), why };
    let late = vec![why("early", Why::NoWindow), why("skill", Why::NoOfficer)];
    assert_eq!(planned(&day(ma.clone())).unserved, late);
    ma.most_doors = 2;
    let full = planned(&day(ma.clone())).unserved;
    assert!(full.contains(&why("long", Why::TooManyDoors)) || full.iter().any(|u| u.why == Why::TooManyDoors), "{full:?}");
    ma.most_doors = 20;
    ma.shifts[0].until_s = 12 * HOUR + 300;
    assert!(planned(&day(ma)).unserved.contains(&why("long", Why::NoTime)));
}

#[test]
fn two_officers_share_a_street_and_bring_what_only_one_can() {
    let mut stops: Vec<_> = (1..=6).map(|spot| door(&format!("d{spot}"), spot)).collect();
    stops[0].officers = vec!["chen".into()];
    stops[5].skills = vec!["sign_language".into()];
    let mut ma = officer("ma", 9 * HOUR, 9 * HOUR + 3_000);
    ma.skills = vec!["sign_language".into()];
    let problem = Problem { ground: street(7), stops, officers: vec![officer("chen", 9 * HOUR, 9 * HOUR + 3_000), ma] };
    let plan = planned(&problem);
    assert_eq!((plan.served(), plan.rounds.len()), (6, 2));
}

#[test]
fn a_phone_plans_again_from_where_the_officer_stands() {
    let stops: Vec<_> = (1..=5).map(|spot| door(&format!("d{spot}"), spot)).collect();
    let problem = Problem { ground: street(6), stops, officers: vec![officer("ma", 9 * HOUR, 12 * HOUR)] };
    let so_far = SoFar { done: vec!["d3".into(), "gone".into()], now_s: 10 * HOUR, here: Place::street(3) };
    let rest = replan(&problem, "ma", so_far.clone()).unwrap();
    assert_eq!(check(&problem.after("ma", so_far.clone()).unwrap(), &rest), Ok(()));
    assert_eq!(rest.served(), 4);
    assert_eq!(rest.walking_s, u64::from(6 * BLOCK_S));
    assert_eq!(replan(&problem, "nobody", so_far).unwrap_err().code(), "round.malformed");
    // After the shift nothing is left of it.
    let over = SoFar { done: vec![], now_s: 13 * HOUR, here: Place::street(3) };
    assert_eq!(replan(&problem, "ma", over).unwrap().served(), 0);
}

#[test]
fn doors_done_count_towards_the_days_limit() {
    let stops: Vec<_> = (1..=5).map(|spot| door(&format!("d{spot}"), spot)).collect();
    let mut ma = officer("ma", 9 * HOUR, 12 * HOUR);
    ma.most_doors = 3;
    let problem = Problem { ground: street(6), stops, officers: vec![ma] };
    let so_far = SoFar { done: vec!["d1".into(), "d2".into()], now_s: 10 * HOUR, here: Place::street(2) };
    let rest = replan(&problem, "ma", so_far).unwrap();
    assert_eq!(orders(&rest), [["d3"]]);
    assert!(rest.unserved.iter().all(|unserved| unserved.why == Why::TooManyDoors));
}

#[test]
fn an_empty_day_is_an_empty_plan() {
    let nobody = Problem { ground: street(1), stops: vec![door("a", 0)], officers: vec![] };
    assert_eq!(planned(&nobody).unserved, [Unserved { stop: "a".into(), why: Why::NoOfficer }]);
    let nothing = Problem { ground: street(1), stops: vec![], officers: vec![officer("ma", 0, 1)] };
    assert_eq!(planned(&nothing), minqing_core::rounds::Plan::default());
}
