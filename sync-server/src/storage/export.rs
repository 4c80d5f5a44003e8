//! Everything of one kind, row by row, for tables that leave the server.

use minqing_core::{
    model::{Address, Area},
    view::ResidentRow,
};

use super::Result;
use crate::projection::{MatterShown, VisitShown};

/// A door with everybody who lives behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HouseholdOut {
    /// The household.
    pub id: [u8; 16],
    /// The grid's code.
    pub grid: String,
    /// The grid's name; empty where the tree has none.
    pub grid_name: String,
    /// Where the door is.
    pub address: Address,
    /// Who lives there; those who moved out are left out.
    pub residents: Vec<ResidentRow>,
}

/// A visit with what its ids stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisitOut {
    /// The visit.
    pub visit: VisitShown,
    /// The door; only the community is filled where the household has not arrived.
    pub address: Address,
    /// The officer's name.
    pub officer: String,
}

/// A matter with what its ids stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatterOut {
    /// The matter.
    pub matter: MatterShown,
    /// The door; only the community is filled where the matter has none.
    pub address: Address,
    /// The officer's name.
    pub officer: String,
}

/// Reads everything of one kind in a steady order, as of one moment and row by row, of one community or of all.
pub trait Exports: Send + Sync {
    /// Areas: all of the tree, or a community and its grids.
    ///
    /// # Errors
    /// `store.failed`, and what `read` returns.
    fn each_area(&self, community: Option<&str>, read: &mut dyn FnMut(Area) -> Result<()>) -> Result<()>;

    /// Doors by grid and address.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged` at a card that does not read, and what `read` returns.
    fn each_household(&self, community: Option<&str>, read: &mut dyn FnMut(HouseholdOut) -> Result<()>) -> Result<()>;

    /// Visits by time.
    ///
    /// # Errors
    /// `store.failed`, and what `read` returns.
    fn each_visit(&self, community: Option<&str>, read: &mut dyn FnMut(VisitOut) -> Result<()>) -> Result<()>;

    /// Matters by time.
    ///
    /// # Errors
    /// `store.failed`, and what `read` returns.
    fn each_matter(&self, community: Option<&str>, read: &mut dyn FnMut(MatterOut) -> Result<()>) -> Result<()>;
}
