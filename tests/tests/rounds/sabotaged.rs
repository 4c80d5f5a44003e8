//! Plans that were good until somebody changed them: none gets past the checker.

use minqing_core::rounds::{Broken, Plan, Problem, Stop, Window, check, plan};
use proptest::prelude::*;

use super::world::{HOUR, config, day, door, officer, street};

/// A good plan of two officers, and its day.
fn good() -> (Problem, Plan) {
    let mut stops: Vec<_> = (1..=6).map(|spot| door(&format!("d{spot}"), spot)).collect();
    stops[1] = Stop { fixed_s: Some(10 * HOUR), officers: vec!["ma".into()], ..door("d2", 2) };
    stops[2] = Stop { windows: vec![Window { from_s: 9 * HOUR, until_s: 10 * HOUR }], ..door("d3", 3) };
    let mut ma = officer("ma", 9 * HOUR, 11 * HOUR);
    ma.most_doors = 3;
    let problem = Problem { ground: street(7), stops, officers: vec![officer("chen", 9 * HOUR, 10 * HOUR), ma] };
    let plan = plan(&problem, &mut || true).unwrap();
    assert_eq!((check(&problem, &plan), plan.served(), plan.rounds.len()), (Ok(()), 6, 2));
    (problem, plan)
}

fn broken(change: impl Fn(&mut Problem, &mut Plan)) -> Broken {
    let (mut problem, mut plan) = good();
    change(&mut problem, &mut plan);
    check(&problem, &plan).unwrap_err()
}

#[test]
fn every_promise_is_missed_when_it_is_broken() {
    let name = |id: &str| id.to_owned();
    assert!(matches!(broken(|_, plan| drop(plan.rounds[0].visits.pop())), Broken::Forgotten(_)));
    assert!(matches!(broken(|_, plan| drop(plan.rounds.pop())), Broken::Forgotten(_)));
    assert!(matches!(broken(|_, plan| plan.rounds.push(plan.rounds[0].clone())), Broken::Twice(_)));
    assert!(matches!(broken(|_, plan| plan.rounds[0].shift = 1), Broken::Unknown(_)));
    assert!(matches!(broken(|_, plan| plan.rounds[0].officer = name("nobody")), Broken::Unknown(_)));
    assert!(matches!(broken(|_, plan| plan.rounds[0].visits[0].stop = name("d9")), Broken::Unknown(_)));
    assert!(matches!(broken(|_, plan| plan.rounds[0].visits[0].walk_s += 1), Broken::Arithmetic(_)));
    assert!(matches!(broken(|_, plan| plan.rounds[0].visits[0].arrive_s -= 1), Broken::Arithmetic(_)));
    assert!(matches!(broken(|_, plan| plan.rounds[1].visits[0].leave_s += 1), Broken::Arithmetic(_)));
    assert!(matches!(broken(|_, plan| plan.rounds[1].back_s = 1), Broken::Arithmetic(_)));
    assert_eq!(broken(|_, plan| plan.walking_s -= 1), Broken::Arithmetic(name("walking_s")));
    let others = |problem: &mut Problem, _: &mut Plan| problem.stops[1].officers = vec![name("chen")];
    assert_eq!(broken(others), Broken::Officer(name("d2")));
    let able = |problem: &mut Problem, _: &mut Plan| problem.stops[1].skills = vec![name("sign_language")];
    assert_eq!(broken(able), Broken::Officer(name("d2")));
    assert_eq!(broken(|problem, _| problem.stops[1].fixed_s = Some(10 * HOUR + 1)), Broken::Moved(name("d2")));
    let window = |problem: &mut Problem, _: &mut Plan| problem.stops[2].windows = vec![Window { from_s: 0, until_s: 8 * HOUR }];
    assert_eq!(broken(window), Broken::Window(name("d3")));
    assert!(matches!(broken(|problem, _| problem.officers[1].shifts[0].until_s = 10 * HOUR), Broken::Shift(_)));
    assert!(matches!(broken(|problem, _| problem.officers.iter_mut().for_each(|one| one.most_doors = 1)), Broken::Doors(_)));
}

/// Adds to one of the numbers of a plan.
fn nudge(plan: &mut Plan, which: usize, by: u32) {
    let fields =
        plan.rounds.iter_mut().flat_map(|round| round.visits.iter_mut().flat_map(|v| [&mut v.walk_s, &mut v.arrive_s, &mut v.start_s, &mut v.leave_s]));
    let mut fields: Vec<_> = fields.collect();
    let n = fields.len();
    *fields[which % n] += by;
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_single_number_can_be_changed(problem in day(), which in 0..200_usize, by in 1..5_000_u32) {
        let good = plan(&problem, &mut || true).unwrap();
        prop_assume!(good.served() > 0);
        let mut bad = good;
        nudge(&mut bad, which, by);
        prop_assert!(check(&problem, &bad).is_err());
    }

    #[test]
    fn no_stop_can_be_left_out_or_come_twice(problem in day(), which in 0..20_usize) {
        let good = plan(&problem, &mut || true).unwrap();
        prop_assume!(good.served() > 0);
        let round = which % good.rounds.len();
        let mut less = good.clone();
        less.rounds[round].visits.pop();
        prop_assert!(check(&problem, &less).is_err());
        let mut twice = good;
        let last = twice.rounds[round].visits.last().unwrap().clone();
        twice.rounds[round].visits.push(last);
        prop_assert!(check(&problem, &twice).is_err());
    }
}
