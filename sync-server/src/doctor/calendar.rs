//! The calendar: whether the decree of the year is there, and from 1 November on that of the next. A notice: it may not be published yet.

use std::path::Path;

use super::Finding;
use crate::{settings::Rules, storage::sqlite};

pub(super) fn look(data: &Path, now_ms: i64) -> Option<Finding> {
    // A database that does not read is told of elsewhere.
    let rules = Rules::of(&sqlite::settings_in(data).ok()?, now_ms);
    Some(match rules.calendar.missing_year_alarm(now_ms) {
        Some(year) => Finding::notice("calendar", "doctor.decree", year.to_string()),
        None => Finding::ok("calendar", rules.calendar.version().to_string()),
    })
}
