//! Content lines of an iCalendar object (RFC 5545, 3.1): text is escaped, and lines are folded without cutting a character.

use std::fmt::Write;

use jiff::Timestamp;
use minqing_core::clock::LOCAL;

/// Most bytes of a line, its end not counted.
const LINE: usize = 75;

/// The lines of an object.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// Adds a property whose value stands as it is: a word, a number, a moment.
    pub(super) fn put(&mut self, property: &str, value: impl std::fmt::Display) {
        let mut line = String::new();
        // Writing into a String cannot fail.
        let _ = write!(line, "{property}:{value}");
        self.fold(&line);
    }

    /// Adds a property whose value people read.
    pub(super) fn text(&mut self, property: &str, text: &str) {
        self.put(property, escaped(text));
    }

    /// Adds a moment in UTC, as `20260914T000000Z`.
    pub(super) fn utc(&mut self, property: &str, ms: i64) {
        self.put(property, at(ms).strftime("%Y%m%dT%H%M%SZ"));
    }

    /// Adds a moment on the office's wall, as `20260914T080000` with the zone's name.
    pub(super) fn local(&mut self, property: &str, ms: i64) {
        self.put(&format!("{property};TZID=Asia/Shanghai"), at(ms).to_zoned_datetime(LOCAL.clone()).strftime("%Y%m%dT%H%M%S"));
    }

    /// The whole text.
    pub(super) fn done(self) -> String {
        self.0
    }

    /// A line that is too long goes on behind a space, which counts.
    fn fold(&mut self, line: &str) {
        let mut used = 0;
        for c in line.chars() {
            if used + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Text as a value (RFC 5545, 3.3.11). Of control characters a line break alone can be said.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(of: impl FnOnce(&mut Lines)) -> String {
        let mut lines = Lines::default();
        of(&mut lines);
        lines.done()
    }

    #[test]
    fn a_line_is_folded_at_75_bytes_and_no_character_is_cut() {
        let long = "民情上门，".repeat(40);
        let folded = lines(|l| l.text("SUMMARY", &long));
        assert!(folded.ends_with("\r\n"));
        let pieces: Vec<&str> = folded.trim_end_matches("\r\n").split("\r\n").collect();
        assert!(pieces.len() > 5 && pieces.iter().all(|piece| piece.len() <= LINE), "{pieces:?}");
        // A character more would not have fitted: three bytes each.
        assert!(pieces[..pieces.len() - 1].iter().all(|piece| piece.len() > LINE - 3));
        assert!(pieces[1..].iter().all(|piece| piece.starts_with(' ')));
        assert_eq!(folded.replace("\r\n ", ""), format!("SUMMARY:{long}\r\n"));
        assert_eq!(lines(|l| l.put("X", "a".repeat(73))).matches("\r\n").count(), 1, "75 bytes are one line");
    }

    #[test]
    fn text_cannot_begin_another_line_or_value() {
        let said = lines(|l| l.text("SUMMARY", "a,b;c\\d\r\nEND:VEVENT\u{7}"));
        assert_eq!(said, "SUMMARY:a\\,b\\;c\\\\d\\nEND:VEVENT\r\n");
    }

    #[test]
    fn moments_are_said_in_utc_and_on_the_wall() {
        let morning = crate::testing::MORNING;
        assert_eq!(lines(|l| l.utc("DTSTAMP", morning)), "DTSTAMP:20260914T000000Z\r\n");
        assert_eq!(lines(|l| l.local("DTSTART", morning)), "DTSTART;TZID=Asia/Shanghai:20260914T080000\r\n");
    }
}
