//! `/m/mine/visits`: a time at the own door is chosen, agreed, moved, taken back; and whoever waited in vain says so.

use axum::{
    extract::{Form, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use minqing_core::{
    clock::{MINUTE_MS, day_start, local_clock, local_date},
    model::{AppointmentPurpose, AppointmentState, CancelReason, Category},
    speech::said,
    words::{Lang, say},
};
use serde::Deserialize;

use super::{
    did::why,
    mine::{Tried, refused},
    porch::Porch,
    session::WithSlip,
    templates::TimesPage,
};
use crate::{
    app::App,
    auth::tries::{Door, Limit},
    console::{matter::form::Fields, tongue::Tongue},
    fault::Fault,
    problem::Problem,
    resident::{
        appointments::{self, ResidentDeed, carry_out, next_times, problem},
        view::{ResidentAppointment, TimeSeen},
    },
    site::Look,
};

/// A visit as its page says it.
pub struct VisitLine {
    pub id: String,
    /// What about it.
    pub said: String,
    /// The time, where one was named.
    pub time: String,
    /// Whether it can be counted on.
    pub promised: bool,
    /// The sequence to agree to.
    pub confirms: Option<u32>,
    pub chooses: bool,
    pub cancels: bool,
    pub misses: bool,
    pub seen: u64,
}

/// A day with its times.
#[derive(Default)]
pub struct TimesOfDay {
    pub day: String,
    /// When each begins, and how people say it.
    pub times: Vec<(i64, String)>,
    /// The next day that has any, as it stands in the address and as people say it.
    pub later: Option<(String, String)>,
}

/// Which day is looked at.
#[derive(Deserialize)]
pub struct WhichDay {
    day: Option<String>,
}

/// Times that are looked at for one day and the next that has any.
const OF_DAYS: usize = 100;

/// Says visits: those that are open, else the last one that is over.
pub(super) fn lines(lang: Lang, category: Option<Category>, seen: &[ResidentAppointment], now_ms: i64) -> Vec<VisitLine> {
    let is_open = |a: &&ResidentAppointment| !a.may.is_empty();
    let open: Vec<_> = seen.iter().filter(is_open).collect();
    // What was asked for and given up before anybody named a time is nothing to tell.
    let over = || seen.iter().rfind(|a| a.time.is_some() || a.promised.is_some());
    let shown = if open.is_empty() { over().into_iter().collect() } else { open };
    shown.into_iter().map(|a| line(lang, category, a, now_ms)).collect()
}

fn line(lang: Lang, category: Option<Category>, a: &ResidentAppointment, now_ms: i64) -> VisitLine {
    let may = |word| a.may.contains(&word);
    let what = said::coming_for(lang, AppointmentPurpose::from_word(&a.purpose), category.map_or("", Category::word));
    let time = a.promised.as_ref().or(a.time.as_ref());
    let is_held = a.state == AppointmentState::Held.word();
    let key = format!("home-visit-{}", a.state.replace('_', "-"));
    let until = said::when(lang, a.held_until_ms, now_ms);
    VisitLine {
        id: a.id.clone(),
        said: say(lang, &key, &[("what", what.into()), ("until", until.into())]),
        time: time.map_or_else(String::new, |time| span(lang, time)),
        promised: a.promised.is_some(),
        confirms: may("confirm").then_some(a.sequence).filter(|_| is_held),
        chooses: may("choose"),
        cancels: may("cancel"),
        misses: may("missed"),
        seen: a.seen,
    }
}

fn span(lang: Lang, time: &TimeSeen) -> String {
    said::span(lang, time.start_ms, time.start_ms + i64::from(time.minutes) * MINUTE_MS)
}

/// The times that can be had on the first day that has any, from today or a day that was asked for.
pub async fn times(
    State(app): State<App>,
    slip: WithSlip,
    Tongue(lang): Tongue,
    look: Look,
    Path(id): Path<String>,
    Query(which): Query<WhichDay>,
) -> Result<Response, Problem> {
    let day = which.day.and_then(|day| day.parse().ok());
    page(&app, slip, (lang, look), id, day, None).await
}

/// Asks somebody to come, and goes on to the times.
pub async fn ask_visit(
    State(app): State<App>,
    slip: WithSlip,
    Tongue(lang): Tongue,
    look: Look,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    slip.check(Fields::of(fields).text("csrf"))?;
    app.tries.take(Door::LookUp, Limit::Code, &[&slip.resident.matter.0])?;
    let resident = slip.resident;
    match app.work(move |app| appointments::ask(app, resident)).await {
        Ok(asked) => Ok(Redirect::to(&format!("/m/mine/visits/{}", asked.id)).into_response()),
        Err(fault) => refused(&app, slip, (lang, look), Tried::default(), fault).await,
    }
}

/// Does something with a visit.
pub async fn do_visit(
    State(app): State<App>,
    slip: WithSlip,
    Tongue(lang): Tongue,
    look: Look,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let fields = Fields::of(fields);
    slip.check(fields.text("csrf"))?;
    app.tries.take(Door::LookUp, Limit::Code, &[&slip.resident.matter.0])?;
    let deed = ResidentDeed {
        start_ms: fields.text("start_ms").parse().ok(),
        sequence: fields.text("sequence").parse().ok(),
        // Of the reasons this is the resident's own.
        reason: Some(CancelReason::ResidentCannot.word().to_owned()),
        ..ResidentDeed::plain(fields.word("event"), fields.text("saw").parse().unwrap_or_default())
    };
    let (resident, event, at) = (slip.resident, deed.event.clone(), id.clone());
    let done = app.work(move |app| {
        let done = carry_out(app, resident, &at, &deed)?;
        // Who chose a time has agreed to it.
        if deed.event == "choose" && done.may.contains(&"confirm") {
            carry_out(app, resident, &at, &ResidentDeed { sequence: Some(done.sequence), ..ResidentDeed::plain("confirm", done.seen) })?;
        }
        Ok::<_, Fault>(())
    });
    match done.await {
        Ok(()) => Ok(Redirect::to(&format!("/m/mine?did={}", if event == "choose" { "chosen" } else { &event })).into_response()),
        Err(fault) if fault.is_failure() || fault.code == "appointment.unknown" => Err(problem(fault)),
        Err(fault) if event == "choose" => page(&app, slip, (lang, look), id, None, Some(fault)).await,
        Err(fault) => refused(&app, slip, (lang, look), Tried { event, ..Tried::default() }, fault).await,
    }
}

async fn page(app: &App, slip: WithSlip, (lang, look): (Lang, Look), id: String, asked: Option<Date>, fault: Option<Fault>) -> Result<Response, Problem> {
    let WithSlip { resident, csrf } = slip;
    let status = fault.as_ref().map_or(StatusCode::OK, |fault| problem(fault.clone()).status);
    let made = app.work(move |app| {
        let now_ms = app.clock.now_ms();
        let (appointment, times) = next_times(app, resident, &id, asked.map_or(now_ms, day_start), OF_DAYS)?;
        let row = app.store.matter_row(resident.matter)?.ok_or_else(|| Fault::new("matter.unknown", ""))?;
        Ok(TimesPage {
            porch: Porch { csrf, ..Porch::of(app, (lang, look), Some(&row.community))? },
            lang,
            day: first_day(lang, &times),
            asked: asked.is_some(),
            visit: line(lang, Category::from_word(&row.category), &appointment, now_ms),
            error: fault.map(|fault| why(lang, &fault)),
        })
    });
    Ok((status, made.await.map_err(problem)?).into_response())
}

/// The first day that has times, and which one comes then.
fn first_day(lang: Lang, times: &[TimeSeen]) -> TimesOfDay {
    let Some(first) = times.first().map(|time| local_date(time.start_ms)) else { return TimesOfDay::default() };
    let later = times.iter().map(|time| local_date(time.start_ms)).find(|day| *day != first);
    TimesOfDay {
        day: said::day(lang, first),
        times: times.iter().filter(|time| local_date(time.start_ms) == first).map(|time| (time.start_ms, local_clock(time.start_ms))).collect(),
        later: later.map(|day| (day.to_string(), said::day(lang, day))),
    }
}
