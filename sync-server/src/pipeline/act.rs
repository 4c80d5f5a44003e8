//! What somebody at the office does with a matter: judged like everybody's event, and refused to their face.

use minqing_core::{
    Id,
    clock::At,
    document::{
        Doc, DocKind,
        matter::{Home, put_public, put_text},
    },
    envelope::{Item, ItemKind},
    event::{Event, Feedback, Said},
    ids::actor,
    model::{EventCode, RefusalCode, Role},
    pipeline::{Judgement, Matter},
};

use super::{
    gate,
    timers::keep,
    verdict::{Case, give_own},
};
use crate::{
    app::App,
    fault::Fault,
    projection,
    storage::{
        StoreError,
        log::{DocumentHead, KeptMatter},
    },
    sync::{Applying, SERVER, Trials, append_shared, show_matter},
};

/// What was written for an event; empty = nothing.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// Internal, under the event.
    pub text: String,
    /// The public reply of a result.
    pub public: String,
    /// What each paper of a letter is called, by its id.
    pub items: Vec<(Id, String)>,
}

impl Texts {
    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.public.is_empty() && self.items.is_empty()
    }
}

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
    /// What they wrote.
    pub texts: Texts,
    /// The highest ordinal that they had seen.
    pub saw: u64,
}

/// Does it, in one transaction with its text and with what it brings with it in its cluster; returns the event.
///
/// # Errors
/// `matter.unknown`; `line.refused` with the word of a [`RefusalCode`] where the rules refuse it, `public.name`, `public.number` and
/// `public.room` with the field where a text on its way to the public holds what it must not, and then nothing was written;
/// `text.too_long`, `store.failed`.
pub fn act(app: &App, deed: &Deed) -> Result<Id, Fault> {
    do_all(app, deed, &|_| vec![deed.payload.clone()])
}

/// Tells the residents of a cluster by one special reply (专项反馈), in one transaction: one feedback for each who was not reached yet.
/// What was written for it stands once, under the first; returns that one. `said` names none of them.
///
/// # Errors
/// As [`act`]; `nothing_such` where all were reached before.
pub fn reply_to_all(app: &App, deed: &Deed, said: &Feedback) -> Result<Id, Fault> {
    let waits = |m: &Matter, of: &Id| !m.told.iter().any(|told| told.of == *of && told.reached);
    let to = |of| Said::Feedback(Feedback { of, ..said.clone() }).encode();
    do_all(app, deed, &|m| m.cluster().filter(|of| waits(m, of)).map(to).collect())
}

/// Does the same with each of some payloads, in one transaction; returns the first event.
fn do_all(app: &App, deed: &Deed, payloads: &dyn Fn(&Matter) -> Vec<Vec<u8>>) -> Result<Id, Fault> {
    let now_ms = app.clock.now_ms();
    let first = app.pen.id(&*app.entropy, now_ms);
    let mut refused = None;
    app.store
        .apply(&mut |unit| {
            let mut trials = Trials::default();
            let mut a = Applying::new(app, unit, &mut trials, now_ms);
            let unknown = || StoreError::Unknown { what: "matter", id: deed.matter.to_string() };
            let mut kept = a.unit.matter(deed.matter)?.ok_or_else(unknown)?;
            refused = gate::refusal(&mut a, &kept, deed)?;
            if refused.is_some() {
                return Err(StoreError::Refused("line.refused"));
            }
            let payloads = payloads(kept.matter.as_ref().ok_or_else(unknown)?);
            refused = payloads.is_empty().then(|| refusal(RefusalCode::NothingSuch));
            write_texts(&mut a, &kept, deed, first)?;
            for (n, payload) in payloads.into_iter().enumerate() {
                let event = event(deed, if n == 0 { first } else { app.pen.id(&*app.entropy, now_ms) }, payload, now_ms);
                let case = Case { id: deed.matter, event: &event, done_at: now_ms, works_for: &deed.works_for };
                if let Judgement::Refused { code, .. } = give_own(&mut a, &mut kept, &case)? {
                    refused = Some(refusal(code));
                    break;
                }
            }
            if refused.is_some() {
                // Whoever sits at the desk is told at once, so nothing of it is kept.
                return Err(StoreError::Refused("line.refused"));
            }
            show_matter(&mut a, deed.matter, &kept)?;
            keep(&mut a, deed.matter, &kept)?;
            note_hand(&mut a, deed.matter, deed.by, deed.role)
        })
        .map_err(|e| refused.unwrap_or_else(|| e.into()))?;
    Ok(first)
}

/// Notes whose of the office a matter is now; a resident is none of them.
pub(super) fn note_hand(a: &mut Applying<'_>, matter: Id, by: Id, role: Role) -> Result<(), StoreError> {
    if role == Role::Resident { Ok(()) } else { a.unit.note_hand(matter, by) }
}

pub(super) fn refusal(code: RefusalCode) -> Fault {
    Fault::new("line.refused", code.word())
}

/// What a deed is in the log.
fn event(deed: &Deed, id: Id, payload: Vec<u8>, now_ms: i64) -> Event {
    let at = At::by_server(now_ms);
    Event { id, code: deed.code.number(), by: deed.by, role: deed.role.number(), at, saw: deed.saw, after: None, payload }
}

/// Puts what was written into the matter's document: one change, in the same transaction.
fn write_texts(a: &mut Applying<'_>, kept: &KeptMatter, deed: &Deed, event: Id) -> Result<(), StoreError> {
    let Some(matter) = kept.matter.as_ref().filter(|_| !deed.texts.is_empty()) else { return Ok(()) };
    let community = projection::community_of(&a.unit.stream_name(kept.stream)?).to_owned();
    let home = Home::of(matter.about.category, matter.about.household, &community);
    // The words of its registration may still be on their way.
    let new = DocumentHead { kind: DocKind::Matter, stream: kept.stream, creator: kept.registrar, version: 0 };
    let document = a.unit.document(deed.matter)?;
    let (head, mut doc) = document.map_or_else(|| (new, Doc::empty()), |kept| (kept.head, kept.doc));
    let change = doc.change(actor(SERVER, a.pen.opening()), a.now_ms / 1000, |w| {
        put_text(w, &home, event, Some(deed.texts.text.as_str()).filter(|text| !text.is_empty()), None)?;
        if !deed.texts.public.is_empty() {
            put_public(w, event, &deed.texts.public)?;
        }
        deed.texts.items.iter().try_for_each(|(id, name)| put_text(w, &home, *id, Some(name), None))
    });
    let Some(bytes) = change.map_err(|_| StoreError::Refused("change.too_large"))? else { return Ok(()) };
    let item = Item { kind: ItemKind::Change.number(), doc: deed.matter, bytes };
    append_shared(a.unit, kept.stream, &a.pen.row(&item, a.now_ms))?;
    a.unit.keep_document(deed.matter, &head, &doc.save())
}
