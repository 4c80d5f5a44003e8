//! What is known of a door where it is decided whether somebody is to knock there.

use super::Cycle;
use crate::{
    Id,
    calendar::Calendar,
    clock::{DAY_MS, local_date},
    model::{Need, Outcome},
    pipeline::{AtDoor, Matter},
};

/// Something that waits for somebody at a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// The follow-up or matter.
    pub id: Id,
    /// By when, milliseconds since 1970; `None` where nobody set a day.
    pub due_ms: Option<i64>,
}

/// A door, as far as it says whether somebody is to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorFacts {
    /// The household.
    pub household: Id,
    /// When somebody last opened, milliseconds since 1970.
    pub last_visit_ms: Option<i64>,
    /// When it was written down, milliseconds since 1970, if that is known.
    pub registered_ms: Option<i64>,
    /// Open follow-ups.
    pub follow_ups: Vec<Awaited>,
    /// Matters with an answer to bring.
    pub feedback: Vec<Awaited>,
    /// Matters whose papers lack.
    pub papers: Vec<Awaited>,
    /// Notices that hold and were not told here.
    pub untold: Vec<Id>,
    /// Whether somebody lives alone.
    pub lives_alone: bool,
    /// When the oldest of those who live here was born.
    pub oldest_birth_year: Option<u16>,
    /// Whether somebody is ill or disabled.
    pub ill_or_disabled: bool,
}

impl DoorFacts {
    /// A door of which nothing else is known.
    pub fn new(household: Id) -> Self {
        Self {
            household,
            last_visit_ms: None,
            registered_ms: None,
            follow_ups: Vec::new(),
            feedback: Vec::new(),
            papers: Vec::new(),
            untold: Vec::new(),
            lives_alone: false,
            oldest_birth_year: None,
            ill_or_disabled: false,
        }
    }

    /// Adds somebody who lives here. The door was written down with the first of them.
    pub fn add_resident<'a>(&mut self, id: Id, birth_year: u16, needs: impl IntoIterator<Item = &'a str>) {
        self.registered_ms = [self.registered_ms, id.made_ms()].into_iter().flatten().min();
        self.oldest_birth_year = [self.oldest_birth_year, Some(birth_year).filter(|year| *year != 0)].into_iter().flatten().min();
        for need in needs.into_iter().filter_map(Need::from_word) {
            self.lives_alone |= need == Need::LivesAlone;
            self.ill_or_disabled |= need.is_ill_or_disabled();
        }
    }

    /// Adds a visit by the word of its outcome; one at which nobody was in changes nothing.
    pub fn add_visit(&mut self, at_ms: i64, outcome: &str) {
        if outcome != Outcome::NobodyIn.word() {
            self.last_visit_ms = self.last_visit_ms.max(Some(at_ms));
        }
    }

    /// Adds what is to be done here for a matter of this door, by the one with its result: itself, or the one that it follows.
    pub fn add_matter(&mut self, id: Id, answering: &Matter, calendar: &Calendar) {
        let Some((what, due_ms)) = answering.at_door(id, calendar) else { return };
        let waiting = match what {
            AtDoor::Answer => &mut self.feedback,
            AtDoor::Papers => &mut self.papers,
        };
        waiting.push(Awaited { id, due_ms });
    }

    /// Whether somebody here is old.
    pub(super) fn is_old(&self, now_ms: i64, cycle: &Cycle) -> bool {
        let year = i32::from(local_date(now_ms).year());
        self.oldest_birth_year.is_some_and(|born| year - i32::from(born) >= i32::from(cycle.old_age))
    }

    /// The moment from which the days of the cycle count. What lies ahead was told by a clock that goes wrong: it would hide
    /// the door until then.
    pub(super) fn counts_from_ms(&self, now_ms: i64) -> Option<i64> {
        let told = [self.last_visit_ms, self.registered_ms].into_iter().flatten();
        told.into_iter().find(|ms| *ms < now_ms + DAY_MS)
    }
}
