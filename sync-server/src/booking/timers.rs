//! What clocks come to: a time that nobody confirmed is free again, reminders, and a visit that nobody made.

use minqing_core::{
    Id,
    appointment::{Appointment, Remind, Said},
    clock::{DAY_MS, MINUTE_MS, day_start, local_date},
    model::{AppointmentEvent, AppointmentState},
};

use super::verdict::step;
use crate::{
    app::App,
    due,
    storage::{Result, log::KeptAppointment},
    sync::Applying,
};

/// The evening before, people are reminded at this minute of the day: 19:00.
const EVENING: i64 = 19 * 60;
/// And once more so many minutes before.
const BEFORE: i64 = 120;
/// For so long the server waits to hear of phones that may have done it.
const PHONES_MS: i64 = 2 * DAY_MS;
/// How soon what waits for phones is looked at again.
const AGAIN_MS: i64 = 10 * MINUTE_MS;

/// Does what is due by now, unless another process is at it. Returns how much was done.
///
/// # Errors
/// `store.failed`; then what was done before stays done, and the rest is done the next time.
pub fn run_due(app: &App) -> Result<usize> {
    let hands_over = app.config.reminders.gateway().is_some();
    due::run(app, "appointments", |limit| app.store.appointments_due(app.clock.now_ms(), limit), |a, id| of_appointment(a, id, hands_over))
}

/// Something that the server does at a moment.
struct Due {
    code: AppointmentEvent,
    said: Said,
    at_ms: i64,
}

/// Does what is due about one, and notes when to look at it next; 1 if anything was done. `hands_over`: reminders go out besides.
fn of_appointment(a: &mut Applying<'_>, id: Id, hands_over: bool) -> Result<usize> {
    let Some(mut kept) = a.unit.appointment(id)? else { return Ok(0) };
    let mut done = 0;
    let mut look_again = None;
    while let Some(due) = kept.appointment.as_ref().and_then(next).filter(|due| due.at_ms <= a.now_ms) {
        // Perhaps it was done, and the phone has no network yet.
        let waits = due.code == AppointmentEvent::Missed && a.now_ms < due.at_ms + PHONES_MS;
        if waits && a.unit.last_heard(kept.stream)?.is_some_and(|heard| heard < due.at_ms) || !step(a, id, &mut kept, due.code, &due.said)? {
            look_again = Some(a.now_ms + AGAIN_MS);
            break;
        }
        if let (true, Said::Remind(Remind { which }), Some(appointment)) = (hands_over, &due.said, &kept.appointment) {
            a.unit.put_reminder(id, appointment.sequence, *which, a.now_ms)?;
        }
        done = 1;
    }
    let next = look_again.or_else(|| next_ms(&kept));
    a.unit.keep_appointment(id, &kept, next)?;
    Ok(done)
}

/// When something is to be done about an appointment if nothing happens to it, milliseconds since 1970.
pub(super) fn next_ms(kept: &KeptAppointment) -> Option<i64> {
    kept.appointment.as_ref().and_then(next).map(|due| due.at_ms)
}

fn next(a: &Appointment) -> Option<Due> {
    let slot = a.slot.as_ref()?;
    let remind = |which, at_ms| Due { code: AppointmentEvent::Remind, said: Said::Remind(Remind { which }), at_ms };
    let missed = Due { code: AppointmentEvent::Missed, said: Said::Nothing, at_ms: a.missed_from_ms()? };
    match a.state {
        AppointmentState::Held => Some(Due { code: AppointmentEvent::Lapse, said: Said::Nothing, at_ms: a.held_until_ms + 1 }),
        AppointmentState::Confirmed | AppointmentState::Reminded => Some(match a.reminders {
            0 => remind(1, day_start(local_date(slot.start_ms)) - DAY_MS + EVENING * MINUTE_MS),
            1 => remind(2, slot.start_ms - BEFORE * MINUTE_MS),
            _ => missed,
        }),
        AppointmentState::EnRoute => Some(missed),
        _ => None,
    }
}
