use std::sync::Arc;

use minqing_core::{
    model::{Allowance, Category, Clock},
    rounds::Cycle,
};
use serde_json::{Value, json};

use super::{Alarm, Change, Part, Subject, put, refresh};
use crate::{
    app::App,
    config::Config,
    testing::{Counting, Hands, MORNING, World},
};

const DAY: i64 = 24 * 3_600_000;

fn term(days: u16, from_ms: Option<i64>, seen: u32) -> Change {
    Change { subject: Subject::Term(Clock::Sign), seen, from_ms, value: json!({"length": {"days": days}}) }
}

fn year(days: Value) -> Change {
    Change { subject: Subject::Calendar(Part::Year(2027)), seen: 0, from_ms: None, value: json!({"year": 2027, "days": days}) }
}

fn sign(app: &App) -> Option<Allowance> {
    app.rules.get().terms.of(Clock::Sign, None)
}

/// Another process on the same directory.
fn beside(world: &World) -> App {
    let config = Config { data: world.dir.path().to_owned(), ..Config::load(None, []).unwrap() };
    App::open(config, Arc::new(Hands::default()), Arc::new(Counting::from(9))).unwrap()
}

#[test]
fn what_is_set_holds_at_once_and_after_a_restart() {
    let world = World::open();
    assert_eq!(sign(&world.app), Some(Allowance::Days(1)));
    put(&world.app, None, "", term(2, None, 0)).unwrap();
    assert_eq!((sign(&world.app), sign(&beside(&world))), (Some(Allowance::Days(2)), Some(Allowance::Days(2))));
    assert_eq!(world.app.rules.get().category(Category::Safety).length, Allowance::Days(1), "the others are the rules'");
}

#[test]
fn what_is_refused_changes_nothing_that_holds() {
    let world = World::open();
    let before = world.app.rules.get().calendar.version();
    world.sql("CREATE TRIGGER full BEFORE INSERT ON setting BEGIN SELECT RAISE(FAIL, 'full'); END;");
    assert_eq!(put(&world.app, None, "", term(2, None, 0)).unwrap_err().code, "store.conflict");
    world.sql("DROP TRIGGER full; CREATE TRIGGER full BEFORE UPDATE ON matter BEGIN SELECT RAISE(FAIL, 'full'); END;");
    world.sql(&format!("INSERT INTO matter(id, stream, registrar, judged, next_ms) VALUES(x'01', 1, x'02', 0, {})", MORNING * 2));
    let day = json!([{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]);
    assert!(put(&world.app, None, "", year(day)).is_err());
    assert_eq!((sign(&world.app), world.app.rules.get().calendar.version()), (Some(Allowance::Days(1)), before));
    assert_eq!(world.store().settings().unwrap().len(), 1, "only what the program noted itself");
}

#[test]
fn what_is_set_for_later_holds_from_then_on() {
    let world = World::open();
    put(&world.app, None, "", term(2, Some(MORNING + DAY), 0)).unwrap();
    assert!(!refresh(&world.app).unwrap());
    assert_eq!(sign(&world.app), Some(Allowance::Days(1)));
    world.clock.turn(DAY);
    assert!(refresh(&world.app).unwrap());
    assert_eq!((sign(&world.app), refresh(&world.app).unwrap()), (Some(Allowance::Days(2)), false));
}

#[test]
fn what_another_process_set_is_taken_up() {
    let world = World::open();
    let other = beside(&world);
    put(&other, None, "", term(4, None, 0)).unwrap();
    assert_eq!(sign(&world.app), Some(Allowance::Days(1)));
    assert!(refresh(&world.app).unwrap());
    assert_eq!(sign(&world.app), Some(Allowance::Days(4)));
    assert_eq!(put(&world.app, None, "", term(3, None, 0)).unwrap_err().code, "setting.changed");
}

#[test]
fn a_changed_calendar_has_open_matters_looked_at_and_a_changed_term_has_not() {
    let world = World::open();
    world.sql(&format!(
        "INSERT INTO matter(id, stream, registrar, judged, next_ms)
         VALUES(randomblob(16), 1, x'02', 0, {}), (randomblob(16), 1, x'02', 0, NULL), (randomblob(16), 1, x'02', 0, 7)",
        MORNING + 9 * DAY
    ));
    let due = || world.store().matters_due(MORNING, 9).unwrap().len();
    put(&world.app, None, "", term(2, None, 0)).unwrap();
    assert_eq!(due(), 1);
    put(&world.app, None, "", year(json!([{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]))).unwrap();
    assert_eq!(due(), 2, "but for what has no clock that comes to anything");
}

#[test]
fn an_ended_clock_finds_the_calendar_that_it_names() {
    let world = World::open();
    let version = world.app.rules.get().calendar.version();
    put(&world.app, None, "", year(json!([{"name": "调休", "date": "2027-01-04", "isOffDay": true}]))).unwrap();
    for app in [world.app.clone(), beside(&world)] {
        let rules = app.rules.get();
        let is_off = |version| !rules.calendar_of(version).is_working(jiff::civil::date(2027, 1, 4));
        assert_eq!((rules.calendar.version(), [version, version + 1, 0].map(is_off)), (version + 1, [false, true, true]));
    }
}

#[test]
fn the_alarm_is_said_once_a_day_from_the_first_of_november_until_the_decree_is_there() {
    let world = World::open();
    let mut alarm = Alarm::default();
    world.clock.turn(47 * DAY);
    assert_eq!(alarm.look(&world.app), None, "31 October");
    world.clock.turn(DAY);
    assert_eq!([alarm.look(&world.app), alarm.look(&world.app)], [Some(2027), None]);
    world.clock.turn(DAY);
    assert_eq!(alarm.look(&world.app), Some(2027));
    put(&world.app, None, "", year(json!([{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]))).unwrap();
    world.clock.turn(DAY);
    assert_eq!(alarm.look(&world.app), None);
}

#[test]
fn how_often_doors_are_visited_is_set_within_bounds() {
    let world = World::open();
    let set = |seen, value| put(&world.app, None, "", Change { subject: Subject::Rounds, seen, from_ms: None, value });
    assert_eq!(world.app.rules.get().cycle, Cycle::default());
    set(0, json!({"days": 20, "days_alone_or_old": 7})).unwrap();
    let cycle = Cycle { days: 20, days_alone_or_old: 7, old_age: 80 };
    assert_eq!((world.app.rules.get().cycle, beside(&world).rules.get().cycle), (cycle, cycle));
    for value in [json!({"days": 0}), json!({"days": 10, "days_alone_or_old": 14}), json!({"weeks": 2}), json!({"old_age": 20}), json!(30)] {
        assert_eq!(set(1, value).unwrap_err().code, "setting.malformed");
    }
    assert_eq!(world.app.rules.get().cycle, cycle);
}
