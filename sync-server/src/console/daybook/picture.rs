//! A round as a picture: buildings where they stand, or in the order of their numbers, and the way between them. Nothing is loaded for it.

use minqing_core::{
    model::{Address, by_number},
    rounds::{Point, house},
    speech::said,
    words::{Lang, say},
};

use crate::rounds::buildings::Buildings;

/// Of the picture, in its own units.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
/// What stays free at each side, so that names and numbers fit.
const EDGE: f64 = 60.0;
/// Half a building's width and height.
const HOUSE: (f64, f64) = (38.0, 15.0);
/// Buildings of a row where nobody knows where they stand.
const A_ROW: usize = 5;
/// Numbers of a row under a building.
const DOTS: usize = 4;

/// Where a stop is.
pub struct Place {
    pub address: Address,
    /// Whether its time is agreed.
    pub fixed: bool,
}

/// The picture.
pub struct Picture {
    pub height: i64,
    pub houses: Vec<House>,
    /// Of an SVG path.
    pub way: String,
    pub dots: Vec<Dot>,
    /// What it shows, for those who do not see it.
    pub said: String,
    /// How buildings are placed, as a sentence.
    pub note: String,
}

/// A building.
pub struct House {
    pub x: i64,
    pub y: i64,
    pub name: String,
    pub name_x: i64,
    pub name_y: i64,
}

/// A stop's number.
pub struct Dot {
    pub x: i64,
    pub y: i64,
    pub text_y: i64,
    pub n: usize,
    pub fixed: bool,
}

/// Draws it; `None` without a stop.
pub fn picture(lang: Lang, places: &[Place], buildings: &Buildings) -> Option<Picture> {
    let mut houses: Vec<(String, String)> = places.iter().map(|place| house(&place.address)).collect();
    houses.sort_by(|a, b| by_number(&a.0, &b.0).then_with(|| by_number(&a.1, &b.1)));
    houses.dedup();
    let points: Option<Vec<Point>> = houses.iter().map(|(estate, building)| buildings.at(estate, building)).collect();
    let (known, height) = match &points {
        Some(_) => (true, HEIGHT),
        None => (false, 2.0 * EDGE + 80.0 * (houses.len().div_ceil(A_ROW).max(1) - 1) as f64),
    };
    let at = points.map_or_else(|| in_rows(houses.len()), |points| on_ground(&points));
    let of = |place: &Place| houses.iter().position(|known| *known == house(&place.address)).and_then(|n| Some((n, *at.get(n)?)));
    let stops: Vec<(usize, (f64, f64))> = places.iter().filter_map(of).collect();
    let mut way = String::new();
    let mut before = None;
    for (house, (x, y)) in &stops {
        if before != Some(*house) {
            way.push_str(&format!("{}{x:.0} {y:.0}", if before.is_none() { "M" } else { "L" }));
        }
        before = Some(*house);
    }
    let mut shown = vec![0; houses.len()];
    let dots = stops.iter().zip(places).enumerate().map(|(n, ((house, (x, y)), place))| {
        let (row, column) = (shown[*house] / DOTS, shown[*house] % DOTS);
        shown[*house] += 1;
        let (x, y) = (x - HOUSE.0 + 12.0 + 22.0 * column as f64, y + HOUSE.1 + 13.0 + 23.0 * row as f64);
        Dot { x: x as i64, y: y as i64, text_y: y as i64 + 4, n: n + 1, fixed: place.fixed }
    });
    let dots: Vec<Dot> = dots.collect();
    let lowest = dots.iter().map(|dot| dot.y + 20).max().unwrap_or(0);
    let drawn = |((estate, building), (x, y)): (&(String, String), &(f64, f64))| House {
        x: (x - HOUSE.0) as i64,
        y: (y - HOUSE.1) as i64,
        name: named(lang, estate, building),
        name_x: *x as i64,
        name_y: (y - HOUSE.1) as i64 - 6,
    };
    let all = || houses.iter().zip(&at).map(drawn);
    let names: Vec<String> = all().map(|house| house.name).collect();
    (!places.is_empty()).then(|| Picture {
        height: lowest.max(height as i64),
        houses: all().collect(),
        way,
        dots,
        said: say(lang, "daybook-picture", &[("n", places.len().into()), ("houses", names.join(&say(lang, "list-between", &[])).into())]),
        note: say(lang, if known { "daybook-by-place" } else { "daybook-by-number" }, &[]),
    })
}

/// 3 号楼, as its doors write it; a lane by its name.
fn named(lang: Lang, estate: &str, building: &str) -> String {
    if building.is_empty() { estate.to_owned() } else { said::plate(lang, &Address { building: building.to_owned(), ..Address::default() }) }
}

fn in_rows(n: usize) -> Vec<(f64, f64)> {
    let step = (WIDTH - 2.0 * EDGE) / (A_ROW - 1) as f64;
    (0..n).map(|n| (EDGE + step * (n % A_ROW) as f64, EDGE + 80.0 * (n / A_ROW) as f64)).collect()
}

/// Points of the ground on the picture, north up, all as large as they fit.
fn on_ground(points: &[Point]) -> Vec<(f64, f64)> {
    let Some(first) = points.first() else { return Vec::new() };
    let metres: Vec<(f64, f64)> = points.iter().map(|point| first.offset_m(*point).unwrap_or_default()).collect();
    let bounds = |of: fn(&(f64, f64)) -> f64| metres.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), m| (least.min(m), most.max(m)));
    let ((west, east), (south, north)) = (bounds(|m| m.0), bounds(|m| m.1));
    let room = (WIDTH - 2.0 * EDGE, HEIGHT - 2.0 * EDGE);
    let scale = (room.0 / (east - west).max(1.0)).min(room.1 / (north - south).max(1.0)).min(4.0);
    let place = |(x, y): &(f64, f64)| (WIDTH / 2.0 + (x - (west + east) / 2.0) * scale, HEIGHT / 2.0 - (y - (south + north) / 2.0) * scale);
    metres.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(building: &str, fixed: bool) -> Place {
        Place { address: Address { estate: "槐荫".into(), building: building.into(), ..Address::default() }, fixed }
    }

    #[test]
    fn stops_are_numbered_in_their_order_under_their_building() {
        let places = [place("3", false), place("12", true), place("3", false)];
        let drawn = picture(Lang::Zh, &places, &Buildings::default()).unwrap();
        assert_eq!(drawn.houses.iter().map(|house| house.name.as_str()).collect::<Vec<_>>(), ["3 号楼", "12 号楼"]);
        assert_eq!(drawn.dots.iter().map(|dot| (dot.n, dot.fixed)).collect::<Vec<_>>(), [(1, false), (2, true), (3, false)]);
        assert_eq!(drawn.dots[2].x - drawn.dots[0].x, 22, "beside each other");
        assert_eq!(drawn.way.matches('L').count(), 2, "there and back: {}", drawn.way);
        assert!(picture(Lang::Zh, &[], &Buildings::default()).is_none());
    }

    #[test]
    fn north_is_up_and_nothing_leaves_the_picture() {
        let at = |lat_e6, lon_e6| Point::Degrees { lat_e6, lon_e6 };
        let drawn = on_ground(&[at(36_060_000, 103_830_000), at(36_063_000, 103_830_000), at(36_060_000, 103_840_000)]);
        assert!(drawn[1].1 < drawn[0].1 && (drawn[1].0 - drawn[0].0).abs() < 1.0, "{drawn:?}");
        assert!(drawn[2].0 > drawn[0].0 && (drawn[2].1 - drawn[0].1).abs() < 1.0);
        assert!(drawn.iter().all(|(x, y)| (EDGE - 1.0..=WIDTH - EDGE + 1.0).contains(x) && (EDGE - 1.0..=HEIGHT - EDGE + 1.0).contains(y)), "{drawn:?}");
        assert_eq!(on_ground(&[at(36_060_000, 103_830_000)]), [(WIDTH / 2.0, HEIGHT / 2.0)]);
    }
}
