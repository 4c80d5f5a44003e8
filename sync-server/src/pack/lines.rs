//! What lists show, ahead of the documents.

use minqing_core::{
    Id,
    document::{Doc, DocKind},
    event::{Event, Register},
    frame::from_cbor,
    model::MatterState,
    pack::{Line, MatterLine, Snapshot},
    view,
};

use crate::projection::MatterShown;

/// A door's row.
pub(super) fn door(id: Id, doc: &Doc) -> Option<Line> {
    let is_card = doc.header().is_some_and(|(kind, _)| kind == DocKind::Card);
    is_card.then(|| Line::Door(view::door_line(id, view::card(id, &doc.content()).household)))
}

/// A matter's row.
pub(super) fn matter(snapshot: &Snapshot, shown: &MatterShown) -> Option<Line> {
    let events = snapshot.events.iter().filter_map(|told| Event::decode(&told.bytes).ok());
    let register: Register = events.filter(|event| event.id.0 == shown.register).find_map(|event| from_cbor(&event.payload).ok())?;
    Some(Line::Matter(MatterLine {
        id: snapshot.doc,
        register,
        text: shown.text.clone(),
        place: shown.place.clone(),
        state: MatterState::from_word(&shown.state).map_or(0, MatterState::number),
        officer: Id(shown.officer),
        at_ms: shown.at_ms,
    }))
}

/// About how many bytes a row has.
pub(super) fn size(line: &Line) -> usize {
    match line {
        Line::Door(door) => 64 + door.note.len() + door.names.len(),
        Line::Matter(matter) => 96 + matter.text.len() + matter.place.len(),
    }
}
