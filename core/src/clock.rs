//! Time and randomness come from the platform, never from the core itself; so does how much room is left.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use minicbor::{Decode, Encode};

use crate::{Error, Result};

/// A minute, in milliseconds.
pub const MINUTE_MS: i64 = 60_000;
/// A day, in milliseconds; in China every day is as long.
pub const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// What the phone's operating system gives the core.
pub trait Platform: Send + Sync {
    /// Wall clock in milliseconds since 1970; may be wrong by years.
    fn wall_ms(&self) -> i64;
    /// Milliseconds since the last start of the device; never goes back while it runs.
    fn monotonic_ms(&self) -> i64;
    /// Changes when the device restarts, so that monotonic times are not compared across a restart.
    fn boot_id(&self) -> String;
    /// Fresh random bytes from the operating system.
    fn random(&self, len: u32) -> Vec<u8>;
    /// How many bytes are left on the device for the app's files; `None` where that is not known.
    fn free_bytes(&self) -> Option<u64>;
}

/// When something was done, as far as the device knows (WIRE.md, `at`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct At {
    /// Wall clock of the device, milliseconds since 1970.
    #[n(0)]
    pub device_ms: i64,
    /// Server time of the last exchange; absent before the first one.
    #[n(1)]
    pub server_ms: Option<i64>,
    /// Monotonic milliseconds since that exchange; absent after a restart of the device.
    #[n(2)]
    pub since_ms: Option<i64>,
}

impl At {
    /// What the server does, by its own clock.
    pub fn by_server(now_ms: i64) -> Self {
        Self { device_ms: now_ms, server_ms: Some(now_ms), since_ms: Some(0) }
    }

    /// When the server holds it done: server time of the last exchange + monotonic time since
    /// (device time where the device restarted), clamped to [last exchange, receipt]; without that base, receipt.
    /// The base is the phone's claim, so nothing counts as done before `enrolled_ms`, when the device was enrolled.
    pub fn done_at(&self, received_ms: i64, enrolled_ms: i64) -> i64 {
        let Some(base) = self.server_ms else { return received_ms };
        let base = base.max(enrolled_ms).min(received_ms);
        let told = self.since_ms.map_or(self.device_ms, |since| self.server_ms.unwrap_or(base).saturating_add(since));
        told.clamp(base, received_ms)
    }

    /// How far the device's wall clock is ahead of the server's, in milliseconds; negative where it is behind. `None` where its monotonic
    /// clock does not say.
    pub fn skew_ms(&self) -> Option<i64> {
        Some(self.device_ms.saturating_sub(self.server_ms?.saturating_add(self.since_ms?)))
    }

    /// The best guess on the device itself: as [`At::done_at`], before any receipt.
    pub fn estimate(&self) -> i64 {
        match (self.server_ms, self.since_ms) {
            (Some(base), Some(since)) => base.saturating_add(since),
            (Some(base), None) => self.device_ms.max(base),
            (None, _) => self.device_ms,
        }
    }
}

/// The only time zone of the product; its tables are compiled in.
pub static LOCAL: TimeZone = jiff::tz::get!("Asia/Shanghai");

/// The local calendar day of an instant.
pub fn local_date(ms: i64) -> Date {
    let at = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned_datetime(LOCAL.clone()).date()
}

/// First instant of a local day, in milliseconds since 1970.
pub fn day_start(date: Date) -> i64 {
    date.to_zoned_datetime(LOCAL.clone()).map_or(0, |z| z.timestamp().as_millisecond())
}

/// Hour and minute on the office's wall, as `18:30`.
pub fn local_clock(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned_datetime(LOCAL.clone()).strftime("%H:%M").to_string()
}

/// An instant as programs read it, to the second, on the office's wall: `2026-10-10T17:30:00+08:00`.
pub fn rfc3339(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned_datetime(LOCAL.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// The instant somebody wrote: as RFC 3339, or on the office's wall without a zone, as `2026-09-30T16:00`; a day alone is
/// its first instant.
///
/// # Errors
/// `time.malformed`.
pub fn instant(text: &str) -> Result<i64> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at.as_millisecond());
    }
    let on_the_wall = || {
        if let Ok(day) = Date::strptime("%Y-%m-%d", text) {
            return Some(day.to_datetime(jiff::civil::Time::midnight()));
        }
        ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"].iter().find_map(|shape| DateTime::strptime(shape, text).ok())
    };
    let at = on_the_wall().and_then(|wall| wall.to_zoned_datetime(LOCAL.clone()).ok());
    at.map(|at| at.timestamp().as_millisecond()).ok_or_else(|| Error::invalid("time.malformed", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_clock_wrong_by_ten_years_moves_nothing() {
        let ten_years = 315_576_000_000;
        for device_ms in [1_000_000 - ten_years, 1_000_000, 1_000_000 + ten_years] {
            let at = At { device_ms, server_ms: Some(900_000), since_ms: Some(50_000) };
            assert_eq!(at.done_at(2_000_000, 0), 950_000);
            let restarted = At { since_ms: None, ..at };
            assert!((900_000..=2_000_000).contains(&restarted.done_at(2_000_000, 0)));
            assert_eq!(At { server_ms: None, ..at }.done_at(2_000_000, 0), 2_000_000);
            let claimed = At { server_ms: Some(1), since_ms: Some(1), ..at };
            assert_eq!(claimed.done_at(2_000_000, 800_000), 800_000, "nothing is done before the phone was enrolled");
        }
    }

    #[test]
    fn days_are_local() {
        // 2026-09-13T16:00Z is Monday 2026-09-14, 00:00 in Lanzhou.
        let midnight = 1_789_315_200_000;
        assert_eq!(local_date(midnight).to_string(), "2026-09-14");
        assert_eq!(local_date(midnight - 1).to_string(), "2026-09-13");
        assert_eq!(day_start(local_date(midnight)), midnight);
        assert_eq!(local_clock(midnight + 8 * 3_600_000), "08:00");
    }

    #[test]
    fn instants_are_read_with_a_zone_or_as_the_offices() {
        let midnight = 1_789_315_200_000;
        for text in ["2026-09-14", "2026-09-14T00:00", "2026-09-14 00:00:00", "2026-09-13T16:00:00Z", "2026-09-14T01:00+09:00"] {
            assert_eq!(instant(text), Ok(midnight), "{text}");
        }
        assert_eq!(rfc3339(midnight + 999), "2026-09-14T00:00:00+08:00");
        for text in ["", "2026-02-30", "2026-09-14T24:30", "2026-09-14T00:00[Asia/Tokyo]", "2026-09-14T00:00 ", "14.9.2026", "99999-01-01"] {
            assert_eq!(instant(text).unwrap_err().code(), "time.malformed", "{text}");
        }
    }
}
