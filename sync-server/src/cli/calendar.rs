//! `minqing calendar due` and `minqing calendar show`: what the calendar this program was built with says.

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
use crate::fault::Fault;

/// What is asked.
#[derive(Debug, Subcommand)]
pub enum Question {
    Due {
        #[arg(long, value_name = "TIME")]
        from: String,
        #[arg(long, value_name = "N")]
        days: u32,
    },
    Show {
        year: i16,
    },
}

/// Answers from the shipped calendar.
pub fn run(question: &Question, out: &Out) -> Result<(), Fault> {
    match question {
        Question::Due { from, days } => due(from, *days, out),
        Question::Show { year } => show(*year, out),
    }
}

fn due(from: &str, days: u32, out: &Out) -> Result<(), Fault> {
    let from_ms = instant(from)?;
    if days > MAX_DAYS {
        return Err(Fault::new("calendar.days", MAX_DAYS.to_string()));
    }
    let found = Calendar::shipped().due(from_ms, days);
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

fn show(year: i16, out: &Out) -> Result<(), Fault> {
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return Err(Fault::new("calendar.year", format!("{FIRST_YEAR}–{LAST_YEAR}")));
    }
    let calendar = Calendar::shipped();
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
