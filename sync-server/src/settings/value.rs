//! The values of settings as JSON, and their bounds.

use minqing_core::{
    appointment::{self, Availability, Openings},
    calendar::Calendar,
    model::{Allowance, Category, Check, Clock, Duty, HandlingType},
    pipeline::{CategoryRule, Terms},
    public::is_never_public,
    rounds::Cycle,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    rules::CategorySet,
    subject::{Part, Subject},
};
use crate::fault::Fault;

/// Longest time that can be set: a year of working days, a month round the clock.
const MAX_DAYS: u16 = 250;
const MAX_HOURS: u16 = 720;
/// What is shown to the public is shown for so many working days at least.
const MIN_PUBLICITY: u16 = 7;
/// Largest file of a year, in bytes: ten times that of 2015.
const MAX_FILE: usize = 48 << 10;
/// Longest name, in characters.
const MAX_NAME: usize = 40;

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// Working days.
    Days(u16),
    /// Hours, round the clock.
    Hours(u16),
}

impl From<Length> for Allowance {
    fn from(length: Length) -> Self {
        match length {
            Length::Days(n) => Self::Days(n),
            Length::Hours(n) => Self::Hours(n),
        }
    }
}

impl From<Allowance> for Length {
    fn from(allowance: Allowance) -> Self {
        match allowance {
            Allowance::Days(n) => Self::Days(n),
            Allowance::Hours(n) => Self::Hours(n),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryValue {
    duty: Duty,
    handling: HandlingType,
    length: Length,
    public: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TermValue {
    length: Length,
}

/// Office hours: each span from an opening to a closing, as `08:30`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spans {
    /// In the day's order.
    pub spans: Vec<(String, String)>,
}

/// A department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DepartmentValue {
    /// Its name.
    pub name: String,
    /// The person answerable, as the hall shows it; may be empty.
    #[serde(default)]
    pub answers: String,
    /// Whether it is given nothing new.
    #[serde(default)]
    pub closed: bool,
    /// The categories for which it is proposed.
    #[serde(default)]
    pub categories: Vec<Category>,
}

impl DepartmentValue {
    /// The same without spaces around its names and with each category once, where it fits.
    ///
    /// # Errors
    /// `text.*`.
    pub fn checked(mut self) -> Result<Self, Fault> {
        (self.name, self.answers) = (self.name.trim().to_owned(), self.answers.trim().to_owned());
        Check::root().field("name").some_text(&self.name, MAX_NAME)?;
        Check::root().field("answers").text(&self.answers, MAX_NAME)?;
        self.categories.sort();
        self.categories.dedup();
        Ok(self)
    }
}

/// The value as it is kept.
///
/// # Errors
/// `setting.malformed`, `setting.length`, `setting.public`, `setting.unknown`; `calendar.*` and `text.*` with the path of what does not fit.
pub(super) fn checked(subject: &Subject, value: Value) -> Result<String, Fault> {
    match subject {
        Subject::Category(category) => {
            let set: CategoryValue = read(value)?;
            bounds(set.length, 1)?;
            if set.public && is_never_public(*category) { Err(Fault::new("setting.public", category.word())) } else { text(&set) }
        }
        Subject::Term(clock) => {
            let set: TermValue = read(value)?;
            bounds(set.length, if *clock == Clock::Publicity { MIN_PUBLICITY } else { 1 })?;
            // All but K3 are counted in working days: their reminders and their bounds are.
            if matches!(set.length, Length::Hours(_)) { Err(Fault::new("setting.length", clock.word())) } else { text(&set) }
        }
        Subject::Calendar(Part::Shipped) => Err(Fault::new("setting.unknown", "shipped")),
        Subject::Calendar(part) => {
            let json = value.to_string();
            if json.len() > MAX_FILE {
                return Err(Fault::new("calendar.too_large", (MAX_FILE >> 10).to_string()));
            }
            if let Part::Year(year) = part
                && value["year"].as_i64().is_some_and(|own| own != i64::from(*year))
            {
                return Err(Fault::new("calendar.other_year", year.to_string()));
            }
            with(Calendar::shipped(), *part, &json)?;
            Ok(json)
        }
        Subject::Appointments => sound(value, appointment::Terms::is_sound, subject),
        Subject::Openings => sound(value, Openings::is_sound, subject),
        Subject::Officer(_) => sound(value, Availability::is_sound, subject),
        Subject::Rounds => sound(value, Cycle::is_sound, subject),
        Subject::Department(_) => text(&read::<DepartmentValue>(value)?.checked()?),
    }
}

/// A calendar after a part of it was set.
///
/// # Errors
/// `calendar.malformed`, `calendar.hours`.
pub(super) fn with(calendar: &Calendar, part: Part, json: &str) -> Result<Calendar, Fault> {
    if part == Part::Shipped { Ok(calendar.clone()) } else { Ok(calendar.with_part(&part.key(), json)?) }
}

/// Reads a category as it is kept.
pub(super) fn category(json: &str) -> Option<CategorySet> {
    let CategoryValue { duty, handling, length, public } = serde_json::from_str(json).ok()?;
    Some(CategorySet { rule: CategoryRule { duty, handling, public }, length: length.into() })
}

/// Reads a length as it is kept.
pub(super) fn length(json: &str) -> Option<Allowance> {
    serde_json::from_str::<TermValue>(json).ok().map(|set| set.length.into())
}

/// Reads what is kept as it was sent.
pub(super) fn kept<T: DeserializeOwned>(json: &str) -> Option<T> {
    serde_json::from_str(json).ok()
}

/// What the rules give a category.
pub(super) fn by_rule(category: Category) -> CategorySet {
    // K3 has a length for every category.
    let length = Terms::by_rule(Clock::Handling, Some(category)).unwrap_or(Allowance::Days(1));
    CategorySet { rule: CategoryRule::by_rule(category), length }
}

fn bounds(length: Length, least: u16) -> Result<(), Fault> {
    let (n, most) = match length {
        Length::Days(n) => (n, MAX_DAYS),
        Length::Hours(n) => (n, MAX_HOURS),
    };
    if (least..=most).contains(&n) { Ok(()) } else { Err(Fault::new("setting.length", format!("{least}–{most}"))) }
}

/// What can be kept as it was sent.
fn sound<T: DeserializeOwned + Serialize>(value: Value, is_sound: impl Fn(&T) -> bool, subject: &Subject) -> Result<String, Fault> {
    let set: T = read(value)?;
    if is_sound(&set) { text(&set) } else { Err(Fault::new("setting.malformed", subject.kind())) }
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, Fault> {
    serde_json::from_value(value).map_err(|e| Fault::new("setting.malformed", e.to_string()))
}

/// The value as JSON.
///
/// # Errors
/// `setting.malformed`.
pub(super) fn text(value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|e| Fault::new("setting.malformed", e.to_string()))
}
