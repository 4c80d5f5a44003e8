//! A plan in the crate's words: where its search begins.

use minqing_core::rounds::{Plan, Problem, Round};
use vrp_pragmatic::format::{
    Location,
    solution::{Activity, PointStop, Schedule, Solution, Statistic, Stop, Tour},
};

use super::question::{Day, KIND, moment};

/// The plan. What it costs is not said; the crate works it out.
pub(super) fn solution(problem: &Problem, plan: &Plan) -> Solution {
    let day = Day::of(problem);
    let tours = plan.rounds.iter().filter_map(|round| tour(&day, round)).collect();
    Solution { statistic: Statistic::default(), tours, unassigned: None, violations: None, extras: None }
}

fn tour(day: &Day<'_>, round: &Round) -> Option<Tour> {
    let (_, shifts) = day.officers.iter().find(|(officer, _)| officer.id == round.officer)?;
    let shift_index = shifts.iter().position(|(no, _)| *no == round.shift)?;
    let from_s = shifts[shift_index].1.from_s;
    let departs = stop(Location::new_reference(0), from_s, from_s, "departure", "departure");
    let visits = round.visits.iter().filter_map(|visit| {
        let index = day.open.iter().find(|open| open.stop.id == visit.stop)?.index;
        Some(stop(Location::new_reference(index), visit.start_s, visit.leave_s, &visit.stop, KIND))
    });
    let stops = std::iter::once(departs).chain(visits).collect();
    Some(Tour { vehicle_id: round.officer.clone(), type_id: round.officer.clone(), shift_index, stops, statistic: Statistic::default() })
}

fn stop(location: Location, arrive_s: u32, leave_s: u32, job: &str, kind: &str) -> Stop {
    let (location_of_it, time, job_tag, commute) = Default::default();
    let activity = Activity { job_id: job.into(), activity_type: kind.into(), location: location_of_it, time, job_tag, commute };
    let time = Schedule { arrival: moment(arrive_s), departure: moment(leave_s) };
    Stop::Point(PointStop { location, time, distance: 0, load: vec![0], parking: None, activities: vec![activity] })
}
