//! What is known of a day: who goes, what was named and agreed, and who is free when.

use std::sync::Arc;

use jiff::civil::Date;
use minqing_core::{
    Id,
    appointment::{Appointment, BUCKET_MS, Diaries, Diary, Door, Slot},
    clock::{DAY_MS, day_start},
    model::{AppointmentState, NoRoomReason},
    view,
};

use crate::{
    app::App,
    settings::Rules,
    storage::{OfficerSeen, OnCalendar, Result},
};

/// Somebody who goes to the doors.
pub struct Walker {
    pub id: Id,
    pub name: String,
    /// The 15 digits of each grid.
    pub grids: Vec<String>,
}

/// A day of a community.
pub struct Day {
    pub date: Date,
    pub now_ms: i64,
    pub rules: Arc<Rules>,
    /// Everybody who is not disabled.
    pub walkers: Vec<Walker>,
    /// What was named for this day and is not called off, by time.
    pub booked: Vec<OnCalendar>,
    diaries: Diaries,
}

/// An appointment for which a time is looked for.
pub struct Wish {
    pub appointment: Appointment,
    pub door: Door,
}

impl Wish {
    /// With what its door asks for.
    pub fn of(app: &App, appointment: Appointment) -> Result<Self> {
        let card = app.store.document(appointment.household)?.map(|kept| kept.doc.content());
        Ok(Self { door: view::door(appointment.household, card.as_ref()), appointment })
    }

    /// Whether that is a time at which somebody is in, or for which it was asked.
    pub fn is_wanted(&self, slot: &Slot) -> bool {
        let windows = &self.appointment.windows;
        if windows.is_empty() { self.door.is_in(slot) } else { windows.iter().any(|window| window.holds(slot)) }
    }
}

impl Day {
    /// Reads it. `but`: an appointment whose own time is no obstacle.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    pub fn read(app: &App, community: &str, date: Date, but: Option<Id>) -> Result<Self> {
        let (rules, from_ms) = (app.rules.get(), day_start(date));
        let is_open = |on: &OnCalendar| !matches!(on.appointment.state, AppointmentState::CancelledOffice | AppointmentState::CancelledResident);
        let booked = app.store.on_calendar(community, from_ms, from_ms + DAY_MS)?.into_iter().filter(is_open).collect();
        let mut walkers: Vec<Walker> = app.store.officers(Some(community))?.into_iter().filter(|seen| seen.disabled_ms.is_none()).map(walker).collect();
        walkers.sort_by(|a, b| (&a.grids, &a.name).cmp(&(&b.grids, &b.name)));
        // A visit late in the evening takes what lies behind it, too.
        let buffer = i64::from(rules.appointments.buffer_minutes) * 60_000;
        let pieces = from_ms.div_euclid(BUCKET_MS)..(from_ms + DAY_MS + buffer).div_euclid(BUCKET_MS) + 1;
        let mut diaries = Diaries::new();
        for walker in &walkers {
            let (taken, starts) = app.store.diary(walker.id, pieces.clone(), but.unwrap_or(Id([0; 16])))?;
            diaries.insert(walker.id, Diary::of(rules.officer(walker.id), taken, &starts));
        }
        Ok(Self { date, now_ms: app.clock.now_ms(), rules, walkers, booked, diaries })
    }

    /// When a minute of the day is, milliseconds since 1970.
    pub fn at(&self, minute: u16) -> i64 {
        day_start(self.date) + i64::from(minute) * 60_000
    }

    /// Whether somebody is on duty in a quarter of an hour.
    pub fn works(&self, walker: Id, minute: u16) -> bool {
        let spans = self.diaries.get(&walker).and_then(|diary| diary.availability.spans_on(self.date));
        spans.is_none_or(|spans| spans.iter().any(|(from, until)| *from <= minute && minute < *until))
    }

    /// Why a time cannot be had; `None` where it can.
    pub fn refuses(&self, slot: &Slot, door: &Door) -> Option<NoRoomReason> {
        self.rules.appointments.refuses(slot, self.now_ms, door, &self.diaries)
    }

    /// A time of one officer for an appointment; for two persons with the first other who is free, too. Where nobody can, as it would be, with why not.
    pub fn time(&self, wish: &Wish, officer: Id, start_ms: i64) -> (Slot, Option<NoRoomReason>) {
        let slot = |other: Option<Id>| {
            let officers = std::iter::once(officer).chain(other).collect();
            Slot { start_ms, minutes: wish.appointment.minutes, officers }
        };
        let tried = |other: Option<Id>| {
            let slot = slot(other);
            let why = self.refuses(&slot, &wish.door);
            (slot, why)
        };
        if wish.appointment.persons < 2 {
            return tried(None);
        }
        let mut with = self.walkers.iter().map(|other| other.id).filter(|other| *other != officer).map(|other| tried(Some(other)));
        let first = with.next().unwrap_or_else(|| (slot(None), Some(NoRoomReason::DoesNotFit)));
        if first.1.is_none() {
            return first;
        }
        with.find(|(_, why)| why.is_none()).unwrap_or(first)
    }

    /// The appointments of somebody, by time.
    pub fn of(&self, walker: Id) -> impl Iterator<Item = &OnCalendar> {
        self.booked.iter().filter(move |on| on.appointment.slot.as_ref().is_some_and(|slot| slot.officers.contains(&walker)))
    }

    /// What stands in the way of a time: an appointment, and of whom.
    pub fn clash(&self, slot: &Slot, but: Id) -> Option<(&Walker, &OnCalendar)> {
        let walkers = self.walkers.iter().filter(|walker| slot.officers.contains(&walker.id));
        let over = |other: &Slot| other.start_ms < slot.end_ms() && slot.start_ms < other.end_ms();
        let mut both = walkers.flat_map(|walker| self.of(walker.id).map(move |on| (walker, on)));
        both.find(|(_, on)| on.appointment.id != but && on.appointment.claims().is_some_and(over))
    }

    /// The name of somebody; empty where they go no more.
    pub fn name(&self, walker: Id) -> &str {
        self.walkers.iter().find(|known| known.id == walker).map_or("", |known| &known.name)
    }
}

fn walker(seen: OfficerSeen) -> Walker {
    Walker { id: seen.officer.id, name: seen.officer.name, grids: seen.officer.grids }
}
