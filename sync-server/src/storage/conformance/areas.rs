//! `Areas`: the tree, and the communities that are open.

use minqing_core::model::{Area, AreaKind};

use super::{
    Make,
    office::{COMMUNITY, open},
};
use crate::storage::{Opened, StoreError};

fn area(id: &str, name: &str) -> Area {
    let kind = AreaKind::of(id).unwrap();
    let parent = (kind != AreaKind::City).then(|| id[..id.len() - if id.len() <= 6 { 2 } else { 3 }].to_owned());
    Area { id: id.into(), parent, kind, name: name.into() }
}

pub fn an_area_stays_as_it_was_first_added(make: Make<'_>) {
    let store = make();
    assert!(store.no_areas().unwrap());
    store.add_areas(&[area("6201", "兰州市"), area("620103", "后"), area("620102", "先")]).unwrap();
    store.add_areas(&[area("620102", "别的名字"), area("620104", "新")]).unwrap();
    assert!(!store.no_areas().unwrap());
    assert_eq!(store.area("620102").unwrap(), Some(area("620102", "先")));
    assert_eq!(store.area("620199").unwrap(), None);
    let below: Vec<String> = store.areas_below("6201").unwrap().into_iter().map(|a| a.id).collect();
    assert_eq!(below, ["620102", "620103", "620104"]);
}

pub fn a_community_is_found_by_a_part_of_its_name_or_its_number(make: Make<'_>) {
    let store = make();
    store.add_areas(&[area("620102", "城关区"), area("620102001", "酒泉路街道"), area(COMMUNITY, "畅家巷社区"), area("620102002001", "畅家园社区")]).unwrap();
    let found = |part: &str, limit| store.communities_like(part, limit).unwrap().into_iter().map(|f| (f.area.id, f.above)).collect::<Vec<_>>();
    let first = (COMMUNITY.to_owned(), vec!["城关区".to_owned(), "酒泉路街道".to_owned()]);
    assert_eq!(found("家", 9), [first.clone(), ("620102002001".into(), vec![])], "a street that is not there is left out");
    assert_eq!((found("家", 1), found("巷", 9), found(COMMUNITY, 9)), (vec![first.clone()], vec![first.clone()], vec![first]));
    assert_eq!(found("%", 9), []);
}

pub fn opening_a_community_again_adds_only_what_lacks(make: Make<'_>) {
    let store = make();
    assert_eq!(store.open_community(COMMUNITY, &[]).unwrap_err(), StoreError::Unknown { what: "community", id: COMMUNITY.into() });
    store.add_areas(&[area(COMMUNITY, "甲"), area("620102001002", "乙"), area("620102002001", "丙")]).unwrap();
    let grids = ["001", "002"].map(|n| area(&format!("{COMMUNITY}{n}"), "网格"));
    assert_eq!(store.open_community(COMMUNITY, &grids[..1]).unwrap(), Opened { grids: 1, streams: 3 });
    assert_eq!(store.open_community(COMMUNITY, &grids).unwrap(), Opened { grids: 1, streams: 1 });
    assert_eq!(store.open_community(COMMUNITY, &grids).unwrap(), Opened::default());
    open(&*store, "620102002001");
    let under = |id: &str| store.open_communities(id).unwrap().into_iter().map(|a| a.id).collect::<Vec<_>>();
    assert_eq!(under("620102"), [COMMUNITY, "620102002001"]);
    assert_eq!(under("620102001"), [COMMUNITY]);
    assert_eq!((under(COMMUNITY), under("620102001002"), under("620103")), (vec![COMMUNITY.to_owned()], vec![], vec![]));
}
