//! A change of a document: proved on a copy, held against the documents' rules, routed to its home, shown.

use std::sync::Arc;

use minqing_core::{
    Id,
    document::{Admitted, Content, Doc, DocKind, Step, hash_of_change, keeps_the_rules, rests_on_nothing},
    envelope::Quarantine,
};

use super::{
    apply::{Applying, Bringer, Outcome, known},
    archive, event, late,
    place::{self, Place},
    recent::Open,
    sealed, share,
    survey::{self, Fit},
    told,
    trial::{Trial, Tried},
};
use crate::{
    projection,
    storage::{
        Result,
        log::{DocumentHead, Entry, Pending, Unit},
    },
};

pub(super) fn apply(a: &mut Applying<'_>, p: &Pending, bringer: Bringer) -> Result<Outcome> {
    let id = p.item.doc;
    let head = a.unit.document_head(id)?;
    let version = head.map_or(0, |head| head.version);
    let trial = match a.trials.take(p.name, version, a.guards) {
        Some(trial) => trial,
        None => {
            let doc = a.unit.document(id)?.map_or_else(Doc::empty, |kept| kept.doc);
            Trial::of(p, version, &doc, Arc::new(doc.content()), a.guards)
        }
    };
    let Admitted { doc, saved, content: after } = match trial.tried {
        Tried::Fits(fits) => *fits,
        Tried::Missing(hash) => return late::or_held(a, p, head, hash, bringer),
        Tried::Known => return known(a, p, bringer),
        Tried::Aside(reason) => return Ok(Outcome::Aside(reason)),
    };
    let first = rests_on_nothing(&p.item.bytes);
    if first && let Some(seq) = late::is_of_before(a, p, head)? {
        return Ok(Outcome::Known(seq));
    }
    let Some((kind, home)) = doc.header() else { return Ok(Outcome::Aside(Quarantine::Malformed)) };
    let step = Step { kind, before: &trial.before, after: &after, author: p.author(), first };
    let kept = match fit(a, p, head, &step, &home, bringer)? {
        Ok(kept) => kept,
        Err(outcome) => return Ok(outcome),
    };
    let household = place::household_of(kind, &home);
    if head.is_none() {
        share::like_household(a, kept.stream, id, household)?;
    } else if kind == DocKind::Visits {
        archive::take_back(a, id, kept.stream, household)?;
    }
    let (name, envelope) = bringer.signs(a, p);
    let entry = Entry { name, item: &p.item, envelope, received_ms: p.received_ms, applied_ms: a.now_ms, counts: true };
    share::append(a.unit, kept.stream, &entry)?;
    a.unit.keep_document(id, &kept, &saved)?;
    show(a.unit, id, &kept, &Shown { doc: &doc, before: &trial.before, after: &after })?;
    a.trials.keep(id, Open { version: version + 1, doc, content: Arc::new(after), size: saved.len() });
    let mut released: Vec<Vec<u8>> = hash_of_change(&p.item.bytes).iter().map(|hash| hash.to_vec()).collect();
    if head.is_none() {
        released.push(id.0.to_vec());
    }
    Ok(Outcome::Applied(released))
}

/// What a document is known by once a step is taken, or what becomes of the change that may not take it.
pub(super) fn fit(
    a: &mut Applying<'_>,
    p: &Pending,
    head: Option<DocumentHead>,
    step: &Step<'_>,
    home: &str,
    bringer: Bringer,
) -> Result<Result<DocumentHead, Outcome>> {
    let (id, kind) = (p.item.doc, step.kind);
    let aside = |reason| Ok(Err(Outcome::Aside(reason)));
    if is_offices_alone(kind) && p.author().is_some() {
        return aside(Quarantine::OutOfScope);
    }
    if (a.guards.document_rules && !keeps_the_rules(step)) || (kind == DocKind::Visits && takes_an_id(a, step)?) {
        return aside(Quarantine::Malformed);
    }
    if sealed::is_touched(a, id, step, bringer)? {
        return aside(Quarantine::OutOfScope);
    }
    match survey::fit(a, p, step)?.and(|| told::fit(a, p, step))? {
        Fit::Fits => {}
        Fit::Waits(missing) => return Ok(Err(Outcome::Held(missing.0.to_vec()))),
        Fit::Not => return aside(Quarantine::Malformed),
    }
    let kept = match head {
        Some(head) => head,
        None => match place::of_document(a, p, kind, home, step.after)? {
            Place::Home(stream) => DocumentHead { kind, stream, creator: p.officer, version: 0 },
            Place::Waits(missing) => return Ok(Err(Outcome::Held(missing.0.to_vec()))),
            Place::Aside(reason) => return aside(reason),
        },
    };
    if !place::may_write(a, p, kept.stream, kept.creator, place::household_of(kind, home))? {
        return aside(Quarantine::OutOfScope);
    }
    Ok(Ok(kept))
}

/// Forms and notices only the office writes.
pub(super) fn is_offices_alone(kind: DocKind) -> bool {
    matches!(kind, DocKind::Form | DocKind::Notice)
}

/// Whether a new visit has the id of one at another door.
fn takes_an_id(a: &mut Applying<'_>, step: &Step<'_>) -> Result<bool> {
    let household = Id::or_zero(&step.after.root.text("home"));
    for (id, _) in step.after.items_of("visit").filter(|(id, _)| step.before.item("visit", *id).is_none()) {
        if a.unit.visit_door(id)?.is_some_and(|door| door != household) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A document that the projections are to show.
pub(super) struct Shown<'a> {
    pub(super) doc: &'a Doc,
    pub(super) before: &'a Content,
    pub(super) after: &'a Content,
}

/// Shows a document anew; `before`: what is shown of it.
pub(crate) fn show_document(unit: &mut dyn Unit, id: Id, head: &DocumentHead, doc: &Doc, before: &Content) -> Result<()> {
    show(unit, id, head, &Shown { doc, before, after: &doc.content() })
}

/// Brings the projections of a document up to date.
pub(super) fn show(unit: &mut dyn Unit, id: Id, head: &DocumentHead, document: &Shown<'_>) -> Result<()> {
    let files = |content| if head.kind == DocKind::Card { Vec::new() } else { projection::attachments(id, content) };
    let named = files(document.after);
    if named != files(document.before) {
        unit.show_attachments(id, &named)?;
    }
    if !document.before.disputed.is_empty() || !document.after.disputed.is_empty() {
        unit.show_reviews(id, &projection::reviews(id, document.doc))?;
    }
    match head.kind {
        DocKind::Card => {
            let home = unit.stream_name(head.stream)?;
            unit.show_household(&projection::household(id, head.stream, &home, document.doc))
        }
        DocKind::Visits => {
            // A visit's row and its answers follow from its item and the door alone.
            let new = document.after.since(document.before);
            projection::visits(&new).iter().try_for_each(|visit| unit.show_visit(visit))?;
            projection::answers(&new).iter().try_for_each(|answer| unit.show_answer(answer))
        }
        DocKind::Form | DocKind::Notice => Ok(()),
        DocKind::Matter => match unit.shown_matter(id)? {
            Some(mut row) => {
                row.read_texts(document.after);
                unit.show_matter(&row)?;
                match unit.matter(id)?.and_then(|kept| kept.matter) {
                    Some(matter) => event::show_public(unit, id, &matter),
                    None => Ok(()),
                }
            }
            None => Ok(()),
        },
    }
}
