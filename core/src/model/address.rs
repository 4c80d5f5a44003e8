//! The name of a door: two officers who register one address offline must arrive at one household.

use unicode_normalization::UnicodeNormalization;

use super::Address;
use crate::Id;

/// Endings that people write or leave out: one of them is dropped from each part.
const ENDINGS: [&str; 8] = ["号楼", "号", "栋", "幢", "单元", "层", "楼", "室"];

/// One part of an address as two people would agree on it: NFKC, no spaces, without one final ending.
pub fn normal_part(part: &str) -> String {
    let tidy: String = part.nfkc().filter(|c| !c.is_whitespace()).collect();
    for ending in ENDINGS {
        if let Some(short) = tidy.strip_suffix(ending).filter(|s| !s.is_empty()) {
            return short.to_owned();
        }
    }
    tidy
}

/// The household id of an address; `None` where the address is too empty to name one door.
///
/// Blocks are named by community, estate, building, stairwell, floor and room; lanes by community, lane and door.
pub fn address_name(a: &Address) -> Option<Id> {
    let community = a.community.trim();
    let part = |s: &str| normal_part(s);
    if !a.room.trim().is_empty() {
        let [e, b, s, f, r] = [&a.estate, &a.building, &a.stairwell, &a.floor, &a.room].map(|p| part(p));
        return Some(Id::named(&["household", community, &e, &b, &s, &f, &r]));
    }
    if !a.lane.trim().is_empty() && !a.door.trim().is_empty() {
        return Some(Id::named(&["household", community, &part(&a.lane), &part(&a.door)]));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_spaces_and_full_width_digits_do_not_matter() {
        for (written, means) in [("3号楼", "3"), ("３ 号楼", "3"), ("3栋", "3"), ("2 单元", "2"), ("5层", "5"), ("501室", "501"), ("楼", "楼"), ("东", "东")]
        {
            assert_eq!(normal_part(written), means, "{written}");
        }
    }
}
