//! Adding somebody to the office.

use minqing_core::{
    Id,
    model::{Check, Role},
};

use crate::{
    auth::password::{self, Password},
    clock::Clock,
    entropy::{self, Entropy},
    fault::Fault,
    storage::{Staff, Store},
};

/// Longest name, in characters.
const MAX_NAME: usize = 40;

/// Adds a clerk, lead or administrator with a random password, which is shown now or never.
///
/// # Errors
/// `text.*`, `role.unknown`, `community.unknown`, `staff.taken`.
pub fn add_staff(store: &dyn Store, clock: &dyn Clock, entropy: &dyn Entropy, name: &str, role: Role, community: &str) -> Result<Password, Fault> {
    let name = name.trim().to_owned();
    Check::root().field("name").some_text(&name, MAX_NAME)?;
    if !matches!(role, Role::Clerk | Role::Lead | Role::Administrator) {
        return Err(Fault::new("role.unknown", role.word()));
    }
    // An open community has a desk; one that is only in the tree has nobody to work for.
    let known = store.area(community)?.is_some() && !store.areas_below(community)?.is_empty();
    if !known || community.len() != 12 {
        return Err(Fault::new("community.unknown", community));
    }
    let password = Password::random(entropy);
    let phc = password::hash(entropy, &password.0)?;
    let now_ms = clock.now_ms();
    let staff = Staff { id: Id::timed(now_ms, &entropy::bytes(entropy)), name, role, community: community.to_owned() };
    store.add_staff(&staff, &phc, now_ms)?;
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{COMMUNITY, World};

    #[test]
    fn a_name_is_taken_once() {
        let world = World::open();
        let add = |name: &str, role, community: &str| add_staff(world.store(), &*world.clock, &*world.entropy, name, role, community);
        let password = add("马春兰", Role::Clerk, COMMUNITY).unwrap();
        let (staff, phc) = world.store().staff_named("马春兰").unwrap().unwrap();
        assert_eq!((staff.role, staff.community.as_str()), (Role::Clerk, COMMUNITY));
        assert!(password::matches(Some(&phc), &password.0));
        let refused = |name: &str, role, community: &str| add(name, role, community).unwrap_err().code;
        assert_eq!(refused("马春兰", Role::Lead, COMMUNITY), "staff.taken");
        assert_eq!(refused("", Role::Lead, COMMUNITY), "text.empty");
        assert_eq!(refused("丁", Role::Officer, COMMUNITY), "role.unknown");
        assert_eq!(refused("丁", Role::Lead, "620102001002"), "community.unknown");
        assert_eq!(refused("丁", Role::Lead, "620102001"), "community.unknown");
    }
}
