//! The database: its pages, its version, the ends of the log, what waits, the area tree.

use minqing_core::clock::{DAY_MS, MINUTE_MS};

use super::Finding;
use crate::storage::{Examination, Inbox, StoreError};

/// What is received is applied in the same request; after this long nobody is at it.
const RECEIVED_MS: i64 = 10 * MINUTE_MS;
/// What waits for another phone waits while that phone is offline.
const HELD_MS: i64 = 7 * DAY_MS;

pub(super) fn look(examined: &Result<Examination, StoreError>, now_ms: i64) -> Vec<Finding> {
    let e = match examined {
        Ok(e) => e,
        Err(e) => return vec![Finding::wrong("database", "doctor.database", e.to_string())],
    };
    let mut found = Vec::new();
    if e.damage.is_empty() {
        found.push(Finding::ok("database", "quick_check"));
    } else {
        found.push(Finding::wrong("database", "doctor.integrity", e.damage.join("; ")));
    }
    let version = format!("{}/{}", e.version, e.known);
    found.push(match e.version.cmp(&e.known) {
        std::cmp::Ordering::Greater => Finding::wrong("version", "store.newer", version),
        std::cmp::Ordering::Less => Finding::notice("version", "doctor.version", version),
        std::cmp::Ordering::Equal => Finding::ok("version", version),
    });
    if e.damage.is_empty() && e.version >= 2 {
        found.push(list("log", "doctor.chain", &e.broken_tails, ""));
        found.extend(inbox(&e.inbox, now_ms));
        found.push(match e.areas {
            0 => Finding::wrong("areas", "doctor.areas", "0"),
            n => list("areas", "doctor.areas", &e.loose_areas, &n.to_string()),
        });
    }
    found
}

fn list(check: &'static str, code: &'static str, bad: &[String], good: &str) -> Finding {
    if bad.is_empty() { Finding::ok(check, good) } else { Finding::wrong(check, code, bad.join(", ")) }
}

fn inbox(inbox: &Inbox, now_ms: i64) -> Vec<Finding> {
    let old = |ms: Option<i64>, limit| ms.is_some_and(|ms| now_ms.saturating_sub(ms) > limit);
    let mut found = Vec::new();
    if old(inbox.oldest_received_ms, RECEIVED_MS) {
        found.push(Finding::wrong("inbox", "doctor.received", inbox.received.to_string()));
    }
    if old(inbox.oldest_held_ms, HELD_MS) {
        found.push(Finding::wrong("inbox", "doctor.held", inbox.held.to_string()));
    }
    let aside = inbox.aside + inbox.parked + inbox.unsigned;
    if aside > 0 {
        found.push(Finding::notice("inbox", "doctor.aside", aside.to_string()));
    }
    if found.is_empty() {
        found.push(Finding::ok("inbox", (inbox.received + inbox.held).to_string()));
    }
    found
}
