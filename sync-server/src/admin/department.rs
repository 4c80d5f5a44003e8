//! Who handles matters, and who works for whom.

use minqing_core::Id;

use super::staff::staff;
use crate::{
    clock::Clock,
    entropy::{self, Entropy},
    fault::Fault,
    settings::{self, DepartmentValue},
    storage::Store,
};

/// Adds a department of a community; `answers`: the person answerable, as the hall shows it.
///
/// # Errors
/// `text.*`, `community.unknown`, `department.taken`.
pub fn add_department(store: &dyn Store, clock: &dyn Clock, entropy: &dyn Entropy, community: &str, name: &str, answers: &str) -> Result<Id, Fault> {
    let value = DepartmentValue { name: name.to_owned(), answers: answers.to_owned(), closed: false, categories: Vec::new() }.checked()?;
    if !store.open_communities(community)?.iter().any(|open| open.id == community) {
        return Err(Fault::new("community.unknown", community));
    }
    let now_ms = clock.now_ms();
    let id = Id::timed(now_ms, &entropy::bytes(entropy));
    let (first, added) = (settings::first_of_department(id, &value, now_ms)?, settings::department(community, id, value));
    store.apply(&mut |unit| {
        unit.put_setting(&first)?;
        unit.keep_department(&added)
    })?;
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
