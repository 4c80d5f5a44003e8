//! A change of a document: proved on a copy, routed to its home, shown.

use minqing_core::{
    Id,
    document::{Admission, Doc, DocKind, admit, matter::Home},
    envelope::Quarantine,
};

use super::apply::{Applying, Outcome};
use crate::{
    projection,
    storage::{
        Result,
        log::{Entry, KeptDocument, Pending, StreamId},
    },
};

/// Where a new document belongs.
enum Route {
    To(StreamId),
    WaitsFor(Id),
    Nowhere(Quarantine),
}

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
    let is_new = kept.is_none();
    let (kind, stream, creator) = match kept {
        Some(k) => (k.kind, k.stream, k.creator),
        None => {
            let Some((kind, home)) = doc.header() else { return Ok(Outcome::Aside(Quarantine::Malformed)) };
            match route(a, p, id, kind, &home, &doc)? {
                Route::To(stream) => (kind, stream, p.officer),
                Route::WaitsFor(missing) => return Ok(Outcome::Held(missing.0.to_vec())),
                Route::Nowhere(reason) => return Ok(Outcome::Aside(reason)),
            }
        }
    };
    if !may_write(a, p, stream, creator)? {
        return Ok(Outcome::Aside(Quarantine::OutOfScope));
    }
    let entry = Entry { name: p.name, item: &p.item, envelope: Some(p.envelope), received_ms: p.received_ms, applied_ms: a.now_ms, counts: true };
    a.unit.append(stream, &entry)?;
    let kept = KeptDocument { doc, kind, stream, creator };
    a.unit.keep_document(id, &kept)?;
    show(a, id, &kept)?;
    let mut released: Vec<Vec<u8>> = kept.doc.heads().iter().map(|h| h.to_vec()).collect();
    if is_new {
        released.push(id.0.to_vec());
    }
    Ok(Outcome::Applied(released))
}

/// Whether the author's scope holds the stream. A matter without a door lives at the desk, where no
/// phone reads; whoever wrote it first may go on writing it.
pub(super) fn may_write(a: &mut Applying<'_>, p: &Pending, stream: StreamId, creator: Id) -> Result<bool> {
    let name = a.unit.stream_name(stream)?;
    Ok(p.scope.contains(&name) || (name == desk(&p.community) && creator == p.officer))
}

/// The name of a community's desk stream.
pub(super) fn desk(community: &str) -> String {
    format!("desk:{community}")
}

fn route(a: &mut Applying<'_>, p: &Pending, id: Id, kind: DocKind, home: &str, doc: &Doc) -> Result<Route> {
    let malformed = Route::Nowhere(Quarantine::Malformed);
    let stream = match (kind, Home::parse(home)) {
        (DocKind::Card, _) => format!("grid:{home}"),
        (DocKind::Visits, Some(Home::Household(household))) => {
            let year = i16::try_from(doc.content().root.int("year")).unwrap_or(0);
            return if Id::visits(household, year) == id { home_of(a, household) } else { Ok(malformed) };
        }
        (DocKind::Matter, Some(Home::Household(household))) => return home_of(a, household),
        (DocKind::Matter, Some(Home::Community(code))) if code == p.community => desk(&code),
        (DocKind::Matter, Some(Home::Community(_))) => return Ok(Route::Nowhere(Quarantine::OutOfScope)),
        (DocKind::Visits, _) | (DocKind::Matter, None) => return Ok(malformed),
    };
    Ok(a.unit.stream(&stream)?.map_or(Route::Nowhere(Quarantine::OutOfScope), Route::To))
}

fn home_of(a: &mut Applying<'_>, household: Id) -> Result<Route> {
    Ok(match a.unit.document(household)? {
        Some(card) if card.kind == DocKind::Card => Route::To(card.stream),
        Some(_) => Route::Nowhere(Quarantine::Malformed),
        None => Route::WaitsFor(household),
    })
}

/// Brings the projections of a document up to date.
pub(super) fn show(a: &mut Applying<'_>, id: Id, kept: &KeptDocument) -> Result<()> {
    match kept.kind {
        DocKind::Card => a.unit.show_household(&projection::household(id, kept.stream, &kept.doc)),
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
