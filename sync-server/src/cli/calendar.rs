//! `minqing calendar …`: what a calendar says, and what the office adds to its own.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Subcommand;
use jiff::civil::Date;
use minqing_core::{
    calendar::{Calendar, FIRST_YEAR, LAST_YEAR, MAX_DAYS},
    clock::{instant, rfc3339},
    model::DayKind,
    speech::said,
    words::say,
};
use serde_json::json;

use super::Out;
use crate::{
    app::App,
    clock::{Clock, SystemClock},
    config::Config,
    entropy::SystemEntropy,
    fault::Fault,
    settings::{self, Change, Part, Rules, Subject},
    storage::sqlite,
};

/// What is to be done with the calendar.
#[derive(Debug, Subcommand)]
pub enum Calendars {
    Due {
        #[arg(long, value_name = "TIME")]
        from: String,
        #[arg(long, value_name = "N")]
        days: u32,
    },
    Show {
        year: i16,
    },
    Upload {
        days_file: PathBuf,
    },
    OwnDays {
        days_file: PathBuf,
    },
}

impl Calendars {
    /// Whether it needs no office: the calendar that this program was built with answers.
    pub fn only_asks(&self) -> bool {
        matches!(self, Self::Due { .. } | Self::Show { .. })
    }
}

/// Answers from a calendar.
pub fn answer(what: &Calendars, calendar: &Calendar, out: &Out) -> Result<(), Fault> {
    match what {
        Calendars::Due { from, days } => due(calendar, from, *days, out),
        Calendars::Show { year } => show(calendar, *year, out),
        Calendars::Upload { .. } | Calendars::OwnDays { .. } => Ok(()),
    }
}

/// Answers from an office's calendar, or adds to it.
pub fn run(what: &Calendars, config: Config, out: &Out) -> Result<(), Fault> {
    match what {
        Calendars::Upload { days_file } => {
            let value = read(days_file)?;
            let year = value["year"].as_i64().and_then(|year| i16::try_from(year).ok()).filter(|year| (FIRST_YEAR..=LAST_YEAR).contains(year));
            let year = year.ok_or_else(|| Fault::new("calendar.malformed", "year"))?;
            set(config, Part::Year(year), value, out)
        }
        Calendars::OwnDays { days_file } => set(config, Part::OwnDays, read(days_file)?, out),
        _ => answer(what, &kept(&config.data)?, out),
    }
}

/// The calendar of an office; beside a running server too.
fn kept(data: &Path) -> Result<Calendar, Fault> {
    if !data.join(sqlite::FILE).exists() {
        return Err(Fault::new("calendar.no_office", data.display().to_string()));
    }
    Ok(Rules::of(&sqlite::settings_in(data)?, SystemClock.now_ms()).calendar)
}

fn read(file: &Path) -> Result<serde_json::Value, Fault> {
    let text = std::fs::read_to_string(file).map_err(|_| Fault::new("calendar.file", file.display().to_string()))?;
    serde_json::from_str(&text).map_err(|_| Fault::new("calendar.malformed", ""))
}

fn set(config: Config, part: Part, value: serde_json::Value, out: &Out) -> Result<(), Fault> {
    let app = App::open(config, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    let subject = Subject::Calendar(part);
    let seen = app.store.setting_history(subject.kind(), &subject.key())?.first().map_or(0, |newest| newest.version);
    let version = settings::put(&app, None, "", Change { subject, seen, from_ms: None, value })?;
    let calendar = app.rules.get().calendar.version();
    out.done(&json!({"part": subject.key(), "version": version, "calendar": calendar}), "cli-did-calendar", &[("calendar", calendar.into())]);
    Ok(())
}

fn due(calendar: &Calendar, from: &str, days: u32, out: &Out) -> Result<(), Fault> {
    let from_ms = instant(from)?;
    if days > MAX_DAYS {
        return Err(Fault::new("calendar.days", MAX_DAYS.to_string()));
    }
    let found = calendar.due(from_ms, days);
    let (from, due) = (rfc3339(from_ms), rfc3339(found.due_ms));
    let value = json!({"from": from, "days": days, "due": due, "provisional": found.provisional, "steps": found.steps});
    let args = [("from", from.as_str().into()), ("days", days.to_string().into()), ("due", due.as_str().into())];
    let key = if found.provisional { "cli-calendar-due-on-provisional" } else { "cli-calendar-due-on" };
    out.done(&value, key, &args);
    for step in &found.steps {
        tell(step.date, step.reason, step.name, step.provisional, out);
    }
    Ok(())
}

fn show(calendar: &Calendar, year: i16, out: &Out) -> Result<(), Fault> {
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return Err(Fault::new("calendar.year", format!("{FIRST_YEAR}–{LAST_YEAR}")));
    }
    let provisional = !calendar.is_decreed(year);
    let days: Vec<_> = calendar.named(year).collect();
    let listed: Vec<_> = days.iter().map(|day| json!({"date": day.date, "kind": day.kind, "name": day.name, "provisional": day.provisional})).collect();
    let key = if provisional { "cli-calendar-year-provisional" } else { "cli-calendar-year" };
    out.done(&json!({"year": year, "provisional": provisional, "days": listed}), key, &[("year", year.to_string().into())]);
    for day in &days {
        tell(day.date, day.kind, day.name, day.provisional, out);
    }
    Ok(())
}

/// One day: whether it counts, and why.
fn tell(date: Date, kind: DayKind, name: &str, provisional: bool, out: &Out) {
    let counts = say(out.lang, if kind.counts() { "cli-calendar-counts" } else { "cli-calendar-skipped" }, &[]);
    let args = [
        ("date", date.to_string().into()),
        ("weekday", said::weekday(out.lang, date).into()),
        ("counts", counts.into()),
        ("why", said::why(out.lang, kind, name, provisional).into()),
    ];
    out.also(2, "cli-calendar-day", &args);
}
