//! What somebody at the office does with a matter: judged like everybody's event, and refused to their face.

use minqing_core::{
    Id,
    clock::At,
    document::{Doc, matter::put_text},
    envelope::{Item, ItemKind},
    event::Event,
    ids::actor,
    model::{EventCode, RefusalCode, Role},
    pipeline::Judgement,
};

use super::{
    timers::next_ms,
    verdict::{Case, Told, give},
};
use crate::{
    app::App,
    fault::Fault,
    storage::{StoreError, log::KeptMatter},
    sync::{Applying, SERVER, Trials, append_shared, show_matter},
};

/// What somebody at the office does.
#[derive(Clone, Debug)]
pub struct Deed {
    /// The matter.
    pub matter: Id,
    /// Who.
    pub by: Id,
    /// In which role.
    pub role: Role,
    /// The departments for which they work.
    pub works_for: Vec<Id>,
    /// What.
    pub code: EventCode,
    /// Its payload.
    pub payload: Vec<u8>,
    /// What they wrote; empty = nothing.
    pub text: String,
    /// The highest ordinal that they had seen.
    pub saw: u64,
}

/// Does it, in one transaction with its text; returns the event.
///
/// # Errors
/// `matter.unknown`; `line.refused` with the word of a [`RefusalCode`] where the rules refuse it, and then nothing was written;
/// `text.too_long`, `store.failed`.
pub fn act(app: &App, deed: &Deed) -> Result<Id, Fault> {
    let now_ms = app.clock.now_ms();
    let event = Event {
        id: app.pen.id(&*app.entropy, now_ms),
        code: deed.code.number(),
        by: deed.by,
        role: deed.role.number(),
        at: At { device_ms: now_ms, server_ms: Some(now_ms), since_ms: Some(0) },
        saw: deed.saw,
        after: None,
        payload: deed.payload.clone(),
    };
    let mut refused = None;
    app.store
        .apply(&mut |unit| {
            let mut trials = Trials::default();
            let mut a = Applying::new(app, unit, &mut trials, now_ms);
            let unknown = || StoreError::Unknown { what: "matter", id: deed.matter.to_string() };
            let mut kept = a.unit.matter(deed.matter)?.ok_or_else(unknown)?;
            write_text(&mut a, &kept, deed, event.id)?;
            let item = Item { kind: ItemKind::Event.number(), doc: deed.matter, bytes: event.encode() };
            let entry = a.pen.row(&item, now_ms);
            let case = Case { id: deed.matter, event: &event, done_at: now_ms, works_for: &deed.works_for };
            match give(&mut a, &mut kept, &case, &entry, Told::Nobody)? {
                Judgement::Accepted { .. } => {
                    show_matter(&mut a, deed.matter, &kept)?;
                    let next_ms = next_ms(&kept, &a.rules.calendar);
                    a.unit.keep_matter(deed.matter, &kept, next_ms)
                }
                Judgement::Refused { code, .. } => {
                    refused = Some(code);
                    // Whoever sits at the desk is told at once, so nothing of it is kept.
                    Err(StoreError::Refused("line.refused"))
                }
            }
        })
        .map_err(|e| refused.map_or_else(|| e.into(), refusal))?;
    Ok(event.id)
}

fn refusal(code: RefusalCode) -> Fault {
    Fault::new("line.refused", code.word())
}

/// Puts what was written into the matter's document, under the event's id.
fn write_text(a: &mut Applying<'_>, kept: &KeptMatter, deed: &Deed, event: Id) -> Result<(), StoreError> {
    if deed.text.is_empty() {
        return Ok(());
    }
    let Some(mut document) = a.unit.document(deed.matter)? else { return Ok(()) };
    let home = document.doc.header().and_then(|(_, home)| minqing_core::document::matter::Home::parse(&home));
    let Some(home) = home else { return Ok(()) };
    let change = document.doc.change(actor(SERVER, a.pen.opening()), a.now_ms / 1000, |w| put_text(w, &home, event, Some(&deed.text), None));
    let Some(bytes) = change.map_err(|_| StoreError::Refused("change.too_large"))? else { return Ok(()) };
    let item = Item { kind: ItemKind::Change.number(), doc: deed.matter, bytes };
    append_shared(a, kept.stream, &a.pen.row(&item, a.now_ms))?;
    let saved = Doc::save(&document.doc);
    a.unit.keep_document(deed.matter, &document.head, &saved)
}
