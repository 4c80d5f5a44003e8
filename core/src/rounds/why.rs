//! Why nobody comes to a stop.

use super::{
    draft::Draft,
    field::{Field, StopNo},
    plan::Why,
    route::holds,
};

/// The first reason that is true of an open stop.
pub(super) fn why(field: &Field<'_>, draft: &Draft, stop: StopNo) -> Why {
    let duties = || (0..field.duties.len()).filter(|duty| field.may_come(stop, *duty));
    if duties().next().is_none() {
        return Why::NoOfficer;
    }
    if !duties().any(|duty| holds(field, duty, std::iter::once(stop))) {
        return Why::NoWindow;
    }
    let fits = |duty: usize| (0..=draft.routes[duty].stops.len()).any(|at| draft.routes[duty].longer_by(field, duty, stop, at).is_some());
    if duties().any(|duty| !draft.has_room(field, stop, duty) && fits(duty)) { Why::TooManyDoors } else { Why::NoTime }
}
