//! A time was named: the server keeps it free, or says why not and which can be had.

use minqing_core::{
    Id,
    appointment::{Diaries, Diary, Door, Hold, NoRoom, Said, Slot, horizon},
    clock::MINUTE_MS,
    model::{AppointmentEvent, NoRoomReason},
};

use super::verdict::step;
use crate::{
    storage::{Result, log::KeptAppointment},
    sync::Applying,
};

/// How many other times are offered.
const OFFERED: usize = 3;

/// Keeps the time free that was named last, or offers others.
pub(super) fn answer(a: &mut Applying<'_>, id: Id, kept: &mut KeptAppointment) -> Result<()> {
    let Some(appointment) = kept.appointment.clone() else { return Ok(()) };
    let Some(slot) = appointment.slot else { return Ok(()) };
    let rules = a.rules.clone();
    let terms = &rules.appointments;
    let diaries = diaries(a, &slot, id)?;
    let door = door(a, appointment.household)?;
    let why = terms.refuses(&slot, a.now_ms, &door, &diaries);
    let people = &slot.officers;
    if why.is_none() && a.unit.claim(id, people, slot.buckets(terms.buffer_minutes))? {
        let until_ms = a.now_ms + i64::from(terms.hold_minutes) * MINUTE_MS;
        let held = step(a, id, kept, AppointmentEvent::Hold, &Said::Hold(Hold { slot, until_ms, buffer: terms.buffer_minutes }))?;
        return if held { Ok(()) } else { a.unit.release(id) };
    }
    let next = terms.next(&slot, &appointment.windows, a.now_ms, (&door, &diaries), OFFERED);
    step(a, id, kept, AppointmentEvent::NoRoom, &Said::NoRoom(NoRoom { why: why.unwrap_or(NoRoomReason::Taken), next })).map(drop)
}

/// What is known of the time of each officer of a slot, but for what this appointment has taken itself.
fn diaries(a: &mut Applying<'_>, slot: &Slot, but: Id) -> Result<Diaries> {
    let within = horizon(a.now_ms);
    let mut diaries = Diaries::new();
    for officer in &slot.officers {
        let taken = a.unit.taken(*officer, within.clone(), but)?;
        let starts = a.unit.starts(*officer, within.clone(), but)?;
        diaries.insert(*officer, Diary::of(a.rules.officer(*officer), taken, &starts));
    }
    Ok(diaries)
}

/// What a door asks of whoever comes; nothing where its card cannot be read.
fn door(a: &mut Applying<'_>, household: Id) -> Result<Door> {
    let card = a.unit.document(household)?.map(|card| Door::of(household, &card.doc.content()));
    Ok(card.unwrap_or_else(|| Door::unknown(household)))
}
