//! Where: the building at most.

use serde::Serialize;

use crate::model::Address;

/// Words of what lies inside a building.
const INSIDE: [&str; 6] = ["单元", "室", "层", "户", "房", "门牌"];
/// A room of so many characters is looked for where a building's name should stand; a shorter one may be its number.
const ROOM: usize = 3;
/// So many digits in a row name no building.
const NUMBER: usize = 7;

/// An estate and a building; each may be empty. Stairwell, floor, room, lane and door never come in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    estate: String,
    building: String,
}

impl Place {
    /// That of a door. Where somebody wrote more into a field than a building, the field is left out.
    pub fn of(address: &Address) -> Self {
        let is_inside = |text: &str| INSIDE.iter().any(|word| text.contains(word));
        let part = |text: &str| if tells_the_room(text, &address.room) { String::new() } else { text.trim().to_owned() };
        let building = if is_inside(&address.building) { String::new() } else { part(&address.building) };
        Self { estate: part(&address.estate), building }
    }

    /// The estate.
    pub fn estate(&self) -> &str {
        &self.estate
    }

    /// The building.
    pub fn building(&self) -> &str {
        &self.building
    }
}

fn tells_the_room(text: &str, room: &str) -> bool {
    let room = room.trim().trim_end_matches('室');
    let mut runs = text.split(|c: char| !c.is_alphanumeric());
    (room.chars().count() >= ROOM && text.contains(room)) || runs.any(|run| run.chars().filter(|c| c.is_numeric()).count() >= NUMBER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(estate: &str, building: &str, room: &str) -> (String, String) {
        let (estate, building, room) = (estate.into(), building.into(), room.into());
        let (stairwell, floor, lane, door) = ("2".into(), "5".into(), "井儿街".into(), "18号".into());
        let Place { estate, building } = Place::of(&Address { estate, building, stairwell, floor, room, lane, door, ..Address::default() });
        (estate, building)
    }

    #[test]
    fn a_building_at_most() {
        let is = |estate: &str, building: &str| (estate.to_owned(), building.to_owned());
        assert_eq!(place("福利路小区", "3号楼", "502"), is("福利路小区", "3号楼"));
        assert_eq!(place("福利路小区", "3", "3"), is("福利路小区", "3"));
        assert_eq!(place("", "", "502"), is("", ""));
        assert_eq!(place("福利路小区", "3号楼502", "502室"), is("福利路小区", ""));
        assert_eq!(place("福利路小区", "3-2-502", "502"), is("福利路小区", ""));
        assert_eq!(place("福利路小区", "3号楼2单元", "7"), is("福利路小区", ""));
        assert_eq!(place("福利路小区502", "3号楼", "502"), is("", "3号楼"));
        assert_eq!(place("电话13800138000", "3号楼", ""), is("", "3号楼"));
    }
}
