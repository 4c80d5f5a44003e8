//! Who handles matters, and who works for whom.

use minqing_core::{Id, model::Check};

use super::staff::staff;
use crate::{
    clock::Clock,
    entropy::{self, Entropy},
    fault::Fault,
    storage::{Department, Store},
};

/// Longest name, in characters.
const MAX_NAME: usize = 40;

/// Adds a department of a community; `answers`: the person answerable, as the hall shows it.
///
/// # Errors
/// `text.*`, `community.unknown`, `department.taken`.
pub fn add_department(store: &dyn Store, clock: &dyn Clock, entropy: &dyn Entropy, community: &str, name: &str, answers: &str) -> Result<Id, Fault> {
    let (name, answers) = (name.trim().to_owned(), answers.trim().to_owned());
    Check::root().field("name").some_text(&name, MAX_NAME)?;
    Check::root().field("answers").text(&answers, MAX_NAME)?;
    if !store.open_communities(community)?.iter().any(|open| open.id == community) {
        return Err(Fault::new("community.unknown", community));
    }
    let id = Id::timed(clock.now_ms(), &entropy::bytes(entropy));
    store.add_department(&Department { id, community: community.to_owned(), name, answers })?;
    Ok(id)
}

/// Lets somebody of the staff work for a department of a community.
///
/// # Errors
/// `staff.unknown`, `department.unknown`.
pub fn put_to_work(store: &dyn Store, community: &str, department: &str, name: &str) -> Result<Id, Fault> {
    let all = store.departments(community)?;
    let found = all.into_iter().find(|d| d.name == department.trim()).ok_or_else(|| Fault::new("department.unknown", department))?;
    store.put_to_work(staff(store, name)?.id, found.id)?;
    Ok(found.id)
}
