//! What a form does with an appointment, and why it was refused.

use jiff::civil::Date;
use minqing_core::{
    Id,
    appointment::{Cancel, Confirm, Done as AtDoor, NobodyIn, Propose, Said, Slot},
    clock::local_date,
    model::{AppointmentEvent, CancelReason, NoRoomReason, RefusalCode, SignedBy},
    words::{Lang, say},
};

use crate::{
    app::App,
    booking::{Deed, act},
    console::{
        appointments::{of_desk, role_for},
        daybook::{
            day::{Day, Wish},
            page::why_not,
        },
        desk::AtDesk,
        matter::Fields,
    },
    fault::{Fault, sentence},
};

/// What was done.
pub enum Done {
    /// A time was named, in the place of another one.
    Moved { to: Slot, was: Option<Slot> },
    /// Something else.
    Did(AppointmentEvent),
}

/// What was not done.
pub struct Failed {
    pub fault: Fault,
    /// Why, as people read it.
    pub said: String,
    /// The day on which another time may be chosen, where it was one.
    pub day: Option<Date>,
}

/// Does what a form says.
pub fn carry_out(app: &App, desk: &AtDesk, lang: Lang, id: &str, fields: &Fields) -> Result<Done, Failed> {
    let plain = |fault: Fault| Failed { said: said(lang, &fault), fault, day: None };
    let appointment: Id = id.parse().map_err(|_| plain(Fault::new("appointment.unknown", id)))?;
    if fields.word("event") == "move" {
        return name_time(app, desk, lang, appointment, fields);
    }
    let (code, said) = meant(fields).map_err(plain)?;
    give(app, desk, appointment, code, said, fields).map_err(plain)?;
    Ok(Done::Did(code))
}

fn give(app: &App, desk: &AtDesk, appointment: Id, code: AppointmentEvent, said: Said, fields: &Fields) -> Result<(), Fault> {
    let saw = fields.text("saw").parse().unwrap_or_default();
    // What was agreed is given up for a time that can be had alone.
    let deed = Deed { appointment, by: desk.session.staff.id, role: role_for(desk, code)?, code, said, saw, only_if_free: true };
    act(app, &desk.community, &deed).map(drop)
}

/// The event that a button means, and what it says.
fn meant(fields: &Fields) -> Result<(AppointmentEvent, Said), Fault> {
    let lacks = |field: &str| Fault::new("request.malformed", field);
    Ok(match fields.word("event") {
        "confirm" => (AppointmentEvent::Confirm, Said::Confirm(Confirm { sequence: fields.text("sequence").parse().map_err(|_| lacks("sequence"))? })),
        "cancel" => {
            let reason = CancelReason::from_word(fields.text("reason")).ok_or_else(|| lacks("reason"))?;
            (AppointmentEvent::Cancel, Said::Cancel(Cancel { reason }))
        }
        "done" => {
            let signed = SignedBy::from_word(fields.text("signed")).ok_or_else(|| lacks("signed"))?;
            (AppointmentEvent::Done, Said::Done(AtDoor { delivered: Vec::new(), signed }))
        }
        "nobody_in" => (AppointmentEvent::NobodyIn, Said::NobodyIn(NobodyIn { card: fields.text("card") == "true" })),
        _ => return Err(Fault::new("code.unknown", "event")),
    })
}

/// Names a time: of one officer, with a second one where two are to come, or of those who are named.
fn name_time(app: &App, desk: &AtDesk, lang: Lang, id: Id, fields: &Fields) -> Result<Done, Failed> {
    let plain = |fault: Fault| Failed { said: said(lang, &fault), fault, day: None };
    let lacks = |field: &str| plain(Fault::new("request.malformed", field));
    let (start_ms, officers) = time(fields.text("to")).ok_or_else(|| lacks("to"))?;
    let kept = of_desk(app, desk, id).map_err(plain)?;
    let appointment = kept.appointment.ok_or_else(|| plain(Fault::new("appointment.unknown", id.to_string())))?;
    let (was, code) = (appointment.slot.clone(), appointment.state.naming());
    let day = Day::read(app, &desk.community, local_date(start_ms), Some(id)).map_err(|e| plain(e.into()))?;
    if !officers.iter().all(|officer| day.walkers.iter().any(|walker| walker.id == *officer)) {
        return Err(lacks("to"));
    }
    let slot = match officers[..] {
        [officer] => day.time(&Wish::of(app, appointment).map_err(|e| plain(e.into()))?, officer, start_ms).0,
        _ => Slot { start_ms, minutes: appointment.minutes, officers },
    };
    match give(app, desk, id, code, Said::Propose(Propose { slot: slot.clone() }), fields) {
        Ok(()) => Ok(Done::Moved { to: slot, was }),
        Err(fault) => {
            let reason = NoRoomReason::from_word(&fault.what).filter(|_| fault.code == "appointment.no_room");
            let said = match reason {
                Some(why) => say(lang, "daybook-not-moved", &[("why", why_not(lang, &day, &slot, id, why).into())]),
                None => said(lang, &fault),
            };
            Err(Failed { fault, said, day: Some(day.date) })
        }
    }
}

/// A start and who is to come, as [`super::super::table::joined`] writes it.
pub fn time(text: &str) -> Option<(i64, Vec<Id>)> {
    let (start, officers) = text.split_once('~')?;
    Some((start.parse().ok()?, officers.split(',').map(|id| id.parse().ok()).collect::<Option<_>>()?))
}

/// Why the rules refuse it, in their own words.
pub fn said(lang: Lang, fault: &Fault) -> String {
    match fault.code {
        "appointment.refused" => say(lang, &RefusalCode::key_of(&fault.what), &[]),
        code => sentence(lang, code, &fault.what),
    }
}
