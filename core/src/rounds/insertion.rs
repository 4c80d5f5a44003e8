//! Cheapest insertion: again and again the stop that makes the walk longer by least is put where it does so. Confirmed
//! appointments first, then who comes first, then the others; of two alike the smaller id.

use super::{
    draft::Draft,
    field::{Field, StopNo},
};

/// Where a stop fits into a route, and how much longer the walk gets.
type Best = Option<(i32, usize)>;

/// Puts in what fits of the open stops, until `go_on` says that time is up. Whether any was.
pub(super) fn insert_all(field: &Field<'_>, draft: &mut Draft, go_on: &mut dyn FnMut() -> bool) -> bool {
    let mut any = false;
    for class in 0..3 {
        let mut waiting: Vec<StopNo> = draft.open.iter().copied().filter(|stop| field.doors[*stop].class == class).collect();
        waiting.sort_unstable();
        any |= insert(field, draft, waiting, go_on);
    }
    any
}

fn insert(field: &Field<'_>, draft: &mut Draft, mut waiting: Vec<StopNo>, go_on: &mut dyn FnMut() -> bool) -> bool {
    let mut any = false;
    // What the best place in each route is changes for one route at a time.
    let mut best: Vec<Vec<Best>> = waiting.iter().map(|stop| (0..field.duties.len()).map(|duty| place(field, draft, *stop, duty)).collect()).collect();
    while go_on() {
        let all = best.iter().enumerate().flat_map(|(i, row)| row.iter().enumerate().map(move |(duty, best)| (i, duty, *best)));
        let fitting = all.filter(|(i, duty, _)| draft.has_room(field, waiting[*i], *duty));
        let cheapest = fitting.filter_map(|(i, duty, best)| best.map(|(longer, at)| (longer, i, duty, at))).min();
        let Some((_, i, duty, at)) = cheapest else { break };
        draft.insert(field, waiting.remove(i), duty, at);
        best.remove(i);
        for (row, stop) in best.iter_mut().zip(&waiting) {
            row[duty] = place(field, draft, *stop, duty);
        }
        any = true;
    }
    any
}

/// The best place for a stop in a route.
fn place(field: &Field<'_>, draft: &Draft, stop: StopNo, duty: usize) -> Best {
    if !field.may_come(stop, duty) {
        return None;
    }
    let route = &draft.routes[duty];
    let places = (0..=route.stops.len()).take_while(|at| !route.too_late(field, stop, *at));
    places.filter_map(|at| Some((route.longer_by(field, duty, stop, at)?, at))).min()
}
