//! Solomon's instances, whose best plans are known: read as their authors count, and planned near to them.

use std::{fs, path::Path};

use minqing_core::rounds::{Plan, Problem, Round, Visit, check, mend, plan, search};
use minqing_sync_server::rounds::file;

fn data(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/solomon").join(name)
}

fn instance(name: &str) -> (file::Kind, Problem) {
    file::read(&data(&format!("{name}.txt"))).unwrap()
}

/// The best known plan, as orders, and its cost.
fn best(name: &str, problem: &Problem) -> (Plan, f64) {
    let text = fs::read_to_string(data(&format!("{name}.sol"))).unwrap();
    let routes = text.lines().filter_map(|line| line.strip_prefix("Route #")?.split_once(':'));
    let visit = |stop: &str| Visit { stop: stop.into(), walk_s: 0, arrive_s: 0, start_s: 0, leave_s: 0 };
    let rounds = routes.zip(&problem.officers).map(|((_, stops), officer)| Round {
        officer: officer.id.clone(),
        shift: 0,
        visits: stops.split_whitespace().map(visit).collect(),
        back_s: 0,
    });
    let cost = text.lines().find_map(|line| line.strip_prefix("Cost ")).unwrap().trim().parse().unwrap();
    (Plan { rounds: rounds.collect(), ..Plan::default() }, cost)
}

#[test]
fn the_best_known_plans_hold_and_cost_what_their_files_say() {
    for name in ["C101", "R101", "RC101"] {
        let (kind, problem) = instance(name);
        let (orders, cost) = best(name, &problem);
        let plan = mend(&problem, &orders).unwrap();
        assert_eq!(check(&problem, &plan), Ok(()), "{name}");
        assert_eq!((plan.served(), kind.cost(plan.walking_s)), (100, cost), "{name}");
    }
}

/// Per cent above the best known.
fn gap(name: &str, plan: &Plan, problem: &Problem) -> f64 {
    let (_, best) = best(name, problem);
    100.0 * (file::Kind::Solomon.cost(plan.walking_s) / best - 1.0)
}

#[test]
fn insertion_serves_everybody_and_a_search_comes_near() {
    for (name, first, then) in [("C101", 5.0, 0.5), ("R101", 5.0, 2.5), ("RC101", 12.0, 5.0)] {
        let (_, problem) = instance(name);
        let inserted = plan(&problem, &mut || true).unwrap();
        assert_eq!((check(&problem, &inserted), inserted.served()), (Ok(()), 100), "{name}");
        let mut looked = 0;
        let mut looks = || {
            looked += 1;
            1.0 - f64::from(looked) / 2_400.0
        };
        let found = search(&problem, &inserted, 1, &mut looks).unwrap();
        assert_eq!((check(&problem, &found), found.served()), (Ok(()), 100), "{name}");
        let gaps = (gap(name, &inserted, &problem), gap(name, &found, &problem));
        assert!(gaps.0 <= first && gaps.1 <= then && gaps.1 >= 0.0, "{name}: {gaps:?}");
    }
}
