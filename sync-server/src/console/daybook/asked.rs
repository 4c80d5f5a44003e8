//! Which day is looked at, and for what: everything stands in the address.

use jiff::civil::Date;
use minqing_core::{Id, clock::local_date};
use serde::Deserialize;

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Words {
    day: String,
    officer: String,
    grid: String,
    /// The appointment for which a time is looked for.
    #[serde(rename = "move")]
    moves: String,
    /// What was just done, and with which appointment.
    pub did: String,
    pub of: String,
    /// The time that it had before: start and officers.
    pub was: String,
}

/// The same, read. What does not read is as if it was not said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The day.
    pub day: Date,
    /// Whose round is shown; none said = the first that has one.
    pub officer: Option<Id>,
    /// The officers of one grid alone.
    pub grid: Option<String>,
    /// The appointment for which a time is looked for.
    pub moves: Option<Id>,
}

impl Asked {
    /// Reads an address; today where no day is said.
    pub fn read(words: &Words, now_ms: i64) -> Self {
        let grid = Some(words.grid.clone()).filter(|grid| grid.len() == 15 && grid.bytes().all(|b| b.is_ascii_digit()));
        Self { day: words.day.parse().unwrap_or_else(|_| local_date(now_ms)), officer: words.officer.parse().ok(), grid, moves: words.moves.parse().ok() }
    }

    /// The address of this.
    pub fn address(&self) -> String {
        let mut address = format!("/office/rounds?day={}", self.day);
        let more = [("officer", self.officer.map(|id| id.to_string())), ("grid", self.grid.clone()), ("move", self.moves.map(|id| id.to_string()))];
        for (name, value) in more {
            if let Some(value) = value {
                address.push_str(&format!("&{name}={value}"));
            }
        }
        address
    }

    /// The address of another day.
    pub fn on(&self, day: Date) -> String {
        Self { day, ..self.clone() }.address()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_address_is_read_as_it_was_written_and_nonsense_is_today() {
        let asked = Asked { day: date(2026, 11, 25), officer: Some(Id([7; 16])), grid: Some("620102001001002".into()), moves: Some(Id([9; 16])) };
        let query = asked.address();
        let mut words = Words::default();
        for pair in query.split_once('?').unwrap().1.split('&') {
            let (name, value) = pair.split_once('=').unwrap();
            let to = match name {
                "day" => &mut words.day,
                "officer" => &mut words.officer,
                "grid" => &mut words.grid,
                _ => &mut words.moves,
            };
            *to = value.to_owned();
        }
        assert_eq!(Asked::read(&words, 0), asked);
        let nonsense = Words { day: "gestern".into(), officer: "\"><script>".into(), grid: "62%".into(), moves: "..".into(), ..Words::default() };
        assert_eq!(Asked::read(&nonsense, 0).address(), "/office/rounds?day=1970-01-01");
    }
}
