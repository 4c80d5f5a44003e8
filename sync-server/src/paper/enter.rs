//! A row that came back: an event of its appointment, a visit, or both. Entered twice, by whomever, it is there once.

use minqing_core::{
    Id,
    appointment::{Done, NobodyIn, Said},
    model::{AppointmentEvent, AppointmentState, NewVisit, Outcome, Purpose, Role, SignedBy},
    paper::Row,
};

use crate::{
    app::App,
    booking::{Deed, act},
    fault::Fault,
    projection::community_of,
    sync::enter_visit,
};

/// What was ticked and written in a row.
#[derive(Clone, Debug)]
pub struct Entered {
    /// The row.
    pub row: Row,
    /// How it went.
    pub outcome: Outcome,
    /// Whether a card was left where nobody was in.
    pub card: bool,
    /// What was written beside it.
    pub note: String,
}

/// Enters a row at a community's desk, for a clerk or lead of the office.
///
/// # Errors
/// `officer.unknown`, `household.unknown`, `appointment.unknown`, all also for those of another community; `appointment.refused` where the rules
/// refuse what was done, and then nothing was written; `paper.entered` where all of it is there already; what [`NewVisit::check`] says;
/// `paper.early` for a day that is still to come; `store.failed`.
pub fn enter(app: &App, community: &str, (by, role): (Id, Role), entered: &Entered) -> Result<(), Fault> {
    let row = &entered.row;
    let known = app.store.officer(row.officer)?.filter(|officer| officer.community == community);
    known.ok_or_else(|| Fault::new("officer.unknown", row.officer.to_string()))?;
    if !row.has_come(app.clock.now_ms()) {
        return Err(Fault::new("paper.early", row.day.to_string()));
    }
    let visit = NewVisit {
        household: row.household.to_string(),
        purpose: Purpose::Routine.word().to_owned(),
        outcome: entered.outcome.word().to_owned(),
        note: entered.note.clone(),
        ..NewVisit::default()
    };
    visit.check()?;
    let is_event_new = match row.appointment {
        Some(appointment) => event(app, community, (by, role), appointment, entered)?,
        None => false,
    };
    // Of a promise that was kept the event says all; what was written beside it stands with the visit.
    let has_visit = row.appointment.is_none() || !entered.note.is_empty() || entered.outcome == Outcome::Refused;
    let is_visit_new = has_visit && enter_visit(app, community, row, &visit)?;
    if is_event_new || is_visit_new { Ok(()) } else { Err(Fault::new("paper.entered", "")) }
}

/// Says of an appointment what came of it; whether that was not known yet. A refusal at the door is no event of it: it stands with the visit.
fn event(app: &App, community: &str, (by, role): (Id, Role), appointment: Id, entered: &Entered) -> Result<bool, Fault> {
    let unknown = || Fault::new("appointment.unknown", appointment.to_string());
    let found = app.store.appointment(appointment)?.filter(|(home, _)| community_of(home) == community);
    let (kept, a) = found.and_then(|(_, kept)| Some((kept.judged, kept.appointment?))).ok_or_else(unknown)?;
    if a.household != entered.row.household {
        return Err(unknown());
    }
    let (code, said, then) = match entered.outcome {
        Outcome::Talked => (AppointmentEvent::Done, Said::Done(Done { delivered: Vec::new(), signed: SignedBy::Nobody }), AppointmentState::Done),
        Outcome::NobodyIn => (AppointmentEvent::NobodyIn, Said::NobodyIn(NobodyIn { card: entered.card }), AppointmentState::NoShow),
        Outcome::Refused => return Ok(false),
    };
    if a.state == then {
        return Ok(false);
    }
    act(app, community, &Deed { appointment, by, role, code, said, saw: kept, only_if_free: false })?;
    Ok(true)
}
