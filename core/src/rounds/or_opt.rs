//! Or-opt: up to three stops that follow each other move elsewhere, in this order or the other way round, within a route or
//! to another one.

use super::{
    draft::Draft,
    field::{Field, StopNo},
    route::{back, holds},
    two_opt::may,
};

/// The most stops that move together.
const MOST: usize = 3;

/// Moves the first stretch of a route that makes the walk shorter in `other`, which may be the same route; whether there
/// was one.
pub(super) fn move_some(field: &Field<'_>, draft: &mut Draft, duty: usize, other: usize) -> bool {
    let stops = &draft.routes[duty].stops;
    for first in 0..stops.len() {
        for end in first + 1..=stops.len().min(first + MOST) {
            let (some, rest) = (&stops[first..end], [&stops[..first], &stops[end..]].concat());
            let saved = draft.routes[duty].walking - walking(field, duty, &rest);
            let target = if duty == other { &rest } else { &draft.routes[other].stops };
            if saved > 0
                && let Some(order) = cheaper(field, other, some, target, saved)
                && (duty == other || (holds(field, duty, rest.iter().copied()) && may(field, draft, duty, other, &rest, &order)))
            {
                let changed = if duty == other { vec![(other, order)] } else { vec![(duty, rest), (other, order)] };
                draft.rewrite(field, changed);
                return true;
            }
        }
    }
    false
}

/// The order of a route with some stops put in, where that costs less than `saved`.
fn cheaper(field: &Field<'_>, duty: usize, some: &[StopNo], target: &[StopNo], saved: i32) -> Option<Vec<StopNo>> {
    let turned: Vec<StopNo> = some.iter().rev().copied().collect();
    let ways: &[&[StopNo]] = if some.len() > 1 { &[some, &turned] } else { &[some] };
    for at in 0..=target.len() {
        let before = at.checked_sub(1).map_or(field.duties[duty].start, |before| target[before]);
        for way in ways {
            let (head, tail) = (way[0], way[way.len() - 1]);
            let within: i32 = way.windows(2).map(|pair| field.walk(pair[0], pair[1])).sum();
            let (on, was) = match target.get(at) {
                Some(next) => (field.walk(tail, *next), field.walk(before, *next)),
                None => (back(field, duty, tail), target.last().map_or(0, |last| back(field, duty, *last))),
            };
            let order = || target[..at].iter().chain(way.iter()).chain(&target[at..]).copied();
            if field.walk(before, head) + within + on - was < saved && holds(field, duty, order()) {
                return Some(order().collect());
            }
        }
    }
    None
}

/// All walking of a route with these stops.
fn walking(field: &Field<'_>, duty: usize, stops: &[StopNo]) -> i32 {
    let Some((first, last)) = stops.first().zip(stops.last()) else { return 0 };
    let between: i32 = stops.windows(2).map(|pair| field.walk(pair[0], pair[1])).sum();
    field.walk(field.duties[duty].start, *first) + between + back(field, duty, *last)
}
