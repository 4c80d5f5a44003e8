//! `Settings`, and what sets: versions follow one another, and what is set for later begins then.

use minqing_core::{Id, model::Category};

use super::{Make, office::COMMUNITY};
use crate::storage::{Department, Setting, StoreError};

fn setting(kind: &str, key: &str, version: u32, from_ms: i64) -> Setting {
    Setting { kind: kind.into(), key: key.into(), version, value: format!("{{\"n\":{version}}}"), by: None, at_ms: 5, from_ms }
}

fn department(id: u8, name: &str) -> Department {
    Department { id: Id([id; 16]), community: COMMUNITY.into(), name: name.into(), answers: String::new(), closed: false, categories: Vec::new() }
}

pub fn versions_follow_one_another_and_all_stay(make: Make<'_>) {
    let store = make();
    let put = |setting: Setting| store.apply(&mut |unit| unit.put_setting(&setting));
    let [first, other, second] = [setting("terms", "sign", 1, 5), setting("terms", "accept", 1, 5), setting("terms", "sign", 2, 9)];
    for kept in [&first, &other, &second] {
        put(kept.clone()).unwrap();
    }
    for version in [0, 1, 2, 4] {
        assert_eq!(put(setting("terms", "sign", version, 5)), Err(StoreError::Refused("setting.changed")), "{version}");
    }
    assert_eq!(store.settings().unwrap(), [first.clone(), other, second.clone()]);
    assert_eq!(store.setting_history("terms", "sign").unwrap(), [second, first]);
    assert_eq!(store.setting_history("calendar", "sign").unwrap(), []);
    assert_eq!([4, 5, 9].map(|now_ms| store.settings_begun(now_ms).unwrap()), [0, 2, 3]);
}

pub fn a_department_keeps_its_id_and_no_two_have_one_name(make: Make<'_>) {
    let store = make();
    let keep = |department: Department| store.apply(&mut |unit| unit.keep_department(&department));
    keep(department(1, "水务所")).unwrap();
    let changed = Department { answers: "马春兰".into(), closed: true, categories: vec![Category::Utilities, Category::Care], ..department(1, "供水站") };
    keep(changed.clone()).unwrap();
    assert_eq!(keep(department(2, "供水站")), Err(StoreError::Exists { what: "department" }));
    keep(department(2, "水务所")).unwrap();
    keep(Department { community: "620102001002".into(), ..department(3, "水务所") }).unwrap();
    let all = store.departments(COMMUNITY).unwrap();
    assert_eq!(all.len(), 2);
    assert!(all.contains(&changed) && all.contains(&department(2, "水务所")));
}
