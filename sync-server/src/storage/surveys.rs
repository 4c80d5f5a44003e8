//! Forms, and what was answered.

use std::collections::BTreeMap;

use minqing_core::{
    Id,
    model::{Form, Survey},
};

use super::Result;

/// A form's versions.
pub type Versions = BTreeMap<u32, Form>;

/// Forms and surveys.
pub trait Surveys: Send + Sync {
    /// The forms of a community, by id; of all communities where it is empty.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn forms(&self, community: &str) -> Result<Vec<(Id, Versions)>>;

    /// One form.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn form(&self, id: Id) -> Result<Option<Versions>>;

    /// All surveys of a form, by visit.
    ///
    /// # Errors
    /// `store.failed`.
    fn surveys(&self, form: Id) -> Result<Vec<Survey>>;
}
