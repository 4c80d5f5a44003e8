//! Rows of one door together, doors in the order of the file.

use std::collections::BTreeMap;

use minqing_core::Id;

use super::row::Entry;

/// The rows of one door.
pub type Door = Vec<Entry>;

/// Puts rows of one door together.
pub fn by_door(entries: Vec<Entry>) -> Vec<Door> {
    let mut places: BTreeMap<Id, usize> = BTreeMap::new();
    let mut doors: Vec<Door> = Vec::new();
    for entry in entries {
        let place = *places.entry(entry.door).or_insert(doors.len());
        match doors.get_mut(place) {
            Some(door) => door.push(entry),
            None => doors.push(vec![entry]),
        }
    }
    doors
}
