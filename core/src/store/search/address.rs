//! A door in all the ways in which it is typed: 3号楼2单元502, 3栋2单元, 3-2-502.

use super::segment::segmented;
use crate::{model::normal_part, view::HouseholdRow};

/// As written, and with the endings that are mostly left out when it is written down.
pub(super) fn address(h: &HouseholdRow) -> String {
    let written = segmented(&[&h.estate, &h.building, &h.stairwell, &h.floor, &h.room, &h.lane, &h.door].map(String::as_str).join(" "));
    let full = [(&h.estate, ""), (&h.building, "号楼"), (&h.stairwell, "单元"), (&h.room, "室"), (&h.lane, ""), (&h.door, "号")];
    let full = segmented(&full.map(|(part, ending)| with_ending(part, ending)).concat());
    if full == written { written } else { format!("{written} {full}") }
}

/// Building, stairwell and room by their bare numbers.
pub(super) fn door(h: &HouseholdRow) -> String {
    segmented(&bare(h).join(" "))
}

/// A door's name in a list, in no language: 槐荫小区 3-2-502, 畅家巷 12号.
pub(super) fn label(h: &HouseholdRow) -> String {
    let bare = bare(h);
    // The floor is said only where no room is known.
    let floor = if bare.is_empty() || !h.room.trim().is_empty() { "" } else { h.floor.trim() };
    let parts = [h.estate.trim(), &bare.join("-"), floor, h.lane.trim(), h.door.trim()];
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

fn bare(h: &HouseholdRow) -> Vec<String> {
    [&h.building, &h.stairwell, &h.room].into_iter().map(|part| normal_part(part)).filter(|part| !part.is_empty()).collect()
}

/// Numbers and letters get the ending that people type; 北楼 stays.
fn with_ending(part: &str, ending: &str) -> String {
    let bare = normal_part(part);
    match bare.bytes().all(|b| b.is_ascii_alphanumeric()) && !bare.is_empty() && !ending.is_empty() {
        true => bare + ending,
        false => part.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_is_known_by_all_its_names() {
        let block = HouseholdRow {
            estate: "槐荫小区".into(),
            building: "3".into(),
            stairwell: "2单元".into(),
            floor: "5".into(),
            room: "502".into(),
            ..HouseholdRow::default()
        };
        assert_eq!(address(&block), "槐 荫 小 区 3 2 单 元 5 502 槐 荫 小 区 3 号 楼 2 单 元 502 室");
        assert_eq!((door(&block), label(&block)), ("3 2 502".into(), "槐荫小区 3-2-502".into()));
        let lane = HouseholdRow { lane: "畅家巷".into(), door: "12号".into(), ..HouseholdRow::default() };
        assert_eq!((address(&lane), door(&lane), label(&lane)), ("畅 家 巷 12 号".into(), String::new(), "畅家巷 12号".into()));
        let named = HouseholdRow { building: "北楼".into(), floor: "5层".into(), ..HouseholdRow::default() };
        assert_eq!((address(&named), label(&named)), ("北 楼 5 层 北 楼".into(), "北 5层".into()));
    }
}
