//! Whom to call on: what was promised for the day, then the doors that press most.

use std::collections::BTreeMap;

use minqing_core::{
    Id,
    appointment::{Diaries, Diary, Slot},
    clock::{DAY_MS, day_start},
    document::{Content, wishes::wishes},
    model::DoorNeed,
    rounds::{Call, Problem, Stop, Wanted},
    view,
};

use super::Asked;
use crate::{
    app::App,
    fault::Fault,
    rounds::{
        buildings::{self, Buildings},
        wanted_in,
    },
    storage::{Result, log::KeptAppointment},
};

/// Behind a household's id: the stop of the second who comes.
const COMPANION: char = '+';

/// A day's calls.
pub(super) struct Calls {
    /// Each door once.
    pub(super) calls: Vec<Call>,
    /// The second of two persons who come, by the door.
    companions: Vec<(Id, Id)>,
    /// Doors for which there is nobody whom they ask for.
    pub(super) nobody: Vec<Id>,
    /// Where buildings are.
    pub(super) buildings: Buildings,
}

impl Calls {
    /// Two who come together each have the stop.
    pub(super) fn add_companions(&self, problem: &mut Problem) {
        for (household, companion) in &self.companions {
            let of_first = problem.stops.iter().find(|stop| stop.id == household.to_string()).cloned();
            problem.stops.extend(of_first.map(|stop| Stop { id: format!("{}{COMPANION}", stop.id), officers: vec![companion.to_string()], ..stop }));
        }
    }
}

/// The household of a stop.
pub(super) fn household(stop: &str) -> Id {
    Id::or_zero(stop.trim_end_matches(COMPANION))
}

/// A day's calls for some officers.
///
/// # Errors
/// `store.failed`, `store.damaged`.
pub(super) fn of_day(app: &App, asked: &Asked, officers: &[Id]) -> std::result::Result<Calls, Fault> {
    let mut wanted: BTreeMap<Id, Wanted> = BTreeMap::new();
    let mut order = Vec::new();
    for door in wanted_in(app, &asked.grid)? {
        order.push(door.wanted.household);
        wanted.insert(door.wanted.household, door.wanted);
    }
    let mut calls = Calls { calls: Vec::new(), companions: Vec::new(), nobody: Vec::new(), buildings: buildings::load(&app.config.data)? };
    let from_ms = day_start(asked.day);
    for (id, kept) in app.store.appointments_between(&asked.community, from_ms, from_ms + DAY_MS)? {
        promised(app, officers, (id, &kept), &mut wanted, &mut calls)?;
    }
    let diaries: Diaries = officers.iter().map(|id| (*id, Diary { availability: app.rules.get().officer(*id), ..Diary::default() })).collect();
    let room = officers.len() * usize::from(app.rules.get().appointments.doors_a_day);
    for household in order {
        // Whoever presses less than all that a day has room for waits.
        if calls.calls.len() >= room {
            break;
        }
        let Some(door) = wanted.remove(&household) else { continue };
        let Some(card) = app.store.document(household)?.map(|kept| kept.doc.content()) else { continue };
        let asks = view::door(household, Some(&card));
        let alone = |officer: &Id| Slot { start_ms: 0, minutes: door.minutes, officers: vec![*officer] };
        let fit: Vec<Id> = officers.iter().filter(|officer| asks.fits(&alone(officer), &diaries)).copied().collect();
        if fit.is_empty() || asks.needs.contains(&DoorNeed::TwoPersons) {
            calls.nobody.push(household);
            continue;
        }
        let named = if fit.len() == officers.len() { Vec::new() } else { fit };
        calls.calls.push(Call { first: door.first, reasons: door.reasons, ..call(household, &card, door.minutes, named) });
    }
    Ok(calls)
}

/// Adds what was promised for the day, with whatever else is to be done there.
fn promised(app: &App, officers: &[Id], (id, kept): (Id, &KeptAppointment), wanted: &mut BTreeMap<Id, Wanted>, calls: &mut Calls) -> Result<()> {
    let Some((visit, slot)) = kept.appointment.as_ref().and_then(|visit| Some((visit, visit.claims()?))) else { return Ok(()) };
    let come: Vec<Id> = slot.officers.iter().filter(|officer| officers.contains(officer)).copied().collect();
    let Some((first, rest)) = come.split_first() else { return Ok(()) };
    if calls.calls.iter().any(|call| call.household == visit.household) {
        return Ok(());
    }
    let Some(card) = app.store.document(visit.household)?.map(|kept| kept.doc.content()) else { return Ok(()) };
    let mut agreed = call(visit.household, &card, slot.minutes, vec![*first]);
    // The time is agreed, whatever was said of when somebody is in.
    (agreed.promised, agreed.spans) = (Some((id, slot.start_ms)), Vec::new());
    if let Some(also) = wanted.remove(&visit.household) {
        (agreed.minutes, agreed.first, agreed.reasons) = (agreed.minutes.max(also.minutes), also.first, also.reasons);
    }
    calls.calls.push(agreed);
    calls.companions.extend(rest.iter().map(|companion| (visit.household, *companion)));
    Ok(())
}

/// A call as the card of its household has it.
fn call(household: Id, card: &Content, minutes: u16, officers: Vec<Id>) -> Call {
    let (asks, row) = (wishes(card), view::card(household, card).household);
    let (lift, spans) = (asks.lift.unwrap_or_default(), asks.spans);
    Call { household, address: row.address(), lift, minutes, first: false, spans, promised: None, reasons: Vec::new(), officers }
}
