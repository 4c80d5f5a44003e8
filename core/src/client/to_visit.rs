//! Whom to visit next, from what this phone holds. The days of the cycle are the rules' own: phones do not hear of the office's settings.

use std::collections::BTreeMap;

use super::Lists;
use crate::{
    Id, Result,
    calendar::Calendar,
    clock::DAY_MS,
    model::AppointmentState,
    rounds::{Cycle, DoorFacts, Reason, Wanted, all_wanted},
    speech::said,
    store::{appointments, lists},
    view::{WantedRow, WhyRow},
    words::Lang,
};

/// Longest list given at once.
const MAX_WANTED: u32 = 500;
/// How far ahead an appointment is shown with its door, in milliseconds.
const SOON_MS: i64 = 7 * DAY_MS;

impl Lists {
    /// The doors to visit next, the most pressing first, each with its reasons; at most 500. One with an appointment in the next seven
    /// days stays in its place and says so. `lang` is `zh` or `en`.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn to_visit(&self, lang: String, limit: u32) -> Result<Vec<WantedRow>> {
        let lang: Lang = lang.parse().unwrap_or_default();
        let db = self.store.read();
        let now_ms = self.at()?.estimate();
        let mut promised: BTreeMap<String, i64> = BTreeMap::new();
        for appointment in appointments::between(db, now_ms, now_ms + SOON_MS)? {
            if AppointmentState::from_word(&appointment.state).is_some_and(|state| !state.is_over()) {
                promised.entry(appointment.household).or_insert(appointment.start_ms);
            }
        }
        let mut rows = Vec::new();
        for wanted in self.wanted()?.into_iter().take(limit.min(MAX_WANTED) as usize) {
            if let Some(household) = lists::one_household(db, wanted.household)? {
                let appointment_ms = promised.get(&household.id).copied().unwrap_or(0);
                let Wanted { reasons, first, minutes, .. } = wanted;
                rows.push(WantedRow { household, reasons: reasons.iter().map(|reason| why(reason, lang)).collect(), first, minutes, appointment_ms });
            }
        }
        Ok(rows)
    }

    /// All doors to visit, the most pressing first.
    pub(super) fn wanted(&self) -> Result<Vec<Wanted>> {
        let now_ms = self.at()?.estimate();
        let mut doors = lists::doors(self.store.read(), now_ms)?;
        self.add_matters(&mut doors, &*self.calendar()?)?;
        Ok(all_wanted(doors.values(), now_ms, &Cycle::default()))
    }

    /// What the matters of the doors wait for; a matter that follows another waits for that one's result.
    fn add_matters(&self, doors: &mut BTreeMap<Id, DoorFacts>, calendar: &Calendar) -> Result<()> {
        for (household, id) in lists::waiting(self.store.read())? {
            let Some((answering, _)) = self.fold(self.answering(id)?)? else { continue };
            if let Some(door) = doors.get_mut(&household) {
                door.add_matter(id, &answering, calendar);
            }
        }
        Ok(())
    }
}

pub(super) fn why(reason: &Reason, lang: Lang) -> WhyRow {
    WhyRow {
        why: reason.why.word().to_owned(),
        about: reason.about.map(|id| id.to_string()).unwrap_or_default(),
        said: said::why_visit(lang, reason.why, reason.days),
    }
}
