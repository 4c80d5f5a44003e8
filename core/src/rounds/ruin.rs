//! Ruin: strings of stops that lie near each other are taken out of their routes.

use super::{
    chance::Chance,
    draft::Draft,
    field::{Field, StopNo},
};

/// Stops taken out at a time, on average.
const REMOVED: usize = 10;
/// The longest string taken out of one route.
const LONGEST: usize = 10;
/// One string in so many spares a stretch in its middle.
const SPLIT: usize = 2;

/// The stops that are still to be made, by how near they are to one of them: itself first.
fn neighbours(field: &Field<'_>, stop: StopNo) -> Vec<StopNo> {
    let others = (0..field.doors.len()).filter(|other| !field.doors[*other].done);
    let mut near: Vec<_> = others.map(|other| (other != stop, field.walk(stop, other), other)).collect();
    near.sort_unstable();
    near.into_iter().map(|(.., other)| other).collect()
}

/// Takes some strings out; the routes they were in. `near` has a list for each stop, empty until it is needed: for a large day
/// all of them would take a while.
pub(super) fn ruin(field: &Field<'_>, near: &mut [Vec<StopNo>], draft: &mut Draft, chance: &mut Chance) -> Vec<usize> {
    let walked = draft.routes.iter().filter(|route| !route.stops.is_empty()).count();
    let served: usize = draft.routes.iter().map(|route| route.stops.len()).sum();
    if walked == 0 {
        return Vec::new();
    }
    let longest = LONGEST.min(served / walked).max(1);
    let strings = 1 + chance.below((4 * REMOVED / (1 + longest)).max(1));
    let mut ruined = Vec::new();
    let seed = chance.below(near.len());
    if near[seed].is_empty() {
        near[seed] = neighbours(field, seed);
    }
    for stop in &near[seed] {
        let Some(duty) = draft.home[*stop].filter(|duty| !ruined.contains(duty)) else { continue };
        let route = &draft.routes[duty].stops;
        let length = 1 + chance.below(longest.min(route.len()));
        let at = route.iter().position(|other| other == stop).unwrap_or(0);
        let spared = if length > 1 && length < route.len() && chance.once_in(SPLIT) { 1 + chance.below(route.len() - length) } else { 0 };
        for stop in cut(&mut draft.routes[duty].stops, at, length, spared, chance) {
            draft.release(field, stop);
        }
        ruined.push(duty);
        if ruined.len() == strings {
            break;
        }
    }
    for duty in &ruined {
        draft.settle(field, *duty);
    }
    ruined
}

/// Takes `length` stops out of a route, in a stretch around the place `at` in which so many more are spared.
fn cut(route: &mut Vec<StopNo>, at: usize, length: usize, spared: usize, chance: &mut Chance) -> Vec<StopNo> {
    let whole = length + spared;
    let first = at.saturating_sub(whole - 1);
    let last = at.min(route.len() - whole);
    let begin = first + chance.below(last - first + 1);
    let mut out: Vec<StopNo> = route.drain(begin..begin + whole).collect();
    // What is spared goes back where it was.
    let from = if spared > 0 { chance.below(length) } else { 0 };
    let kept: Vec<StopNo> = out.drain(from..from + spared).collect();
    route.splice(begin..begin, kept);
    out
}
