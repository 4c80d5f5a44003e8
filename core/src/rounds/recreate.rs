//! Recreate: every open stop is put back where it makes the walk longer by least, in an order drawn anew each time. Now and
//! then a place is overlooked, so that it does not always end in the same way.

use super::{
    chance::Chance,
    draft::Draft,
    field::{Field, StopNo},
};

/// One place in so many is overlooked.
const OVERLOOKED: usize = 100;

/// Puts open stops back; the routes that took some are added to `changed`.
pub(super) fn recreate(field: &Field<'_>, draft: &mut Draft, chance: &mut Chance, changed: &mut Vec<usize>) {
    let mut order = std::mem::take(&mut draft.open);
    sort(field, &mut order, chance);
    draft.open.clone_from(&order);
    for stop in order {
        let mut best: Option<(i32, usize, usize)> = None;
        for duty in (0..field.duties.len()).filter(|duty| draft.has_room(field, stop, *duty)) {
            let route = &draft.routes[duty];
            for at in (0..=route.stops.len()).take_while(|at| !route.too_late(field, stop, *at)) {
                if let Some(longer) = route.longer_by(field, duty, stop, at)
                    && best.is_none_or(|(least, ..)| longer < least)
                    && !chance.once_in(OVERLOOKED)
                {
                    best = Some((longer, duty, at));
                }
            }
        }
        if let Some((_, duty, at)) = best {
            draft.insert(field, stop, duty, at);
            if !changed.contains(&duty) {
                changed.push(duty);
            }
        }
    }
}

/// Who comes first is always first; within a class by chance, or the hardest to place, in one way or another.
fn sort(field: &Field<'_>, order: &mut [StopNo], chance: &mut Chance) {
    order.sort_unstable();
    for i in (1..order.len()).rev() {
        order.swap(i, chance.below(i + 1));
    }
    let door = |stop: &StopNo| &field.doors[*stop];
    let far = |stop: &StopNo| field.duties.first().map_or(0, |duty| field.walk(duty.start, *stop));
    let span = |stop: &StopNo| door(stop).begins.iter().map(|(from, until)| until - from).sum::<i32>();
    let first = |stop: &StopNo| door(stop).begins.first().map_or(0, |(from, _)| *from);
    let last = |stop: &StopNo| door(stop).begins.last().map_or(0, |(_, until)| *until);
    match chance.below(16) {
        0..4 => order.sort_by_key(|stop| door(stop).class),
        4..6 => order.sort_by_key(|stop| (door(stop).class, -far(stop))),
        6 => order.sort_by_key(|stop| (door(stop).class, far(stop))),
        7..9 => order.sort_by_key(|stop| (door(stop).class, -(door(stop).doors as i32))),
        9..12 => order.sort_by_key(|stop| (door(stop).class, span(stop))),
        12..14 => order.sort_by_key(|stop| (door(stop).class, first(stop))),
        _ => order.sort_by_key(|stop| (door(stop).class, -last(stop))),
    }
}
