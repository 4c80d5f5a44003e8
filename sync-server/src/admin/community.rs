//! Opening a community: its grids and its streams.

use minqing_core::model::{Area, AreaKind, check_area_id, grid_id};

use crate::{
    fault::Fault,
    storage::{Opened, Store},
};

/// Most grids of a community: three digits.
pub const MAX_GRIDS: u16 = 999;

/// Gives a community the grids 001 to `grids` and its streams. Repeating only adds what lacks.
///
/// # Errors
/// `area.malformed`, `grids.count`, `community.unknown`.
pub fn add_community(store: &dyn Store, code: &str, grids: u16) -> Result<Opened, Fault> {
    check_area_id(code, AreaKind::Community, "code")?;
    if !(1..=MAX_GRIDS).contains(&grids) {
        return Err(Fault::new("grids.count", grids.to_string()));
    }
    let grid = |n| Area { id: grid_id(code, n), parent: Some(code.to_owned()), kind: AreaKind::Grid, name: format!("第 {n} 网格") };
    let grids: Vec<_> = (1..=grids).map(grid).collect();
    Ok(store.open_community(code, &grids)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{COMMUNITY, World};

    #[test]
    fn repeating_only_adds() {
        let world = World::empty();
        let store = world.store();
        assert_eq!(add_community(store, COMMUNITY, 2).unwrap(), Opened { grids: 2, streams: 4 });
        assert_eq!(add_community(store, COMMUNITY, 2).unwrap(), Opened { grids: 0, streams: 0 });
        assert_eq!(add_community(store, COMMUNITY, 3).unwrap(), Opened { grids: 1, streams: 1 });
        assert_eq!(add_community(store, COMMUNITY, 1).unwrap(), Opened { grids: 0, streams: 0 });
        let grids: Vec<_> = store.areas_below(COMMUNITY).unwrap().into_iter().map(|a| a.id).collect();
        assert_eq!(grids, ["001", "002", "003"].map(|n| format!("{COMMUNITY}{n}")));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let world = World::empty();
        let refused = |code: &str, grids| add_community(world.store(), code, grids).unwrap_err().code;
        assert_eq!(refused("6201", 2), "area.malformed");
        assert_eq!(refused("62010200100x", 2), "area.malformed");
        assert_eq!(refused(COMMUNITY, 0), "grids.count");
        assert_eq!(refused(COMMUNITY, 1_000), "grids.count");
        assert_eq!(refused("999999999999", 2), "community.unknown");
    }
}
