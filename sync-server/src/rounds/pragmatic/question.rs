//! A day in the crate's words.

use minqing_core::rounds::{MOST_SECONDS, Officer, Place, Problem, Shift, Stop, Window};
use vrp_pragmatic::format::{Location, problem as asked};

/// What a visit is called: of all kinds of jobs only this one counts as so many doors without being loaded anywhere.
pub(super) const KIND: &str = "delivery";
/// The one way of getting about.
const WALK: &str = "walk";

/// A stop that is still to be made, and the number of its place.
pub(super) struct Open<'a> {
    pub stop: &'a Stop,
    pub index: usize,
}

/// What is left of a day: its stops, and its shifts with the number that each has in the problem.
pub(super) struct Day<'a> {
    pub open: Vec<Open<'a>>,
    pub officers: Vec<(&'a Officer, Vec<(usize, Shift)>)>,
}

impl<'a> Day<'a> {
    pub fn of(problem: &'a Problem) -> Self {
        let open = problem.stops.iter().filter(|stop| !problem.is_done(&stop.id));
        let left = |officer: &'a Officer| {
            let shifts = officer.shifts.iter().enumerate().filter_map(|(no, shift)| Some((no, officer.rest_of(shift)?)));
            (officer, shifts.collect::<Vec<_>>())
        };
        Self {
            open: open.enumerate().map(|(index, stop)| Open { stop, index }).collect(),
            officers: problem.officers.iter().map(left).filter(|(_, shifts)| !shifts.is_empty()).collect(),
        }
    }

    /// Where shifts begin and end, to be numbered behind the places of the stops. `None` is everywhere at once.
    fn places(&self) -> Vec<Option<Place>> {
        let mut places = Vec::new();
        for (_, shift) in self.officers.iter().flat_map(|(_, shifts)| shifts) {
            for place in [Some(shift.start), shift.end] {
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        places
    }

    fn number(&self, places: &[Option<Place>], place: Option<Place>) -> Location {
        let known = places.iter().position(|other| *other == place);
        Location::new_reference(self.open.len() + known.unwrap_or_default())
    }
}

/// The question, and all walks.
pub(super) fn question(problem: &Problem) -> (asked::Problem, asked::Matrix) {
    let day = Day::of(problem);
    let places = day.places();
    let vehicles = day.officers.iter().map(|(officer, shifts)| vehicle(problem, &day, &places, officer, shifts));
    let fleet = asked::Fleet { vehicles: vehicles.collect(), profiles: vec![asked::MatrixProfile { name: WALK.into(), speed: None }], resources: None };
    // Who comes first is worth more than all who do not; where nobody does, the crate wants no values.
    let ranked = day.open.iter().any(|open| open.stop.class() < 2);
    let jobs = day.open.iter().map(|open| job(open, ranked)).collect();
    let plan = asked::Plan { jobs, relations: Some(relations(&day)), clustering: None };
    let served = if ranked { asked::Objective::MaximizeValue { breaks: None } } else { asked::Objective::MinimizeUnassigned { breaks: None } };
    let objectives = Some(vec![served, asked::Objective::MinimizeCost]);
    (asked::Problem { plan, fleet, objectives }, matrix(problem, &day, &places))
}

fn job(open: &Open<'_>, ranked: bool) -> asked::Job {
    let stop = open.stop;
    let times = merged(stop.begins()).iter().map(|window| vec![moment(window.from_s), moment(window.until_s)]).collect();
    let place = asked::JobPlace { location: Location::new_reference(open.index), duration: f64::from(stop.service_s), times: Some(times), tag: None };
    let doors = i32::try_from(stop.doors).unwrap_or(i32::MAX);
    let task = asked::JobTask { places: vec![place], demand: Some(vec![doors]), order: None };
    let one_of = (!stop.officers.is_empty()).then(|| stop.officers.iter().map(|id| named(id)).collect());
    let all_of = (!stop.skills.is_empty()).then(|| stop.skills.clone());
    let skills = (one_of.is_some() || all_of.is_some()).then_some(asked::JobSkills { all_of, one_of, none_of: None });
    let value = ranked.then_some([1e6, 1e3, 1.0][stop.class()]);
    let (pickups, replacements, services, group, compatibility) = Default::default();
    asked::Job { id: stop.id.clone(), pickups, deliveries: Some(vec![task]), replacements, services, skills, value, group, compatibility }
}

fn vehicle(problem: &Problem, day: &Day<'_>, places: &[Option<Place>], officer: &Officer, shifts: &[(usize, Shift)]) -> asked::VehicleType {
    let done = problem.stops.iter().filter(|stop| officer.so_far.iter().any(|so_far| so_far.done.contains(&stop.id)));
    let left = done.fold(officer.most_doors, |left, stop| left.saturating_sub(stop.doors));
    let shifts = shifts.iter().map(|(_, shift)| {
        let start = asked::ShiftStart { earliest: moment(shift.from_s), latest: Some(moment(shift.from_s)), location: day.number(places, Some(shift.start)) };
        let end = asked::ShiftEnd { earliest: None, latest: moment(shift.until_s), location: day.number(places, shift.end) };
        let (breaks, reloads, recharges) = Default::default();
        asked::VehicleShift { start, end: Some(end), breaks, reloads, recharges }
    });
    asked::VehicleType {
        type_id: officer.id.clone(),
        vehicle_ids: vec![officer.id.clone()],
        profile: asked::VehicleProfile { matrix: WALK.into(), scale: None },
        costs: asked::VehicleCosts { fixed: None, distance: 1.0, time: 0.0 },
        shifts: shifts.collect(),
        capacity: vec![i32::try_from(left).unwrap_or(i32::MAX)],
        skills: Some(officer.skills.iter().cloned().chain([named(&officer.id)]).collect()),
        limits: None,
    }
}

/// An appointment that only one shift can keep belongs to it.
fn relations(day: &Day<'_>) -> Vec<asked::Relation> {
    let mut relations = Vec::new();
    for (officer, shifts) in &day.officers {
        for (index, (_, shift)) in shifts.iter().enumerate() {
            let theirs = |stop: &Stop| {
                let others = day.officers.iter().any(|(other, _)| other.id != officer.id && stop.may_come(other));
                let then = stop.fixed_s.is_some_and(|at| (shift.from_s..=shift.until_s).contains(&at));
                then && stop.may_come(officer) && !others
            };
            let jobs: Vec<_> = day.open.iter().filter(|open| theirs(open.stop)).map(|open| open.stop.id.clone()).collect();
            if !jobs.is_empty() {
                let type_field = asked::RelationType::Any;
                relations.push(asked::Relation { type_field, jobs, vehicle_id: officer.id.clone(), shift_index: Some(index) });
            }
        }
    }
    relations
}

fn matrix(problem: &Problem, day: &Day<'_>, places: &[Option<Place>]) -> asked::Matrix {
    let all: Vec<Option<Place>> = day.open.iter().map(|open| Some(open.stop.place)).chain(places.iter().copied()).collect();
    let walk = |from: &Option<Place>, to: &Option<Place>| match (from, to) {
        (Some(from), Some(to)) => i64::from(problem.ground.walk_s(*from, *to)),
        _ => 0,
    };
    let walks: Vec<i64> = all.iter().flat_map(|from| all.iter().map(move |to| walk(from, to))).collect();
    asked::Matrix { profile: Some(WALK.into()), timestamp: None, travel_times: walks.clone(), distances: walks, error_codes: None }
}

/// A skill that one officer has.
fn named(officer: &str) -> String {
    format!("is {officer}")
}

/// The crate takes no windows that touch.
fn merged(windows: Vec<Window>) -> Vec<Window> {
    let mut merged: Vec<Window> = Vec::new();
    for window in windows {
        match merged.last_mut().filter(|last| window.from_s <= last.until_s) {
            Some(last) => last.until_s = last.until_s.max(window.until_s),
            None => merged.push(window),
        }
    }
    merged
}

/// A second of the day as the crate writes it; the day is 1 January 1970.
pub(super) fn moment(s: u32) -> String {
    let s = s.min(2 * MOST_SECONDS);
    format!("1970-01-{:02}T{:02}:{:02}:{:02}Z", 1 + s / 86_400, s / 3_600 % 24, s / 60 % 60, s % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_windows_are_as_the_crate_wants_them() {
        assert_eq!([0, 3_661, 90_000].map(moment), ["1970-01-01T00:00:00Z", "1970-01-01T01:01:01Z", "1970-01-02T01:00:00Z"]);
        let window = |from_s, until_s| Window { from_s, until_s };
        let all = vec![window(1, 9), window(2, 3), window(9, 12), window(20, 30)];
        assert_eq!(merged(all), [window(1, 12), window(20, 30)]);
    }
}
