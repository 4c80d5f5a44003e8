//! What was put aside, and what the office makes of it: adopted, or returned to its officer.
//!
//! Adopting writes the content as the office's own change in the author's name, under the same ids; the old bytes
//! never come in.

mod said;

use minqing_core::{
    document::{Content, Doc, DocKind, Step, keeps_the_rules},
    envelope::{Item, ItemKind, Quarantine},
    event::{Event, FactKind, Settled, SettledHow},
    frame::to_cbor,
    ids::{Name, actor},
    model::Role,
};

use super::{
    apply::{Applying, Bringer, Outcome, apply},
    change::{Shown, is_offices_alone, show},
    event, late,
    pen::SERVER,
    place::{self, Place},
    share,
    survey::{self, Fit},
    told,
    trial::Trials,
};
use crate::{
    app::App,
    fault::Fault,
    storage::{
        StoreError,
        log::{AsideFate, DocumentHead, Entry, Pending, StreamId},
    },
};

pub use said::{Said, read};

/// Adopts an item that was put aside. Whether that wrote anything: what the document holds already is not written twice.
///
/// # Errors
/// `aside.unknown` if no such item is put aside; `aside.unreadable` for what cannot be read as something of ours;
/// `aside.rules` where it breaks what every document keeps to, `aside.place` where it has no place in its officer's
/// community; `store.failed`.
pub fn adopt(app: &App, name: Name) -> Result<bool, Fault> {
    let now_ms = app.clock.now_ms();
    let (mut wrote, mut released) = (false, Vec::new());
    app.store.apply(&mut |unit| {
        let p = unit.aside(name)?.ok_or_else(|| unknown(name))?;
        let mut trials = Trials::default();
        let mut a = Applying::new(app, unit, &mut trials, now_ms);
        let (new, frees) = match ItemKind::from_number(p.item.kind) {
            Some(ItemKind::Change) => adopt_change(&mut a, &p)?,
            Some(ItemKind::Event) => adopt_event(&mut a, &p)?,
            Some(ItemKind::Fact) | None => return Err(UNREADABLE),
        };
        tell(&mut a, &p, SettledHow::Adopted)?;
        a.unit.close_aside(name, AsideFate::Adopted)?;
        wrote = new;
        released.clear();
        for missing in frees {
            released.extend(a.unit.held_for(&missing)?);
        }
        Ok(())
    })?;
    apply(app, &released)?;
    Ok(wrote)
}

/// Returns an item to its officer, who sees it as not taken and may write it anew.
///
/// # Errors
/// `aside.unknown`, `store.failed`.
pub fn give_back(app: &App, name: Name) -> Result<(), Fault> {
    let now_ms = app.clock.now_ms();
    app.store.apply(&mut |unit| {
        let p = unit.aside(name)?.ok_or_else(|| unknown(name))?;
        let mut trials = Trials::default();
        let mut a = Applying::new(app, unit, &mut trials, now_ms);
        tell(&mut a, &p, SettledHow::Returned)?;
        a.unit.close_aside(name, AsideFate::Returned)
    })?;
    Ok(())
}

const UNREADABLE: StoreError = StoreError::Refused("aside.unreadable");
const RULES: StoreError = StoreError::Refused("aside.rules");
const PLACE: StoreError = StoreError::Refused("aside.place");

fn unknown(name: Name) -> StoreError {
    StoreError::Unknown { what: "aside", id: name.to_string() }
}

type Adopted = Result<(bool, Vec<Vec<u8>>), StoreError>;

fn adopt_change(a: &mut Applying<'_>, p: &Pending) -> Adopted {
    let id = p.item.doc;
    let kept = a.unit.document(id)?;
    let (head, before) = kept.map_or_else(|| (None, Doc::empty()), |kept| (Some(kept.head), kept.doc));
    let written = late::read(a, p, &before)?.ok_or(UNREADABLE)?.0;
    let mut doc = before.clone();
    let bytes = doc.change(actor(SERVER, a.pen.opening()), a.now_ms / 1000, |w| written.write(w)).map_err(|_| UNREADABLE)?;
    let Some(bytes) = bytes else { return Ok((false, Vec::new())) };
    // What it holds may be of kinds that no app writes: it must load again.
    let saved = doc.save();
    Doc::load(&saved).map_err(|_| UNREADABLE)?;
    let (Some((kind, home)), earlier, after) = (doc.header(), before.content(), doc.content()) else { return Err(UNREADABLE) };
    let step = Step { kind, before: &earlier, after: &after, author: p.author(), first: head.is_none() };
    // What the office writes itself is not taken over.
    if is_offices_alone(kind) || !keeps_the_rules(&step) || survey::fit(a, p, &step)?.and(|| told::fit(a, p, &step))? != Fit::Fits {
        return Err(RULES);
    }
    let kept = match head {
        Some(head) => own_stream(a, p, head.stream).map(|_| head)?,
        None => DocumentHead { kind, stream: home_of(a, p, kind, &home, &after)?, creator: p.officer, version: 0 },
    };
    let item = Item { kind: ItemKind::Change.number(), doc: id, bytes };
    let entry = Entry { received_ms: p.received_ms, ..a.pen.row(&item, a.now_ms) };
    share::append(a.unit, kept.stream, &entry)?;
    a.unit.keep_document(id, &kept, &saved)?;
    show(a.unit, id, &kept, &Shown { doc: &doc, before: &earlier, after: &after })?;
    Ok((true, if head.is_none() { vec![id.0.to_vec()] } else { Vec::new() }))
}

/// A stream of the officer's community; in another's no office writes for this officer.
fn own_stream(a: &mut Applying<'_>, p: &Pending, stream: StreamId) -> Result<StreamId, StoreError> {
    let name = a.unit.stream_name(stream)?;
    if crate::projection::community_of(&name) == p.community { Ok(stream) } else { Err(PLACE) }
}

/// The home of something new, within the officer's community.
fn home_of(a: &mut Applying<'_>, p: &Pending, kind: DocKind, home: &str, content: &Content) -> Result<StreamId, StoreError> {
    let Place::Home(stream) = place::of_document(a, p, kind, home, content)? else { return Err(PLACE) };
    own_stream(a, p, stream)
}

/// An event comes in under its own id, as its officer's word, and is judged like any other.
fn adopt_event(a: &mut Applying<'_>, p: &Pending) -> Adopted {
    let event = Event::decode(&p.item.bytes).map_err(|_| UNREADABLE)?;
    let event = Event { by: p.officer, role: Role::Officer.number(), ..event };
    let item = Item { bytes: event.encode(), ..p.item.clone() };
    match event::apply(a, &Pending { item, ..p.clone() }, Bringer::Office)? {
        Outcome::Applied(released) | Outcome::Anew(_, released) => Ok((true, released)),
        Outcome::Known(_) => Ok((false, Vec::new())),
        Outcome::Held(_) | Outcome::Aside(Quarantine::OutOfScope) => Err(PLACE),
        Outcome::Aside(_) => Err(RULES),
    }
}

/// Tells the officer, by a row of the officer's own stream.
fn tell(a: &mut Applying<'_>, p: &Pending, how: SettledHow) -> Result<(), StoreError> {
    let settled = Settled { device: p.name.device.0, opening: p.name.opening, n: p.name.n, how: how.number() };
    let item = a.pen.fact(a.entropy, a.now_ms, FactKind::Settled, p.item.doc, to_cbor(&settled));
    let Some(stream) = a.unit.stream(&event::person(p.officer))? else { return Ok(()) };
    a.unit.append(stream, &a.pen.row(&item, a.now_ms)).map(drop)
}

/// Reads the name of an item that was put aside.
///
/// # Errors
/// `aside.unknown`.
pub fn parse_name(text: &str) -> Result<Name, Fault> {
    text.parse().map_err(|_| Fault::new("aside.unknown", text))
}
