//! An officer's round of a day: the stops in their order, the picture of it, and what each has walked this week.

use minqing_core::{
    Id,
    clock::{local_clock, local_date},
    model::Address,
    rounds::{Planned, Visit},
    speech::said,
    words::{Lang, say},
};

use super::{
    day::{Day, Walker},
    picture::{Picture, Place, picture},
    table::state,
};
use crate::{
    app::App,
    fault::Fault,
    rounds::{buildings, week_of},
    storage::RoundKept,
    sync::door_of,
};

/// A round.
pub struct RoundView {
    pub officer: String,
    pub name: String,
    /// Stops and walking, as a sentence; empty where nothing was planned.
    pub summary: String,
    pub stops: Vec<StopLine>,
    pub picture: Option<Picture>,
    /// The sheet to take along.
    pub paper: String,
    /// The grid for which it is planned; empty for a day that is over.
    pub grid: String,
}

/// A stop.
pub struct StopLine {
    pub clock: String,
    pub plate: String,
    /// What for.
    pub what: String,
    /// How one gets there, and what is to be known.
    pub more: String,
    /// Whether its time is agreed and stays.
    pub fixed: bool,
    pub done: bool,
}

/// What somebody has walked in a week.
pub struct WeekLine {
    pub name: String,
    pub doors: u32,
    /// Of the most, in per cent.
    pub width: String,
}

/// A week of everybody.
pub struct Week {
    pub lines: Vec<WeekLine>,
    /// What lies between the most and the fewest doors, as a sentence.
    pub spread: String,
}

/// The round of one officer, and the week of all.
///
/// # Errors
/// `store.failed`, `round.malformed`, `buildings.*`.
pub fn rounds(app: &App, lang: Lang, community: &str, day: &Day, asked: Option<Id>) -> Result<(Option<RoundView>, Week), Fault> {
    let (monday, sunday) = week_of(day.date);
    let kept = app.store.rounds(community, monday, sunday)?;
    let week = week(lang, day, &kept);
    let of_day = |officer: Id| kept.iter().find(|round| round.day == day.date && round.officer == officer);
    let with_round = || day.walkers.iter().find(|walker| of_day(walker.id).is_some());
    let with_visits = || day.walkers.iter().find(|walker| day.of(walker.id).next().is_some());
    let chosen = day.walkers.iter().find(|walker| Some(walker.id) == asked).or_else(with_round).or_else(with_visits).or(day.walkers.first());
    let view = chosen.map(|walker| view(app, lang, day, walker, of_day(walker.id))).transpose()?;
    Ok((view, week))
}

fn view(app: &App, lang: Lang, day: &Day, walker: &Walker, kept: Option<&RoundKept>) -> Result<RoundView, Fault> {
    let mut round = RoundView {
        officer: walker.id.to_string(),
        name: walker.name.clone(),
        summary: String::new(),
        stops: Vec::new(),
        picture: None,
        paper: format!("/office/paper/round?officer={}&day={}", walker.id, day.date),
        grid: walker.grids.first().filter(|_| day.date >= local_date(day.now_ms)).cloned().unwrap_or_default(),
    };
    let Some(kept) = kept else { return Ok(round) };
    let planned = Planned::read(&kept.json)?;
    let mut places = Vec::new();
    for visit in planned.plan.visits() {
        let household = Id::or_zero(&visit.stop);
        let address = door_of(app.store.as_ref(), household)?.unwrap_or_default();
        let stop = stop(lang, day, &planned, visit, household, &address);
        places.push(Place { address, fixed: stop.fixed });
        round.stops.push(stop);
    }
    let minutes = planned.plan.walking_s.div_ceil(60);
    round.summary = say(lang, "daybook-round", &[("n", round.stops.len().into()), ("minutes", minutes.into())]);
    round.picture = picture(lang, &places, &buildings::load(&app.config.data)?);
    Ok(round)
}

fn stop(lang: Lang, day: &Day, planned: &Planned, visit: &Visit, household: Id, address: &Address) -> StopLine {
    let errand = planned.errand(household);
    let appointment = errand.and_then(|errand| errand.appointment).and_then(|id| day.booked.iter().find(|on| on.appointment.id == id));
    let reasons = errand.map_or(&[][..], |errand| &errand.reasons).iter().map(|reason| said::why_visit(lang, reason.why, reason.days));
    let purpose = appointment.map(|on| say(lang, &on.appointment.purpose.key(), &[]));
    let what: Vec<String> = purpose.into_iter().chain(reasons).collect();
    let clock = local_clock(planned.moment_ms(visit.start_s));
    let fixed = appointment.is_some();
    let walk = say(lang, "daybook-walk", &[("n", visit.walk_s.div_ceil(60).into())]);
    let more = appointment.map(|on| state(lang, &on.appointment)).into_iter().chain([walk]).collect::<Vec<_>>();
    StopLine {
        clock: if fixed { clock } else { say(lang, "daybook-about", &[("clock", clock.into())]) },
        plate: said::plate(lang, address),
        what: what.join(&say(lang, "list-between", &[])),
        more: more.join(" · "),
        fixed,
        done: appointment.is_some_and(|on| on.appointment.state.is_over()),
    }
}

fn week(lang: Lang, day: &Day, kept: &[RoundKept]) -> Week {
    let doors = |officer: Id| kept.iter().filter(|round| round.officer == officer).map(|round| round.doors).sum::<u32>();
    let counts: Vec<(&str, u32)> = day.walkers.iter().map(|walker| (walker.name.as_str(), doors(walker.id))).collect();
    let (most, least) = (counts.iter().map(|(_, n)| *n).max().unwrap_or(0), counts.iter().map(|(_, n)| *n).min().unwrap_or(0));
    let mut lines: Vec<WeekLine> =
        counts.iter().map(|(name, n)| WeekLine { name: (*name).to_owned(), doors: *n, width: format!("{}%", n * 100 / most.max(1)) }).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.doors));
    Week { lines, spread: say(lang, "daybook-spread", &[("n", (most - least).into())]) }
}
