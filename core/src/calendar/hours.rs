//! Office hours: the spans of a working day in which the office works.

use jiff::civil::Time;

use crate::{Error, Result};

/// The spans of a working day, each from an opening to a closing; 08:30–12:00 and 14:00–17:30 unless set otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeHours(Vec<Span>);

/// As settings have it.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Spans {
    spans: Vec<(String, String)>,
}

/// Milliseconds since the first instant of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    open: i64,
    close: i64,
}

impl Default for OfficeHours {
    fn default() -> Self {
        let minutes = |hour: i64, minute: i64| (hour * 60 + minute) * 60_000;
        Self(vec![Span { open: minutes(8, 30), close: minutes(12, 0) }, Span { open: minutes(14, 0), close: minutes(17, 30) }])
    }
}

impl OfficeHours {
    /// Makes office hours of (opening, closing) in the day's order.
    ///
    /// # Errors
    /// `calendar.hours` where there is none, one closes before it opens, or one opens before the last has closed.
    pub fn new(spans: &[(Time, Time)]) -> Result<Self> {
        let of_day = |time: Time| time.duration_since(Time::midnight()).as_millis() as i64;
        let spans: Vec<_> = spans.iter().map(|(open, close)| Span { open: of_day(*open), close: of_day(*close) }).collect();
        let in_order = spans.iter().all(|span| span.open < span.close) && spans.is_sorted_by(|a, b| a.close <= b.open);
        if spans.is_empty() || !in_order { Err(Error::invalid("calendar.hours", "")) } else { Ok(Self(spans)) }
    }

    /// Reads office hours from JSON: `{"spans": [["08:30", "12:00"], …]}`.
    ///
    /// # Errors
    /// `calendar.hours` where it is none, and as [`OfficeHours::new`].
    pub(super) fn read(json: &str) -> Result<Self> {
        let wrong = || Error::invalid("calendar.hours", "");
        let Spans { spans } = serde_json::from_str(json).map_err(|_| wrong())?;
        let time = |text: &str| text.parse::<Time>().map_err(|_| wrong());
        let spans = spans.iter().map(|(open, close)| Ok((time(open)?, time(close)?))).collect::<Result<Vec<_>>>()?;
        Self::new(&spans)
    }

    /// Milliseconds of work in a whole day.
    pub fn length_ms(&self) -> i64 {
        self.0.iter().map(|span| span.close - span.open).sum()
    }

    /// The last closing.
    pub(super) fn close(&self) -> i64 {
        self.0.iter().map(|span| span.close).max().unwrap_or_default()
    }

    /// The work that lies before this time of the day.
    pub(super) fn used(&self, of_day: i64) -> i64 {
        self.0.iter().map(|span| of_day.clamp(span.open, span.close) - span.open).sum()
    }

    /// The first time of the day before which so much work lies.
    pub(super) fn at(&self, used: i64) -> i64 {
        let mut left = used;
        for span in &self.0 {
            if left <= span.close - span.open {
                return span.open + left;
            }
            left -= span.close - span.open;
        }
        self.close()
    }

    /// Whether the office is open; at the instant of closing it is not.
    pub(super) fn contains(&self, of_day: i64) -> bool {
        self.0.iter().any(|span| (span.open..span.close).contains(&of_day))
    }

    /// The next opening of the day.
    pub(super) fn opening(&self, of_day: i64) -> Option<i64> {
        self.0.iter().map(|span| span.open).find(|open| *open >= of_day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn seven_hours_with_a_break_at_noon() {
        let hours = OfficeHours::default();
        assert_eq!((hours.length_ms(), hours.close()), (7 * HOUR, 17 * HOUR + HOUR / 2));
        assert_eq!([8, 12, 13, 14, 15, 23].map(|h| hours.used(h * HOUR)), [0, 7, 7, 7, 9, 14].map(|half| half * HOUR / 2));
        assert_eq!([7, 8, 14].map(|half| hours.at(half * HOUR / 2)), [24, 29, 35].map(|half| half * HOUR / 2));
        assert_eq!((hours.contains(12 * HOUR), hours.contains(14 * HOUR), hours.opening(12 * HOUR)), (false, true, Some(14 * HOUR)));
    }

    #[test]
    fn spans_are_in_the_days_order_and_at_least_one() {
        let at = |hour| Time::constant(hour, 0, 0, 0);
        assert_eq!(OfficeHours::new(&[(at(9), at(17))]).unwrap().length_ms(), 8 * HOUR);
        for wrong in [&[][..], &[(at(9), at(9))], &[(at(14), at(17)), (at(9), at(12))], &[(at(9), at(13)), (at(12), at(17))]] {
            assert_eq!(OfficeHours::new(wrong).unwrap_err().code(), "calendar.hours");
        }
    }
}
