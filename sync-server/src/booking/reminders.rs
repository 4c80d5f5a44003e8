//! Reminders go out by a gateway for messages on this machine, where the office has one (`reminders` in the settings). At least once: a
//! gateway knows what it has by the message's id.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use minqing_core::{appointment::Appointment, clock::MINUTE_MS, ids::shown, speech::said, view, words::Lang};
use serde::Serialize;
use sha2::Sha256;

use crate::{
    app::App,
    auth::base64url,
    lease::Lease,
    storage::{Result, WaitingReminder},
};

/// Reminders handed over in one go.
const BATCH: u32 = 50;
/// How long the gateway may take for one.
const TIMEOUT: Duration = Duration::from_secs(10);
/// It is tried again after one minute, two, four, at last so many, until the visit begins.
const LONGEST: i64 = 30;

/// What the gateway is handed.
#[derive(Serialize)]
struct Message {
    /// The same whenever the same is sent again.
    id: String,
    /// Telephone numbers as they stand on the household's card.
    to: Vec<String>,
    /// What is to be sent.
    text: String,
    /// When the visit begins, milliseconds since 1970: later it has no meaning.
    until_ms: i64,
}

/// Hands over the reminders whose time has come, unless another process is at it. Returns how many the gateway took.
///
/// # Errors
/// `store.failed`; what was handed over may then go out once more, with the same id.
pub fn send_reminders(app: &App) -> Result<usize> {
    let Some((address, secret)) = app.config.reminders.gateway() else { return Ok(0) };
    if app.store.reminders_due(app.clock.now_ms(), 1)?.is_empty() {
        return Ok(0);
    }
    let Some(lease) = Lease::take(app, "reminders")? else { return Ok(0) };
    let agent = agent();
    let mut sent = 0;
    for reminder in app.store.reminders_due(app.clock.now_ms(), BATCH)? {
        if !lease.renew()? {
            return Ok(sent);
        }
        let Some(message) = message(app, &reminder)? else {
            app.store.reminder_done(&reminder)?;
            continue;
        };
        match hand_over(&agent, address, secret, &message) {
            Ok(()) => {
                app.store.reminder_done(&reminder)?;
                sent += 1;
            }
            Err(why) => {
                tracing::warn!(appointment = %reminder.appointment, tries = reminder.tries + 1, why, "the gateway did not take a reminder; it is tried again");
                let minutes = 1i64.checked_shl(reminder.tries).map_or(LONGEST, |minutes| minutes.clamp(1, LONGEST));
                app.store.reminder_again(&reminder, app.clock.now_ms() + minutes * MINUTE_MS)?;
            }
        }
    }
    lease.give_back()?;
    Ok(sent)
}

/// What is to be said; `None` where nobody is to be told any more, or nobody has a telephone.
fn message(app: &App, reminder: &WaitingReminder) -> Result<Option<Message>> {
    let Some((_, kept)) = app.store.appointment(reminder.appointment)? else { return Ok(None) };
    let stands = |a: &Appointment| a.state.is_promised() && a.sequence == reminder.sequence;
    let Some(a) = kept.appointment.filter(stands) else { return Ok(None) };
    let Some(slot) = a.slot.filter(|slot| app.clock.now_ms() < slot.start_ms) else { return Ok(None) };
    let card = app.store.document(a.household)?.map(|kept| view::card(a.household, &kept.doc.content()));
    let to = card.map(|card| view::telephones(card.residents)).unwrap_or_default();
    if to.is_empty() {
        return Ok(None);
    }
    let matter = a.matter.map_or(Ok(None), |matter| app.store.matter_row(matter))?;
    let (code, category) = matter.map(|row| (shown(&row.code), row.category)).unwrap_or_default();
    let what = said::coming_for(Lang::Zh, Some(a.purpose), &category);
    let text = said::reminder(Lang::Zh, (slot.start_ms, slot.end_ms()), &what, &code);
    let id = format!("{}-{}-{}", reminder.appointment, reminder.sequence, reminder.which);
    Ok(Some(Message { id, to, text, until_ms: slot.start_ms }))
}

/// Proxies are for the world outside.
fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().timeout_global(Some(TIMEOUT)).max_redirects(0).http_status_as_error(false).proxy(None).build().into()
}

/// Gives the gateway a message, and why it did not take it.
fn hand_over(agent: &ureq::Agent, address: &str, secret: &str, message: &Message) -> std::result::Result<(), String> {
    let body = serde_json::to_vec(message).map_err(|e| e.to_string())?;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|e| e.to_string())?;
    mac.update(&body);
    let signature = base64url(&mac.finalize().into_bytes());
    let request = agent.post(address).content_type("application/json").header("x-minqing-signature", signature);
    let answer = request.send(&body[..]).map_err(|e| e.to_string())?;
    if answer.status().is_success() { Ok(()) } else { Err(answer.status().to_string()) }
}

#[cfg(test)]
mod tests;
