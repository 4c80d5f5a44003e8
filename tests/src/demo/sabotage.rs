//! Breaks something on purpose, so that the proof is seen to fail.

use std::path::Path;

use anyhow::{Context, Result};
use minqing_core::{
    Id,
    appointment::{Confirm, Propose, Request, Said, Slot},
    clock::{DAY_MS, MINUTE_MS, day_start, local_date},
    document::Doc,
    event::Event,
    frame::{MAX_ITEM, pack, unpack},
    model::{AppointmentEvent, AppointmentPurpose, Role},
};
use minqing_sync_server::{
    App, Fault,
    booking::{Deed, act, ask},
};
use minqing_tests::phone::Phone;
use rusqlite::Connection;

use super::{
    args::Sabotage,
    setup::{COMMUNITY, Office},
};

/// Somebody at the office, of whom nothing is known.
const SOMEBODY: Id = Id([0xee; 16]);

/// Deletes the log row of a phone's visit, after its state was sent.
pub fn delete_log_row(server_dir: &Path) -> Result<()> {
    let db = Connection::open(server_dir.join("minqing.db"))?;
    let deleted = db.execute(
        "DELETE FROM log WHERE rowid = (SELECT l.rowid FROM log l JOIN document d ON d.id = l.doc WHERE l.kind = 1 AND d.kind = 2 ORDER BY l.rowid DESC LIMIT 1)",
        [],
    )?;
    (deleted == 1).then_some(()).context("no log row to delete")
}

/// Forgets what was put aside.
pub fn forget_what_was_put_aside(server_dir: &Path) -> Result<()> {
    let db = Connection::open(server_dir.join("minqing.db"))?;
    let deleted = db.execute("DELETE FROM inbox WHERE state IN (2, 6, 7)", [])?;
    (deleted > 0).then_some(()).context("nothing was put aside")
}

/// Changes one answer in what the office sums up.
pub fn change_answer(server_dir: &Path) -> Result<()> {
    let db = Connection::open(server_dir.join("minqing.db"))?;
    let changed = db.execute(
        "UPDATE answer_row SET value = 'never' WHERE question = 'satisfied' AND visit = (SELECT max(visit) FROM answer_row WHERE question = 'satisfied')",
        [],
    )?;
    (changed == 1).then_some(()).context("no answer to change")
}

/// Changes one text in one phone's store, behind the app's back.
pub fn change_document(phone_dir: &Path) -> Result<()> {
    let db = Connection::open(phone_dir.join("minqing.db"))?;
    let (id, bytes): ([u8; 16], Vec<u8>) =
        db.query_row("SELECT id, bytes FROM document WHERE kind = 1 ORDER BY id LIMIT 1", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut doc = Doc::load(&bytes)?;
    doc.change([0xee; 8], 0, |w| w.put("note", "被改过的备注")).with_context(|| format!("document {}", Id(id)))?;
    db.execute("UPDATE document SET bytes = ? WHERE id = ?", (doc.save(), id))?;
    Ok(())
}

/// Deletes one photo's or voice note's file at the office.
pub fn delete_attachment(server_dir: &Path) -> Result<()> {
    let mut folders: Vec<_> = std::fs::read_dir(server_dir.join("attachments/sha256"))?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    folders.sort();
    let file = std::fs::read_dir(folders.first().context("no file to delete")?)?.next().context("no file to delete")??.path();
    Ok(std::fs::remove_file(file)?)
}

/// Puts a copy of an event into the log under another id, behind the server's back.
pub fn add_event(server_dir: &Path) -> Result<()> {
    let db = Connection::open(server_dir.join("minqing.db"))?;
    let sql =
        "SELECT log.stream, log.body FROM log JOIN stream s ON s.id = log.stream WHERE log.kind = 2 AND s.name LIKE 'grid:%' ORDER BY log.rowid DESC LIMIT 1";
    let (stream, body): (i64, Vec<u8>) = db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut event = Event::decode(&unpack(&body, MAX_ITEM)?)?;
    event.id = Id([0xee; 16]);
    let added = db.execute(
        "INSERT INTO log SELECT stream, seq + 1000000, device, opening, n, kind, doc, hash, envelope, received_ms, applied_ms, sum, link, ?2, blank
         FROM log WHERE stream = ?1 AND body = ?3",
        (stream, pack(&event.encode()), body),
    )?;
    (added > 0).then_some(()).context("no event to copy")
}

/// Leaves what was erased in a phone's file.
pub fn keep_erased(phone_dir: &Path, erased: &[String]) -> Result<()> {
    let db = Connection::open(phone_dir.join("minqing.db"))?;
    db.execute("INSERT INTO meta (key, value) VALUES ('left over', ?)", [erased.first().context("nobody was erased")?.as_bytes()])?;
    Ok(())
}

/// Puts a resident's name into a text that anybody may read.
pub fn name_somebody(server_dir: &Path) -> Result<()> {
    let db = Connection::open(server_dir.join("minqing.db"))?;
    let names: String = db.query_row("SELECT names FROM household_row WHERE names <> '' ORDER BY id LIMIT 1", [], |row| row.get(0))?;
    let name = names.split('、').next().unwrap_or_default();
    let named = db.execute("UPDATE public_text SET text = text || ?1 WHERE matter = (SELECT min(matter) FROM public_text)", [name])?;
    (named > 0).then_some(()).context("nothing is public")
}

/// Breaks what an appointment stands for, at the very end, so that nobody mends it.
pub fn break_an_appointment<'p>(app: &App, office: &Office, mut phones: impl Iterator<Item = &'p Phone>, kind: Sabotage) -> Result<()> {
    let officer = phones.next().context("a phone")?.client.enrolment()?.officer.parse()?;
    let door = office.households.first().context("a door")?.0.parse()?;
    let booked = book(app, door, officer)?;
    if kind == Sabotage::SilentMove {
        return move_promise(app, booked);
    }
    forget_claims(&app.config.data)?;
    book(app, door, officer).map(drop)
}

/// Promises a visit on the day after tomorrow at three.
fn book(app: &App, household: Id, officer: Id) -> Result<Id> {
    let request = Request { household, purpose: AppointmentPurpose::Routine, matter: None, windows: Vec::new(), minutes: 20, persons: 1 };
    let id = ask(app, SOMEBODY, Role::Clerk, COMMUNITY, request).map_err(said)?;
    let slot = Slot { start_ms: at_three(app), minutes: 20, officers: vec![officer] };
    does(app, id, AppointmentEvent::Propose, Said::Propose(Propose { slot }))?;
    does(app, id, AppointmentEvent::Confirm, Said::Confirm(Confirm { sequence: 0 }))?;
    Ok(id)
}

/// Names another time for it.
fn move_promise(app: &App, id: Id) -> Result<()> {
    let (_, kept) = app.store.appointment(id)?.context("an appointment")?;
    let promise = kept.appointment.and_then(|a| a.promise).context("a promise")?;
    let slot = Slot { start_ms: promise.slot.start_ms + DAY_MS, ..promise.slot };
    does(app, id, AppointmentEvent::Reschedule, Said::Propose(Propose { slot }))
}

/// Forgets whose time is taken.
fn forget_claims(server_dir: &Path) -> Result<()> {
    let deleted = Connection::open(server_dir.join("minqing.db"))?.execute("DELETE FROM slot_claim", [])?;
    (deleted > 0).then_some(()).context("nobody's time is taken")
}

fn at_three(app: &App) -> i64 {
    day_start(local_date(app.clock.now_ms())) + 2 * DAY_MS + 15 * 60 * MINUTE_MS
}

fn does(app: &App, appointment: Id, code: AppointmentEvent, what: Said) -> Result<()> {
    let deed = Deed { appointment, by: SOMEBODY, role: Role::Clerk, code, said: what, saw: 1_000_000, only_if_free: false };
    act(app, COMMUNITY, &deed).map(drop).map_err(said)
}

fn said(fault: Fault) -> anyhow::Error {
    anyhow::anyhow!("{}: {}", fault.code, fault.what)
}
