//! Doors of estates that do not exist, in the order an officer walks them.

/// Invented names; when they are used up, it goes on with a second phase (2期) of the first estate.
const ESTATES: [&str; 24] = [
    "槐荫小区",
    "杏花苑",
    "榆钱小区",
    "沙枣苑",
    "听渠家园",
    "驼铃小区",
    "麦垛苑",
    "葵园新居",
    "芦笛小区",
    "云杉苑",
    "苜蓿园",
    "渡口新村",
    "风车小区",
    "桑叶苑",
    "胡麻家园",
    "铜壶小区",
    "晒谷新村",
    "石榴苑",
    "雁影小区",
    "青稞苑",
    "水磨新居",
    "花椒小区",
    "皮影苑",
    "马莲小区",
];
/// Buildings of an estate: with about 60 doors each, an estate is one grid of 480 households.
const BUILDINGS: usize = 8;
const STAIRWELLS: usize = 4;
const FLOORS: usize = 6;

/// Where somebody lives: fields, never one string.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Door {
    /// 小区: 槐荫小区.
    pub estate: String,
    /// 楼栋, from 1, without 号楼: 3.
    pub building: String,
    /// 单元, from 1: 2.
    pub stairwell: String,
    /// 楼层, from 1 to 6: 5.
    pub floor: String,
    /// 室, which begins with the floor: 501.
    pub room: String,
}

/// Returns the first `count` doors in walking order: estate by estate, building by building, each stairwell from the bottom up.
///
/// All are different, and fewer doors are the beginning of more.
pub fn doors(count: usize) -> Vec<Door> {
    (0..).flat_map(doors_of_estate).take(count).collect()
}

fn doors_of_estate(number: usize) -> impl Iterator<Item = Door> {
    let estate = estate(number);
    let stairwells = (1..=BUILDINGS).flat_map(|building| (1..=STAIRWELLS).map(move |stairwell| (building, stairwell)));
    stairwells.flat_map(move |(building, stairwell)| {
        let estate = estate.clone();
        (1..=FLOORS).flat_map(move |floor| rooms_on(floor, stairwell)).map(move |(floor, room)| Door {
            estate: estate.clone(),
            building: building.to_string(),
            stairwell: stairwell.to_string(),
            floor: floor.to_string(),
            room,
        })
    })
}

fn estate(number: usize) -> String {
    let name = ESTATES[number % ESTATES.len()];
    match number / ESTATES.len() + 1 {
        1 => name.to_owned(),
        phase => format!("{name}{phase}期"),
    }
}

/// Rooms on one floor: two in the first and third stairwell, three in the others.
fn rooms_on(floor: usize, stairwell: usize) -> impl Iterator<Item = (usize, String)> {
    let count = if stairwell % 2 == 1 { 2 } else { 3 };
    (1..=count).map(move |room| (floor, format!("{floor}{room:02}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn twenty_thousand_doors_are_all_different() {
        let doors = doors(20_000);
        assert_eq!(doors.len(), 20_000);
        assert_eq!(doors.iter().collect::<HashSet<_>>().len(), 20_000);
        assert!(doors.iter().any(|door| door.estate == "槐荫小区2期"), "more doors than the list of estates holds");
    }

    #[test]
    fn fewer_doors_are_the_beginning_of_more() {
        assert_eq!(doors(130), doors(3_000)[..130]);
        assert!(doors(0).is_empty());
    }

    #[test]
    fn the_walk_goes_up_one_stairwell_after_the_other() {
        let walk: Vec<String> = doors(14).into_iter().map(|door| format!("{}-{}", door.stairwell, door.room)).collect();
        let expected = ["1-101", "1-102", "1-201", "1-202", "1-301", "1-302", "1-401", "1-402", "1-501", "1-502", "1-601", "1-602", "2-101", "2-102"];
        assert_eq!(walk, expected);
    }

    #[test]
    fn no_stairwell_is_entered_twice() {
        let mut stairwells: Vec<_> = doors(5_000).into_iter().map(|door| (door.estate, door.building, door.stairwell)).collect();
        stairwells.dedup();
        assert_eq!(stairwells.iter().collect::<HashSet<_>>().len(), stairwells.len());
    }

    #[test]
    fn an_estate_is_a_grid_of_480_households_and_rooms_begin_with_their_floor() {
        let doors = doors(1_000);
        assert_eq!(doors.iter().filter(|door| door.estate == ESTATES[0]).count(), 480);
        assert!(doors.iter().all(|door| door.room.starts_with(&door.floor) && door.room.len() == 3));
    }
}
