//! The verdict on one event: given once, and logged with the event.

use minqing_core::{
    Id,
    envelope::{Item, ItemKind},
    event::{Event, FactKind, Said, Undone, Verdict},
    frame::to_cbor,
    model::EventCode,
    pipeline::{Around, Happened, Judgement, Matter, RULES, Step, Times, judge},
};

use super::{
    cluster::{self, Beside},
    timers::keep,
    visit,
};
use crate::{
    figures::follow,
    projection,
    storage::{
        Result,
        log::{Entry, KeptMatter, StreamId},
    },
    sync::{Applying, append_shared, show_matter},
};

/// An event that is about to be judged.
pub(crate) struct Case<'a> {
    /// The matter.
    pub(crate) id: Id,
    /// The event.
    pub(crate) event: &'a Event,
    /// When the server holds it done, milliseconds since 1970.
    pub(crate) done_at: i64,
    /// The departments for which its author works.
    pub(crate) works_for: &'a [Id],
}

/// To whom a verdict goes besides the matter's home and those with whom it is shared.
pub(crate) enum Told {
    /// To nobody.
    Nobody,
    /// To this stream if it refuses.
    IfRefused(StreamId),
    /// To this stream.
    Always(StreamId),
}

impl Told {
    /// The stream of a verdict, if it goes to one.
    pub(crate) fn stream(&self, refuses: bool) -> Option<StreamId> {
        match self {
            Self::Always(stream) => Some(*stream),
            Self::IfRefused(stream) => Some(*stream).filter(|_| refuses),
            Self::Nobody => None,
        }
    }
}

/// Gives a verdict on an event that the server writes down itself.
pub(super) fn give_own(a: &mut Applying<'_>, kept: &mut KeptMatter, case: &Case<'_>) -> Result<Judgement> {
    let item = Item { kind: ItemKind::Event.number(), doc: case.id, bytes: case.event.encode() };
    let entry = a.pen.row(&item, a.now_ms);
    give(a, kept, case, &entry, Told::Nobody)
}

/// Judges an event and logs it, the timers that it takes back, its verdict, and whatever it brings with it in its cluster: all of it
/// stands, or nothing. `kept` becomes what it says; other matters are kept and shown.
pub(crate) fn give(a: &mut Applying<'_>, kept: &mut KeptMatter, case: &Case<'_>, entry: &Entry<'_>, told: Told) -> Result<Judgement> {
    let other = other(a, kept, case)?;
    let around = Around { id: case.id, calendar: &a.rules.calendar, terms: &a.rules.terms, works_for: case.works_for, other: other.as_ref(), now_ms: a.now_ms };
    let judgement = judge(kept.matter.as_ref(), kept.judged + 1, case.event, case.done_at, &around);
    let (judgement, besides) = match cluster::besides(a, kept, case, &judgement)? {
        Ok(besides) => (judgement, besides),
        Err(code) => (Judgement::Refused { code, by: None }, Vec::new()),
    };
    log(a, kept, case, entry, &judgement, told)?;
    for Beside { matter: id, event, judgement } in &besides {
        let item = Item { kind: ItemKind::Event.number(), doc: *id, bytes: event.encode() };
        let (entry, beside) = (a.pen.row(&item, a.now_ms), Case { id: *id, event, done_at: case.done_at, works_for: &[] });
        if *id == case.id {
            log(a, kept, &beside, &entry, judgement, Told::Nobody)?;
        } else if let Some(mut other) = a.unit.matter(*id)? {
            log(a, &mut other, &beside, &entry, judgement, Told::Nobody)?;
            show_matter(a, *id, &other)?;
            keep(a, *id, &other)?;
        }
    }
    Ok(judgement)
}

/// Logs an event that was judged, the timers that it takes back, and its verdict. `kept` becomes what it says.
fn log(a: &mut Applying<'_>, kept: &mut KeptMatter, case: &Case<'_>, entry: &Entry<'_>, judgement: &Judgement, told: Told) -> Result<()> {
    append_shared(a.unit, kept.stream, entry)?;
    let also = told.stream(matches!(judgement, Judgement::Refused { .. }));
    let calendar = a.rules.calendar.version();
    let mut verdict =
        Verdict { event: case.event.id, ordinal: kept.judged + 1, refused: None, by: None, done_at: case.done_at, rules: RULES, calendar, started: None };
    match judgement {
        Judgement::Accepted { undone, ordinal, started, .. } => {
            for (timer, ordinal) in undone.iter().zip(kept.judged + 1..) {
                let item = a.pen.fact(a.entropy, a.now_ms, FactKind::Undone, case.id, to_cbor(&Undone { ordinal, timer: *timer }));
                log_fact(a, kept.stream, &item, also)?;
            }
            verdict.ordinal = *ordinal;
            verdict.started = Some(started.clone()).filter(|s| !s.is_empty());
        }
        Judgement::Refused { code, by } => (verdict.refused, verdict.by) = (Some(code.number()), *by),
    }
    kept.judged = verdict.ordinal;
    let item = a.pen.fact(a.entropy, a.now_ms, FactKind::Verdict, case.id, to_cbor(&verdict));
    log_fact(a, kept.stream, &item, also)?;
    a.unit.keep_event(case.event.id, case.id)?;
    if verdict.refused.is_some() {
        let home = a.unit.stream_name(kept.stream)?;
        let row = projection::refused(case.id, projection::community_of(&home), case.event, &verdict);
        row.map_or(Ok(()), |row| a.unit.show_refused(&row))?;
    }
    if let Judgement::Accepted { matter, undone, ordinal, started } = judgement {
        let times = Times { done_at: case.done_at, judged_ms: a.now_ms, calendar, started: started.clone() };
        let step = Step::of(case.event, *ordinal, times).ok().map(Happened::Step);
        let all: Vec<Happened> = undone.iter().copied().map(Happened::Undone).chain(step).collect();
        kept.tally = follow(kept, case.id, &all, &*a.rules);
        let before = kept.matter.replace((**matter).clone()).map(|m| m.state);
        visit::ask(a, kept, before)?;
    }
    Ok(())
}

/// Appends a fact to the matter's home, to the streams it is shared with and to one more, once to each.
pub(crate) fn log_fact(a: &mut Applying<'_>, home: StreamId, item: &Item, also: Option<StreamId>) -> Result<()> {
    let mut streams = vec![home];
    streams.extend(a.unit.shares(item.doc)?);
    streams.extend(also);
    streams.sort_unstable();
    streams.dedup();
    for stream in streams {
        a.unit.append(stream, &a.pen.row(item, a.now_ms))?;
    }
    Ok(())
}

/// The matter that an event names, if it lies in the same stream, or did before one of the two moved.
fn other(a: &mut Applying<'_>, kept: &KeptMatter, case: &Case<'_>) -> Result<Option<Matter>> {
    let named = EventCode::from_number(case.event.code).and_then(|code| Said::read(code, &case.event.payload));
    let master = kept.matter.as_ref().and_then(|m| m.merged.map(|(master, _)| master));
    let id = match named {
        Some(Said::Other(other)) => Some(other.matter),
        _ => master,
    };
    let Some(id) = id else { return Ok(None) };
    let Some(other) = a.unit.matter(id)? else { return Ok(None) };
    let was_beside = other.stream == kept.stream || a.unit.former_homes(id)?.contains(&kept.stream) || a.unit.former_homes(case.id)?.contains(&other.stream);
    Ok(other.matter.filter(|_| was_beside))
}
