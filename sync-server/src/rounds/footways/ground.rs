//! The ground of a day, measured on footways.

use minqing_core::rounds::{Ground, Matrix, Spot, Unit};

use super::{network::Footways, snap::Snapped};

/// A ground, and how much of it was found on footways.
#[derive(Clone, Debug, PartialEq)]
pub struct Walked {
    /// Metres from each spot to each.
    pub ground: Ground,
    /// How many spots lie at a way.
    pub on_ways: usize,
}

/// Measures a ground of spots. Where a spot has no coordinates or lies far from every way, or no way leads there, the likely way is
/// taken: the straight line and its usual detour, or the order of buildings. What was measured already stays as it is.
pub fn on_footways(ground: &Ground, footways: &Footways) -> Walked {
    let Ground::Spots(spots) = ground else { return Walked { ground: ground.clone(), on_ways: 0 } };
    let snapped: Vec<Option<Snapped>> = spots.iter().map(|spot| footways.snap(spot.at?)).collect();
    let mut walks = vec![0; spots.len() * spots.len()];
    for (i, from) in spots.iter().enumerate() {
        let measured = snapped[i].as_ref().map(|from| (from, footways.lengths_from(from)));
        // Once for both directions: feet know no one-way streets.
        for (j, to) in spots.iter().enumerate().skip(i + 1) {
            let on_ways = measured.as_ref().zip(snapped[j].as_ref()).and_then(|((from, lengths), to)| footways.between(from, lengths, to));
            let metres = on_ways.map_or_else(|| likely_m(from, to), |mm| whole_m(mm as f64 / 1e3));
            walks[i * spots.len() + j] = metres;
            walks[j * spots.len() + i] = metres;
        }
    }
    let matrix = Matrix { side: spots.len(), unit: Unit::Metres, walks };
    Walked { ground: Ground::Matrix(matrix), on_ways: snapped.iter().flatten().count() }
}

fn likely_m(from: &Spot, to: &Spot) -> u32 {
    whole_m(from.likely_m(to))
}

fn whole_m(metres: f64) -> u32 {
    metres.ceil() as u32
}
