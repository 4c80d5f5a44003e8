use minqing_core::rounds::{Ground, Matrix, Point, Spot};
use serde_json::{Value, json};

use super::{Footways, Walked, geojson::ways, import, load, on_footways, read};

/// A river between latitudes 36.0610 and 36.0620 with one bridge far in the east: a street on each bank, steps up from the north one,
/// and a motorway right across.
fn river() -> Value {
    let way =
        |kind: &str, corners: Value| json!({"type": "Feature", "properties": {"highway": kind}, "geometry": {"type": "LineString", "coordinates": corners}});
    json!({"type": "FeatureCollection", "features": [
        way("residential", json!([[103.8300, 36.0610], [103.8350, 36.0610], [103.8400, 36.0610]])),
        way("footway", json!([[103.8400, 36.0610], [103.8400, 36.0620]])),
        way("tertiary", json!([[103.8300, 36.0620], [103.8400, 36.0620]])),
        way("steps", json!([[103.8300, 36.0620], [103.8300, 36.0625]])),
        way("motorway", json!([[103.8300, 36.0610], [103.8300, 36.0620]])),
        {"type": "Feature", "properties": {"highway": "footway"}, "geometry": {"type": "Point", "coordinates": [103.83, 36.061]}},
        {"type": "Feature", "properties": null, "geometry": null},
    ]})
}

fn footways(extract: &Value) -> Footways {
    Footways::of(&ways(extract.to_string().as_bytes()).unwrap()).unwrap()
}

fn spot(lat_e6: i32, lon_e6: i32) -> Spot {
    Spot { at: Some(Point::Degrees { lat_e6, lon_e6 }), ..Spot::default() }
}

fn measured(spots: Vec<Spot>, footways: &Footways) -> (Matrix, usize) {
    match on_footways(&Ground::Spots(spots), footways) {
        Walked { ground: Ground::Matrix(matrix), on_ways } => (matrix, on_ways),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_way_to_the_other_bank_is_by_the_bridge() {
    let ways = footways(&river());
    let (south, north) = (spot(36_061_000, 103_831_000), spot(36_062_000, 103_831_000));
    let (matrix, on_ways) = measured(vec![south, north], &ways);
    // 809 m to the bridge, 111 m over it, and back again; the straight line over the water is 111 m.
    assert_eq!((matrix.walks[1], matrix.walks[2], on_ways), (1_730, 1_730, 2));
    assert_eq!((matrix.walks[0], matrix.walks[3]), (0, 0));
}

#[test]
fn one_walks_on_steps_along_one_stretch_and_a_little_way_to_the_street() {
    let ways = footways(&river());
    let above = spot(36_062_500, 103_830_000);
    let (matrix, _) = measured(vec![above, spot(36_062_000, 103_830_000), spot(36_062_000, 103_831_000), spot(36_062_180, 103_831_000)], &ways);
    assert_eq!(matrix.walks[1], 56, "the steps");
    assert_eq!(matrix.walks[4 + 2], 90, "a part of one stretch, not by its ends");
    assert_eq!(matrix.walks[4 + 3], 90 + 20, "a house stands back from its street");
}

#[test]
fn where_no_way_leads_it_is_the_straight_line_and_its_detour_or_the_order_of_buildings() {
    let mut extract = river();
    let island = json!({"type": "Feature", "properties": {"highway": "path"}, "geometry": {"type": "LineString", "coordinates": [[103.85, 36.0610], [103.851, 36.0610]]}});
    extract["features"].as_array_mut().unwrap().push(island);
    let ways = footways(&extract);
    let unknown = Spot { estate: 1, order: 3, at: None };
    let street = Spot { estate: 1, order: 5, ..spot(36_061_000, 103_831_000) };
    let (far, isle) = (spot(36_070_000, 103_831_000), spot(36_061_000, 103_850_500));
    let (matrix, on_ways) = measured(vec![street, unknown, far, isle], &ways);
    assert_eq!(on_ways, 2);
    assert_eq!(matrix.walks[1], 2 * 40 * 13 / 10, "two buildings on");
    assert_eq!(matrix.walks[2], 1_301, "1,001 m and the detour");
    assert_eq!(matrix.walks[3], 2_279, "nothing leads to the island");
}

#[test]
fn what_was_measured_stays_as_it_is() {
    let ground = Ground::Matrix(Matrix { side: 1, unit: minqing_core::rounds::Unit::Seconds, walks: vec![0] });
    assert_eq!(on_footways(&ground, &footways(&river())), Walked { ground: ground.clone(), on_ways: 0 });
}

#[test]
fn which_ways_are_walked() {
    let is_walked = |tags: Value| {
        let feature = json!({"type": "Feature", "properties": tags, "geometry": {"type": "LineString", "coordinates": [[103.83, 36.06], [103.84, 36.06]]}});
        !ways(json!({"features": [feature]}).to_string().as_bytes()).unwrap().is_empty()
    };
    for tags in [
        json!({"highway": "pedestrian"}),
        json!({"highway": "living_street"}),
        json!({"highway": "service", "access": "yes"}),
        json!({"kind": "path", "kind_detail": "footway"}),
        json!({"highway": "footway", "tunnel": "yes"}),
        json!({"highway": "cycleway", "foot": "designated"}),
        json!({"highway": "trunk", "foot": "yes"}),
        json!({"highway": "residential", "access": "private", "foot": "yes"}),
    ] {
        assert!(is_walked(tags.clone()), "{tags}");
    }
    for tags in [
        json!({"highway": "motorway"}),
        json!({"highway": "trunk"}),
        json!({"highway": "cycleway"}),
        json!({"highway": "construction"}),
        json!({"highway": "footway", "access": "private"}),
        json!({"highway": "residential", "foot": "no"}),
        json!({"highway": "primary", "tunnel": "yes"}),
        json!({"kind_detail": "secondary", "is_tunnel": true}),
        json!({"highway": 7}),
        json!({"waterway": "river"}),
        json!({}),
    ] {
        assert!(!is_walked(tags.clone()), "{tags}");
    }
}

#[test]
fn a_file_that_does_not_do_has_a_code() {
    let dir = tempfile::tempdir().unwrap();
    let told = |text: &str| {
        let file = dir.path().join("extract");
        std::fs::write(&file, text).unwrap();
        let fault = read(&file).unwrap_err();
        (fault.code, fault.what)
    };
    assert_eq!(read(&dir.path().join("nowhere")).unwrap_err().code, "footways.file");
    assert_eq!(told("<osm/>"), ("footways.malformed", "1:1".into()));
    assert_eq!(told(r#"{"features": 7}"#).0, "footways.malformed");
    let with =
        |corners: &str| format!(r#"{{"features": [{{"properties": {{"highway": "path"}}, "geometry": {{"type": "LineString", "coordinates": {corners}}}}}]}}"#);
    assert_eq!(told(&with("[[103.8], [103.9, 36.0]]")), ("footways.malformed", "coordinates".into()));
    assert_eq!(told(&with("[[103.8, 136.0], [103.9, 36.0]]")).0, "footways.malformed");
    for nothing in [r#"{"features": []}"#.to_owned(), with("[]"), with("[[103.8, 36.0]]"), with("[[103.8, 36.0], [113.8, 36.0]]")] {
        assert_eq!(told(&nothing).0, "footways.none", "{nothing}");
    }
    let large = std::fs::File::create(dir.path().join("large")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    assert_eq!(read(&dir.path().join("large")).unwrap_err().code, "footways.too_large");
}

#[test]
fn what_is_imported_is_there_at_the_next_start_and_what_does_not_do_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, text: String| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    assert!(load(dir.path()).unwrap().is_none());
    assert_eq!(import(&file("good", river().to_string()), dir.path()).unwrap(), 5);
    assert_eq!(import(&file("bad", "{}".into()), dir.path()).unwrap_err().code, "footways.malformed");
    assert_eq!(load(dir.path()).unwrap().unwrap().stretches(), 5);
}

/// Numbers as good as random, the same each time.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn no_way_is_shorter_than_the_straight_line_and_both_directions_are_alike() {
    for seed in 1..=60 {
        let mut state = seed;
        let mut place = || (36_060_000 + (next(&mut state) % 4_000) as i32, 103_830_000 + (next(&mut state) % 5_000) as i32);
        let corners: Vec<_> = (0..30).map(|_| place()).collect();
        let degrees = |(lat, lon): (i32, i32)| json!([f64::from(lon) / 1e6, f64::from(lat) / 1e6]);
        let lines: Vec<Value> = corners
            .windows(3)
            .map(|way| {
                let line: Vec<_> = way.iter().map(|corner| degrees(*corner)).collect();
                json!({"properties": {"highway": "path"}, "geometry": {"type": "LineString", "coordinates": line}})
            })
            .collect();
        let ways = footways(&json!({"features": lines}));
        let spots: Vec<_> = (0..12).map(|_| place()).map(|(lat, lon)| spot(lat, lon)).collect();
        let (matrix, on_ways) = measured(spots.clone(), &ways);
        assert!(on_ways > 0);
        for (i, from) in spots.iter().enumerate() {
            for (j, to) in spots.iter().enumerate() {
                let metres = matrix.walks[i * spots.len() + j];
                assert_eq!(metres, matrix.walks[j * spots.len() + i]);
                let straight = from.at.unwrap().straight_m(to.at.unwrap()).unwrap();
                // Millimetres of rounding where a spot meets its way.
                assert!(f64::from(metres) + 0.01 >= straight, "{seed}: {metres} {straight}");
            }
        }
    }
}
