//! A share of the week's feedback goes by appointment: officers name a time without a network, the clerk confirms it with the resident, some
//! residents move it, one is out, one officer forgets, and one is ill on a Wednesday, so that the office moves what was promised and plans anew.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use minqing_core::{
    calendar::Calendar,
    clock::{DAY_MS, MINUTE_MS, day_start, local_date},
    view::AppointmentRow,
};
use minqing_tests::{
    phone::Phone,
    staff::{Staff, text},
};
use serde_json::{Value, json};

use super::Line;

/// The first visit of an officer's morning, in minutes of the day, and how far apart they are.
const FIRST: i64 = 10 * 60;
const APART: i64 = 35;
/// Most visits that an officer names for one day.
const A_DAY: usize = 4;
/// How far ahead, and back, the office looks at appointments, in days: over the longest holiday.
const AHEAD: i32 = 10;
/// Seconds that the office gives a plan.
const SECONDS: u64 = 2;

/// What is known of appointments.
#[derive(Debug, Default)]
pub struct Visits {
    /// All that were confirmed, in that order.
    confirmed: Vec<String>,
    /// The one whose resident was out, and the one that was forgotten.
    out: Option<String>,
    forgotten: Option<String>,
    /// Whether somebody was ill.
    was_ill: bool,
    /// Minutes of walking as planned, and by insertion alone.
    pub walking: (u64, u64),
}

/// Of every second matter whose result is brought to the door it is agreed when.
pub(super) fn is_by_appointment(number: usize) -> bool {
    number.is_multiple_of(6)
}

impl Line<'_> {
    /// In the afternoon: what was agreed for today is done, and times are named for the next day.
    pub(super) fn visits(&mut self, date: Date, away: Option<usize>, wanted: &BTreeSet<String>) -> Result<()> {
        for (i, phone) in self.phones.iter_mut().enumerate() {
            let Some(phone) = phone.as_mut().filter(|_| away != Some(i)) else { continue };
            let me = phone.client.enrolment()?.officer;
            let from = day_start(date);
            for row in phone.client.appointments(from - 60 * DAY_MS, from + 60 * DAY_MS)? {
                if row.moved_ms != 0 && row.unseen.contains(&me) {
                    phone.client.acknowledge_move(row.id.clone())?;
                }
                let is_today = (from..from + DAY_MS).contains(&row.start_ms);
                if is_today && row.officers.contains(&me) && ["confirmed", "reminded"].contains(&row.state.as_str()) {
                    at_the_door(phone, &row, self.visits, date)?;
                }
            }
            name_times(phone, date, wanted)?;
        }
        Ok(())
    }

    /// In the evening, when the phones have synced: the clerk rings residents up, and some want another time.
    pub(super) fn agree(&mut self, date: Date, clerk: &Staff) -> Result<()> {
        for ahead in 1..=AHEAD {
            for row in on(clerk, date.saturating_add(ahead.days()))?.into_iter().filter(|row| row["state"] == "held") {
                let id = text(&row["id"]);
                confirm(clerk, &row)?;
                if !self.visits.confirmed.contains(&id) {
                    self.visits.confirmed.push(id);
                    if self.visits.confirmed.len() % 4 == 2 {
                        move_on(clerk, &row, date)?;
                    }
                }
            }
        }
        // Whoever was forgotten is offered another time.
        for back in 1..=AHEAD {
            for row in on(clerk, date.saturating_sub(back.days()))?.into_iter().filter(|row| row["state"] == "missed_by_officer") {
                move_on(clerk, &row, date)?;
            }
        }
        Ok(())
    }

    /// On the first Wednesday on which somebody has appointments that officer is ill: the office says so, moves what was promised to the
    /// next day, and plans the day for the others.
    pub(super) fn somebody_is_ill(&mut self, date: Date, clerk: &Staff, lead: &Staff) -> Result<()> {
        if self.visits.was_ill || date.weekday() != Weekday::Wednesday {
            return Ok(());
        }
        let promised: Vec<Value> = on(clerk, date)?.into_iter().filter(|row| ["confirmed", "reminded"].contains(&text(&row["state"]).as_str())).collect();
        let Some(officer) = promised.first().map(|row| text(&row["slot"]["officers"][0])) else { return Ok(()) };
        self.visits.was_ill = true;
        let grids: BTreeSet<&str> = self.office.households.iter().map(|(_, grid)| grid.as_str()).collect();
        plan(clerk, date, &grids)?;
        let ill = json!({"exceptions": [{"day": date.to_string(), "spans": []}]});
        lead.set(&format!("officers/{officer}"), 0, &ill)?;
        for row in promised.iter().filter(|row| row["slot"]["officers"][0] == officer.as_str()) {
            move_on(clerk, row, date)?;
        }
        self.visits.walking = plan(clerk, date, &grids)?;
        Ok(())
    }
}

/// What comes of a visit: one resident is out, and one officer forgets.
fn at_the_door(phone: &mut Phone, row: &AppointmentRow, visits: &mut Visits, date: Date) -> Result<()> {
    let id = row.id.clone();
    if visits.forgotten.is_none() && visits.out.is_some() {
        visits.forgotten = Some(id);
        return Ok(());
    }
    phone.client.start_appointment(id.clone())?;
    if visits.out.is_none() {
        visits.out = Some(id.clone());
        phone.client.nobody_in_at_appointment(id.clone(), true)?;
        return Ok(phone.client.reschedule_appointment(id, on_next_day(row.start_ms, date))?);
    }
    phone.client.arrive_at_appointment(id.clone())?;
    Ok(phone.client.finish_appointment(id, Vec::new(), "resident".into())?)
}

/// Names a time of the next day for each visit that the line asks for.
fn name_times(phone: &mut Phone, date: Date, wanted: &BTreeSet<String>) -> Result<()> {
    let next = day_start(next_day(date));
    let me = phone.client.enrolment()?.officer;
    let busy: BTreeSet<i64> =
        phone.client.appointments(next, next + DAY_MS)?.into_iter().filter(|row| row.officers.contains(&me)).map(|row| row.start_ms).collect();
    let mut free = (0..).map(|n| next + (FIRST + n * APART) * MINUTE_MS).filter(|start_ms| !busy.contains(start_ms));
    let open = phone.client.appointments_to_arrange()?.into_iter().filter(|row| wanted.contains(&row.matter) && row.state == "requested");
    for row in open.take(A_DAY.saturating_sub(busy.len())) {
        phone.client.reschedule_appointment(row.id, free.next().context("a time")?)?;
    }
    Ok(())
}

/// The appointments of a day.
fn on(clerk: &Staff, day: Date) -> Result<Vec<Value>> {
    Ok(clerk.get(&format!("/v1/appointments?day={day}"))?["appointments"].as_array().cloned().unwrap_or_default())
}

fn confirm(clerk: &Staff, row: &Value) -> Result<()> {
    act(clerk, row, "confirm", json!({"sequence": row["sequence"]})).map(drop)
}

/// The working day after one, and after those of which a time is.
fn next_day(date: Date) -> Date {
    let days = std::iter::successors(date.tomorrow().ok(), |day| day.tomorrow().ok());
    days.into_iter().find(|day| Calendar::shipped().is_working(*day)).unwrap_or(date)
}

/// The same time of day on the next working day after today and after its own.
fn on_next_day(start_ms: i64, today: Date) -> i64 {
    let day = local_date(start_ms);
    day_start(next_day(day.max(today))) + start_ms - day_start(day)
}

/// Names the same time of the next working day with the same people, or the first that can be had, and confirms it.
fn move_on(clerk: &Staff, row: &Value, today: Date) -> Result<()> {
    let mut slot = row["slot"].clone();
    slot["start_ms"] = json!(on_next_day(row["slot"]["start_ms"].as_i64().context("a time")?, today));
    let mut now = act(clerk, row, "reschedule", json!({"slot": slot}))?;
    if let Some(offer) = now["offers"].get(0).cloned() {
        now = act(clerk, row, "propose", json!({"slot": offer}))?;
    }
    ensure!(now["state"] == "held", "no time could be had: {now}");
    confirm(clerk, &now)
}

fn act(clerk: &Staff, row: &Value, event: &str, said: Value) -> Result<Value> {
    let (status, answer) = clerk.post(&format!("/v1/appointments/{}/events", text(&row["id"])), &json!({"event": event, "said": said, "saw": 1_000_000}))?;
    ensure!(status == 200, "{event} was answered with {status}: {answer}");
    Ok(answer)
}

/// Plans a day of all grids; minutes of walking as planned, and by insertion alone.
fn plan(clerk: &Staff, day: Date, grids: &BTreeSet<&str>) -> Result<(u64, u64)> {
    let mut walking = (0, 0);
    for grid in grids {
        let (status, made) = clerk.post("/v1/rounds", &json!({"day": day.to_string(), "grid": grid, "seconds": SECONDS}))?;
        if status == 422 && made["code"] == "round.officers" {
            continue;
        }
        ensure!(status == 200, "{grid} was planned with {status}: {made}");
        walking.0 += made["walking_minutes"].as_u64().context("minutes")?;
        walking.1 += made["insertion_minutes"].as_u64().context("minutes")?;
    }
    Ok(walking)
}
