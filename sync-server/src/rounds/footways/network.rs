//! The network of ways: corners, and the stretches between them.

use std::collections::HashMap;

use minqing_core::rounds::Point;

use super::{geojson::Way, snap::Cells};
use crate::fault::Fault;

/// The most corners: a large city has fewer.
const MOST_CORNERS: usize = 1_000_000;
/// The longest stretch without a corner, in metres; what is longer is no street, but a mistake.
const LONGEST_M: f64 = 10_000.0;

/// A stretch between two corners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its ends.
    pub(super) ends: [usize; 2],
    /// How long it is, in millimetres: whole numbers add up alike in both directions.
    pub(super) mm: u64,
}

/// The ways on which one may walk.
#[derive(Debug)]
pub struct Footways {
    /// Where each corner is.
    pub(super) corners: Vec<Point>,
    pub(super) stretches: Vec<Stretch>,
    /// The stretches that begin or end at each corner.
    pub(super) at: Vec<Vec<usize>>,
    pub(super) cells: Cells,
}

impl Footways {
    /// Joins ways wherever they share a corner.
    ///
    /// # Errors
    /// `footways.too_large`, `footways.none`.
    pub(super) fn of(ways: &[Way]) -> Result<Self, Fault> {
        let mut numbers: HashMap<(i32, i32), usize> = HashMap::new();
        let (mut corners, mut stretches) = (Vec::new(), Vec::new());
        for way in ways {
            let mut before = None;
            for place in way {
                let Point::Degrees { lat_e6, lon_e6 } = *place else { continue };
                let corner = *numbers.entry((lat_e6, lon_e6)).or_insert_with(|| {
                    corners.push(*place);
                    corners.len() - 1
                });
                if corners.len() > MOST_CORNERS {
                    return Err(Fault::new("footways.too_large", MOST_CORNERS.to_string()));
                }
                stretches.extend(before.and_then(|before| stretch(&corners, before, corner)));
                before = Some(corner);
            }
        }
        if stretches.is_empty() {
            return Err(Fault::new("footways.none", ""));
        }
        let mut at = vec![Vec::new(); corners.len()];
        for (number, stretch) in stretches.iter().enumerate() {
            stretch.ends.iter().for_each(|end| at[*end].push(number));
        }
        let cells = Cells::of(&corners, &stretches);
        Ok(Self { corners, stretches, at, cells })
    }

    /// How many stretches there are.
    pub fn stretches(&self) -> usize {
        self.stretches.len()
    }
}

/// The stretch between two corners; nothing between a corner and itself, nor where it would be too long to be true.
fn stretch(corners: &[Point], from: usize, to: usize) -> Option<Stretch> {
    let metres = corners[from].straight_m(corners[to]).filter(|metres| *metres <= LONGEST_M)?;
    (from != to).then(|| Stretch { ends: [from, to], mm: millimetres(metres) })
}

/// Rounded up, so that no way is shorter than its straight line.
pub(super) fn millimetres(metres: f64) -> u64 {
    (metres * 1e3).ceil() as u64
}
