//! Who acts on a matter in the tests of the line: ids and roles, no names.

use minqing_core::{Id, model::Role};

/// Somebody in a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Who {
    /// The person; a resident's is the token.
    pub id: Id,
    /// In which role.
    pub role: Role,
    /// The departments for which they work.
    pub works_for: &'static [Id],
}

const fn who(n: u8, role: Role, works_for: &'static [Id]) -> Who {
    Who { id: Id([n; 16]), role, works_for }
}

/// The water company.
pub const WATER: Id = Id([71; 16]);
/// Another department.
pub const ROADS: Id = Id([72; 16]);

/// Who raised the matter.
pub const RESIDENT: Who = who(11, Role::Resident, &[]);
/// The resident of the matter that follows.
pub const NEIGHBOUR: Who = who(12, Role::Resident, &[]);
/// The officer of the grid.
pub const OFFICER: Who = who(21, Role::Officer, &[]);
/// Another officer.
pub const COLLEAGUE: Who = who(22, Role::Officer, &[]);
/// A clerk.
pub const CLERK: Who = who(31, Role::Clerk, &[]);
/// Another clerk.
pub const OTHER_CLERK: Who = who(32, Role::Clerk, &[]);
/// The community lead.
pub const LEAD: Who = who(41, Role::Lead, &[]);
/// The clerk, who is the lead's deputy too: one person in two roles.
pub const CLERK_AS_LEAD: Who = who(31, Role::Lead, &[]);
/// The street's supervisor.
pub const SUPERVISOR: Who = who(51, Role::Supervisor, &[]);
/// Works for the water company.
pub const HANDLER: Who = who(61, Role::Department, &[WATER]);
/// Works for the other department.
pub const OTHER_HANDLER: Who = who(62, Role::Department, &[ROADS]);
/// A delegate.
pub const DELEGATE: Who = who(81, Role::Delegate, &[]);
/// The administrator.
pub const ADMINISTRATOR: Who = who(91, Role::Administrator, &[]);
/// The system, where it speaks in an event.
pub const SYSTEM: Who = who(0, Role::System, &[]);

/// One of each role.
pub const EVERYBODY: [Who; 9] = [RESIDENT, OFFICER, CLERK, LEAD, HANDLER, SUPERVISOR, DELEGATE, ADMINISTRATOR, SYSTEM];

/// Who works at a department, or the officer herself.
pub fn at(department: Id) -> Who {
    [HANDLER, OTHER_HANDLER].into_iter().find(|w| w.works_for.contains(&department)).unwrap_or(OFFICER)
}
