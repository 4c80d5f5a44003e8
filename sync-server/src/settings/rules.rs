//! The rules in force: what a judgement, a timer and a page count by.

use std::collections::BTreeMap;

use minqing_core::{
    Id,
    appointment::{self, Availability, Openings},
    calendar::Calendar,
    model::{Allowance, Category, Clock, Officer, Started},
    pipeline::{CategoryRule, Running, Terms},
    public::may_be_public,
    rounds::Cycle,
};

use super::{calendars::calendars, subject::Subject, value};
use crate::{figures::Calendars, storage::Setting};

/// A category as the office has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategorySet {
    /// Whose duty, and what is proposed.
    pub rule: CategoryRule,
    /// The length of K3.
    pub length: Allowance,
}

/// The calendar, the lengths of the clocks and the categories that are in force.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Working days and office hours.
    pub calendar: Calendar,
    /// The office's lengths, where they are not the rules'.
    pub terms: Terms,
    /// What holds for appointments.
    pub appointments: appointment::Terms,
    /// When windows and halls are open.
    pub openings: Openings,
    /// How often each door is visited.
    pub cycle: Cycle,
    categories: BTreeMap<Category, CategorySet>,
    officers: BTreeMap<Id, Availability>,
    /// All calendars that there were, in the order of their numbers.
    calendars: Vec<Calendar>,
    /// How many settings hold or held.
    pub(super) begun: u64,
}

impl Calendars for Rules {
    fn of(&self, version: u32) -> &Calendar {
        self.calendar_of(version)
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::of(&[], 0)
    }
}

impl Rules {
    /// Those that an office's settings make at an instant, in milliseconds since 1970.
    pub fn of(settings: &[Setting], now_ms: i64) -> Self {
        let calendars = calendars(settings);
        let calendar = calendars.last().unwrap_or_else(|| Calendar::shipped()).clone();
        let (mut appointments, mut openings, mut cycle) = (appointment::Terms::default(), Openings::default(), Cycle::default());
        let (mut categories, mut clocks, mut officers) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let begun = || settings.iter().filter(|s| s.from_ms <= now_ms);
        for setting in begun() {
            match Subject::read(&setting.kind, &setting.key) {
                Some(Subject::Category(category)) => categories.extend(value::category(&setting.value).map(|set| (category, set))),
                Some(Subject::Appointments) => appointments = value::kept(&setting.value).unwrap_or(appointments),
                Some(Subject::Openings) => openings = value::kept(&setting.value).unwrap_or(openings),
                Some(Subject::Rounds) => cycle = value::kept(&setting.value).unwrap_or(cycle),
                Some(Subject::Officer(id)) => officers.extend(value::kept(&setting.value).map(|availability| (id, availability))),
                Some(Subject::Term(clock)) => clocks.extend(value::length(&setting.value).map(|allowance| (clock, allowance))),
                _ => {}
            }
        }
        let terms = Terms {
            clocks: clocks.into_iter().map(|(clock, allowance)| Started { clock, allowance }).collect(),
            handling: categories.iter().map(|(category, set): (&Category, &CategorySet)| (*category, set.length)).collect(),
        };
        Self { calendar, terms, appointments, openings, cycle, categories, officers, calendars, begun: begun().count() as u64 }
    }

    /// A category.
    pub fn category(&self, category: Category) -> CategorySet {
        self.categories.get(&category).copied().unwrap_or_else(|| value::by_rule(category))
    }

    /// When an officer works, and what the officer can do; where nothing was set, whenever it is not quiet, and nothing that is asked for.
    pub fn officer(&self, id: Id) -> Availability {
        self.officers.get(&id).cloned().unwrap_or_default()
    }

    /// The grid whose round an officer walks: as it was set, else the first of the officer's own.
    pub fn home_grid(&self, officer: &Officer) -> Option<String> {
        let set = self.officers.get(&officer.id).map(|availability| availability.home_grid.clone());
        set.filter(|grid| officer.grids.contains(grid)).or_else(|| officer.grids.first().cloned())
    }

    /// The length of a clock other than K0 and K3.
    pub fn term(&self, clock: Clock) -> Option<Allowance> {
        self.terms.of(clock, None)
    }

    /// The categories that may be shown to the public one by one.
    pub fn public_categories(&self) -> Vec<Category> {
        Category::ALL.iter().copied().filter(|category| may_be_public(*category, self.category(*category).rule.public)).collect()
    }

    /// The calendar by which a clock is read: what ended keeps that of its end, whatever was decreed since.
    pub fn calendar_for(&self, running: &Running) -> &Calendar {
        running.ended.map_or(&self.calendar, |end| self.calendar_of(end.calendar))
    }

    /// The calendar of a number, as an ended clock names it; the present one where there was none of it.
    pub fn calendar_of(&self, version: u32) -> &Calendar {
        self.calendars.iter().find(|calendar| calendar.version() == version).unwrap_or(&self.calendar)
    }
}
