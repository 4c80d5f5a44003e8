//! The place on the ways that is nearest to a spot.

use std::collections::HashMap;

use minqing_core::rounds::Point;

use super::network::{Footways, Stretch, millimetres};

/// How far a spot may lie from a way, in metres.
const NEAR_M: f64 = 150.0;
/// The side of a cell in millionths of a degree: everywhere in China more than [`NEAR_M`], so that what is near lies in the next cell.
const CELL: i32 = 3_000;

/// Which stretches pass through which cells of the map.
#[derive(Debug)]
pub(super) struct Cells(HashMap<(i32, i32), Vec<usize>>);

/// Where a spot meets the ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Snapped {
    /// Which stretch.
    pub(super) stretch: usize,
    /// How far it is to that place, in millimetres.
    pub(super) off_mm: u64,
    /// From there to both ends of the stretch, in millimetres.
    pub(super) to_ends_mm: [u64; 2],
}

impl Cells {
    pub(super) fn of(corners: &[Point], stretches: &[Stretch]) -> Self {
        let mut cells: HashMap<_, Vec<usize>> = HashMap::new();
        for (number, stretch) in stretches.iter().enumerate() {
            let [Some(from), Some(to)] = stretch.ends.map(|end| cell(corners[end])) else { continue };
            for lat in from.0.min(to.0)..=from.0.max(to.0) {
                for lon in from.1.min(to.1)..=from.1.max(to.1) {
                    cells.entry((lat, lon)).or_default().push(number);
                }
            }
        }
        Self(cells)
    }

    /// The stretches of a cell and those around it.
    fn near(&self, at: (i32, i32)) -> impl Iterator<Item = usize> + '_ {
        let around = (-1..=1).flat_map(move |lat| (-1..=1).map(move |lon| (at.0 + lat, at.1 + lon)));
        around.filter_map(|cell| self.0.get(&cell)).flatten().copied()
    }
}

fn cell(point: Point) -> Option<(i32, i32)> {
    match point {
        Point::Degrees { lat_e6, lon_e6 } => Some((lat_e6.div_euclid(CELL), lon_e6.div_euclid(CELL))),
        Point::Metres { .. } => None,
    }
}

impl Footways {
    /// Where a spot meets the nearest way, of two that are equally near the first; `None` where none is within 150 m.
    pub(super) fn snap(&self, spot: Point) -> Option<Snapped> {
        let mut nearest: Option<(f64, Snapped)> = None;
        for number in self.cells.near(cell(spot)?) {
            let stretch = &self.stretches[number];
            let [Some(from), Some(to)] = stretch.ends.map(|end| spot.offset_m(self.corners[end])) else { continue };
            let (share, off) = foot_of(from, to);
            let is_nearer = nearest.is_none_or(|(least, best)| off < least || (off == least && number < best.stretch));
            if off <= NEAR_M && is_nearer {
                let first = ((stretch.mm as f64 * share).round() as u64).min(stretch.mm);
                nearest = Some((off, Snapped { stretch: number, off_mm: millimetres(off), to_ends_mm: [first, stretch.mm - first] }));
            }
        }
        nearest.map(|(_, snapped)| snapped)
    }
}

/// Which share of a line lies before the place nearest to the origin, and how far that is.
fn foot_of(from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let (along_x, along_y) = (to.0 - from.0, to.1 - from.1);
    let length = along_x * along_x + along_y * along_y;
    let share = if length > 0.0 { (-(from.0 * along_x + from.1 * along_y) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (from.0 + share * along_x, from.1 + share * along_y);
    (share, (x * x + y * y).sqrt())
}
