//! A row of a paper round as its QR says it: whose round, which day, which door, and the appointment where there is one. Ids and a day, nobody's
//! name. The visit that is entered from a row has the row's own id, whoever enters it and wherever: entered twice, it is one visit.

use jiff::civil::Date;

use crate::{
    Error, Id, Result,
    clock::{MINUTE_MS, day_start, local_date},
};

/// What every row begins with.
const SCHEME: &str = "minqing:paper?";
/// Longest text that is looked at.
const LONGEST: usize = 256;
/// A paper does not say when somebody knocked: at noon, then, the same for everybody who enters it.
const NOON_MS: i64 = 12 * 60 * MINUTE_MS;

/// A row of a paper round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Whose round it is.
    pub officer: Id,
    /// On which day.
    pub day: Date,
    /// At which door.
    pub household: Id,
    /// The appointment that it is for; `None` for a visit that nobody was promised.
    pub appointment: Option<Id>,
}

impl Row {
    /// The visit that is entered from it.
    pub fn visit(&self) -> Id {
        Id::named(&["paper", &self.officer.to_string(), &self.household.to_string(), &self.day.to_string()])
    }

    /// The volume in which that stands: of the paper's day, not of the day on which it is entered.
    pub fn volume(&self) -> Id {
        Id::visits(self.household, self.day.year())
    }

    /// When the visit counts as made, milliseconds since 1970.
    pub fn at_ms(&self) -> i64 {
        day_start(self.day) + NOON_MS
    }

    /// Whether its day has come, by a clock (milliseconds since 1970): what is entered has happened.
    pub fn has_come(&self, now_ms: i64) -> bool {
        local_date(now_ms) >= self.day
    }

    /// What its QR says.
    pub fn code(&self) -> String {
        let appointment = self.appointment.map_or_else(String::new, |id| format!("&a={id}"));
        format!("{SCHEME}v={}&o={}&h={}&d={}{appointment}", self.visit(), self.officer, self.household, self.day)
    }

    /// Reads what a camera read.
    ///
    /// # Errors
    /// `paper.unknown` for anything else, also for a row whose visit is not the one that officer, door and day name.
    pub fn read(code: &str) -> Result<Self> {
        parse(code).ok_or(Error::Malformed("paper.unknown"))
    }
}

fn parse(code: &str) -> Option<Row> {
    let code = Some(code.trim()).filter(|code| code.len() <= LONGEST)?;
    let mut parts = code.strip_prefix(SCHEME)?.split('&');
    let mut value = |name: &str| parts.next()?.strip_prefix(name)?.strip_prefix('=').map(str::to_owned);
    let visit: Id = value("v")?.parse().ok()?;
    let (officer, household, day) = (value("o")?.parse().ok()?, value("h")?.parse().ok()?, value("d")?);
    let day: Date = day.parse().ok().filter(|date: &Date| date.to_string() == day)?;
    let appointment = match parts.next() {
        Some(last) => Some(last.strip_prefix("a=")?.parse().ok()?),
        None => None,
    };
    let row = Row { officer, day, household, appointment };
    (row.visit() == visit && parts.next().is_none()).then_some(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        Row { officer: Id([5; 16]), day: "2026-12-31".parse().unwrap(), household: Id([2; 16]), appointment: None }
    }

    #[test]
    fn a_row_reads_back_and_names_one_visit_whoever_enters_it() {
        let promised = Row { appointment: Some(Id([7; 16])), ..row() };
        for row in [row(), promised] {
            assert_eq!(Row::read(&format!(" {}\n", row.code())), Ok(row));
        }
        assert_eq!((row().visit(), row().visit().is_timed()), (promised.visit(), false));
        let others = [Row { officer: Id([6; 16]), ..row() }, Row { household: Id([6; 16]), ..row() }, Row { day: "2027-01-01".parse().unwrap(), ..row() }];
        assert!(others.iter().all(|other| other.visit() != row().visit()));
        assert!(!row().has_come(day_start(row().day) - 1) && row().has_come(day_start(row().day)));
        assert_eq!((row().volume(), row().at_ms()), (Id::visits(Id([2; 16]), 2026), day_start(row().day) + 12 * 3_600_000));
    }

    #[test]
    fn nothing_else_is_a_row() {
        let code = row().code();
        let other = code.replace(&Id([2; 16]).to_string(), &Id([3; 16]).to_string());
        let long = format!("{code}{}", " ".repeat(300)) + "x";
        for wrong in [
            "",
            "minqing:enrol?code=7K3MQ2XA00",
            &code[1..],
            &code[..code.len() - 1],
            &format!("{code}&a="),
            &format!("{code}&b={}", Id([7; 16])),
            &format!("{code}&a={0}&a={0}", Id([7; 16])),
            &other,
            &code.replace("2026-12-31", "20261231"),
            &code.replace("2026-12-31", "2026-12-30"),
            &long,
        ] {
            assert_eq!(Row::read(wrong).unwrap_err().code(), "paper.unknown", "{wrong}");
        }
    }
}
