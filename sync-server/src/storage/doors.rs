//! The doors of a grid with what lies behind them, for those who say whom to visit next.

use minqing_core::{Id, document::Content, model::MatterState, view::HouseholdRow};

use super::Result;

/// A door with its documents.
#[derive(Clone, Debug, PartialEq)]
pub struct DoorKept {
    /// Where it is.
    pub row: HouseholdRow,
    /// Its card.
    pub card: Content,
    /// Its volumes of visits, in the order of the years asked for; those that are not there are left out.
    pub volumes: Vec<Content>,
}

/// Doors.
pub trait Doors: Send + Sync {
    /// Reads the doors of a grid, by id and one after the other, with their visits of some years.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged` at a document that does not read, and what `read` returns.
    fn each_door(&self, grid: &str, years: &[i16], read: &mut dyn FnMut(DoorKept) -> Result<()>) -> Result<()>;

    /// The matters of a grid's doors, in one of these states: the door, then the matter.
    ///
    /// # Errors
    /// `store.failed`.
    fn matters_at_doors(&self, grid: &str, states: &[MatterState]) -> Result<Vec<(Id, Id)>>;
}
