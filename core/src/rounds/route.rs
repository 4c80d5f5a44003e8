//! The stops of one shift in order, each as early as may be. For every place between two of them it knows how late the
//! officer may get there, so that one comparison tells whether another stop fits in.

use super::field::{Field, NEVER, StopNo};

/// A shift's stops and their times.
#[derive(Default)]
pub(super) struct Route {
    pub stops: Vec<StopNo>,
    /// When each is over.
    leave: Vec<i32>,
    /// The last second at which each may begin so that all after it hold.
    begin_by: Vec<i32>,
    pub walking: i32,
}

impl Route {
    /// The stops that cannot be reached in time go to `dropped`, the times of the others are worked out.
    pub fn settle(&mut self, field: &Field<'_>, duty: usize, dropped: &mut Vec<StopNo>) {
        let Self { stops, leave, .. } = self;
        leave.clear();
        let (mut now, mut here) = (field.duties[duty].from_s, field.duties[duty].start);
        stops.retain(|stop| {
            let over = step(field, here, *stop, now);
            match over {
                Some(over) => {
                    leave.push(over);
                    (now, here) = (over, *stop);
                }
                None => dropped.push(*stop),
            }
            over.is_some()
        });
        while let Some(last) = stops.pop_if(|last| now + back(field, duty, *last) > field.duties[duty].until_s) {
            dropped.push(last);
            leave.pop();
            now = leave.last().copied().unwrap_or_default();
        }
        self.look_back(field, duty);
    }

    fn look_back(&mut self, field: &Field<'_>, duty: usize) {
        self.begin_by.clear();
        self.begin_by.resize(self.stops.len(), NEVER);
        self.walking = 0;
        let Some(last) = self.stops.last() else { return };
        let mut way = back(field, duty, *last);
        let mut by = field.duties[duty].until_s;
        for (at, stop) in self.stops.iter().enumerate().rev() {
            self.walking += way;
            by = field.begin_by(*stop, by - way - field.doors[*stop].service_s);
            self.begin_by[at] = by;
            way = field.walk(self.before(field, duty, at), *stop);
        }
        self.walking += way;
    }

    /// Where the officer comes from on the way to the stop at a place.
    fn before(&self, field: &Field<'_>, duty: usize, at: usize) -> usize {
        at.checked_sub(1).map_or(field.duties[duty].start, |before| self.stops[before])
    }

    /// How much longer the walk gets with a stop before the one at a place; `None` where it does not fit in.
    pub fn longer_by(&self, field: &Field<'_>, duty: usize, stop: StopNo, at: usize) -> Option<i32> {
        let before = self.before(field, duty, at);
        let now = at.checked_sub(1).map_or(field.duties[duty].from_s, |before| self.leave[before]);
        let there = field.walk(before, stop);
        let over = field.begin(stop, now + there)? + field.doors[stop].service_s;
        match self.stops.get(at) {
            Some(next) => {
                let on = field.walk(stop, *next);
                (over + on <= self.begin_by[at]).then(|| there + on - field.walk(before, *next))
            }
            None => {
                let home = back(field, duty, stop);
                let was = self.stops.last().map_or(0, |last| back(field, duty, *last));
                (over + home <= field.duties[duty].until_s).then(|| there + home - was)
            }
        }
    }

    /// Whether the officer who comes to a place as early as may be is already too late for a stop: then so is everybody
    /// who comes later.
    pub fn too_late(&self, field: &Field<'_>, stop: StopNo, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| field.begin(stop, self.leave[before]).is_none())
    }

    /// When each stop is reached, begun and over.
    pub fn times(&self, field: &Field<'_>, duty: usize) -> Vec<(i32, i32, i32)> {
        let mut now = field.duties[duty].from_s;
        let times = self.stops.iter().enumerate().map(|(at, stop)| {
            let arrive = now + field.walk(self.before(field, duty, at), *stop);
            now = self.leave[at];
            (arrive, now - field.doors[*stop].service_s, now)
        });
        times.collect()
    }

    /// Becomes a copy of another, in the memory it has.
    pub fn become_like(&mut self, other: &Self) {
        self.stops.clone_from(&other.stops);
        self.leave.clone_from(&other.leave);
        self.begin_by.clone_from(&other.begin_by);
        self.walking = other.walking;
    }
}

/// The walk from a last stop to where the shift must end.
pub(super) fn back(field: &Field<'_>, duty: usize, stop: StopNo) -> i32 {
    field.duties[duty].end.map_or(0, |end| field.walk(stop, end))
}

/// When a stop is over for an officer who sets out at `now`.
fn step(field: &Field<'_>, here: usize, stop: StopNo, now: i32) -> Option<i32> {
    Some(field.begin(stop, now + field.walk(here, stop))? + field.doors[stop].service_s)
}

/// Whether stops can be visited in this order: some other order of a route's, which is not a route yet.
pub(super) fn holds(field: &Field<'_>, duty: usize, stops: impl Iterator<Item = StopNo>) -> bool {
    let (mut now, mut here, mut home) = (field.duties[duty].from_s, field.duties[duty].start, 0);
    for stop in stops {
        match step(field, here, stop, now) {
            Some(over) => (now, here, home) = (over, stop, back(field, duty, stop)),
            None => return false,
        }
    }
    now + home <= field.duties[duty].until_s
}
