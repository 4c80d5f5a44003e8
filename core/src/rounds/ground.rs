//! Where doors are, and how long the walk between two of them takes.

use serde::{Deserialize, Serialize};

use super::walk::{climb_s, detour_m, given_s, storeys};

/// Metres from one building of an estate to the next where nobody has measured them.
const BUILDING_STEP_M: f64 = 40.0;
/// Metres from one estate to another where nobody has measured them.
const ESTATE_STEP_M: f64 = 400.0;
/// Metres of a millionth of a degree of latitude.
const METRES_OF_MICRODEGREE: f64 = 0.111_195;

/// Somewhere on the map, in one of two ways of measuring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Point {
    /// Metres east and north of any corner that all points share.
    Metres {
        /// East.
        x: i32,
        /// North.
        y: i32,
    },
    /// Millionths of a degree, WGS 84.
    Degrees {
        /// Latitude, north positive.
        lat_e6: i32,
        /// Longitude, east positive.
        lon_e6: i32,
    },
}

/// The entrance of a stairwell: all doors behind it are one stop for walking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// Estate or street, by any number.
    #[serde(default)]
    pub estate: u32,
    /// Place in the order of buildings along the estate; two neighbours differ by one.
    #[serde(default)]
    pub order: u32,
    /// Where it is, if somebody knows.
    #[serde(default)]
    pub at: Option<Point>,
}

/// Walks that were measured elsewhere, from each spot to each, row by row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matrix {
    /// How many spots there are; `walks` holds the square of it.
    pub side: usize,
    /// What `walks` counts.
    pub unit: Unit,
    /// From spot 0 to spots 0, 1, 2 …, then from spot 1.
    pub walks: Vec<u32>,
}

/// What a [`Matrix`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Seconds, as they are.
    Seconds,
    /// Metres along the way that is walked, so without the detour that is added to straight lines.
    Metres,
}

/// The ground a round is walked on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Entrances, by coordinates or by their order.
    Spots(Vec<Spot>),
    /// Measured walks.
    Matrix(Matrix),
}

/// Where a person can stand: a spot, and a floor behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Which of the ground's spots, from 0.
    pub spot: usize,
    /// 1 is level with the street, -1 the cellar below it.
    #[serde(default = "street")]
    pub floor: i16,
    /// Whether there is a lift.
    #[serde(default)]
    pub lift: bool,
}

fn street() -> i16 {
    1
}

impl Place {
    /// A spot, level with the street.
    pub fn street(spot: usize) -> Self {
        Self { spot, floor: street(), lift: false }
    }
}

impl Ground {
    /// How many spots there are.
    pub fn spots(&self) -> usize {
        match self {
            Self::Spots(spots) => spots.len(),
            Self::Matrix(matrix) => matrix.side,
        }
    }

    /// Seconds from one place to another: down, across, up; within one stairwell from floor to floor. Both must be on
    /// this ground; from a spot that is not, nothing is far.
    pub fn walk_s(&self, from: Place, to: Place) -> u32 {
        if from.spot == to.spot {
            return climb_s(storeys(from.floor, to.floor), from.lift && to.lift);
        }
        let down = climb_s(storeys(from.floor, street()), from.lift);
        let up = climb_s(storeys(street(), to.floor), to.lift);
        down.saturating_add(self.across_s(from.spot, to.spot)).saturating_add(up)
    }

    fn across_s(&self, from: usize, to: usize) -> u32 {
        match self {
            Self::Spots(spots) => match (spots.get(from), spots.get(to)) {
                (Some(from), Some(to)) => given_s(from.likely_m(to)),
                _ => 0,
            },
            Self::Matrix(matrix) => matrix.across_s(from, to),
        }
    }
}

impl Matrix {
    fn across_s(&self, from: usize, to: usize) -> u32 {
        let walk = self.walks.get(from * self.side + to).copied().unwrap_or(0);
        match self.unit {
            Unit::Seconds => walk,
            Unit::Metres => given_s(f64::from(walk)),
        }
    }
}

impl Spot {
    /// Metres that are likely walked to another spot where nobody has measured them: the straight line and its usual detour.
    pub fn likely_m(&self, to: &Self) -> f64 {
        detour_m(self.straight_m(to))
    }

    /// Metres of the straight line: by coordinates where both are known, else by the order of buildings.
    fn straight_m(&self, to: &Self) -> f64 {
        if let (Some(from), Some(to)) = (self.at, to.at)
            && let Some(metres) = from.straight_m(to)
        {
            return metres;
        }
        if self.estate == to.estate { f64::from(self.order.abs_diff(to.order)) * BUILDING_STEP_M } else { ESTATE_STEP_M }
    }
}

impl Point {
    /// Metres of the straight line; `None` where the two are measured in different ways.
    pub fn straight_m(self, to: Self) -> Option<f64> {
        self.offset_m(to).map(|(east, north)| (east * east + north * north).sqrt())
    }

    /// Metres east and north to another point; `None` where the two are measured in different ways.
    pub fn offset_m(self, to: Self) -> Option<(f64, f64)> {
        match (self, to) {
            (Self::Metres { x, y }, Self::Metres { x: to_x, y: to_y }) => Some((f64::from(to_x) - f64::from(x), f64::from(to_y) - f64::from(y))),
            (Self::Degrees { lat_e6, lon_e6 }, Self::Degrees { lat_e6: to_lat, lon_e6: to_lon }) => {
                let middle = (f64::from(lat_e6) + f64::from(to_lat)) / 2e6;
                let east = (f64::from(to_lon) - f64::from(lon_e6)) * METRES_OF_MICRODEGREE * cosine(middle.to_radians());
                Some((east, (f64::from(to_lat) - f64::from(lat_e6)) * METRES_OF_MICRODEGREE))
            }
            _ => None,
        }
    }
}

/// The cosine of a latitude, to a millionth. By sums and products alone, which every machine rounds alike: phone and office
/// must find the same seconds.
fn cosine(radians: f64) -> f64 {
    let x = radians * radians;
    [132.0, 90.0, 56.0, 30.0, 12.0, 2.0].iter().fold(1.0, |sum, of| 1.0 - x / of * sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: i32, y: i32) -> Spot {
        Spot { at: Some(Point::Metres { x, y }), ..Spot::default() }
    }

    #[test]
    fn a_walk_is_down_across_and_up() {
        let ground = Ground::Spots(vec![at(0, 0), at(300, 400)]);
        let (here, there) = (Place { spot: 0, floor: 6, lift: false }, Place { spot: 1, floor: 11, lift: true });
        // 500 m × 1.3 / 1.1 = 590.9.
        assert_eq!(ground.walk_s(Place::street(0), Place::street(1)), 591);
        assert_eq!(ground.walk_s(here, there), 5 * 18 + 591 + 25 + 10 * 3);
        assert_eq!(ground.walk_s(there, here), ground.walk_s(here, there));
    }

    #[test]
    fn doors_of_one_stairwell_are_one_stop() {
        let ground = Ground::Spots(vec![at(0, 0)]);
        let door = |floor, lift| Place { spot: 0, floor, lift };
        assert_eq!(ground.walk_s(door(3, false), door(3, false)), 0);
        assert_eq!(ground.walk_s(door(2, false), door(6, false)), 4 * 18);
        assert_eq!(ground.walk_s(door(2, true), door(6, true)), 25 + 4 * 3);
        assert_eq!(ground.walk_s(door(-1, false), door(2, false)), 2 * 18, "there is no floor 0");
    }

    #[test]
    fn degrees_are_metres_at_lanzhou() {
        // Both ends of Zhongshan Bridge, some 234 m.
        let spot = |lat_e6, lon_e6| Spot { at: Some(Point::Degrees { lat_e6, lon_e6 }), ..Spot::default() };
        let metres = spot(36_064_700, 103_819_100).straight_m(&spot(36_066_800, 103_819_100));
        assert!((metres - 233.5).abs() < 0.1, "{metres}");
        let east = spot(36_060_000, 103_800_000).straight_m(&spot(36_060_000, 103_810_000));
        assert!((east - 898.9).abs() < 0.3, "{east}");
        for degrees in 0..=90 {
            let angle = f64::from(degrees).to_radians();
            assert!((cosine(angle) - angle.cos()).abs() < 1e-6, "{degrees}");
        }
    }

    #[test]
    fn without_coordinates_the_order_of_buildings_counts() {
        let house = |estate, order| Spot { estate, order, at: None };
        assert_eq!(house(1, 3).straight_m(&house(1, 7)), 160.0);
        assert_eq!(house(1, 3).straight_m(&house(2, 3)), 400.0);
        assert_eq!(house(1, 3).straight_m(&Spot { order: 4, estate: 1, ..at(9, 9) }), 40.0);
    }

    #[test]
    fn measured_walks_are_taken_as_they_are() {
        let walks = vec![0, 110, 220, 0];
        let of = |unit| Ground::Matrix(Matrix { side: 2, unit, walks: walks.clone() });
        let walk = |ground: Ground| (ground.walk_s(Place::street(0), Place::street(1)), ground.walk_s(Place::street(1), Place::street(0)));
        assert_eq!(walk(of(Unit::Seconds)), (110, 220));
        assert_eq!(walk(of(Unit::Metres)), (100, 200));
    }
}
