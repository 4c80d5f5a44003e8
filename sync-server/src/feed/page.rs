//! A calendar whole: its zone, its events, and by what it is known to be the same as before.

use minqing_core::{
    clock::{DAY_MS, day_start, local_date},
    words::{Lang, say},
};

use super::{event, ics::Lines};
use crate::{
    app::App,
    auth::{base64url, sha256},
    storage::{KeptFeed, OnCalendar, Result},
};

/// How far back a calendar goes, and how far ahead.
const BACK_MS: i64 = 30 * DAY_MS;
const AHEAD_MS: i64 = 60 * DAY_MS;
/// Most appointments of one calendar: of more the oldest are left out.
const MOST: usize = 2_000;

/// A calendar as it is answered.
pub struct Feed {
    /// What it is known by; another one once anything may have changed.
    pub etag: String,
    /// The calendar; `None` where the caller has it.
    pub text: Option<String>,
}

/// A feed's calendar in a language; without its text if what `is_known` is asked about is the same still.
///
/// # Errors
/// `store.failed`, `store.damaged`.
pub fn page(app: &App, feed: &KeptFeed, lang: Lang, is_known: impl FnOnce(&str) -> bool) -> Result<Feed> {
    let today = day_start(local_date(app.clock.now_ms()));
    let mark = app.store.calendar_mark(&feed.community)?;
    let etag = format!("\"{}\"", base64url(&sha256(&[&mark[..], &feed.id.0, lang.tag().as_bytes(), &today.to_be_bytes()].concat())));
    if is_known(&etag) {
        return Ok(Feed { etag, text: None });
    }
    let found = app.store.on_calendar(&feed.community, today - BACK_MS, today + AHEAD_MS + DAY_MS)?;
    let concerns = |on: &OnCalendar| feed.officer.is_none_or(|officer| on.appointment.concerns(officer));
    let concerned: Vec<OnCalendar> = found.into_iter().filter(concerns).collect();
    let newest = &concerned[concerned.len().saturating_sub(MOST)..];
    Ok(Feed { etag, text: Some(written(feed, newest, host(&app.config.public_url), lang)) })
}

fn written(feed: &KeptFeed, appointments: &[OnCalendar], host: &str, lang: Lang) -> String {
    let mut lines = Lines::default();
    let name = say(lang, if feed.officer.is_some() { "feed-name-officer" } else { "feed-name-community" }, &[]);
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//Minqing//Appointments//EN");
    lines.put("CALSCALE", "GREGORIAN");
    // Never a request: whoever reads it is not asked to answer.
    lines.put("METHOD", "PUBLISH");
    lines.text("NAME", &name);
    lines.text("X-WR-CALNAME", &name);
    lines.put("REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
    lines.put("X-PUBLISHED-TTL", "PT15M");
    // Since 1991 clocks in China are not put forward.
    for (property, value) in [
        ("BEGIN", "VTIMEZONE"),
        ("TZID", "Asia/Shanghai"),
        ("BEGIN", "STANDARD"),
        ("DTSTART", "19910915T010000"),
        ("TZOFFSETFROM", "+0900"),
        ("TZOFFSETTO", "+0800"),
        ("TZNAME", "CST"),
        ("END", "STANDARD"),
        ("END", "VTIMEZONE"),
    ] {
        lines.put(property, value);
    }
    appointments.iter().for_each(|on| event::put(&mut lines, on, feed.officer, host, lang));
    lines.put("END", "VCALENDAR");
    lines.done()
}

/// The host of the server's address, without a port: what stands behind the @ of each event's id.
fn host(public_url: &str) -> &str {
    let rest = public_url.split_once("://").map_or(public_url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest);
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_without_scheme_port_and_path() {
        for (url, is) in [("https://office.example", "office.example"), ("http://127.0.0.1:8311", "127.0.0.1"), ("https://[::1]:8/x", "[::1]")] {
            assert_eq!(host(url), is);
        }
    }
}
