use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use minqing_core::model::{Address, NewHousehold};

use super::*;
use crate::{
    settings::{self, Change, Part, Subject},
    sync::add_households,
    testing::{COMMUNITY, MORNING, World},
};

/// What is wrong or worth knowing.
fn found(world: &World, config: &Config) -> Vec<&'static str> {
    examine(config, &*world.clock).into_iter().filter(|f| f.state != State::Ok).map(|f| f.code).collect()
}

fn world() -> (World, Config) {
    let world = World::open();
    fs::set_permissions(world.dir.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let door = |room: u32| NewHousehold {
        grid: format!("{COMMUNITY}001"),
        address: Address { community: COMMUNITY.into(), room: room.to_string(), ..Address::default() },
        ..NewHousehold::default()
    };
    add_households(&world.app, &(1..=80).map(door).collect::<Vec<_>>()).unwrap();
    let config = Config { public_url: "https://office.example".into(), ..(*world.app.config).clone() };
    (world, config)
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_healthy_server_is_healthy() {
    let (world, config) = world();
    let findings = examine(&config, &*world.clock);
    assert!(findings.iter().all(|f| f.state == State::Ok), "{findings:?}");
    let checks: Vec<_> = findings.iter().map(|f| f.check).collect();
    assert_eq!(checks, ["settings", "directory", "keys", "disk", "wal", "database", "version", "log", "inbox", "areas", "calendar", "clock"]);
    assert_eq!(json(&findings, Lang::En)["ok"], true);
    for lang in [Lang::Zh, Lang::En] {
        assert!(findings.iter().all(|f| !f.say(lang).contains("doctor-")), "{findings:?}");
    }
}

#[test]
fn a_decree_that_lacks_from_the_first_of_november_is_found() {
    let (world, config) = world();
    world.clock.turn(47 * 24 * 3_600_000);
    assert_eq!(found(&world, &config), [""; 0], "31 October");
    world.clock.turn(24 * 3_600_000);
    assert_eq!(found(&world, &config), ["doctor.decree"]);
    let value = serde_json::json!({"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]});
    let change = Change { subject: Subject::Calendar(Part::Year(2027)), seen: 0, from_ms: None, value };
    settings::put(&world.app, None, "", change).unwrap();
    assert_eq!(found(&world, &config), [""; 0], "it is the stored calendar that is looked at");
}

#[test]
fn each_trouble_is_found_and_said() {
    let (world, config) = world();
    let dir = world.dir.path();
    mode(dir, 0o755);
    mode(&dir.join("server.key"), 0o640);
    assert_eq!(found(&world, &config), ["doctor.open_directory", "doctor.open_key"]);
    mode(dir, 0o700);
    fs::write(dir.join("other.key"), "x").unwrap();
    fs::write(dir.join("server.key"), "short").unwrap();
    mode(&dir.join("server.key"), 0o600);
    mode(&dir.join("other.key"), 0o600);
    assert_eq!(found(&world, &config), ["doctor.server_key"]);
    fs::remove_file(dir.join("other.key")).unwrap();
    fs::write(dir.join("server.key"), [1; 32]).unwrap();
    assert_eq!(found(&world, &config), [""; 0]);

    let wild =
        Config { listen: "0.0.0.0:80".into(), public_url: "http://office.example".into(), metrics: crate::config::Metrics { public: true }, ..config.clone() };
    assert_eq!(found(&world, &wild), ["doctor.https", "doctor.open", "doctor.metrics"]);
    let wild = Config { listen: "nonsense".into(), public_url: "http://127.0.0.1:1".into(), ..config.clone() };
    assert_eq!(found(&world, &wild), ["doctor.listen", "doctor.public_url", "doctor.open"]);

    let items = "INSERT INTO envelope VALUES(1, 5, x'00', 1, 1, x'', x'', 5, 0)";
    let item = |n: i64, state: i64, at: i64| format!("INSERT INTO inbox VALUES(5, x'00', {n}, 1, x'', x'', x'', 1, {at}, {state}, NULL, NULL, NULL)");
    world.sql(&[items.to_owned(), item(1, 16, MORNING), item(2, 17, MORNING), item(3, 18, MORNING), item(4, 2, MORNING)].join(";"));
    assert_eq!(found(&world, &config), ["doctor.aside"], "what has just come is not stuck");
    world.clock.turn(8 * 24 * 3_600_000);
    assert_eq!(found(&world, &config), ["doctor.received", "doctor.held", "doctor.aside"]);
    world.sql("DELETE FROM inbox");

    world.clock.turn(-9 * 24 * 3_600_000);
    assert_eq!(found(&world, &config), ["doctor.clock"], "the log's last row was written later");
    world.clock.turn(24 * 3_600_000);
    world.sql(&format!("DELETE FROM stream WHERE name = 'grid:{COMMUNITY}002'"));
    assert_eq!(found(&world, &config), ["doctor.areas"]);
    world.sql("DELETE FROM area");
    assert_eq!(found(&world, &config), ["doctor.areas"]);
}

#[test]
fn the_end_of_the_log_is_followed() {
    for harm in [
        "DELETE FROM log WHERE seq = 80",
        "DELETE FROM log WHERE seq = 70",
        "UPDATE log SET applied_ms = applied_ms + 1 WHERE seq = 75",
        "UPDATE stream SET sum = sum + 1 WHERE seq > 0",
        "UPDATE stream SET seq = seq - 1 WHERE seq > 0",
    ] {
        let (world, config) = world();
        world.sql(harm);
        assert_eq!(found(&world, &config), ["doctor.chain"], "{harm}");
    }
}

#[test]
fn where_the_server_would_not_start_the_doctor_still_looks() {
    let (world, config) = world();
    world.sql("PRAGMA user_version = 1");
    assert_eq!(found(&world, &config), ["doctor.version"]);
    world.sql("PRAGMA user_version = 999");
    assert_eq!(found(&world, &config), ["store.newer"]);
    let nowhere = Config { data: world.dir.path().join("nowhere"), ..config.clone() };
    assert_eq!(found(&world, &nowhere), ["doctor.directory", "doctor.database"]);
    assert!(!nowhere.data.exists(), "looking made something");

    let (world, config) = self::world();
    let file = world.dir.path().join("minqing.db");
    world.sql("PRAGMA wal_checkpoint(TRUNCATE)");
    let mut bytes = fs::read(&file).unwrap();
    let len = bytes.len();
    bytes[4096..len / 2].fill(0x5a);
    let other = tempfile::tempdir().unwrap();
    mode(other.path(), 0o700);
    fs::write(other.path().join("minqing.db"), &bytes).unwrap();
    fs::write(other.path().join("server.key"), [1; 32]).unwrap();
    mode(&other.path().join("server.key"), 0o600);
    let broken = found(&world, &Config { data: other.path().to_owned(), ..config.clone() });
    assert!(broken == ["doctor.integrity"] || broken == ["doctor.database"], "{broken:?}");
    fs::write(other.path().join("minqing.db"), "no database at all, only words and words").unwrap();
    assert_eq!(found(&world, &Config { data: other.path().to_owned(), ..config }), ["doctor.database"]);
}
