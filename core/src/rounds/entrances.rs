//! The entrances of a day's doors, numbered by their addresses: what is walked between.

use super::{Ground, Place, Point, Spot};
use crate::model::{Address, by_number, storey};

/// An entrance: all doors behind it are reached by its stairs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entrance {
    /// Estate, or lane.
    estate: String,
    /// Building, or door of the lane.
    building: String,
    stairwell: String,
}

/// The entrances of some doors, in the order of their addresses.
#[derive(Clone, Debug)]
pub struct Entrances(Vec<Entrance>);

impl Entrances {
    /// Those of these doors.
    pub fn of<'a>(doors: impl IntoIterator<Item = &'a Address>) -> Self {
        let mut all: Vec<Entrance> = doors.into_iter().map(entrance).collect();
        all.sort_by(|a, b| {
            by_number(&a.estate, &b.estate).then_with(|| by_number(&a.building, &b.building)).then_with(|| by_number(&a.stairwell, &b.stairwell))
        });
        all.dedup();
        Self(all)
    }

    /// Where a door is; `None` if it was not among them.
    pub fn place(&self, door: &Address, lift: bool) -> Option<Place> {
        let known = entrance(door);
        let spot = self.0.iter().position(|one| *one == known)?;
        let floor = storey(door).and_then(|floor| i16::try_from(floor).ok()).filter(|floor| *floor != 0).unwrap_or(1);
        Some(Place { spot, floor, lift })
    }

    /// The ground that they lie on. `at`: where a building is, by estate and building, if somebody knows.
    pub fn ground(&self, at: impl Fn(&str, &str) -> Option<Point>) -> Ground {
        let (mut estate, mut order) = (0, 0);
        let mut before: Option<&Entrance> = None;
        let spots = self.0.iter().map(|one| {
            match before.filter(|before| before.estate == one.estate) {
                Some(before) if before.building == one.building => {}
                Some(_) => order += 1,
                None => (estate, order) = (estate + 1, 0),
            }
            before = Some(one);
            Spot { estate, order, at: at(&one.estate, &one.building) }
        });
        Ground::Spots(spots.collect())
    }
}

fn entrance(door: &Address) -> Entrance {
    let (estate, building) = house(door);
    Entrance { estate, building, stairwell: door.stairwell.trim().to_owned() }
}

/// The building of a door: estate and building, or lane and number where there are none.
pub fn house(door: &Address) -> (String, String) {
    let or = |block: &str, lane: &str| if block.trim().is_empty() { lane.trim().to_owned() } else { block.trim().to_owned() };
    (or(&door.estate, &door.lane), or(&door.building, &door.door))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(estate: &str, building: &str, stairwell: &str, room: &str) -> Address {
        let [estate, building, stairwell, room] = [estate, building, stairwell, room].map(str::to_owned);
        Address { estate, building, stairwell, room, ..Address::default() }
    }

    #[test]
    fn buildings_follow_each_other_by_their_numbers_and_doors_of_a_stairwell_share_its_entrance() {
        let lane = Address { lane: "一条巷".into(), door: "7号".into(), ..Address::default() };
        let doors = [
            door("槐荫小区", "10", "1", "502"),
            door("槐荫小区", "9", "2", "101"),
            door("槐荫小区", "9", "1", "1203"),
            door("槐荫小区", "9", "1", "B101"),
            lane.clone(),
        ];
        let entrances = Entrances::of(&doors);
        let Ground::Spots(spots) = entrances.ground(|_, building| (building == "10").then_some(Point::Metres { x: 1, y: 2 })) else { panic!("spots") };
        let seen: Vec<_> = spots.iter().map(|spot| (spot.estate, spot.order, spot.at.is_some())).collect();
        assert_eq!(seen, [(1, 0, false), (2, 0, false), (2, 0, false), (2, 1, true)]);
        let place = |door: &Address| entrances.place(door, false).map(|place| (place.spot, place.floor));
        assert_eq!(doors.each_ref().map(place), [Some((3, 5)), Some((2, 1)), Some((1, 12)), Some((1, -1)), Some((0, 1))]);
        assert_eq!(place(&door("槐荫小区", "11", "1", "101")), None);
    }
}
