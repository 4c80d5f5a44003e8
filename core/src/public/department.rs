//! Who handles it: the department, never the person answerable.

use serde::Serialize;

/// The name that the office gave a department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DepartmentName(String);

impl DepartmentName {
    /// Only the view takes it, out of what the office has set.
    pub(super) fn of(name: &str) -> Self {
        Self(name.trim().to_owned())
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
