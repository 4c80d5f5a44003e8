//! Appointments at the door, counted from the log alone, and held against what phones show.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use minqing_core::{
    Id,
    appointment::{Appointment, Slot, Step, happened},
    model::{AppointmentEvent, AppointmentState},
};
use minqing_sync_server::rebuild::Rebuilt;
use serde::Serialize;

use crate::phone::Phone;

/// What the proof found of appointments.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct VisitsFound {
    /// Appointments that were promised to a resident.
    pub appointments_made: u64,
    /// Those of them at which the visit was made.
    pub kept: u64,
    /// Those of which another time was named.
    pub appointments_moved: u64,
    /// Appointments to which nobody came.
    pub missed: u64,
    /// Visits that a resident was not in for.
    pub nobody_was_in: u64,
    /// (Person, piece of five minutes) pairs that two appointments have, the time behind each visit included.
    pub double_booked: u64,
    /// (Appointment, officer) pairs of which somebody else moved or took back a promise, and neither did the officer say that they saw it, nor does
    /// a phone of theirs show it.
    pub promises_silently_moved: u64,
}

/// Counts.
pub fn count(built: &Rebuilt, phones: &[Phone]) -> Result<VisitsFound> {
    let mut found = VisitsFound::default();
    let mut taken: BTreeMap<(Id, i64), u64> = BTreeMap::new();
    let shown = shown(phones)?;
    for (id, logged) in &built.appointments {
        let steps = happened(&logged.events, logged.facts.values().cloned());
        let did = |code| steps.iter().any(|step| step.code == code);
        found.appointments_made += u64::from(did(AppointmentEvent::Confirm));
        found.appointments_moved += u64::from(did(AppointmentEvent::Reschedule));
        found.missed += u64::from(did(AppointmentEvent::Missed));
        found.nobody_was_in += u64::from(did(AppointmentEvent::NobodyIn));
        let Some(now) = Appointment::fold(*id, &steps) else { continue };
        found.kept += u64::from(did(AppointmentEvent::Confirm) && now.state == AppointmentState::Done);
        for bucket in slot_of(&now, &steps).into_iter().flat_map(|slot| slot.buckets(now.buffer).map(|bucket| (slot.officers.clone(), bucket))) {
            bucket.0.iter().for_each(|person| *taken.entry((*person, bucket.1)).or_default() += 1);
        }
        found.promises_silently_moved += silent(*id, &steps, &now, &shown);
    }
    found.double_booked = taken.values().filter(|n| **n > 1).count() as u64;
    Ok(found)
}

/// The time that somebody has for it, or had: of what was called off there is none, and what was over before its time came left that time to others.
fn slot_of<'a>(now: &'a Appointment, steps: &[Step]) -> Option<&'a Slot> {
    let is_off = matches!(now.state, AppointmentState::CancelledOffice | AppointmentState::CancelledResident);
    let ended = steps.iter().filter(|step| matches!(step.code, AppointmentEvent::Done | AppointmentEvent::NobodyIn)).map(|step| step.done_at).max();
    let is_left = |slot: &Slot| now.state.is_over() && ended.is_some_and(|at_ms| at_ms < slot.start_ms);
    now.slot.as_ref().filter(|slot| now.is_held && !is_off && !is_left(slot))
}

/// Appointments of which a phone shows its officer that a promise was moved.
fn shown(phones: &[Phone]) -> Result<BTreeSet<(Id, Id)>> {
    let mut shown = BTreeSet::new();
    for phone in phones {
        let me = phone.client.enrolment()?.officer;
        let rows = phone.client.appointments(0, i64::MAX)?;
        for row in rows.into_iter().filter(|row| row.moved_ms != 0 && row.unseen.contains(&me)) {
            shown.insert((row.id.parse()?, me.parse()?));
        }
    }
    Ok(shown)
}

/// How many officers know nothing of a promise that was moved: each step is folded once more.
fn silent(id: Id, steps: &[Step], now: &Appointment, shown: &BTreeSet<(Id, Id)>) -> u64 {
    let mut unseen: BTreeSet<Id> = BTreeSet::new();
    for n in 1..steps.len() {
        let before = Appointment::fold(id, &steps[..n]);
        let after = Appointment::fold(id, &steps[..=n]);
        let (Some(before), Some(after), step) = (before, after, &steps[n]) else { continue };
        if step.code == AppointmentEvent::Acknowledge {
            unseen.remove(&step.by);
        }
        let was = before.promise.filter(|promise| after.promise.as_ref().is_none_or(|now| now.slot != promise.slot));
        let takes_back = matches!(step.code, AppointmentEvent::Reschedule | AppointmentEvent::Cancel);
        unseen.extend(was.filter(|_| takes_back).into_iter().flat_map(|promise| promise.slot.officers).filter(|officer| *officer != step.by));
    }
    let is_told = |officer: &Id| now.moved_promise.as_ref().is_some_and(|moved| moved.unseen.contains(officer)) && shown.contains(&(id, *officer));
    unseen.iter().filter(|officer| !is_told(officer)).count() as u64
}
