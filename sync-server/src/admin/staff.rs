//! Who works at the office, and what they may do where.

use minqing_core::{
    Id,
    model::{AreaKind, Check, Role},
};

use crate::{
    auth::{
        password::{self, Password},
        rights,
    },
    clock::Clock,
    entropy::{self, Entropy},
    fault::Fault,
    storage::{Grant, Staff, Store},
};

/// Longest name, in characters.
const MAX_NAME: usize = 40;

/// Adds somebody who holds one role for one area, with a random password, which is shown now or never.
///
/// # Errors
/// `text.*`, `role.unknown`, `community.unknown`, `grant.area`, `staff.taken`.
pub fn add_staff(store: &dyn Store, clock: &dyn Clock, entropy: &dyn Entropy, name: &str, role: Role, area: &str) -> Result<Password, Fault> {
    check_name(name)?;
    let grants = vec![checked(store, role, area)?];
    let password = Password::random(entropy);
    keep(store, clock, entropy, name, grants, &password::hash(entropy, &password.0)?)?;
    Ok(password)
}

/// Adds the first person of an office: a lead, who sees residents, and an administrator, who sees the machine. `phc`: the hash of their password.
///
/// # Errors
/// `text.*`, `community.unknown`, `staff.taken`.
pub fn add_first(store: &dyn Store, clock: &dyn Clock, entropy: &dyn Entropy, name: &str, community: &str, phc: &str) -> Result<(), Fault> {
    check_name(name)?;
    let grants = [Role::Lead, Role::Administrator].map(|role| checked(store, role, community));
    keep(store, clock, entropy, name, grants.into_iter().collect::<Result<_, _>>()?, phc)
}

/// Refuses what is no name.
///
/// # Errors
/// `text.*`.
pub fn check_name(name: &str) -> Result<(), Fault> {
    Ok(Check::root().field("name").some_text(name.trim(), MAX_NAME)?)
}

fn keep(store: &dyn Store, clock: &dyn Clock, entropy: &dyn Entropy, name: &str, grants: Vec<Grant>, phc: &str) -> Result<(), Fault> {
    let now_ms = clock.now_ms();
    let staff = Staff { id: Id::timed(now_ms, &entropy::bytes(entropy)), name: name.trim().to_owned(), grants, disabled_ms: None };
    Ok(store.add_staff(&staff, phc, now_ms)?)
}

/// Somebody by name.
///
/// # Errors
/// `staff.unknown`.
pub fn staff(store: &dyn Store, name: &str) -> Result<Staff, Fault> {
    let found = store.staff_named(name.trim())?;
    found.map(|(staff, _)| staff).ok_or_else(|| Fault::new("staff.unknown", ""))
}

/// Gives somebody one more role for an area.
///
/// # Errors
/// `staff.unknown`, `role.unknown`, `community.unknown`, `grant.area`.
pub fn grant(store: &dyn Store, name: &str, role: Role, area: &str) -> Result<(), Fault> {
    Ok(store.grant(staff(store, name)?.id, &checked(store, role, area)?)?)
}

/// Takes a role for an area away again. Whoever has none left signs in to an empty desk.
///
/// # Errors
/// `staff.unknown`, `grant.unknown` where they do not have it.
pub fn revoke(store: &dyn Store, name: &str, role: Role, area: &str) -> Result<(), Fault> {
    let had = store.revoke(staff(store, name)?.id, &Grant { role, area: area.to_owned() })?;
    if had { Ok(()) } else { Err(Fault::new("grant.unknown", area)) }
}

/// Gives somebody a new random password, shown now or never, and ends all their sessions.
///
/// # Errors
/// `staff.unknown`.
pub fn new_password(store: &dyn Store, entropy: &dyn Entropy, name: &str) -> Result<Password, Fault> {
    let staff = staff(store, name)?;
    let password = Password::random(entropy);
    store.set_password(staff.id, &password::hash(entropy, &password.0)?, None)?;
    Ok(password)
}

/// A role that staff can hold, for a community that is open, a street or a district.
fn checked(store: &dyn Store, role: Role, area: &str) -> Result<Grant, Fault> {
    if rights::letter(role).is_none() {
        return Err(Fault::new("role.unknown", role.word()));
    }
    let known = store.area(area)?;
    match known.map(|a| a.kind) {
        // An open community has a desk; one that is only in the tree has nobody to work for.
        Some(AreaKind::Community) if !store.areas_below(area)?.is_empty() => {}
        Some(AreaKind::Street | AreaKind::District) => {}
        None | Some(AreaKind::Community) if area.len() == 12 => return Err(Fault::new("community.unknown", area)),
        _ => return Err(Fault::new("grant.area", area)),
    }
    Ok(Grant { role, area: area.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{COMMUNITY, World};

    #[test]
    fn a_name_is_taken_once() {
        let world = World::open();
        let add = |name: &str, role, area: &str| add_staff(world.store(), &*world.clock, &*world.entropy, name, role, area);
        let password = add("马春兰", Role::Clerk, COMMUNITY).unwrap();
        let (staff, phc) = world.store().staff_named("马春兰").unwrap().unwrap();
        assert_eq!(staff.grants, [Grant { role: Role::Clerk, area: COMMUNITY.into() }]);
        assert!(password::matches(Some(&phc), &password.0));
        let refused = |name: &str, role, area: &str| add(name, role, area).unwrap_err().code;
        assert_eq!(refused("马春兰", Role::Lead, COMMUNITY), "staff.taken");
        assert_eq!(refused("", Role::Lead, COMMUNITY), "text.empty");
        for role in [Role::Officer, Role::Resident, Role::System] {
            assert_eq!(refused("丁", role, COMMUNITY), "role.unknown");
        }
        assert_eq!(refused("丁", Role::Lead, "620102001002"), "community.unknown");
        for area in ["6201", "620102999", "620102001001001", "", "x"] {
            assert_eq!(refused("丁", Role::Lead, area), "grant.area", "{area}");
        }
        assert_eq!(world.store().all_staff().unwrap(), [staff]);
    }

    #[test]
    fn grants_come_and_go() {
        let world = World::open();
        world.staff("丁", Role::Clerk);
        grant(world.store(), "丁", Role::Supervisor, "620102001").unwrap();
        grant(world.store(), "丁", Role::Supervisor, "620102001").unwrap();
        grant(world.store(), " 丁 ", Role::Delegate, "620102").unwrap();
        let held = || staff(world.store(), "丁").unwrap().grants.into_iter().map(|g| (g.role, g.area)).collect::<Vec<_>>();
        let all = [(Role::Delegate, "620102"), (Role::Supervisor, "620102001"), (Role::Clerk, COMMUNITY)];
        assert_eq!(held(), all.map(|(r, a)| (r, a.to_owned())));
        revoke(world.store(), "丁", Role::Delegate, "620102").unwrap();
        assert_eq!(revoke(world.store(), "丁", Role::Delegate, "620102").unwrap_err().code, "grant.unknown");
        assert_eq!(revoke(world.store(), "丁", Role::Lead, COMMUNITY).unwrap_err().code, "grant.unknown");
        assert_eq!(held().len(), 2);
        assert_eq!(grant(world.store(), "戊", Role::Clerk, COMMUNITY).unwrap_err().code, "staff.unknown");
    }
}
