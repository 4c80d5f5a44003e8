//! `minqing plan`, by the real program: days and Solomon's instances, the child process and what becomes of one that is none.

use std::{
    path::PathBuf,
    process::Output,
    time::{Duration, Instant},
};

use minqing_core::rounds::{check, mend};
use minqing_sync_server::rounds::{Child, child, file, footways, insertion, plan};
use serde_json::Value;

use super::program::{alone, json, line_of, minqing, run};

fn at_home(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn planned(file: &str, more: &[&str]) -> Value {
    let file = at_home(file).display().to_string();
    let args = [&["plan", file.as_str(), "--json"], more].concat();
    line_of(&alone(&args), &args)
}

#[test]
fn the_example_is_planned_by_both_planners() {
    let quick = planned("examples/day.json", &["--planner", "insertion"]);
    let best = planned("examples/day.json", &["--seconds", "0.5"]);
    for plan in [&quick, &best] {
        assert_eq!((plan["kind"].as_str(), plan["unserved"][0]["why"].as_str()), (Some("doors"), Some("no_window")), "{plan}");
        let stops: usize = plan["routes"].as_array().unwrap().iter().map(|route| route["stops"].as_array().unwrap().len()).sum();
        assert_eq!((stops, plan["unserved"].as_array().unwrap().len()), (9, 1));
    }
    assert!(best["cost"].as_f64() <= quick["cost"].as_f64());
}

/// Two houses that are near each other, but for the ways.
const TWO_HOUSES: &str = r#"{
  "ground": {"spots": [{"at": {"degrees": {"lat_e6": 31235192, "lon_e6": 121495960}}}, {"at": {"degrees": {"lat_e6": 31235496, "lon_e6": 121494332}}}, {"order": 1}]},
  "stops": [{"id": "A", "place": {"spot": 1}, "service_s": 600}],
  "officers": [{"id": "O", "shifts": [{"from_s": 32400, "until_s": 36000, "start": {"spot": 0}}]}]
}"#;

#[test]
fn a_day_is_walked_on_footways_where_there_are_some() {
    let dir = tempfile::tempdir().unwrap();
    let day = dir.path().join("day.json");
    std::fs::write(&day, TWO_HOUSES).unwrap();
    let (day, ways) = (day.display().to_string(), at_home("tests/data/footways/lujiazui.geojson").display().to_string());
    let straight = planned(&day, &["--planner", "insertion"]);
    let walked = planned(&day, &["--planner", "insertion", "--footways", &ways]);
    assert_eq!((&straight["cost"], &straight["on_ways"]), (&Value::from(188.0), &Value::Null), "159 m and their detour");
    assert_eq!(&walked["on_ways"], 2, "{walked}");
    assert!((1_160.0..=1_163.0).contains(&walked["cost"].as_f64().unwrap()), "1,277 m: {walked}");
    let args = ["plan", &day, "--json", "--footways", &day];
    assert_eq!(line_of_any(&alone(&args))["error"], "footways.malformed");
}

#[test]
fn footways_are_imported_for_the_office() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let ways = at_home("tests/data/footways/lujiazui.geojson").display().to_string();
    assert_eq!(json(&data, &["import", "footways", &ways])["stretches"], 1_935);
    assert_eq!(footways::load(&data).unwrap().unwrap().stretches(), 1_935);
    let refused = run(&data, &["import", "footways", &at_home("examples/day.json").display().to_string(), "--json"]);
    assert_eq!((refused.status.code(), &line_of_any(&refused)["error"]), (Some(2), &Value::from("footways.malformed")));
    assert_eq!(footways::load(&data).unwrap().unwrap().stretches(), 1_935, "nothing has changed");
}

fn line_of_any(done: &Output) -> Value {
    serde_json::from_slice(&done.stdout).unwrap()
}

#[test]
fn people_read_it_in_their_language() {
    let file = at_home("examples/day.json").display().to_string();
    let said = |lang: &str| String::from_utf8(alone(&["plan", &file, "--planner", "insertion", "--lang", lang]).stdout).unwrap();
    let (zh, en) = (said("zh"), said("en"));
    assert!(zh.contains("没排上：2-2-501（约定的时段里没有人能到）") && zh.contains("10:30–10:50　1-2-302"), "{zh}");
    assert!(en.contains("not visited: 2-2-501 (nobody can be there in its time windows)") && en.lines().count() == zh.lines().count(), "{en}");
}

#[test]
fn what_cannot_be_planned_has_a_code() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let day = std::fs::read_to_string(at_home("examples/day.json")).unwrap();
    let example = at_home("examples/day.json").display().to_string();
    for (file, more, code, what) in [
        ("/nowhere".to_owned(), &[][..], "plan.file", "/nowhere"),
        (file("a", "{\"ground\": "), &[], "plan.malformed", "1:11"),
        (file("b", &day.replace("service_s", "service")), &[], "plan.malformed", "11:"),
        (file("c", "R101\n\nVEHICLE\n 25 two\n"), &[], "plan.malformed", "4"),
        (file("d", ""), &[], "plan.malformed", "0"),
        (file("e", &day.replace("\"spot\": 5", "\"spot\": 6")), &[], "round.malformed", "stops[8].spot"),
        (example.clone(), &["--seconds", "0"], "plan.seconds", "0.1"),
        (example, &["--planner", "genius"], "cli.usage", ""),
    ] {
        let args = [&["plan", file.as_str(), "--json"], more].concat();
        let done = alone(&args);
        let said: Value = serde_json::from_slice(&done.stdout).unwrap();
        assert_eq!((done.status.code(), said["error"].as_str()), (Some(2), Some(code)), "{args:?}: {said}");
        assert!(said["what"].as_str().unwrap().starts_with(what), "{said}");
    }
}

#[test]
fn the_crate_answers_from_its_own_process_with_plans_that_hold() {
    for (file, served) in [("tests/data/solomon/R101.txt", 100), ("examples/day.json", 9)] {
        let (_, problem) = file::read(&at_home(file)).unwrap();
        let first = insertion(&problem, Duration::MAX).unwrap();
        // The one is what it searches, the other only for a machine that is busy.
        let (searches, waits) = (Duration::from_millis(500), Duration::from_secs(60));
        let answer = child::ask(&minqing(), &problem, &first, searches, Instant::now() + waits).unwrap();
        let plan = mend(&problem, &answer).unwrap();
        assert_eq!((check(&problem, &plan), plan.served()), (Ok(()), served), "{file}");
        assert!(plan.cost(&problem) <= first.cost(&problem), "{file}");
    }
}

#[test]
fn what_is_given_out_is_the_best_of_all() {
    let (_, problem) = file::read(&at_home("tests/data/solomon/C101.txt")).unwrap();
    let planned = plan(Some(&minqing()), &problem, Duration::from_secs(3), 1).unwrap();
    assert_eq!((check(&problem, &planned.plan), planned.plan.served()), (Ok(()), 100));
    let cost = planned.plan.cost(&problem);
    assert!(cost <= planned.insertion.cost(&problem) && !matches!(planned.child, Child::Answered(theirs) if theirs < cost));
}

#[test]
fn without_an_answer_from_the_child_there_is_a_plan_all_the_same() {
    let (_, problem) = file::read(&at_home("tests/data/solomon/C101.txt")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let script = |name: &str, text: &str| {
        use std::os::unix::fs::PermissionsExt;
        let path = dir.path().join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    };
    let programs = [
        dir.path().join("nothing"),
        script("deaf", "exec sleep 60"),
        script("fails", "exit 3"),
        script("raves", "cat > /dev/null; echo '{\"rounds\": 7}' >&2"),
        script("endless", "cat > /dev/null; exec yes >&2"),
    ];
    for program in programs {
        let planned = plan(Some(&program), &problem, Duration::from_secs(2), 1).unwrap();
        assert_eq!((check(&problem, &planned.plan), planned.plan.served()), (Ok(()), 100), "{}", program.display());
        assert_eq!(planned.child, Child::Failed, "{}", program.display());
    }
}
