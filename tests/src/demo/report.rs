//! What the demo tells: a bar on the way, a small table or one line of JSON at the end.

use std::{path::Path, time::Duration};

use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use minqing_core::{
    ids::shown,
    model::HandlingType,
    words::{FluentValue, say},
};
use minqing_sync_server::figures::yuan;
use minqing_tests::{
    phone::{Phone, Traffic},
    proof::Found,
};
use serde::Serialize;

use super::{args::Args, setup::Office, slip};

/// A bar on stderr.
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar of so many rounds.
    pub fn new(args: &Args, rounds: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(rounds as u64), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        let title = [
            ("days", args.days.into()),
            ("officers", args.officers.into()),
            ("households", args.households.into()),
            ("seed", FluentValue::from(args.seed.to_string())),
        ];
        bar.set_message(say(args.lang(), "demo-title", &title));
        Self(bar)
    }

    /// A bar of the line's days.
    pub fn of_the_line(args: &Args) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        bar.set_message(say(args.lang(), "demo-line", &[]));
        Self(bar)
    }

    /// A day of the line is over.
    pub fn day(&self, args: &Args, date: jiff::civil::Date) {
        self.0.set_message(say(args.lang(), "demo-line-day", &[("date", date.to_string().into())]));
        self.0.inc(1);
    }

    /// One officer's day is over.
    pub fn step(&self, args: &Args, day: u16, officer: usize) {
        let where_ = [("date", super::setup::date(day).into()), ("officer", (officer + 1).into())];
        self.0.set_message(say(args.lang(), "demo-walking", &where_));
        self.0.inc(1);
    }

    /// All days are over.
    pub fn done(&self) {
        self.0.finish_and_clear();
    }
}

/// The line of JSON.
#[derive(Debug, Serialize)]
pub struct Run {
    officers: u16,
    households: u32,
    days: u16,
    seed: u64,
    #[serde(flatten)]
    found: Found,
    walking_minutes_planned: u64,
    walking_minutes_insertion: u64,
    requests: u64,
    bytes_up: u64,
    bytes_down: u64,
    seconds: f64,
}

impl Run {
    /// Puts the figures together.
    pub fn new(args: &Args, phones: &[Phone], found: &Found, (planned, insertion): (u64, u64), took: Duration) -> Self {
        let traffic = phones.iter().fold(Traffic::default(), |all, p| Traffic {
            requests: all.requests + p.traffic.requests,
            up: all.up + p.traffic.up,
            down: all.down + p.traffic.down,
        });
        Self {
            officers: args.officers,
            households: args.households,
            days: args.days,
            seed: args.seed,
            found: found.clone(),
            walking_minutes_planned: planned,
            walking_minutes_insertion: insertion,
            requests: traffic.requests,
            bytes_up: traffic.up,
            bytes_down: traffic.down,
            seconds: (took.as_secs_f64() * 10.0).round() / 10.0,
        }
    }
}

/// Prints the table, or the line of JSON.
pub fn print(args: &Args, run: &Run, found: &Found) {
    if args.json {
        println!("{}", serde_json::json!(run));
        return;
    }
    let traffic = [
        ("requests", run.requests.into()),
        ("up", (run.bytes_up / 1024).into()),
        ("down", (run.bytes_down / 1024).into()),
        ("seconds", FluentValue::from(run.seconds.to_string())),
    ];
    table(args, found);
    println!("{}", say(args.lang(), "demo-traffic", &traffic));
    println!("{}", say(args.lang(), if found.is_good() { "demo-good" } else { "demo-bad" }, &[]));
}

/// Prints what the proof found.
pub fn table(args: &Args, found: &Found) {
    let tell = |key: &str, values: &[(&str, FluentValue<'_>)]| println!("{}", say(args.lang(), key, values));
    tell("demo-visits", &[("recorded", found.visits_recorded.into()), ("office", found.visits_at_office.into())]);
    tell("demo-matters", &[("recorded", found.matters_recorded.into()), ("office", found.matters_at_office.into())]);
    tell("demo-attachments", &[("recorded", found.attachments_recorded.into()), ("office", found.attachments_at_office.into())]);
    tell("demo-surveys", &[("recorded", found.surveys_recorded.into()), ("office", found.surveys_at_office.into())]);
    tell("demo-quarantined", &[("n", found.quarantined.into()), ("adopted", found.adopted.into())]);
    tell(
        "demo-life",
        &[("escrowed", found.escrowed.into()), ("moved", found.moved.into()), ("couriered", found.couriered.into()), ("erased", found.erased.into())],
    );
    tell("demo-restored", &[("n", found.only_on_phones_at_restore.into()), ("again", found.found_again.into())]);
    line(args, found);
    let visits = &found.visits;
    let doors = [
        ("made", visits.appointments_made.into()),
        ("kept", visits.kept.into()),
        ("moved", visits.appointments_moved.into()),
        ("missed", visits.missed.into()),
        ("out", visits.nobody_was_in.into()),
    ];
    tell("demo-appointments", &doors);
    for (key, n) in [
        ("demo-illegal", found.line.illegal_states),
        ("demo-leaks", found.line.personal_data_leaks),
        ("demo-double-booked", found.visits.double_booked),
        ("demo-silently-moved", found.visits.promises_silently_moved),
        ("demo-conflicts", found.conflicts_for_review),
        ("demo-lost", found.lost),
        ("demo-destroyed", found.destroyed_unsent),
        ("demo-diverged", found.diverged),
        ("demo-broken", found.broken),
        ("demo-erased-found", found.erased_bytes_found),
    ] {
        tell(key, &[("n", n.into())]);
    }
}

/// The line in words: each type with its usual and its longest time, then the shares.
fn line(args: &Args, found: &Found) {
    let tell = |key: &str, values: &[(&str, FluentValue<'_>)]| println!("{}", say(args.lang(), key, values));
    let figures = &found.line;
    for (word, n) in &figures.matters_by_type {
        let handling = HandlingType::from_word(word).map_or_else(|| say(args.lang(), "demo-type-unset", &[]), |h| say(args.lang(), &h.key(), &[]));
        let mut lengths = figures.lengths.get(word).cloned().unwrap_or_default();
        lengths.sort_unstable();
        let days = |ms: Option<&i64>| FluentValue::from(ms.map_or_else(|| "–".to_owned(), |ms| format!("{:.1}", *ms as f64 / WORKING_DAY_MS)));
        let args = [("type", handling.into()), ("n", (*n).into()), ("median", days(lengths.get(lengths.len() / 2))), ("longest", days(lengths.last()))];
        tell("demo-type", &args);
    }
    for (key, rate) in [
        ("rate-response", figures.response_rate),
        ("rate-on-time", figures.on_time_rate),
        ("rate-solution", figures.solution_rate),
        ("rate-satisfaction", figures.satisfaction_rate),
        ("rate-participation", figures.participation_rate),
    ] {
        tell(key, &[("n", rate.n.into()), ("of", rate.of.into()), ("percent", rate.percent().into())]);
    }
    tell("demo-line-sums", &[("overdue", figures.overdue.into()), ("yuan", yuan(figures.money_spent).into()), ("told", figures.told_at_door.into())]);
}

/// Seven hours at a desk.
const WORKING_DAY_MS: f64 = 25_200_000.0;

/// Says where the office can be looked at, on stderr if stdout is for JSON.
pub fn leave_running(args: &Args, dir: &Path, url: &str, office: &Office, date: String) -> Result<()> {
    let lang = args.lang();
    let address = [("url", FluentValue::from(url)), ("date", date.into()), ("dir", dir.display().to_string().into())];
    let mut lines = vec![say(lang, "demo-address", &address)];
    for s in &office.sign_ins {
        let role = say(lang, &s.role.key(), &[]);
        let who = [("role", FluentValue::from(role)), ("name", s.name.as_str().into()), ("password", s.password.as_str().into())];
        lines.push(say(lang, "demo-sign-in", &who));
    }
    if let Some(slip) = slip::worth_a_look(url, office)? {
        let what = [("url", FluentValue::from(url)), ("code", slip.code.as_str().into()), ("pin", slip.pin.as_str().into())];
        lines.push(say(lang, "demo-resident", &what));
    }
    lines.push(say(lang, "demo-phone", &[("code", shown(&office.visitors_code).into())]));
    lines.push(say(lang, "demo-stop", &[]));
    for line in lines {
        if args.json { eprintln!("{line}") } else { println!("{line}") }
    }
    Ok(())
}
