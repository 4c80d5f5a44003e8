//! Events of officers that the rules refused: the officer was told; the office looks whether something is to be done.

use minqing_core::Id;

use super::{
    decide::{About, Decided, Who, note, once},
    hex,
};
use crate::{
    app::App,
    fault::Fault,
    storage::{DecisionKind, StoreError},
};

/// Notes that somebody has looked at a refused event.
///
/// # Errors
/// `card.unknown` for a matter of another desk; `card.settled` where somebody has; `store.failed`.
pub fn seen(app: &App, who: &Who, matter: Id, event: Id) -> Result<Decided, Fault> {
    once(app, |a| {
        let row = a.unit.shown_matter(matter)?.filter(|row| row.community == who.community);
        row.ok_or_else(|| StoreError::Unknown { what: "card", id: matter.to_string() })?;
        if !a.unit.is_refused(event, matter)? {
            return Err(StoreError::Unknown { what: "card", id: matter.to_string() });
        }
        if a.unit.standing(matter, &hex(event))?.is_some() {
            return Err(StoreError::Refused("card.settled"));
        }
        note(a, who, About { kind: DecisionKind::Refused, doc: matter, other: hex(event), was: "null".to_owned(), became: "" })
    })
}
