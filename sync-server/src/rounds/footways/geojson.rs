//! The ways of a GeoJSON file on which one may walk. Tags are OpenStreetMap's own (`highway`), or those of Tilezen's tiles (`kind_detail`).

use minqing_core::rounds::Point;
use serde::Deserialize;
use serde_json::Value;

use crate::fault::Fault;

/// Ways for walking, whatever else is said of them but that it is forbidden.
const FOOT: [&str; 9] = ["footway", "path", "pedestrian", "steps", "corridor", "living_street", "residential", "track", "platform"];
/// Streets with a pavement or none, but not in a tunnel, where there is none in a city.
const STREETS: [&str; 9] = ["service", "unclassified", "road", "tertiary", "tertiary_link", "secondary", "secondary_link", "primary", "primary_link"];
/// What forbids walking, and what allows it where the kind of way says nothing.
const NO: [&str; 3] = ["no", "private", "use_sidepath"];
const YES: [&str; 3] = ["yes", "designated", "permissive"];

/// Corners of a line that one may walk along.
pub(super) type Way = Vec<Point>;

#[derive(Deserialize)]
struct File {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    geometry: Option<Geometry>,
    #[serde(default)]
    properties: Option<Tags>,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    LineString {
        coordinates: Vec<Vec<f64>>,
    },
    MultiLineString {
        coordinates: Vec<Vec<Vec<f64>>>,
    },
    #[serde(other)]
    Other,
}

/// The tags that matter; whatever is no text there says nothing.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Tags {
    highway: Value,
    kind_detail: Value,
    foot: Value,
    access: Value,
    tunnel: Value,
    is_tunnel: Value,
}

/// Reads the ways. Places are kept to a millionth of a degree, so that pieces of one way meet where they were cut.
///
/// # Errors
/// `footways.malformed` with line and column.
pub(super) fn ways(bytes: &[u8]) -> Result<Vec<Way>, Fault> {
    let file: File = serde_json::from_slice(bytes).map_err(|e| Fault::new("footways.malformed", format!("{}:{}", e.line(), e.column())))?;
    let walked = file.features.into_iter().filter(|feature| feature.properties.as_ref().is_some_and(Tags::is_walked));
    let lines = walked.filter_map(|feature| feature.geometry).flat_map(|geometry| match geometry {
        Geometry::LineString { coordinates } => vec![coordinates],
        Geometry::MultiLineString { coordinates } => coordinates,
        Geometry::Other => Vec::new(),
    });
    lines.map(|line| line.iter().map(|place| point(place)).collect::<Option<Way>>().ok_or_else(|| Fault::new("footways.malformed", "coordinates"))).collect()
}

/// Longitude first, as GeoJSON has it.
fn point(place: &[f64]) -> Option<Point> {
    let [lon, lat, ..] = place else { return None };
    let is_there = lon.abs() <= 180.0 && lat.abs() <= 90.0;
    let millionths = |degrees: &f64| (degrees * 1e6).round() as i32;
    is_there.then(|| Point::Degrees { lat_e6: millionths(lat), lon_e6: millionths(lon) })
}

impl Tags {
    /// Whether one may walk there.
    fn is_walked(&self) -> bool {
        let says = |tag: &Value, words: &[&str]| tag.as_str().is_some_and(|word| words.contains(&word));
        let kind = if self.highway.is_string() { &self.highway } else { &self.kind_detail };
        let in_tunnel = self.is_tunnel == Value::Bool(true) || says(&self.is_tunnel, &YES) || says(&self.tunnel, &YES);
        if says(&self.foot, &NO) {
            return false;
        }
        if says(&self.foot, &YES) {
            return kind.is_string();
        }
        !says(&self.access, &NO) && (says(kind, &FOOT) || (says(kind, &STREETS) && !in_tunnel))
    }
}
