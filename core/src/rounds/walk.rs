//! How fast an officer walks: on the level, up and down. All in whole seconds, rounded up, so that no detour is quicker
//! than the way.

/// Metres a second on the level.
const SPEED: f64 = 1.1;
/// How much longer the way is than the straight line.
const DETOUR: f64 = 1.3;
/// A storey by stairs, in seconds.
const STAIRS_S: u32 = 18;
/// Waiting for a lift and its doors, in seconds.
const LIFT_S: u32 = 25;
/// A storey by lift, in seconds.
const LIFT_STOREY_S: u32 = 3;

/// Metres that are likely walked for so many of a straight line.
pub fn detour_m(straight_m: f64) -> f64 {
    straight_m * DETOUR
}

/// Seconds for so many metres of a way.
pub fn given_s(metres: f64) -> u32 {
    // What is left of a product that should be whole is no second; a walk is never negative, and a cast stops at the ends.
    (metres / SPEED - 1e-9).ceil() as u32
}

/// Storeys between two floors; there is no floor 0.
pub fn storeys(from: i16, to: i16) -> u32 {
    let height = |floor: i16| i32::from(floor) - i32::from(floor > 0);
    height(from).abs_diff(height(to))
}

/// Seconds for so many storeys.
pub fn climb_s(storeys: u32, lift: bool) -> u32 {
    match (storeys, lift) {
        (0, _) => 0,
        (_, true) => LIFT_S + storeys * LIFT_STOREY_S,
        (_, false) => storeys * STAIRS_S,
    }
}
