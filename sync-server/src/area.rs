//! The area tree of Lanzhou, compiled in, and how areas are named on screens.

use minqing_core::model::{Area, AreaKind};

use crate::{fault::Fault, storage::Areas};

const DISTRICTS: &str = include_str!("../data/lanzhou/areas.csv");
const STREETS: &str = include_str!("../data/lanzhou/streets.csv");
const COMMUNITIES: &str = include_str!("../data/lanzhou/villages.csv");

/// Loads the tree into a store that has none; whether it did.
///
/// # Errors
/// `area.data`, and those of the store.
pub fn load_if_none(store: &dyn Areas) -> Result<bool, Fault> {
    if !store.no_areas()? {
        return Ok(false);
    }
    store.add_areas(&lanzhou()?)?;
    Ok(true)
}

/// The city, its districts, streets and communities.
///
/// # Errors
/// `area.data` where a file is damaged, which the tests rule out.
pub fn lanzhou() -> Result<Vec<Area>, Fault> {
    let mut all = vec![Area { id: "6201".to_owned(), parent: None, kind: AreaKind::City, name: "兰州市".to_owned() }];
    for (file, parent_column) in [(DISTRICTS, "cityCode"), (STREETS, "areaCode"), (COMMUNITIES, "streetCode")] {
        read(file, parent_column, &mut all)?;
    }
    Ok(all)
}

fn read(file: &str, parent_column: &str, into: &mut Vec<Area>) -> Result<(), Fault> {
    let damaged = |_| Fault::new("area.data", parent_column);
    let mut rows = csv::Reader::from_reader(file.as_bytes());
    let header = rows.headers().map_err(damaged)?.clone();
    let column = |name: &str| header.iter().position(|h| h == name).ok_or_else(|| Fault::new("area.data", name));
    let (id, name, parent) = (column("code")?, column("name")?, column(parent_column)?);
    for row in rows.records() {
        let row = row.map_err(damaged)?;
        let cell = |i: usize| row.get(i).unwrap_or_default().to_owned();
        let kind = AreaKind::of(&cell(id)).ok_or_else(|| Fault::new("area.data", cell(id)))?;
        into.push(Area { id: cell(id), parent: Some(cell(parent)), kind, name: cell(name) });
    }
    Ok(())
}

/// A community's name as people say it: 畅家巷社区, not 畅家巷社区居委会.
pub fn short_name(name: &str) -> &str {
    let short = name.strip_suffix("居委会").or_else(|| name.strip_suffix("居民委员会"));
    match short.or_else(|| name.strip_suffix("委会").filter(|s| s.ends_with('村'))) {
        Some(short) if !short.is_empty() => short,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_tree_hangs_together() {
        let all = lanzhou().unwrap();
        assert_eq!(all.len(), 1 + 9 + 116 + 1_177);
        let ids: BTreeSet<_> = all.iter().map(|a| a.id.as_str()).collect();
        assert_eq!(ids.len(), all.len(), "an id stands twice");
        for a in &all {
            assert!(a.parent.as_deref().is_none_or(|p| ids.contains(p) && a.id.starts_with(p)), "{}", a.id);
            assert_eq!(a.parent.is_none(), a.kind == AreaKind::City);
        }
    }

    #[test]
    fn names_as_people_say_them() {
        assert_eq!(short_name("畅家巷社区居委会"), "畅家巷社区");
        assert_eq!(short_name("上果园村委会"), "上果园村");
        assert_eq!(short_name("居委会"), "居委会");
    }
}
