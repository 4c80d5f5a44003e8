//! An event on a matter: judged once, and the verdict logged right behind it.

use minqing_core::{
    Id,
    document::matter::Home,
    envelope::Quarantine,
    event::{Event, FactKind, Register, Verdict},
    frame::{from_cbor, to_cbor},
    model::{Category, EventCode, Role},
    pack::Told,
    pipeline::{Judgement, RULES, judge},
};

use super::{
    apply::{Applying, Bringer, Outcome, known},
    place::{self, Place},
    share,
};
use crate::{
    projection,
    storage::{
        Result,
        log::{Entry, KeptMatter, Pending},
    },
};

pub(super) fn apply(a: &mut Applying<'_>, p: &Pending, bringer: Bringer) -> Result<Outcome> {
    let Ok(event) = Event::decode(&p.item.bytes) else { return Ok(Outcome::Aside(Quarantine::Malformed)) };
    // A phone speaks for its own officer only.
    if event.by != p.officer || event.role != Role::Officer.number() {
        return Ok(Outcome::Aside(Quarantine::ForeignActor));
    }
    if a.unit.event_known(event.id)? {
        return known(a, p, bringer);
    }
    if let Some(after) = event.after
        && !a.unit.event_known(after)?
    {
        return Ok(Outcome::Held(after.0.to_vec()));
    }
    let id = p.item.doc;
    let mut kept = match a.unit.matter(id)? {
        Some(kept) => kept,
        // Never refused for coming early: the registration may still be on its way.
        None if event.code != EventCode::Register.number() => return Ok(Outcome::Held(id.0.to_vec())),
        None => match home(a, p, &event)? {
            Place::Home(stream) => KeptMatter { stream, registrar: p.officer, judged: 0, matter: None },
            Place::Waits(missing) => return Ok(Outcome::Held(missing.0.to_vec())),
            Place::Aside(reason) => return Ok(Outcome::Aside(reason)),
        },
    };
    let may = match bringer {
        Bringer::Device | Bringer::Carrier => place::may_write(a, p, kept.stream, kept.registrar)?,
        Bringer::Office => projection::community_of(&a.unit.stream_name(kept.stream)?) == p.community,
    };
    if !may {
        return Ok(Outcome::Aside(Quarantine::OutOfScope));
    }
    kept.judged += 1;
    let judgement = judge(kept.matter.as_ref(), kept.judged, &event);
    let (name, envelope) = bringer.signs(a, p);
    let entry = Entry { name, item: &p.item, envelope, received_ms: p.received_ms, applied_ms: a.now_ms, counts: true };
    share::append(a, kept.stream, &entry)?;
    let done_at = event.at.done_at(p.received_ms, p.enrolled_ms);
    log_verdict(a, p, &event, &kept, &judgement, (done_at, bringer))?;
    a.unit.keep_event(event.id, id)?;
    if let Judgement::Accepted(matter) = judgement {
        // A matter at the desk is written on by whoever really registered it.
        if kept.matter.is_none() {
            kept.registrar = p.officer;
            share::with_author(a, kept.stream, id, p.officer, Told { device: name.device, bytes: p.item.bytes.clone() })?;
        }
        kept.matter = Some(matter);
        show(a, p, &event, &kept, done_at)?;
    }
    a.unit.keep_matter(id, &kept)?;
    Ok(Outcome::Applied(vec![event.id.0.to_vec(), id.0.to_vec()]))
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

/// A verdict is a row of the matter's home, of the streams it is shared with, and of the author's own stream if it
/// refuses or the author does not read that home.
fn log_verdict(a: &mut Applying<'_>, p: &Pending, event: &Event, kept: &KeptMatter, judgement: &Judgement, (done_at, bringer): (i64, Bringer)) -> Result<()> {
    let (refused, by) = match judgement {
        Judgement::Accepted(_) => (None, None),
        Judgement::Refused { code, by } => (Some(code.number()), *by),
    };
    let verdict = Verdict { event: event.id, ordinal: kept.judged, refused, by, done_at, rules: RULES, calendar: 0 };
    let item = a.pen.fact(a.entropy, a.now_ms, FactKind::Verdict, p.item.doc, to_cbor(&verdict));
    let home = a.unit.stream_name(kept.stream)?;
    let mut streams = vec![kept.stream];
    streams.extend(a.unit.shares(p.item.doc)?);
    // What a carrier may read says nothing of what the author reads.
    if refused.is_some() || bringer == Bringer::Carrier || !p.scope.contains(&home) {
        streams.extend(a.unit.stream(&person(p.officer))?);
    }
    streams.sort_unstable();
    streams.dedup();
    for stream in streams {
        a.unit.append(stream, &a.pen.row(&item, a.now_ms))?;
    }
    Ok(())
}

/// The name of an officer's own stream.
pub(super) fn person(officer: Id) -> String {
    format!("person:{officer}")
}

fn show(a: &mut Applying<'_>, p: &Pending, event: &Event, kept: &KeptMatter, done_at: i64) -> Result<()> {
    let (id, Some(matter)) = (p.item.doc, &kept.matter) else { return Ok(()) };
    let shown = match a.unit.shown_matter(id)? {
        Some(row) => Some(projection::MatterShown { state: matter.state.word().to_owned(), ..row }),
        None => {
            let home = a.unit.stream_name(kept.stream)?;
            let mut row = projection::matter(id, projection::community_of(&home), event, done_at, matter);
            if let (Some(row), Some(texts)) = (&mut row, a.unit.document(id)?) {
                row.read_texts(&texts.doc.content());
            }
            row
        }
    };
    shown.map_or(Ok(()), |row| a.unit.show_matter(&row))
}
