//! A change of a document: proved on a copy, held against the documents' rules, routed to its home, shown.

use minqing_core::{
    Id,
    document::{Admission, Doc, DocKind, Step, admit, keeps_the_rules, own_hash, rests_on_nothing},
    envelope::Quarantine,
};

use super::{
    apply::{Applying, Outcome},
    place::{self, Place},
};
use crate::{
    projection,
    storage::{
        Result,
        log::{Entry, KeptDocument, Pending},
    },
};

pub(super) fn apply(a: &mut Applying<'_>, p: &Pending) -> Result<Outcome> {
    let id = p.item.doc;
    let kept = a.unit.document(id)?;
    let before = kept.as_ref().map_or_else(Doc::empty, |k| k.doc.clone());
    let doc = match admit(&before, &p.item.bytes, p.name.device, p.name.opening) {
        Admission::Applied(doc) => *doc,
        Admission::Missing(hash) => return Ok(Outcome::Held(hash.to_vec())),
        // The same change under a second name: no honest phone writes one.
        Admission::Known => return Ok(Outcome::Aside(Quarantine::Malformed)),
        Admission::Refused(reason) => return Ok(Outcome::Aside(reason)),
    };
    let (Some((kind, _)), content, earlier) = (doc.header(), doc.content(), before.content()) else {
        return Ok(Outcome::Aside(Quarantine::Malformed));
    };
    let step = Step { kind, before: &earlier, after: &content, author: p.officer, first: rests_on_nothing(&p.item.bytes) };
    if !keeps_the_rules(&step) || (kind == DocKind::Visits && takes_an_id(a, &step)?) {
        return Ok(Outcome::Aside(Quarantine::Malformed));
    }
    let is_new = kept.is_none();
    let (kind, stream, creator) = match kept {
        Some(k) => (k.kind, k.stream, k.creator),
        None => {
            let Some((kind, home)) = doc.header() else { return Ok(Outcome::Aside(Quarantine::Malformed)) };
            match place::of_document(a, p, kind, &home, &content)? {
                Place::Home(stream) => (kind, stream, p.officer),
                Place::Waits(missing) => return Ok(Outcome::Held(missing.0.to_vec())),
                Place::Aside(reason) => return Ok(Outcome::Aside(reason)),
            }
        }
    };
    if !place::may_write(a, p, stream, creator)? {
        return Ok(Outcome::Aside(Quarantine::OutOfScope));
    }
    let entry = Entry { name: p.name, item: &p.item, envelope: Some(p.envelope), received_ms: p.received_ms, applied_ms: a.now_ms, counts: true };
    a.unit.append(stream, &entry)?;
    let kept = KeptDocument { doc, kind, stream, creator };
    a.unit.keep_document(id, &kept)?;
    show(a, id, &kept)?;
    let mut released: Vec<Vec<u8>> = own_hash(&p.item.bytes).into_iter().collect();
    if is_new {
        released.push(id.0.to_vec());
    }
    Ok(Outcome::Applied(released))
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

/// Brings the projections of a document up to date.
fn show(a: &mut Applying<'_>, id: Id, kept: &KeptDocument) -> Result<()> {
    match kept.kind {
        DocKind::Card => {
            let home = a.unit.stream_name(kept.stream)?;
            a.unit.show_household(&projection::household(id, kept.stream, &home, &kept.doc))
        }
        DocKind::Visits => projection::visits(&kept.doc).iter().try_for_each(|visit| a.unit.show_visit(visit)),
        DocKind::Matter => match a.unit.shown_matter(id)? {
            Some(mut row) => {
                row.read_texts(&kept.doc);
                a.unit.show_matter(&row)
            }
            None => Ok(()),
        },
    }
}
