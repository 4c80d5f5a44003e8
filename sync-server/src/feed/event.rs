//! An appointment as an event of a calendar: what for and which building, never who.

use minqing_core::{
    Id,
    appointment::{Appointment, Slot},
    model::{Address, AppointmentState},
    speech::said,
    words::{Lang, say},
};

use super::ics::Lines;
use crate::storage::OnCalendar;

/// How sure an event is, as calendars say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Tentative,
    Confirmed,
    Cancelled,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Tentative => "TENTATIVE",
            Self::Confirmed => "CONFIRMED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// Puts an appointment as an officer's calendar shows it, or a community's; nothing where it does not stand there.
pub(super) fn put(lines: &mut Lines, on: &OnCalendar, officer: Option<Id>, host: &str, lang: Lang) {
    let a = &on.appointment;
    let Some((slot, status)) = standing(a, officer) else { return };
    let place = on.address.as_ref().map_or_else(String::new, |address| said::plate(lang, &building(address)));
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", format_args!("{}@{host}", a.id));
    lines.put("SEQUENCE", a.sequence);
    lines.utc("DTSTAMP", on.changed_ms);
    lines.utc("LAST-MODIFIED", on.changed_ms);
    lines.local("DTSTART", slot.start_ms);
    lines.local("DTEND", slot.end_ms());
    lines.put("STATUS", status.word());
    lines.text("SUMMARY", &summary(on, status, &place, lang));
    if !place.is_empty() {
        lines.text("LOCATION", &place);
    }
    lines.put("CLASS", "PRIVATE");
    lines.put("TRANSP", if status == Status::Cancelled { "TRANSPARENT" } else { "OPAQUE" });
    lines.put("END", "VEVENT");
}

/// When it stands in a calendar, and how sure. Whoever was to come, and is not any more, sees it cancelled until they have said that they saw it.
fn standing(a: &Appointment, officer: Option<Id>) -> Option<(&Slot, Status)> {
    let comes = |slot: &Slot| officer.is_none_or(|officer| slot.officers.contains(&officer));
    if let Some(slot) = a.slot.as_ref().filter(|slot| comes(slot)) {
        return Some((slot, status(a)));
    }
    let moved = a.moved_promise.as_ref()?;
    moved.unseen.contains(&officer?).then_some((&moved.from, Status::Cancelled))
}

fn status(a: &Appointment) -> Status {
    use AppointmentState as S;
    match a.state {
        // Somebody had it in their calendar before, perhaps: it must go there, too.
        S::Proposed if a.no_room.is_some() => Status::Cancelled,
        S::Requested | S::Proposed | S::Held => Status::Tentative,
        S::Confirmed | S::Reminded | S::EnRoute | S::Arrived | S::Done | S::NoShow | S::Missed => Status::Confirmed,
        S::CancelledResident | S::CancelledOffice => Status::Cancelled,
    }
}

/// What for and where. What a sensitive matter is about is not to be guessed from what somebody comes for.
fn summary(on: &OnCalendar, status: Status, place: &str, lang: Lang) -> String {
    let purpose = said::coming_for(lang, Some(on.appointment.purpose), &on.category);
    let what = if place.is_empty() { purpose } else { say(lang, "feed-what-where", &[("what", purpose.into()), ("where", place.into())]) };
    if status == Status::Tentative { say(lang, "feed-to-be-confirmed", &[("what", what.into())]) } else { what }
}

/// An address down to the stairwell: neither floor nor room, and of a lane no door.
fn building(address: &Address) -> Address {
    Address { floor: String::new(), room: String::new(), door: String::new(), ..address.clone() }
}
