//! What a new phone needs first: every door, open matters, forms and notices, and volumes with something still to be done.

use minqing_core::{
    Id,
    document::{Doc, DocKind},
    pack::Snapshot,
    view,
};

/// A snapshot with what was found on opening it.
pub(super) struct Opened {
    pub(super) snapshot: Snapshot,
    pub(super) kind: Option<DocKind>,
    pub(super) is_due: bool,
}

/// Opens a document; `is_open` says of a matter whether somebody has still to act.
pub(super) fn open(snapshot: Snapshot, doc: Option<&Doc>, is_open: impl Fn(Id) -> bool) -> Opened {
    let kind = doc.and_then(Doc::header).map(|(kind, _)| kind);
    let is_due = match (kind, doc) {
        (Some(DocKind::Visits), Some(doc)) => view::visits(&doc.content()).follow_ups.iter().any(|f| !f.done),
        (Some(DocKind::Card | DocKind::Notice | DocKind::Form), _) => true,
        // Events may stand in a stream without their matter's texts.
        _ => is_open(snapshot.doc),
    };
    Opened { snapshot, kind, is_due }
}

/// Due, then rest; each with doors first, since lists show them, then matters, then visits.
pub(super) fn sort(mut opened: Vec<Opened>) -> [Vec<Snapshot>; 2] {
    opened.sort_by_key(|o| match o.kind {
        Some(DocKind::Card) => 0,
        Some(DocKind::Visits) => 2,
        _ => 1,
    });
    let (due, rest): (Vec<_>, Vec<_>) = opened.into_iter().partition(|o| o.is_due);
    [due, rest].map(|part| part.into_iter().map(|o| o.snapshot).collect())
}
