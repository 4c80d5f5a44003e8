//! A plan in the making: a route for each shift, and the stops that are in none.

use super::{
    field::{Field, StopNo},
    plan::{Cost, Plan, Round, Unserved, Visit},
    route::{Route, back},
    why::why,
};

/// A plan in the making.
pub(super) struct Draft {
    /// By shift.
    pub routes: Vec<Route>,
    /// In no route.
    pub open: Vec<StopNo>,
    /// The shift of each stop.
    pub home: Vec<Option<usize>>,
    /// Doors that are left to each officer.
    pub doors_left: Vec<i64>,
}

impl Draft {
    /// Nobody goes anywhere.
    pub fn empty(field: &Field<'_>) -> Self {
        Self {
            routes: field.duties.iter().map(|_| Route::default()).collect(),
            open: (0..field.doors.len()).filter(|stop| !field.doors[*stop].done).collect(),
            home: vec![None; field.doors.len()],
            doors_left: field.doors_left.clone(),
        }
    }

    /// A plan taken up again; what does not fit into it is open.
    pub fn of(field: &Field<'_>, plan: &Plan) -> Self {
        let mut draft = Self::empty(field);
        for round in &plan.rounds {
            let duty = (0..field.duties.len()).find(|duty| field.officer_id(*duty) == round.officer && field.duties[*duty].shift == round.shift);
            let Some(duty) = duty else { continue };
            for stop in round.visits.iter().filter_map(|visit| field.stop_of(&visit.stop)) {
                let officer = field.duties[duty].officer;
                let fits = draft.has_room(field, stop, duty);
                if let Some(at) = draft.open.iter().position(|open| *open == stop).filter(|_| fits) {
                    draft.open.swap_remove(at);
                    draft.doors_left[officer] -= i64::from(field.doors[stop].doors);
                    draft.home[stop] = Some(duty);
                    draft.routes[duty].stops.push(stop);
                }
            }
            draft.settle(field, duty);
        }
        draft.open.sort_unstable();
        draft
    }

    /// Works out the times of a shift anew after its stops changed.
    pub fn settle(&mut self, field: &Field<'_>, duty: usize) {
        let mut dropped = Vec::new();
        self.routes[duty].settle(field, duty, &mut dropped);
        for stop in dropped {
            self.release(field, stop);
        }
    }

    /// Puts an open stop before the one at a place, where it was found to fit.
    pub fn insert(&mut self, field: &Field<'_>, stop: StopNo, duty: usize, at: usize) {
        self.routes[duty].stops.insert(at, stop);
        self.home[stop] = Some(duty);
        self.doors_left[field.duties[duty].officer] -= i64::from(field.doors[stop].doors);
        self.open.retain(|open| *open != stop);
        self.settle(field, duty);
    }

    /// Notes that a stop, which was taken out of its route, is open.
    pub fn release(&mut self, field: &Field<'_>, stop: StopNo) {
        if let Some(duty) = self.home[stop].take() {
            self.doors_left[field.duties[duty].officer] += i64::from(field.doors[stop].doors);
            self.open.push(stop);
        }
    }

    /// Whether an officer's day has room for so many doors more.
    pub fn has_room(&self, field: &Field<'_>, stop: StopNo, duty: usize) -> bool {
        i64::from(field.doors[stop].doors) <= self.doors_left[field.duties[duty].officer] && field.may_come(stop, duty)
    }

    /// Gives routes new orders and each other's stops, all of which were found to fit.
    pub fn rewrite(&mut self, field: &Field<'_>, changed: Vec<(usize, Vec<StopNo>)>) {
        for (duty, stops) in changed {
            let officer = field.duties[duty].officer;
            let count = |stops: &[StopNo]| stops.iter().map(|stop| i64::from(field.doors[*stop].doors)).sum::<i64>();
            self.doors_left[officer] += count(&self.routes[duty].stops) - count(&stops);
            for stop in &stops {
                self.home[*stop] = Some(duty);
            }
            self.routes[duty].stops = stops;
            self.settle(field, duty);
        }
    }

    /// Becomes a copy of another that differs in these routes, in the memory it has.
    pub fn become_like(&mut self, other: &Self, changed: &[usize]) {
        for duty in changed {
            self.routes[*duty].become_like(&other.routes[*duty]);
        }
        self.open.clone_from(&other.open);
        self.home.clone_from(&other.home);
        self.doors_left.clone_from(&other.doors_left);
    }

    /// What it costs.
    pub fn cost(&self, field: &Field<'_>) -> Cost {
        let mut unserved = [0; 3];
        for stop in &self.open {
            unserved[field.doors[*stop].class] += 1;
        }
        Cost { unserved, walking_s: self.routes.iter().map(|route| whole(route.walking)).map(u64::from).sum() }
    }

    /// The plan, in words and times.
    pub fn plan(&self, field: &Field<'_>) -> Plan {
        let walked = (0..self.routes.len()).filter(|duty| !self.routes[*duty].stops.is_empty());
        let rounds: Vec<_> = walked.map(|duty| self.round(field, duty)).collect();
        let mut open = self.open.clone();
        open.sort_unstable();
        let unserved = open.iter().map(|stop| Unserved { stop: field.stop_id(*stop).to_owned(), why: why(field, self, *stop) }).collect();
        Plan { walking_s: rounds.iter().map(Round::walking_s).sum(), rounds, unserved }
    }

    fn round(&self, field: &Field<'_>, duty: usize) -> Round {
        let route = &self.routes[duty];
        let mut here = field.duties[duty].start;
        let visits = route.stops.iter().zip(route.times(field, duty)).map(|(stop, (arrive, start, leave))| {
            let walk_s = whole(field.walk(std::mem::replace(&mut here, *stop), *stop));
            Visit { stop: field.stop_id(*stop).to_owned(), walk_s, arrive_s: whole(arrive), start_s: whole(start), leave_s: whole(leave) }
        });
        let visits = visits.collect();
        let back_s = route.stops.last().map_or(0, |last| whole(back(field, duty, *last)));
        Round { officer: field.officer_id(duty).to_owned(), shift: field.duties[duty].shift, visits, back_s }
    }
}

/// Times and walks are never negative.
fn whole(seconds: i32) -> u32 {
    seconds.unsigned_abs()
}
