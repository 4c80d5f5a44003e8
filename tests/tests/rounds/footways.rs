//! Walks on the ways of a real extract of OpenStreetMap (CREDITS.md).

use std::path::PathBuf;

use minqing_core::rounds::{Ground, Point, Spot};
use minqing_sync_server::rounds::footways::{Walked, on_footways, read};

fn extract() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/footways/lujiazui.geojson")
}

fn spot(lat_e6: i32, lon_e6: i32) -> Spot {
    Spot { at: Some(Point::Degrees { lat_e6, lon_e6 }), ..Spot::default() }
}

/// Metres and the straight line, from corner to corner; by another program, in another language.
#[test]
fn lengths_are_those_that_somebody_else_found() {
    let ways = read(&extract()).unwrap();
    assert_eq!(ways.stretches(), 1_935);
    for (from, to, metres, straight) in [
        (spot(31_240_169, 121_490_748), spot(31_239_892, 121_496_381), 795, 537),
        (spot(31_240_169, 121_490_748), spot(31_240_443, 121_505_935), 2_037, 1_445),
        (spot(31_235_192, 121_495_960), spot(31_235_496, 121_494_332), 1_277, 159),
    ] {
        let Walked { ground: Ground::Matrix(matrix), on_ways: 2 } = on_footways(&Ground::Spots(vec![from, to]), &ways) else { panic!("not at the ways") };
        // Each stretch is rounded up to a millimetre.
        assert!((metres..=metres + 1).contains(&matrix.walks[1]), "{} for {metres}", matrix.walks[1]);
        assert_eq!(matrix.walks[1], matrix.walks[2]);
        assert!(from.at.unwrap().straight_m(to.at.unwrap()).unwrap() <= f64::from(straight));
    }
}
