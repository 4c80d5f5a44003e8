//! A span of a day of the week: when residents are in, and when officers work.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Check;
use crate::{Error, Result};

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// A span of one day of the week, in minutes of the day. Its text is `1:540-720`: Monday, 09:00 to 12:00.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeekSpan {
    /// 1 = Monday … 7 = Sunday.
    pub weekday: u8,
    /// From.
    pub from_minute: u16,
    /// Until, 1440 at most.
    pub until_minute: u16,
}

impl WeekSpan {
    /// Whether it is one: a day of the week, and a span within it.
    pub fn is_sound(&self) -> bool {
        (1..=7).contains(&self.weekday) && self.from_minute < self.until_minute && self.until_minute <= DAY
    }

    /// Whether a day is of its weekday.
    pub fn is_on(&self, day: Date) -> bool {
        i8::try_from(self.weekday) == Ok(day.weekday().to_monday_one_offset())
    }

    /// Checks it.
    ///
    /// # Errors
    /// `span.malformed`.
    pub fn check(&self, at: &Check) -> Result<()> {
        if self.is_sound() { Ok(()) } else { at.fail("span.malformed") }
    }
}

impl fmt::Display for WeekSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}-{}", self.weekday, self.from_minute, self.until_minute)
    }
}

impl FromStr for WeekSpan {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let read = || {
            let (weekday, span) = text.split_once(':')?;
            let (from, until) = span.split_once('-')?;
            let span = Self { weekday: weekday.parse().ok()?, from_minute: from.parse().ok()?, until_minute: until.parse().ok()? };
            // One spelling each, since texts are keys of a set.
            (span.is_sound() && span.to_string() == text).then_some(span)
        };
        read().ok_or(Error::Malformed("span.malformed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_reads_back_and_nothing_else_is_one() {
        let monday = WeekSpan { weekday: 1, from_minute: 540, until_minute: 720 };
        assert_eq!((monday.to_string().as_str(), "1:540-720".parse()), ("1:540-720", Ok(monday)));
        for text in ["", "1", "0:540-720", "8:540-720", "1:720-540", "1:540-540", "1:540-1441", "01:540-720", "1:+540-720", "1:540-720 ", "1:540–720"] {
            assert_eq!(text.parse::<WeekSpan>(), Err(Error::Malformed("span.malformed")), "{text}");
        }
    }

    #[test]
    fn days_are_counted_from_monday() {
        let saturday = WeekSpan { weekday: 6, from_minute: 0, until_minute: 1 };
        let day = |n| jiff::civil::date(2026, 9, n);
        assert_eq!((1..=7).map(|n| saturday.is_on(day(14 + n - 1))).collect::<Vec<_>>(), [false, false, false, false, false, true, false]);
    }
}
