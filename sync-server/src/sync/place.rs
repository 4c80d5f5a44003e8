//! Where something new belongs: decided once, the same way for a matter's document and for its events.

use minqing_core::{
    Id,
    document::{
        Content, DocKind,
        form::{form_id, versions},
        matter::Home,
        notice,
    },
    envelope::Quarantine,
    model::{Address, address_name, community_of_grid},
    view,
};

use super::apply::Applying;
use crate::storage::{
    Result, Store,
    log::{Pending, StreamId},
};

/// The home of something new, or why it has none.
pub(super) enum Place {
    /// This stream.
    Home(StreamId),
    /// It waits for this id.
    Waits(Id),
    /// It must be put aside.
    Aside(Quarantine),
}

/// Where a household's card says that its door is; `None` where the household is not here.
pub(crate) fn door_of(store: &dyn Store, household: Id) -> Result<Option<Address>> {
    Ok(store.document(household)?.map(|card| view::address(&card.doc.content().root)))
}

/// The home of a new document.
pub(super) fn of_document(a: &mut Applying<'_>, p: &Pending, kind: DocKind, home: &str, content: &Content) -> Result<Place> {
    let id = p.item.doc;
    match kind {
        DocKind::Card if !is_its_address(id, home, content) => Ok(Place::Aside(Quarantine::Malformed)),
        DocKind::Card => stream(a, &format!("grid:{home}")),
        DocKind::Visits => {
            let year = i16::try_from(content.root.int("year")).unwrap_or(0);
            match Home::parse(home) {
                Some(Home::Household(household)) if Id::visits(household, year) == id => of_household(a, household),
                _ => Ok(Place::Aside(Quarantine::Malformed)),
            }
        }
        // Its own id, so that no form takes the place of another.
        DocKind::Form => match versions(content).pop_last() {
            Some((_, form)) if form_id(home, &form.name) == id => stream(a, &format!("commons:{home}")),
            _ => Ok(Place::Aside(Quarantine::Malformed)),
        },
        DocKind::Notice if notice::id_by_content(content) == Some(id) => stream(a, &format!("commons:{home}")),
        DocKind::Notice => Ok(Place::Aside(Quarantine::Malformed)),
        DocKind::Matter => match Home::parse(home) {
            Some(home) => of_matter(a, p, &home),
            None => Ok(Place::Aside(Quarantine::Malformed)),
        },
    }
}

/// The home of a matter, as its document or its registration names it. The one that comes second must agree.
pub(super) fn of_matter(a: &mut Applying<'_>, p: &Pending, home: &Home) -> Result<Place> {
    let id = p.item.doc;
    if !id.is_timed() {
        return Ok(Place::Aside(Quarantine::Malformed));
    }
    let place = match home {
        Home::Household(household) => of_household(a, *household)?,
        Home::Community(code) if *code == p.community => stream(a, &desk(code))?,
        Home::Community(_) => Place::Aside(Quarantine::OutOfScope),
    };
    let words = a.unit.document_head(id)?;
    if words.as_ref().is_some_and(|d| d.kind != DocKind::Matter) {
        return Ok(Place::Aside(Quarantine::Malformed));
    }
    let known = a.unit.matter(id)?.map(|m| m.stream).or(words.map(|d| d.stream));
    Ok(match (place, known) {
        (Place::Home(stream), Some(known)) if stream != known => Place::Aside(Quarantine::Malformed),
        (place, _) => place,
    })
}

/// Whether the author's scope holds the stream, one that the document or its household is shared with, or one by which it
/// was read before: then it was written before its author heard that it left. At the desk no phone reads; whoever wrote a matter there first
/// may go on writing it.
pub(super) fn may_write(a: &mut Applying<'_>, p: &Pending, stream: StreamId, creator: Id, household: Option<Id>) -> Result<bool> {
    let name = a.unit.stream_name(stream)?;
    if p.scope.contains(&name) || (name == desk(&p.community) && creator == p.officer) {
        return Ok(true);
    }
    for id in household.into_iter().chain([p.item.doc]) {
        for other in [a.unit.shares(id)?, a.unit.former_homes(id)?].concat() {
            if p.scope.contains(&a.unit.stream_name(other)?) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The household at whose door a document belongs, if it does.
pub(crate) fn household_of(kind: DocKind, home: &str) -> Option<Id> {
    match Home::parse(home) {
        Some(Home::Household(household)) if matches!(kind, DocKind::Visits | DocKind::Matter) => Some(household),
        _ => None,
    }
}

pub(super) fn of_household(a: &mut Applying<'_>, household: Id) -> Result<Place> {
    Ok(match a.unit.document_head(household)? {
        Some(card) if card.kind == DocKind::Card => Place::Home(card.stream),
        Some(_) => Place::Aside(Quarantine::Malformed),
        None => Place::Waits(household),
    })
}

fn stream(a: &mut Applying<'_>, name: &str) -> Result<Place> {
    Ok(a.unit.stream(name)?.map_or(Place::Aside(Quarantine::OutOfScope), Place::Home))
}

/// The name of a community's desk stream.
pub(crate) fn desk(community: &str) -> String {
    format!("desk:{community}")
}

/// A card's id follows from its address, so that nobody can take the id of a door that is not theirs; a door
/// without a full address has an id made from a clock.
fn is_its_address(id: Id, grid: &str, content: &Content) -> bool {
    let address = view::address(&content.root);
    community_of_grid(grid) == address.community && address_name(&address).map_or(id.is_timed(), |named| named == id)
}
