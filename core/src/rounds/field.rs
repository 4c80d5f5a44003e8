//! A problem made ready for planning: numbers for names, every walk looked up once.

use super::{
    ground::Place,
    problem::{MOST_SECONDS, Problem, Shift},
};
use crate::Result;

/// A second that no officer reaches.
pub(super) const NEVER: i32 = -1;

/// A stop's number: its place among all stops by id, so that nothing depends on the order in which they were told.
pub(super) type StopNo = usize;

/// What planning asks of a stop.
pub(super) struct Door {
    pub service_s: i32,
    /// First and last second at which it may begin, in the day's order.
    pub begins: Vec<(i32, i32)>,
    pub doors: u32,
    /// See [`super::Stop::class`].
    pub class: usize,
    /// Over already.
    pub done: bool,
}

/// One shift of one officer, or what is left of it.
pub(super) struct Duty {
    /// Number of the officer, and of the shift among theirs.
    pub officer: usize,
    pub shift: usize,
    pub from_s: i32,
    pub until_s: i32,
    /// Where it begins and ends, as numbers beyond those of the stops.
    pub start: usize,
    pub end: Option<usize>,
}

/// A problem as planners see it.
pub(super) struct Field<'a> {
    pub problem: &'a Problem,
    /// Where stop and officer of a number stand in the problem.
    stop_at: Vec<usize>,
    officer_at: Vec<usize>,
    pub doors: Vec<Door>,
    pub duties: Vec<Duty>,
    /// Doors that are left to each officer.
    pub doors_left: Vec<i64>,
    may_come: Vec<bool>,
    walks: Vec<i32>,
    side: usize,
}

impl<'a> Field<'a> {
    /// Makes a problem ready.
    ///
    /// # Errors
    /// As [`Problem::sound`].
    pub fn new(problem: &'a Problem) -> Result<Self> {
        problem.sound()?;
        let mut stop_at: Vec<usize> = (0..problem.stops.len()).collect();
        stop_at.sort_by(|a, b| problem.stops[*a].id.cmp(&problem.stops[*b].id));
        let mut officer_at: Vec<usize> = (0..problem.officers.len()).collect();
        officer_at.sort_by(|a, b| problem.officers[*a].id.cmp(&problem.officers[*b].id));
        let stops: Vec<_> = stop_at.iter().map(|at| &problem.stops[*at]).collect();
        let officers: Vec<_> = officer_at.iter().map(|at| &problem.officers[*at]).collect();
        let doors = stops.iter().map(|stop| Door {
            service_s: seconds(stop.service_s),
            begins: stop.begins().iter().map(|window| (seconds(window.from_s), seconds(window.until_s))).collect(),
            doors: stop.doors,
            class: stop.class(),
            done: problem.is_done(&stop.id),
        });
        let doors: Vec<_> = doors.collect();
        let mut places: Vec<Place> = stops.iter().map(|stop| stop.place).collect();
        let mut number = |place: Place| {
            let known = places[stops.len()..].iter().position(|other| *other == place);
            known.map_or_else(
                || {
                    places.push(place);
                    places.len() - 1
                },
                |at| stops.len() + at,
            )
        };
        let mut duties = Vec::new();
        for (no, officer) in officers.iter().enumerate() {
            let left = officer.shifts.iter().enumerate().filter_map(|(shift, whole)| Some((shift, officer.rest_of(whole)?)));
            for (shift, Shift { from_s, until_s, start, end }) in left {
                let (start, end) = (number(start), end.map(&mut number));
                duties.push(Duty { officer: no, shift, from_s: seconds(from_s), until_s: seconds(until_s), start, end });
            }
        }
        let doors_left = officers.iter().map(|officer| {
            let done = officer.so_far.iter().flat_map(|so_far| &so_far.done).filter_map(|id| stops.binary_search_by(|stop| stop.id.cmp(id)).ok());
            done.fold(i64::from(officer.most_doors), |left, stop| left - i64::from(stops[stop].doors))
        });
        let doors_left = doors_left.collect();
        let may_come = stops.iter().flat_map(|stop| officers.iter().map(|officer| stop.may_come(officer))).collect();
        // What is longer than any day is not told apart, so that sums over all stops fit.
        let walk = |from: &Place, to: &Place| seconds(problem.ground.walk_s(*from, *to).min(MOST_SECONDS + 1));
        let walks = places.iter().flat_map(|from| places.iter().map(move |to| walk(from, to))).collect();
        let side = places.len();
        Ok(Self { problem, stop_at, officer_at, doors, duties, doors_left, may_come, walks, side })
    }

    /// Seconds from a stop, or from where a shift begins, to another.
    pub fn walk(&self, from: usize, to: usize) -> i32 {
        self.walks[from * self.side + to]
    }

    /// Whether the officer of a shift may come to a stop.
    pub fn may_come(&self, stop: StopNo, duty: usize) -> bool {
        self.may_come[stop * self.doors_left.len() + self.duties[duty].officer]
    }

    /// The first second from `arrive` on at which a visit may begin.
    pub fn begin(&self, stop: StopNo, arrive: i32) -> Option<i32> {
        self.doors[stop].begins.iter().find(|(_, until)| *until >= arrive).map(|(from, _)| arrive.max(*from))
    }

    /// The last second until `by` at which a visit may begin; [`NEVER`] where there is none.
    pub fn begin_by(&self, stop: StopNo, by: i32) -> i32 {
        let fitting = self.doors[stop].begins.iter().take_while(|(from, _)| *from <= by);
        fitting.map(|(_, until)| by.min(*until)).max().unwrap_or(NEVER)
    }

    /// The id of a stop.
    pub fn stop_id(&self, stop: StopNo) -> &'a str {
        &self.problem.stops[self.stop_at[stop]].id
    }

    /// The number of an id.
    pub fn stop_of(&self, id: &str) -> Option<StopNo> {
        self.stop_at.binary_search_by(|at| self.problem.stops[*at].id.as_str().cmp(id)).ok()
    }

    /// The id of a shift's officer.
    pub fn officer_id(&self, duty: usize) -> &'a str {
        &self.problem.officers[self.officer_at[self.duties[duty].officer]].id
    }
}

/// Seconds as numbers that may be subtracted; a sound problem has none that would not fit.
fn seconds(s: u32) -> i32 {
    i32::try_from(s).unwrap_or(MOST_SECONDS as i32)
}
