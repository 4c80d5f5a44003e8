//! Whether the machine's clock can be true.

use jiff::Timestamp;

use super::Finding;

/// 2026-01-01: this server was not written before.
const EARLIEST_MS: i64 = 1_767_225_600_000;
/// 2100-01-01.
const LATEST_MS: i64 = 4_102_444_800_000;
/// How far behind the log's last row a clock may be: two machines are never quite together.
const SLACK_MS: i64 = 60_000;

pub(super) fn look(now_ms: i64, last_applied_ms: Option<i64>) -> Finding {
    let said = Timestamp::from_millisecond(now_ms).map(|t| t.to_string()).unwrap_or_default();
    let behind = last_applied_ms.is_some_and(|last| now_ms + SLACK_MS < last);
    if behind || !(EARLIEST_MS..LATEST_MS).contains(&now_ms) { Finding::wrong("clock", "doctor.clock", said) } else { Finding::ok("clock", said) }
}
