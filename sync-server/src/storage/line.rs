//! The line as the office asks for it: matters, what happened to each, and the departments that handle them.

use minqing_core::{
    Id,
    event::{Event, Fact},
    model::{Category, MatterState},
};

use super::{Result, log::KeptMatter};
use crate::projection::MatterShown;

/// Who handles matters.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Department {
    /// Version 7 id.
    #[schema(value_type = String)]
    pub id: Id,
    /// The community for which it works.
    pub community: String,
    /// Its name.
    pub name: String,
    /// The person answerable, as the hall shows it; may be empty.
    pub answers: String,
    /// Whether it is given nothing new; what it had keeps its name.
    pub closed: bool,
    /// The categories for which it is proposed.
    #[schema(value_type = Vec<String>)]
    pub categories: Vec<Category>,
}

impl Department {
    /// Whether it is proposed for a category.
    pub fn is_for(&self, category: Category) -> bool {
        !self.closed && self.categories.contains(&category)
    }
}

/// Matters and departments.
pub trait Line: Send + Sync {
    /// A matter as kept.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn kept_matter(&self, id: Id) -> Result<Option<KeptMatter>>;

    /// A matter's events and facts in its home, in the order of the log.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn told_of(&self, id: Id) -> Result<(Vec<Event>, Vec<Fact>)>;

    /// A matter by the residents' code, without its dash; the one that was registered first.
    ///
    /// # Errors
    /// `store.failed`.
    fn matter_of_code(&self, code: &str) -> Result<Option<Id>>;

    /// One matter as shown.
    ///
    /// # Errors
    /// `store.failed`.
    fn matter_row(&self, id: Id) -> Result<Option<MatterShown>>;

    /// Matters of a community, in one state where it is given, after an id, by id.
    ///
    /// # Errors
    /// `store.failed`.
    fn matters_in(&self, community: &str, state: Option<MatterState>, after: Option<Id>, limit: u32) -> Result<Vec<MatterShown>>;

    /// The departments of a community, by name.
    ///
    /// # Errors
    /// `store.failed`.
    fn departments(&self, community: &str) -> Result<Vec<Department>>;

    /// Lets somebody of the staff work for a department; doing it twice is fine.
    ///
    /// # Errors
    /// `store.failed`.
    fn put_to_work(&self, staff: Id, department: Id) -> Result<()>;

    /// The departments for which somebody works.
    ///
    /// # Errors
    /// `store.failed`.
    fn works_for(&self, staff: Id) -> Result<Vec<Id>>;
}
