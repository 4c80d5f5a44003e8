//! Days to plan: drawn ones, and small ones written by hand.

use minqing_core::rounds::{Ground, Officer, Place, Point, Priority, Problem, Shift, Spot, Stop, Window};
use proptest::{prelude::*, test_runner::RngSeed};

pub const HOUR: u32 = 3_600;

pub fn config() -> ProptestConfig {
    ProptestConfig { cases: 200, rng_seed: RngSeed::Fixed(11), failure_persistence: None, ..ProptestConfig::default() }
}

/// A spot: some without coordinates.
fn spot() -> impl Strategy<Value = Spot> {
    let at = prop::option::weighted(0.8, (0..800, 0..800).prop_map(|(x, y)| Point::Metres { x, y }));
    (0..2_u32, 0..12_u32, at).prop_map(|(estate, order, at)| Spot { estate, order, at })
}

fn place(spots: usize) -> impl Strategy<Value = Place> {
    (0..spots, prop::sample::select(vec![-1, 1, 2, 3, 4, 6, 11]), any::<bool>()).prop_map(|(spot, floor, lift)| Place { spot, floor, lift })
}

fn window() -> impl Strategy<Value = Window> {
    (7 * HOUR..20 * HOUR, 0..4 * HOUR).prop_map(|(from_s, long)| Window { from_s, until_s: from_s + long })
}

prop_compose! {
    fn stop(spots: usize)(
        place in place(spots),
        service_s in 0..1_800_u32,
        windows in prop::collection::vec(window(), 0..3),
        fixed_s in prop::option::weighted(0.15, 8 * HOUR..20 * HOUR),
        first in any::<bool>(),
        officers in prop_oneof![4 => Just(vec![]), 1 => Just(vec!["o1".to_owned()]), 1 => Just(vec!["o0".to_owned(), "gone".to_owned()])],
        skills in prop_oneof![4 => Just(vec![]), 1 => Just(vec!["sign_language".to_owned()])],
    ) -> Stop {
        let priority = if first { Priority::First } else { Priority::Usual };
        Stop { windows, fixed_s, priority, officers, skills, ..Stop::new("", place, service_s) }
    }
}

prop_compose! {
    fn walker(spots: usize)(
        start in place(spots), end in prop::option::of(place(spots)), two in any::<bool>(),
        from_s in 8 * HOUR..10 * HOUR, long in HOUR..4 * HOUR, skilled in any::<bool>(), most_doors in 2..12_u32,
    ) -> Officer {
        let shift = Shift { from_s, until_s: from_s + long, start, end };
        let later = Shift { from_s: 15 * HOUR, until_s: 19 * HOUR, ..shift };
        let shifts = if two { vec![shift, later] } else { vec![shift] };
        let skills = if skilled { vec!["sign_language".to_owned()] } else { Vec::new() };
        Officer { shifts, skills, most_doors, ..Officer::new("", shift) }
    }
}

/// Some officers and more doors than they may find time for.
pub fn day() -> impl Strategy<Value = Problem> {
    let all = (2..9_usize).prop_flat_map(|spots| {
        let ground = prop::collection::vec(spot(), spots);
        (ground, prop::collection::vec(stop(spots), 0..16), prop::collection::vec(walker(spots), 0..4))
    });
    all.prop_map(|(spots, mut stops, mut officers)| {
        stops.iter_mut().enumerate().for_each(|(i, stop)| stop.id = format!("d{i:02}"));
        officers.iter_mut().enumerate().for_each(|(i, officer)| officer.id = format!("o{i}"));
        Problem { ground: Ground::Spots(spots), stops, officers }
    })
}

/// Spots every 110 metres along a street.
pub fn street(spots: i32) -> Ground {
    Ground::Spots((0..spots).map(|x| Spot { at: Some(Point::Metres { x: 110 * x, y: 0 }), ..Spot::default() }).collect())
}

/// Seconds from one spot of a street to the next.
pub const BLOCK_S: u32 = 130;

/// A door of ten minutes on such a street.
pub fn door(id: &str, spot: usize) -> Stop {
    Stop::new(id, Place::street(spot), 600)
}

/// Somebody who begins at the street's beginning and ends anywhere.
pub fn officer(id: &str, from_s: u32, until_s: u32) -> Officer {
    Officer::new(id, Shift { from_s, until_s, start: Place::street(0), end: None })
}

/// The ids of a plan's stops, officer by officer.
pub fn orders(plan: &minqing_core::rounds::Plan) -> Vec<Vec<&str>> {
    plan.rounds.iter().map(|round| round.visits.iter().map(|visit| visit.stop.as_str()).collect()).collect()
}
