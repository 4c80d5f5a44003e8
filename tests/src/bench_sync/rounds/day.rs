//! Days drawn from a seed: stairwells of some estates, doors with floors, people with windows of time, and officers who begin
//! at the community's office in the morning and again in the afternoon.

use minqing_core::rounds::{Ground, Officer, Place, Point, Priority, Problem, Shift, Spot, Stop, Window};

use super::super::draw::Draw;

/// When the first shift begins.
pub(super) const MORNING_S: u32 = 8 * HOUR + HOUR / 2;
/// Where shifts begin.
pub(super) const OFFICE: Place = Place { spot: 0, floor: 1, lift: false };
/// The officer of a phone.
pub(super) const ONE: &str = "o01";

const HOUR: u32 = 3_600;
/// Shifts leave the quiet time out.
const SHIFTS: [(u32, u32); 2] = [(MORNING_S, 12 * HOUR + HOUR / 2), (14 * HOUR + HOUR / 2, 20 * HOUR + HOUR / 2)];
/// Half the width of a grid, in metres, of which a block has so many stairwells.
const REACH_M: u64 = 600;
const STAIRWELLS: u64 = 40;

/// A phone's day: 30 doors.
pub(super) fn of_one(seed: u64) -> Problem {
    let mut problem = of(seed, 7, 30, 1);
    problem.officers[0].most_doors = 30;
    problem
}

/// A grid's day: 100 doors and 10 officers.
pub(super) fn of_a_grid(seed: u64) -> Problem {
    of(seed, 8, 100, 10)
}

fn of(seed: u64, use_of_it: u64, doors: usize, officers: u64) -> Problem {
    let mut draw = Draw::new(seed, use_of_it);
    let number = |draw: &mut Draw, n: u64| draw.below(n) as u32;
    let mut spots = vec![Spot { at: Some(Point::Metres { x: 0, y: 0 }), ..Spot::default() }];
    for _ in 0..STAIRWELLS {
        let [x, y] = [0, 0].map(|_| draw.below(2 * REACH_M) as i32 - REACH_M as i32);
        spots.push(Spot { at: Some(Point::Metres { x, y }), ..Spot::default() });
    }
    let lifts: Vec<bool> = (0..=STAIRWELLS).map(|_| draw.happens(40)).collect();
    let stops = (0..doors).map(|i| {
        let spot = 1 + draw.below(STAIRWELLS) as usize;
        let floors = if lifts[spot] { 18 } else { 6 };
        let place = Place { spot, floor: 1 + draw.below(floors) as i16, lift: lifts[spot] };
        let service_s = 300 + 60 * number(&mut draw, 16);
        let mut stop = Stop::new(format!("d{i:03}"), place, service_s);
        if draw.happens(30) {
            stop.priority = Priority::First;
        }
        match draw.below(10) {
            0 => stop.fixed_s = Some(if draw.happens(40) { 9 * HOUR } else { 15 * HOUR } + 900 * number(&mut draw, 10)),
            1..=3 => stop.windows = vec![window(&mut draw, 9, 3)],
            4..=5 => stop.windows = vec![window(&mut draw, 9, 2), window(&mut draw, 15, 4)],
            6 => stop.windows = vec![window(&mut draw, 18, 1)],
            _ => {}
        }
        if draw.happens(8) && officers > 1 {
            stop.skills = vec!["dialect".to_owned()];
        }
        stop
    });
    let stops = stops.collect();
    let shifts = SHIFTS.map(|(from_s, until_s)| Shift { from_s, until_s, start: OFFICE, end: None });
    let officers = (1..=officers).map(|no| {
        let skills = if no % 3 == 0 { vec!["dialect".to_owned()] } else { Vec::new() };
        Officer { shifts: shifts.to_vec(), skills, ..Officer::new(format!("o{no:02}"), shifts[0]) }
    });
    Problem { ground: Ground::Spots(spots), stops, officers: officers.collect() }
}

/// One to three hours that begin at a quarter of an hour.
fn window(draw: &mut Draw, from_hour: u32, hours: u64) -> Window {
    let from_s = from_hour * HOUR + 900 * draw.below(4 * hours) as u32;
    Window { from_s, until_s: from_s + HOUR * (1 + draw.below(3) as u32) }
}
