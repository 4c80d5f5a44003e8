//! Which times a resident can have: of those who were to come, or while nobody was named, of the officers of the door's grid.

use minqing_core::{
    Id,
    appointment::{Appointment, BUCKET_MS, Diaries, Diary, Door, Slot, horizon},
    view,
};

use crate::{
    app::App,
    projection::community_of,
    storage::{Result, log::KeptAppointment},
};

/// Those who may come, and what is known of their time.
pub(super) struct Choice {
    teams: Vec<Vec<Id>>,
    diaries: Diaries,
    door: Door,
    minutes: u16,
}

impl Choice {
    /// Asks the store. What the appointment has taken itself is no obstacle.
    ///
    /// # Errors
    /// `store.failed`.
    pub(super) fn of(app: &App, home: &str, a: &Appointment) -> Result<Self> {
        let teams = match &a.slot {
            Some(slot) => vec![slot.officers.clone()],
            None => teams_of(app, home, usize::from(a.persons))?,
        };
        let within = horizon(app.clock.now_ms());
        let (rules, card) = (app.rules.get(), app.store.document(a.household)?.map(|kept| kept.doc.content()));
        let door = view::door(a.household, card.as_ref());
        let mut diaries = Diaries::new();
        for officer in teams.iter().flatten() {
            if !diaries.contains_key(officer) {
                let (taken, starts) = app.store.diary(*officer, within.clone(), a.id)?;
                diaries.insert(*officer, Diary::of(rules.officer(*officer), taken, &starts));
            }
        }
        Ok(Self { teams, diaries, door, minutes: a.minutes })
    }

    /// The next times of anybody from an instant on, the earliest first, each once, as far ahead as diaries were read.
    pub(super) fn next(&self, app: &App, kept: &KeptAppointment, from_ms: i64, count: usize) -> Vec<Slot> {
        let (rules, now_ms) = (app.rules.get(), app.clock.now_ms());
        let (from_ms, end) = (from_ms.max(now_ms), horizon(now_ms).end * BUCKET_MS);
        let windows = kept.appointment.as_ref().map_or(&[][..], |a| &a.windows);
        let of_team = |team: &Vec<Id>| rules.appointments.next(&self.slot(0, team), windows, from_ms, (&self.door, &self.diaries), count);
        let mut times: Vec<Slot> = self.teams.iter().flat_map(of_team).collect();
        times.sort_by_key(|slot| slot.start_ms);
        times.dedup_by_key(|slot| slot.start_ms);
        times.retain(|slot| slot.end_ms() < end);
        times.truncate(count);
        times
    }

    /// A time with those who have it free; where nobody has, with the first, so that it is said why. `None` where nobody may come at all.
    pub(super) fn at(&self, app: &App, start_ms: i64) -> Option<Slot> {
        let (rules, now_ms) = (app.rules.get(), app.clock.now_ms());
        let free = |team: &&Vec<Id>| rules.appointments.refuses(&self.slot(start_ms, team), now_ms, &self.door, &self.diaries).is_none();
        self.teams.iter().find(free).or(self.teams.first()).map(|team| self.slot(start_ms, team))
    }

    fn slot(&self, start_ms: i64, team: &[Id]) -> Slot {
        Slot { start_ms, minutes: self.minutes, officers: team.to_vec() }
    }
}

/// The officers of a grid, as many together as are to come.
fn teams_of(app: &App, home: &str, persons: usize) -> Result<Vec<Vec<Id>>> {
    let Some(grid) = home.strip_prefix("grid:") else { return Ok(Vec::new()) };
    let all = app.store.officers(Some(community_of(home)))?;
    let of_grid = all.into_iter().filter(|seen| seen.disabled_ms.is_none() && seen.officer.grids.iter().any(|g| g == grid));
    let ids: Vec<Id> = of_grid.map(|seen| seen.officer.id).collect();
    Ok(ids.windows(persons.max(1)).map(<[Id]>::to_vec).collect())
}
