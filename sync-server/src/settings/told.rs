//! Phones count due dates by the office's calendar: what is set of it goes to every community's commons, once.

use minqing_core::{
    Id,
    envelope::Item,
    event::{CalendarPart, FactKind},
    frame::to_cbor,
};

use crate::{
    app::App,
    storage::{Result, Setting},
    sync::Pen,
};

/// Tells each commons what it was not told, also one that was opened since; how many rows that took.
///
/// # Errors
/// `store.failed`.
pub fn tell_phones(app: &App) -> Result<usize> {
    let untold = app.store.calendar_untold()?;
    if untold.is_empty() {
        return Ok(0);
    }
    let now_ms = app.clock.now_ms();
    app.store.apply(&mut |unit| {
        for (stream, setting) in &untold {
            unit.append(*stream, &app.pen.row(&fact(setting), now_ms))?;
            unit.calendar_told(*stream)?;
        }
        Ok(())
    })?;
    Ok(untold.len())
}

/// The same in every stream.
fn fact(setting: &Setting) -> Item {
    let Setting { key, version, value, at_ms, .. } = setting;
    let said = CalendarPart { part: key.clone(), version: *version, json: value.clone() };
    let id = Id::named(&["calendar", key, &version.to_string()]);
    Pen::fact_of(id, *at_ms, FactKind::Calendar, Id::named(&["calendar"]), to_cbor(&said))
}
