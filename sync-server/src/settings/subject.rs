//! What can be set, as routes and rows name it: a kind and a key.

use minqing_core::{
    Id,
    calendar::{FIRST_YEAR, LAST_YEAR},
    model::{Category, Clock},
};

/// One thing that can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A category: whose duty, what is proposed, the length of K3.
    Category(Category),
    /// The length of a clock other than K0 and K3.
    Term(Clock),
    /// What holds for appointments: how long a time is held, quiet hours and the like.
    Appointments,
    /// When windows and halls are open.
    Openings,
    /// How often each door is visited.
    Rounds,
    /// A part of the calendar.
    Calendar(Part),
    /// A department.
    Department(Id),
    /// When an officer works, and what the officer can do.
    Officer(Id),
}

/// A part of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A year's decree.
    Year(i16),
    /// The city's own days.
    OwnDays,
    /// The office hours.
    Hours,
    /// The decrees that the program was built with; set by the program alone.
    Shipped,
}

impl Subject {
    /// Reads a kind and a key.
    pub fn read(kind: &str, key: &str) -> Option<Self> {
        match kind {
            "categories" => Category::from_word(key).map(Self::Category),
            "terms" => Clock::from_word(key).filter(|clock| !matches!(clock, Clock::Total | Clock::Handling)).map(Self::Term),
            "appointments" => match key {
                "rules" => Some(Self::Appointments),
                "openings" => Some(Self::Openings),
                _ => None,
            },
            "rounds" => (key == "rules").then_some(Self::Rounds),
            "calendar" => Part::read(key).map(Self::Calendar),
            "departments" => id(key).map(Self::Department),
            "officers" => id(key).map(Self::Officer),
            _ => None,
        }
    }

    /// The kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Category(_) => "categories",
            Self::Term(_) => "terms",
            Self::Appointments | Self::Openings => "appointments",
            Self::Rounds => "rounds",
            Self::Calendar(_) => "calendar",
            Self::Department(_) => "departments",
            Self::Officer(_) => "officers",
        }
    }

    /// The key; an id in hexadecimal, as SQL writes it.
    pub fn key(&self) -> String {
        match self {
            Self::Category(category) => category.word().to_owned(),
            Self::Term(clock) => clock.word().to_owned(),
            Self::Appointments | Self::Rounds => "rules".to_owned(),
            Self::Openings => "openings".to_owned(),
            Self::Calendar(part) => part.key(),
            Self::Department(id) | Self::Officer(id) => format!("{:032x}", u128::from_be_bytes(id.0)),
        }
    }
}

impl Part {
    fn read(key: &str) -> Option<Self> {
        match key {
            "own-days" => Some(Self::OwnDays),
            "hours" => Some(Self::Hours),
            "shipped" => Some(Self::Shipped),
            year => year.parse().ok().filter(|year| (FIRST_YEAR..=LAST_YEAR).contains(year)).map(Self::Year),
        }
    }

    pub(super) fn key(self) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            Self::OwnDays => "own-days".to_owned(),
            Self::Hours => "hours".to_owned(),
            Self::Shipped => "shipped".to_owned(),
        }
    }
}

fn id(key: &str) -> Option<Id> {
    let from_hex = || u128::from_str_radix(key, 16).ok().filter(|_| key.len() == 32).map(|n| Id(n.to_be_bytes()));
    key.parse().ok().or_else(from_hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_keys_read_back_and_nothing_else_is_set() {
        let part = |part| Subject::Calendar(part);
        let all = [part(Part::Year(2027)), part(Part::OwnDays), part(Part::Hours), part(Part::Shipped), Subject::Department(Id([7; 16]))];
        let categories = Category::ALL.iter().map(|category| Subject::Category(*category));
        for subject in all.into_iter().chain(categories).chain([
            Subject::Term(Clock::Accept),
            Subject::Appointments,
            Subject::Openings,
            Subject::Rounds,
            Subject::Officer(Id([7; 16])),
        ]) {
            assert_eq!(Subject::read(subject.kind(), &subject.key()), Some(subject));
        }
        assert_eq!(Subject::read("departments", &Id([7; 16]).to_string()), Some(Subject::Department(Id([7; 16]))));
        for (kind, key) in
            [("categories", "weather"), ("terms", "total"), ("terms", "handling"), ("calendar", "2006"), ("departments", "x"), ("rounds", "x"), ("x", "safety")]
        {
            assert_eq!(Subject::read(kind, key), None);
        }
    }
}
