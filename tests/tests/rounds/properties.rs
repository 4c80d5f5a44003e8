//! What holds of any day.

use minqing_core::rounds::{Plan, Problem, SoFar, check, mend, plan, replan, search};
use proptest::prelude::*;

use super::world::{config, day};

fn planned(problem: &Problem) -> Plan {
    plan(problem, &mut || true).unwrap()
}

/// Time for so many looks at it.
fn looks(n: u32) -> impl FnMut() -> f64 {
    let mut looked = 0;
    move || {
        looked += 1;
        1.0 - f64::from(looked) / f64::from(n)
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_plan_keeps_every_promise(problem in day()) {
        let plan = planned(&problem);
        prop_assert_eq!(check(&problem, &plan), Ok(()));
        for visit in plan.rounds.iter().flat_map(|round| &round.visits) {
            let stop = problem.stops.iter().find(|stop| stop.id == visit.stop).unwrap();
            prop_assert!(stop.fixed_s.is_none_or(|at| at == visit.start_s), "an appointment is moved");
        }
    }

    #[test]
    fn stopped_at_any_moment_it_keeps_them_too(problem in day(), moments in 0..60_u32) {
        let mut left = moments;
        let plan = plan(&problem, &mut || { left = left.saturating_sub(1); left > 0 }).unwrap();
        prop_assert_eq!(check(&problem, &plan), Ok(()));
    }

    #[test]
    fn the_order_in_which_a_day_is_told_changes_nothing(problem in day(), turn in 0..16_usize) {
        let mut other = problem.clone();
        let (stops, officers) = (other.stops.len().max(1), other.officers.len().max(1));
        other.stops.rotate_left(turn % stops);
        other.officers.rotate_left(turn % officers);
        other.stops.iter_mut().for_each(|stop| stop.windows.reverse());
        prop_assert_eq!(planned(&problem), planned(&other));
    }

    #[test]
    fn a_search_never_makes_it_worse_and_can_be_told_again(problem in day(), seed in 0..3_u64) {
        let first = planned(&problem);
        let found = search(&problem, &first, seed, &mut looks(300)).unwrap();
        prop_assert_eq!(check(&problem, &found), Ok(()));
        prop_assert!(found.cost(&problem) <= first.cost(&problem));
        prop_assert_eq!(search(&problem, &first, seed, &mut looks(300)).unwrap(), found);
    }

    #[test]
    fn nobody_is_left_out_for_whom_there_is_room(problem in day()) {
        let plan = planned(&problem);
        let again = search(&problem, &plan, 1, &mut looks(50)).unwrap();
        prop_assert!(again.cost(&problem).unserved[0] <= plan.cost(&problem).unserved[0]);
        // Whoever is left out and could come at the end of a round would be in it.
        for unserved in &plan.unserved {
            for (i, round) in plan.rounds.iter().enumerate() {
                let mut more = plan.clone();
                more.unserved.retain(|other| other != unserved);
                let last = round.visits.last().unwrap().clone();
                more.rounds[i].visits.push(minqing_core::rounds::Visit { stop: unserved.stop.clone(), ..last });
                let mended = mend(&problem, &more).unwrap();
                prop_assert!(mended.served() <= plan.served(), "{} fits", unserved.stop);
            }
        }
    }

    #[test]
    fn a_plan_taken_up_again_is_the_same(problem in day()) {
        let plan = planned(&problem);
        prop_assert_eq!(mend(&problem, &plan).unwrap(), plan);
    }

    #[test]
    fn what_is_done_stays_done(problem in day(), done in 0..6_usize, late_s in 0..1_800_u32) {
        let before = planned(&problem);
        let Some(round) = before.rounds.first() else { return Ok(()) };
        let visits = &round.visits[..done.min(round.visits.len())];
        let Some(last) = visits.last() else { return Ok(()) };
        let here = problem.stops.iter().find(|stop| stop.id == last.stop).unwrap().place;
        let so_far = SoFar { done: visits.iter().map(|visit| visit.stop.clone()).collect(), now_s: last.leave_s + late_s, here };
        let rest = replan(&problem, &round.officer, so_far.clone()).unwrap();
        let after = problem.after(&round.officer, so_far.clone()).unwrap();
        prop_assert_eq!(check(&after, &rest), Ok(()));
        for visit in rest.rounds.iter().flat_map(|round| &round.visits) {
            prop_assert!(!so_far.done.contains(&visit.stop));
        }
        for next in rest.rounds.iter().filter(|next| next.officer == round.officer).flat_map(|next| next.visits.first()) {
            prop_assert!(next.arrive_s >= so_far.now_s + next.walk_s);
        }
    }
}
