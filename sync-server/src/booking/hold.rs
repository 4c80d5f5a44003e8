//! A time was named: the server keeps it free, or says why not and which can be had.

use std::ops::Range;

use minqing_core::{
    Id,
    appointment::{BUCKET_MS, Diaries, Diary, Hold, NoRoom, Said, Slot, horizon},
    clock::{DAY_MS, MINUTE_MS, day_start, local_date},
    model::{AppointmentEvent, NoRoomReason},
    view,
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
    let card = a.unit.document(appointment.household)?.map(|kept| kept.doc.content());
    let door = view::door(appointment.household, card.as_ref());
    // Whether this time can be had its own day says; all days to come are read only where others are to be offered.
    let of_day = diaries(a, &slot, id, day(&slot, terms.buffer_minutes))?;
    let why = terms.refuses(&slot, a.now_ms, &door, &of_day);
    let people = &slot.officers;
    if why.is_none() && a.unit.claim(id, people, slot.buckets(terms.buffer_minutes))? {
        let until_ms = a.now_ms + i64::from(terms.hold_minutes) * MINUTE_MS;
        let held = step(a, id, kept, AppointmentEvent::Hold, &Said::Hold(Hold { slot, until_ms, buffer: terms.buffer_minutes }))?;
        return if held { Ok(()) } else { a.unit.release(id) };
    }
    let to_come = diaries(a, &slot, id, horizon(a.now_ms))?;
    let next = terms.next(&slot, &appointment.windows, a.now_ms, (&door, &to_come), OFFERED);
    step(a, id, kept, AppointmentEvent::NoRoom, &Said::NoRoom(NoRoom { why: why.unwrap_or(NoRoomReason::Taken), next })).map(drop)
}

/// The pieces of five minutes of the day of a time, and what it would take of the next.
fn day(slot: &Slot, buffer: u16) -> Range<i64> {
    let from_ms = day_start(local_date(slot.start_ms));
    let end = (from_ms + DAY_MS).div_euclid(BUCKET_MS);
    from_ms.div_euclid(BUCKET_MS)..end.max(slot.buckets(buffer).end)
}

/// What is known of the time of each officer of a slot within some pieces, but for what this appointment has taken itself.
fn diaries(a: &mut Applying<'_>, slot: &Slot, but: Id, within: Range<i64>) -> Result<Diaries> {
    let mut diaries = Diaries::new();
    for officer in &slot.officers {
        let taken = a.unit.taken(*officer, within.clone(), but)?;
        let starts = a.unit.starts(*officer, within.clone(), but)?;
        diaries.insert(*officer, Diary::of(a.rules.officer(*officer), taken, &starts));
    }
    Ok(diaries)
}
