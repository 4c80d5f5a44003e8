//! Names that two devices, or two versions, must arrive at without talking: doors, volumes, keys.

use std::collections::BTreeMap;

use minqing_core::{Id, envelope::DeviceKeys, model::Address, model::address_name};
use uuid::Uuid;

use super::accept::{golden_text, hex, is_golden};

/// One line of `addresses.tsv`: which door it is, the address as typed, its name by hand, its id.
struct Line<'a> {
    door: &'a str,
    address: Address,
    name: &'a str,
    id: &'a str,
}

fn read(file: &str) -> Vec<Line<'_>> {
    let line = |line| {
        let columns: Vec<&str> = str::split(line, '\t').collect();
        let [door, community, estate, building, stairwell, floor, room, lane, number, name, id] = columns[..] else { panic!("eleven columns: {line}") };
        let [community, estate, building, stairwell, floor, room, lane, number] =
            [community, estate, building, stairwell, floor, room, lane, number].map(String::from);
        Line { door, address: Address { community, estate, building, stairwell, floor, room, lane, door: number }, name, id }
    };
    file.lines().skip(1).map(line).collect()
}

#[test]
fn doors_have_the_ids_they_always_had() {
    let file = golden_text("addresses.tsv");
    let lines = read(&file);
    assert_eq!(lines.len(), 30);
    let mut doors: BTreeMap<&str, Option<Id>> = BTreeMap::new();
    for line in &lines {
        let id = address_name(&line.address);
        assert_eq!(id.map_or("-".into(), |id| id.to_string()), line.id, "{} as {:?}", line.door, line.address);
        assert_eq!(*doors.entry(line.door).or_insert(id), id, "{} is one door", line.door);
    }
    let mut ids: Vec<Id> = doors.values().copied().flatten().collect();
    let named = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), named, doors.len()), (named, 20, 22), "unlike doors have unlike ids, two are too empty for one");
}

/// By WIRE.md alone: v5 in the namespace v5(nil, `minqing/1`) of the parts joined by U+001F.
#[test]
fn ids_are_what_the_design_says() {
    let namespace = Uuid::new_v5(&Uuid::nil(), b"minqing/1");
    let named = |name: &str| Id(Uuid::new_v5(&namespace, name.replace('|', "\u{1f}").as_bytes()).into_bytes());
    for line in read(&golden_text("addresses.tsv")).iter().filter(|line| line.name != "-") {
        assert_eq!(named(line.name).to_string(), line.id, "{}", line.door);
    }
    let household = named("household|620102001001|||||501");
    assert_eq!(Id::visits(household, 2026), named(&format!("visits|{household}|2026")));
}

#[test]
fn keys_follow_from_the_secret_for_ever() {
    let secret: Vec<u8> = (0..32).collect();
    let keys = DeviceKeys::derive(&secret).unwrap();
    is_golden("keys.txt", format!("sign_key\t{}\nseal_key\t{}\n", hex(&keys.sign_key()), hex(&keys.seal_key().unwrap())).as_bytes());
}
