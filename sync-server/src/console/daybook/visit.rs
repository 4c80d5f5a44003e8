//! `/office/appointments/{id}`: one appointment, what happened to it, and what may be done with it.

mod act;
mod ask;

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{
    Id,
    appointment::{Appointment, Said, Slot, Step, TABLE, happened},
    clock::local_date,
    document::wishes::wishes,
    model::{AppointmentEvent, AppointmentState, CancelReason, DoorNeed, Role, SignedBy, WeekSpan, Wishes},
    pipeline::SYSTEM,
    speech::said,
    words::{Lang, say},
};

pub use act::time;
pub use ask::{Wanted, ask_visit, ask_visit_page};

use super::{
    Told,
    asked::{Asked, Words},
    show,
    table::{clock, has_no_room, joined, state, takes_another_time},
};
use crate::{
    app::App,
    auth::rights::Right,
    console::{
        appointments::{of_desk, problem},
        desk::AtDesk,
        inbox::plate,
        matter::{Choice, Names},
        pages::{Place, Toast, VisitPage},
        sent::Sent,
        tongue::Tongue,
    },
    fault::Fault,
    problem::Problem,
    storage::log::KeptAppointment,
};

/// An appointment as its page shows it.
pub struct VisitView {
    pub id: String,
    pub seen: u64,
    pub plate: String,
    pub household: String,
    pub what: String,
    pub state: String,
    /// Where it stands, and what comes next, as a sentence.
    pub standing: String,
    /// The time that was named last; empty without one.
    pub time: String,
    /// Its day on the calendar.
    pub day: String,
    /// Who, how long, which matter, what the door asks for: term and words.
    pub facts: Vec<(String, String)>,
    /// Id and code.
    pub matter: Option<(String, String)>,
    pub steps: Vec<StepLine>,
    /// What a confirmation is of.
    pub sequence: u32,
    pub moves: bool,
    /// Whether its time is agreed.
    pub agreed: bool,
    pub confirms: bool,
    pub cancels: bool,
    /// Whether it can be entered what came of it.
    pub ends: bool,
    pub reasons: Vec<Choice>,
    pub signed: Vec<Choice>,
    /// Whether there is a time to print.
    pub prints: bool,
}

/// Something that happened to it.
pub struct StepLine {
    pub when: String,
    pub who: String,
    pub what: String,
    pub more: String,
}

/// What was just done.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Did {
    did: String,
}

/// The page.
pub async fn visit_page(
    State(app): State<App>,
    desk: AtDesk,
    Tongue(lang): Tongue,
    Path(id): Path<String>,
    Query(asked): Query<Did>,
) -> Result<VisitPage, Problem> {
    page(&app, desk, lang, id, &asked.did, None).await
}

async fn page(app: &App, desk: AtDesk, lang: Lang, id: String, did: &str, error: Option<(String, &'static str)>) -> Result<VisitPage, Problem> {
    desk.need(Right::ReadResidents)?;
    let rail = desk.rail(app, lang, Place::Rounds).await?;
    let toast = AppointmentEvent::from_word(did).map(|code| Toast::did(lang, &code.key()));
    let visit = app.work(move |app| view(app, &desk, lang, &id)).await.map_err(problem)?;
    Ok(VisitPage { lang, desk: rail, visit, error, toast })
}

/// Does something with an appointment.
pub async fn do_visit(State(app): State<App>, Tongue(lang): Tongue, Path(id): Path<String>, Sent { desk, fields }: Sent) -> Result<Response, Problem> {
    desk.need(Right::ReadResidents)?;
    let (by, at, typed) = (desk.clone(), id.clone(), fields.clone());
    let done = app.work(move |app| act::carry_out(app, &by, lang, &at, &typed)).await;
    match done {
        Ok(act::Done::Moved { to, was }) => {
            let was = was.map(|slot| format!("&was={}", joined(&slot))).unwrap_or_default();
            Ok(Redirect::to(&format!("/office/rounds?day={}&did=moved&of={id}{was}", local_date(to.start_ms))).into_response())
        }
        Ok(act::Done::Did(code)) => Ok(Redirect::to(&format!("/office/appointments/{id}?did={}", code.word())).into_response()),
        Err(failed) if failed.fault.is_failure() || failed.fault.code == "appointment.unknown" => Err(problem(failed.fault)),
        Err(failed) => {
            let status = problem(failed.fault.clone()).status;
            let error = Some((failed.said, failed.fault.code));
            match failed.day.zip(id.parse().ok()) {
                // Another time is chosen at once.
                Some((day, moves)) => {
                    let asked = Asked { day, officer: None, grid: None, moves: Some(moves) };
                    Ok((status, show(&app, desk, lang, (asked, Words::default()), Told { error, left_out: Vec::new() }).await?).into_response())
                }
                None => Ok((status, page(&app, desk, lang, id, "", error).await?).into_response()),
            }
        }
    }
}

/// Whether somebody at this desk may do it as it stands.
fn may(roles: &[Role], a: &Appointment, code: AppointmentEvent) -> bool {
    TABLE.iter().any(|row| row.event == code && row.from.contains(&a.state) && row.who.iter().any(|role| roles.contains(role)))
}

fn view(app: &App, desk: &AtDesk, lang: Lang, id: &str) -> Result<VisitView, Fault> {
    let unknown = || Fault::new("appointment.unknown", id);
    let known: Id = id.parse().map_err(|_| unknown())?;
    let kept = of_desk(app, desk, known)?;
    let a = kept.appointment.as_ref().ok_or_else(unknown)?;
    let roles: Vec<Role> = desk.roles().collect();
    let now_ms = app.clock.now_ms();
    let names = Names::of(app, &desk.community)?;
    let begun = a.slot.as_ref().is_some_and(|slot| slot.start_ms <= now_ms);
    let code = |matter: Id| Ok::<_, Fault>((matter.to_string(), names.code(matter)?));
    Ok(VisitView {
        id: id.to_owned(),
        seen: kept.judged,
        plate: plate(app, lang, Some(a.household))?.unwrap_or_default(),
        household: a.household.to_string(),
        what: say(lang, &a.purpose.key(), &[]),
        state: state(lang, a),
        standing: standing(lang, a, now_ms),
        time: a.slot.as_ref().map_or_else(String::new, |slot| span_said(lang, slot)),
        day: a.slot.as_ref().map_or_else(String::new, |slot| slot.day().to_string()),
        facts: facts(app, lang, a, &names)?,
        matter: a.matter.map(code).transpose()?,
        steps: steps(app, lang, &kept, a, &names)?,
        sequence: a.sequence,
        agreed: a.state.is_promised(),
        moves: takes_another_time(a) && may(&roles, a, a.state.naming()),
        confirms: may(&roles, a, AppointmentEvent::Confirm) && now_ms <= a.held_until_ms,
        cancels: may(&roles, a, AppointmentEvent::Cancel),
        ends: begun && may(&roles, a, AppointmentEvent::Done),
        reasons: CancelReason::ALL.iter().map(|reason| Choice { value: reason.word().to_owned(), said: say(lang, &reason.key(), &[]) }).collect(),
        signed: SignedBy::ALL.iter().map(|by| Choice { value: by.word().to_owned(), said: say(lang, &by.key(), &[]) }).collect(),
        prints: a.slot.is_some(),
    })
}

/// 11 月 25 日 周三 10:00–10:30
fn span_said(lang: Lang, slot: &Slot) -> String {
    said::span(lang, slot.start_ms, slot.end_ms())
}

fn standing(lang: Lang, a: &Appointment, now_ms: i64) -> String {
    let key = match a.state {
        _ if has_no_room(a) => "visit-stands-no-room",
        AppointmentState::Requested | AppointmentState::Proposed => "visit-stands-open",
        AppointmentState::Held if now_ms > a.held_until_ms => "visit-stands-open",
        AppointmentState::Held => "visit-stands-held",
        state if state.is_promised() => "visit-stands-agreed",
        AppointmentState::Missed | AppointmentState::NoShow => "visit-stands-again",
        _ => "visit-stands-over",
    };
    let why = a.no_room.as_ref().map_or_else(String::new, |(why, _)| say(lang, &why.key(), &[]));
    say(lang, key, &[("until", said::when(lang, a.held_until_ms, now_ms).into()), ("why", why.into())])
}

fn facts(app: &App, lang: Lang, a: &Appointment, names: &Names<'_>) -> Result<Vec<(String, String)>, Fault> {
    let between = say(lang, "list-between", &[]);
    let mut facts = Vec::new();
    let mut fact = |key: &str, said: String| {
        if !said.is_empty() {
            facts.push((say(lang, key, &[]), said));
        }
    };
    if let Some(slot) = &a.slot {
        let who = slot.officers.iter().map(|id| names.name(&id.to_string())).collect::<Result<Vec<_>, _>>()?;
        fact("visit-who", who.join(&between));
    }
    fact("visit-length", say(lang, "length-minutes", &[("n", a.minutes.into())]));
    if a.persons > 1 {
        fact("visit-persons", say(lang, "visit-two", &[]));
    }
    if let Some(card) = app.store.document(a.household)?.map(|kept| kept.doc.content()) {
        facts.extend(wish_facts(lang, &wishes(&card)));
    }
    Ok(facts)
}

/// What a door asks of whoever comes, and when somebody is in: term and words.
pub fn wish_facts(lang: Lang, asked: &Wishes) -> Vec<(String, String)> {
    let between = say(lang, "list-between", &[]);
    let needs: Vec<String> = asked.needs.iter().map(|need| say(lang, &DoorNeed::key_of(need), &[])).collect();
    let spans: Vec<String> = asked.spans.iter().map(|span| week_span(lang, span)).collect();
    let facts = [("visit-needs", needs), ("visit-in", spans)];
    facts.into_iter().filter(|(_, words)| !words.is_empty()).map(|(key, words)| (say(lang, key, &[]), words.join(&between))).collect()
}

/// 周三 18:00–20:30
fn week_span(lang: Lang, span: &WeekSpan) -> String {
    format!("{} {}–{}", say(lang, &format!("weekday-{}", span.weekday), &[]), clock(span.from_minute), clock(span.until_minute))
}

/// What happened, the newest first.
fn steps(app: &App, lang: Lang, kept: &KeptAppointment, a: &Appointment, names: &Names<'_>) -> Result<Vec<StepLine>, Fault> {
    let (events, facts) = app.store.told_of(a.id)?;
    let now_ms = app.clock.now_ms();
    let line = |step: Step| {
        let more = match &step.said {
            Said::Propose(said) => span_said(lang, &said.slot),
            Said::NoRoom(said) => say(lang, &said.why.key(), &[]),
            Said::Cancel(said) => say(lang, &said.reason.key(), &[]),
            Said::Done(said) if said.signed != SignedBy::Nobody => say(lang, &said.signed.key(), &[]),
            _ => String::new(),
        };
        let who = if step.by == SYSTEM { String::new() } else { named(lang, step.role, &names.name(&step.by.to_string())?) };
        Ok(StepLine { when: said::when(lang, step.done_at, now_ms), who, what: say(lang, &step.code.key(), &[]), more })
    };
    let mut lines = happened(&events, facts).into_iter().filter(|step| step.ordinal <= kept.judged).map(line).collect::<Result<Vec<_>, Fault>>()?;
    lines.reverse();
    Ok(lines)
}

/// A name; of those who have none here, as residents, the role.
fn named(lang: Lang, role: Role, name: &str) -> String {
    if name.is_empty() { say(lang, &role.key(), &[]) } else { name.to_owned() }
}
