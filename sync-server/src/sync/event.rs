//! An event on a matter: judged once, and the verdict logged right behind it.

use minqing_core::{
    Id,
    document::matter::Home,
    envelope::Quarantine,
    event::{Event, Register},
    frame::from_cbor,
    model::{Category, EventCode, Role},
    pack,
    pipeline::{Judgement, Matter},
};

use super::{
    apply::{Applying, Bringer, Outcome, known},
    appointment,
    place::{self, Place},
    share,
};
use crate::{
    figures::{Counted, ratings},
    pipeline::{Case, Told, give, keep},
    projection::{self, MatterShown},
    storage::{
        Result,
        log::{Entry, KeptMatter, Pending, StreamId, Unit},
    },
};

pub(super) fn apply(a: &mut Applying<'_>, p: &Pending, bringer: Bringer) -> Result<Outcome> {
    let Ok(event) = Event::decode(&p.item.bytes) else { return Ok(Outcome::Aside(Quarantine::Malformed)) };
    // A phone speaks for its own officer only.
    if event.by != p.officer || event.role != Role::Officer.number() {
        return Ok(Outcome::Aside(Quarantine::ForeignActor));
    }
    if a.guards.event_once && a.unit.event_known(event.id)? {
        return known(a, p, bringer);
    }
    if let Some(after) = event.after
        && !a.unit.event_known(after)?
    {
        return Ok(Outcome::Held(after.0.to_vec()));
    }
    let id = p.item.doc;
    if appointment::is_one(&event) {
        return appointment::apply(a, p, &event, bringer);
    }
    let household = door_of(&event);
    let mut kept = match a.unit.matter(id)? {
        Some(kept) => kept,
        // One id is one thing.
        None if a.unit.appointment(id)?.is_some() => return Ok(Outcome::Aside(Quarantine::Malformed)),
        // Never refused for coming early: the registration may still be on its way.
        None if event.code != EventCode::Register.number() => return Ok(Outcome::Held(id.0.to_vec())),
        None => match home(a, p, &event)? {
            Place::Home(stream) => KeptMatter::new(stream, p.officer),
            Place::Waits(missing) => return Ok(Outcome::Held(missing.0.to_vec())),
            Place::Aside(reason) => return Ok(Outcome::Aside(reason)),
        },
    };
    if let (Bringer::Device, Some(skew_ms)) = (bringer, event.at.skew_ms()) {
        a.unit.note_skew(p.name.device, skew_ms)?;
    }
    let may = match bringer {
        Bringer::Device | Bringer::Carrier => may_write(a, p, &kept, household)?,
        Bringer::Office => projection::community_of(&a.unit.stream_name(kept.stream)?) == p.community,
    };
    if !may {
        return Ok(Outcome::Aside(Quarantine::OutOfScope));
    }
    let is_new = kept.matter.is_none();
    let (name, envelope) = bringer.signs(a, p);
    let entry = Entry { name, item: &p.item, envelope, received_ms: p.received_ms, applied_ms: a.now_ms, counts: true };
    let case = Case { id, event: &event, done_at: event.at.done_at(p.received_ms, p.enrolled_ms), works_for: &[] };
    let told = told(a, p, kept.stream, bringer)?;
    let judgement = give(a, &mut kept, &case, &entry, told)?;
    if let Judgement::Accepted { .. } = judgement {
        // A matter at the desk is written on by whoever really registered it.
        if is_new {
            kept.registrar = p.officer;
            bind_slip(a, id, &event)?;
            share::like_household(a, kept.stream, id, household)?;
            share::with_author(a, kept.stream, id, p.officer, pack::Told { device: name.device, bytes: p.item.bytes.clone() })?;
        }
        show_new(a, &case, &kept)?;
    }
    keep(a, id, &kept)?;
    Ok(Outcome::Applied(vec![event.id.0.to_vec(), id.0.to_vec()]))
}

/// The household for which an event registers a matter.
fn door_of(event: &Event) -> Option<Id> {
    let registers = event.code == EventCode::Register.number();
    registers.then(|| from_cbor::<Register>(&event.payload).ok()?.household)?
}

/// Whether the author may write on a matter, by its own place or that of its door.
fn may_write(a: &mut Applying<'_>, p: &Pending, kept: &KeptMatter, registers_at: Option<Id>) -> Result<bool> {
    if place::may_write(a, p, kept.stream, kept.registrar, registers_at)? {
        return Ok(true);
    }
    let door = a.unit.shown_matter(p.item.doc)?.and_then(|row| row.household).map(Id);
    if door.is_some() { place::may_write(a, p, kept.stream, kept.registrar, door) } else { Ok(false) }
}

/// Binds the slip of the matter's code, if it is a slip's; the first matter that is registered with it keeps it.
fn bind_slip(a: &mut Applying<'_>, id: Id, event: &Event) -> Result<()> {
    from_cbor::<Register>(&event.payload).map_or(Ok(()), |register| a.unit.bind_slip(&register.code, id, a.now_ms))
}

/// The home of a matter that is about to be registered.
fn home(a: &mut Applying<'_>, p: &Pending, event: &Event) -> Result<Place> {
    let Ok(Register { category, household, .. }) = from_cbor::<Register>(&event.payload) else { return Ok(Place::Aside(Quarantine::Malformed)) };
    let home = Home::of(Category::from_number(category), household, &p.community);
    // What the desk keeps of a door must be of one there is, in the same community.
    if let (Home::Community(_), Some(household)) = (&home, household) {
        match place::of_household(a, household)? {
            Place::Home(stream) if projection::community_of(&a.unit.stream_name(stream)?) != p.community => return Ok(Place::Aside(Quarantine::OutOfScope)),
            Place::Home(_) => {}
            other => return Ok(other),
        }
    }
    place::of_matter(a, p, &home)
}

/// A verdict goes to its author's own stream if it refuses or the author does not read the home of what it is about.
pub(super) fn told(a: &mut Applying<'_>, p: &Pending, home: StreamId, bringer: Bringer) -> Result<Told> {
    let home = a.unit.stream_name(home)?;
    let Some(own) = a.unit.stream(&person(p.officer))? else { return Ok(Told::Nobody) };
    // What a carrier may read says nothing of what the author reads.
    let reads_it = bringer != Bringer::Carrier && p.scope.contains(&home);
    Ok(if reads_it { Told::IfRefused(own) } else { Told::Always(own) })
}

/// Whether somebody is an officer: they have a stream of their own.
pub(crate) fn is_officer(a: &mut Applying<'_>, who: Id) -> Result<bool> {
    Ok(a.unit.stream(&person(who))?.is_some())
}

/// The name of an officer's own stream.
pub(crate) fn person(officer: Id) -> String {
    format!("person:{officer}")
}

/// Shows a matter as it stands now.
pub(crate) fn show(a: &mut Applying<'_>, id: Id, kept: &KeptMatter) -> Result<()> {
    match (a.unit.shown_matter(id)?, &kept.matter) {
        (Some(row), Some(matter)) => {
            let row = row.with_fold(matter);
            a.unit.show_matter(&row)?;
            count(a.unit, &row, kept)?;
            show_public(a.unit, id, matter)
        }
        _ => Ok(()),
    }
}

/// Shows what is read of a matter outside of the office, once something was written for that.
pub(super) fn show_public(unit: &mut dyn Unit, id: Id, matter: &Matter) -> Result<()> {
    if matter.result.is_none() && matter.publication.draft.is_none() {
        return Ok(());
    }
    let texts = unit.document(id)?.map(|kept| projection::public_texts(matter, &kept.doc.content()));
    unit.show_public(id, &texts.unwrap_or_default(), projection::board(matter).as_ref())
}

/// The same, of one that this event may have registered.
pub(crate) fn show_new(a: &mut Applying<'_>, case: &Case<'_>, kept: &KeptMatter) -> Result<()> {
    let Some(matter) = &kept.matter else { return Ok(()) };
    if a.unit.shown_matter(case.id)?.is_some() {
        return show(a, case.id, kept);
    }
    let home = a.unit.stream_name(kept.stream)?;
    let mut row = projection::matter(case.id, projection::community_of(&home), case.event, case.done_at, matter);
    if let (Some(row), Some(texts)) = (&mut row, a.unit.document(case.id)?) {
        row.read_texts(&texts.doc.content());
    }
    let Some(row) = row else { return Ok(()) };
    a.unit.show_matter(&row)?;
    count(a.unit, &row, kept)
}

/// Keeps what figures count of a matter.
fn count(unit: &mut dyn Unit, row: &MatterShown, kept: &KeptMatter) -> Result<()> {
    let (Some(matter), Some(tally)) = (&kept.matter, &kept.tally) else { return Ok(()) };
    let home = unit.stream_name(kept.stream)?;
    unit.count_matter(&Counted::of(row, &home, matter, tally), &ratings(matter, tally))
}
