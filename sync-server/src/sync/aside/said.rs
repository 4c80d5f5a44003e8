//! What an item put aside says, as far as it can be read.

use minqing_core::{
    document::{Content, Doc, DocKind, Scalar, Written},
    envelope::ItemKind,
    event::Event,
    model::{Address, EventCode},
    view::address,
};

use super::super::place::door_of;
use crate::storage::{Result, Store, log::Pending};

/// Most values that are told of one item, and most letters of one.
const MOST: usize = 24;
const LETTERS: usize = 1_000;

/// Fields that say what a document is and who wrote into it, but nothing that somebody typed.
const BESIDE: [&str; 11] = ["kind", "home", "v", "community", "year", "officer", "at", "visit", "sha256", "media", "bytes"];

/// What an item put aside says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What it is about; `None` where that is not known here.
    pub kind: Option<DocKind>,
    /// What happened, if it is an event.
    pub event: Option<EventCode>,
    /// At which door, where that is known here.
    pub door: Option<Address>,
    /// Whether it could be read.
    pub readable: bool,
    /// Field names and values that somebody typed or chose, cut.
    pub values: Vec<(String, String)>,
}

/// Reads an item. It may be anything: what no app of ours writes is not readable, and says nothing.
///
/// # Errors
/// `store.failed`.
pub fn read(store: &dyn Store, p: &Pending) -> Result<Said> {
    let said = read_all(store, p)?;
    // Whoever writes on a door of another community learns nothing of it.
    Ok(Said { door: said.door.filter(|door| door.community == p.community), ..said })
}

fn read_all(store: &dyn Store, p: &Pending) -> Result<Said> {
    let kept = store.document(p.item.doc)?;
    match ItemKind::from_number(p.item.kind) {
        Some(ItemKind::Change) => change(store, p, kept.map_or_else(Doc::empty, |kept| kept.doc)),
        Some(ItemKind::Event) => {
            let event = Event::decode(&p.item.bytes).ok();
            let door = kept.and_then(|kept| kept.doc.header()).map_or(Ok(None), |(_, home)| home_door(store, &home))?;
            let code = event.as_ref().and_then(|event| EventCode::from_number(event.code));
            Ok(Said { kind: Some(DocKind::Matter), event: code, door, readable: event.is_some(), values: Vec::new() })
        }
        Some(ItemKind::Fact) | None => Ok(Said::default()),
    }
}

fn change(store: &dyn Store, p: &Pending, before: Doc) -> Result<Said> {
    let written = Written::read(&p.item.bytes, &before).ok();
    let values = written.as_ref().map(Written::values).unwrap_or_default();
    // As the document would be with it: what it is and where lies in the one or the other.
    let Content { mut root, .. } = before.content();
    root.0.extend(values.iter().filter(|(field, _)| !field.contains('/')).cloned());
    let kind = DocKind::from_number(root.int("kind"));
    let door = if kind == Some(DocKind::Card) { Some(address(&root)) } else { home_door(store, &root.text("home"))? };
    let is_plate = |field: &str| kind == Some(DocKind::Card) && Address::default().parts().iter().any(|(part, _)| *part == field);
    let said = values.into_iter().filter(|(field, _)| !is_plate(field)).filter_map(|(field, value)| typed(&field, &value));
    Ok(Said { kind, door, event: None, readable: written.is_some(), values: said.take(MOST).collect() })
}

/// A value that somebody typed or chose, under the last part of its field's name.
fn typed(field: &str, value: &Scalar) -> Option<(String, String)> {
    let name = field.rsplit('/').next().unwrap_or(field).split(':').next().unwrap_or_default();
    let text = match value {
        Scalar::Text(text) => text.clone(),
        Scalar::Int(number) => number.to_string(),
        Scalar::Bool(_) | Scalar::Other(_) => return None,
    };
    let cut: String = text.chars().take(LETTERS).collect();
    (!BESIDE.contains(&name) && !cut.trim().is_empty()).then(|| (name.to_owned(), cut))
}

/// The door of a document whose home is a household; none where it is a community, or the household is not here.
fn home_door(store: &dyn Store, home: &str) -> Result<Option<Address>> {
    home.parse().map_or(Ok(None), |household| door_of(store, household))
}
