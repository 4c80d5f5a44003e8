//! 2-opt: a stretch of a route is walked the other way round; between two routes, what comes after is exchanged.

use super::{
    draft::Draft,
    field::{Field, StopNo},
    route::{back, holds},
};

/// Turns the first stretch that makes the walk shorter; whether there was one.
pub(super) fn turn(field: &Field<'_>, draft: &mut Draft, duty: usize) -> bool {
    let stops = &draft.routes[duty].stops;
    // Walks along the route and against it, added up, so that also where they differ a stretch costs one subtraction.
    let sums = |walk: &dyn Fn(StopNo, StopNo) -> i32| {
        let mut sum = 0;
        let steps = stops.windows(2).map(|pair| {
            sum += walk(pair[0], pair[1]);
            sum
        });
        std::iter::once(0).chain(steps.collect::<Vec<_>>()).collect::<Vec<i32>>()
    };
    let along = sums(&|a, b| field.walk(a, b));
    let against = sums(&|a, b| field.walk(b, a));
    for first in 0..stops.len() {
        let before = first.checked_sub(1).map_or(field.duties[duty].start, |before| stops[before]);
        for last in first + 1..stops.len() {
            let after = |stop| stops.get(last + 1).map_or_else(|| back(field, duty, stop), |next| field.walk(stop, *next));
            let was = field.walk(before, stops[first]) + along[last] - along[first] + after(stops[last]);
            let is = field.walk(before, stops[last]) + against[last] - against[first] + after(stops[first]);
            let order = || stops[..first].iter().chain(stops[first..=last].iter().rev()).chain(&stops[last + 1..]).copied();
            if is < was && holds(field, duty, order()) {
                let order = order().collect();
                draft.rewrite(field, vec![(duty, order)]);
                return true;
            }
        }
    }
    false
}

/// Exchanges the first two ends of routes that make the walk shorter; whether there were such.
pub(super) fn exchange_ends(field: &Field<'_>, draft: &mut Draft, one: usize, other: usize) -> bool {
    let (a, b) = (&draft.routes[one].stops, &draft.routes[other].stops);
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let was = joined(field, one, &a[..i], &a[i..]) + joined(field, other, &b[..j], &b[j..]);
            let is = joined(field, one, &a[..i], &b[j..]) + joined(field, other, &b[..j], &a[i..]);
            if is >= was {
                continue;
            }
            let (new_a, new_b) = ([&a[..i], &b[j..]].concat(), [&b[..j], &a[i..]].concat());
            if may(field, draft, one, other, &new_a, &new_b) && holds(field, one, new_a.iter().copied()) && holds(field, other, new_b.iter().copied()) {
                draft.rewrite(field, vec![(one, new_a), (other, new_b)]);
                return true;
            }
        }
    }
    false
}

/// What a route walks where a head and a tail meet, and from its last stop home.
fn joined(field: &Field<'_>, duty: usize, head: &[StopNo], tail: &[StopNo]) -> i32 {
    let here = head.last().copied().unwrap_or(field.duties[duty].start);
    match (tail.first(), tail.last().or(head.last())) {
        (Some(next), Some(last)) => field.walk(here, *next) + back(field, duty, *last),
        (None, Some(last)) => back(field, duty, *last),
        _ => 0,
    }
}

/// Whether the officers may come to these stops, and their days hold so many doors.
pub(super) fn may(field: &Field<'_>, draft: &Draft, one: usize, other: usize, a: &[StopNo], b: &[StopNo]) -> bool {
    let count = |stops: &[StopNo]| stops.iter().map(|stop| i64::from(field.doors[*stop].doors)).sum::<i64>();
    let same_day = field.duties[one].officer == field.duties[other].officer;
    [(one, a), (other, b)].iter().all(|(duty, stops)| {
        let most = draft.doors_left[field.duties[*duty].officer] + count(&draft.routes[*duty].stops);
        stops.iter().all(|stop| field.may_come(*stop, *duty)) && (same_day || count(stops) <= most)
    })
}
