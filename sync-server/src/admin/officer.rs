//! Adding an officer, and giving one other grids.

use std::collections::BTreeSet;

use minqing_core::{
    Id,
    model::{AreaKind, Background, Check, Officer, check_area_id},
};

use crate::{
    clock::Clock,
    entropy::{self, Entropy},
    fault::Fault,
    storage::{MovePreview, Scope, Store},
};

/// Longest name, in characters.
const MAX_NAME: usize = 40;

/// An officer to be added.
#[derive(Clone, Debug, Default)]
pub struct NewOfficer {
    /// The person's name.
    pub name: String,
    /// The community, 12 digits.
    pub community: String,
    /// Grids of that community: 15 digits, or only their last three.
    pub grids: Vec<String>,
    /// Where the officer comes from.
    pub background: Option<Background>,
    /// Party member or not.
    pub party_member: Option<bool>,
}

/// Adds an officer with the person stream and the first scope: person, grids ascending, commons.
///
/// # Errors
/// `text.*`, `area.malformed`, `community.unknown`, `grid.unknown`.
pub fn add_officer(store: &dyn Store, clock: &dyn Clock, entropy: &dyn Entropy, new: NewOfficer) -> Result<Officer, Fault> {
    let name = new.name.trim().to_owned();
    Check::root().field("name").some_text(&name, MAX_NAME)?;
    check_area_id(&new.community, AreaKind::Community, "community")?;
    let grids = full(&new.community, &new.grids);
    let now_ms = clock.now_ms();
    let officer = Officer {
        id: Id::timed(now_ms, &entropy::bytes(entropy)),
        name,
        community: new.community.clone(),
        grids,
        background: new.background,
        party_member: new.party_member,
    };
    store.add_officer(&officer, now_ms)?;
    Ok(officer)
}

/// What a move to other grids would mean; `grids` as in [`NewOfficer`].
///
/// # Errors
/// `officer.unknown`, `grid.unknown`, `store.failed`.
pub fn preview_move(store: &dyn Store, officer: Id, grids: &[String]) -> Result<MovePreview, Fault> {
    Ok(store.preview_move(officer, &full(&community_of(store, officer)?, grids))?)
}

/// Gives an officer other grids: all that they are to have.
///
/// # Errors
/// `officer.unknown`, `grid.unknown`, `store.failed`.
pub fn move_officer(store: &dyn Store, entropy: &dyn Entropy, officer: Id, grids: &[String]) -> Result<Scope, Fault> {
    let step = u16::from_be_bytes(entropy::bytes(entropy));
    Ok(store.set_grids(officer, &full(&community_of(store, officer)?, grids), step)?)
}

fn community_of(store: &dyn Store, officer: Id) -> Result<String, Fault> {
    let found = store.officer(officer)?.map(|officer| officer.community);
    found.ok_or_else(|| Fault::new("officer.unknown", officer.to_string()))
}

/// Grids in full, ascending, each once.
fn full(community: &str, grids: &[String]) -> Vec<String> {
    let full = |grid: &String| if grid.len() == 3 { format!("{community}{grid}") } else { grid.clone() };
    grids.iter().map(full).collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{COMMUNITY, World};

    fn new(grids: &[&str]) -> NewOfficer {
        let grids = grids.iter().map(|g| (*g).to_owned()).collect();
        NewOfficer { name: " 马志强 ".into(), community: COMMUNITY.into(), grids, background: Some(Background::LaidOff), party_member: Some(true) }
    }

    #[test]
    fn an_officer_reads_back_with_the_scope_in_order() {
        let world = World::open();
        let grid = |n: &str| format!("{COMMUNITY}{n}");
        let officer = world.add_officer(new(&["002", &grid("001"), "002"])).unwrap();
        assert_eq!(officer.name, "马志强");
        assert_eq!(officer.grids, [grid("001"), grid("002")]);
        assert_eq!(world.store().officer(officer.id).unwrap(), Some(officer.clone()));
        let scope = world.store().scope(officer.id).unwrap().unwrap();
        let streams = [format!("person:{}", officer.id), format!("grid:{COMMUNITY}001"), format!("grid:{COMMUNITY}002"), format!("commons:{COMMUNITY}")];
        assert_eq!((scope.version, scope.streams.as_slice()), (1, streams.as_slice()));
    }

    #[test]
    fn only_open_grids_of_the_own_community() {
        let world = World::open();
        add_neighbour(&world);
        let refused = |o: NewOfficer| world.add_officer(o).unwrap_err().code;
        assert_eq!(refused(new(&["003"])), "grid.unknown");
        assert_eq!(refused(new(&["620102001002001"])), "grid.unknown");
        assert_eq!(refused(new(&["nonsense"])), "grid.unknown");
        assert_eq!(refused(NewOfficer { community: "620102001003".into(), ..new(&[]) }), "community.unknown");
        assert_eq!(refused(NewOfficer { community: "6201".into(), ..new(&[]) }), "area.malformed");
        assert_eq!(refused(NewOfficer { name: "  ".into(), ..new(&[]) }), "text.empty");
        assert_eq!(refused(NewOfficer { name: "长".repeat(41), ..new(&[]) }), "text.too_long");
        assert!(world.store().phones(COMMUNITY).unwrap().is_empty(), "a refused officer was kept");
    }

    fn add_neighbour(world: &World) {
        crate::admin::add_community(world.store(), "620102001002", 1).unwrap();
    }
}
