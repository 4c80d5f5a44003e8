//! `Finding`: matters by what somebody types, and those that may be the same.

use minqing_core::{Id, model::Category, view::HouseholdRow};

use super::{Make, Office, office::COMMUNITY};
use crate::{
    projection::{HouseholdShown, MatterShown, WordsShown},
    storage::Likeness,
};

const NEIGHBOUR: &str = "620102001002";

fn matter(id: u8, text: &str, place: &str) -> MatterShown {
    MatterShown {
        id: [id; 16],
        community: COMMUNITY.into(),
        code: format!("K70211{id:02}"),
        category: "utilities".into(),
        text: text.into(),
        place: place.into(),
        state: "registered".into(),
        at_ms: i64::from(id),
        ..MatterShown::default()
    }
}

fn door(id: u8, building: &str, stairwell: &str, room: &str) -> HouseholdShown {
    let [building, stairwell, room] = [building, stairwell, room].map(str::to_owned);
    let row = HouseholdRow { id: Id([id; 16]).to_string(), community: COMMUNITY.into(), building, stairwell, room, ..HouseholdRow::default() };
    HouseholdShown { id: [id; 16], row, ..HouseholdShown::default() }
}

fn office(make: Make<'_>) -> Office {
    let office = Office::of(make);
    office.apply(|unit| {
        for row in [door(101, "3", "2", "501"), door(102, "3号楼", "2单元", "502"), door(103, "5", "1", "501")] {
            unit.show_household(&row)?;
        }
        unit.show_household(&HouseholdShown { merged_into: Some([101; 16]), ..door(104, "三", "2", "五〇一") })?;
        unit.show_matter(&MatterShown { household: Some([101; 16]), ..matter(1, "楼道灯坏了一个星期，晚上看不见", "") })?;
        unit.show_matter(&MatterShown { door: Some([102; 16]), ..matter(2, "厨房漏水，楼下也湿了", "") })?;
        unit.show_matter(&MatterShown { household: Some([103; 16]), ..matter(3, "楼道里的灯坏了", "") })?;
        unit.show_matter(&MatterShown { household: Some([104; 16]), state: "closed".into(), ..matter(4, "门禁坏了", "") })?;
        unit.show_matter(&MatterShown { category: "sanitation".into(), ..matter(5, "垃圾没人收", "菜市场东口3号门") })?;
        unit.show_matter(&MatterShown { community: NEIGHBOUR.into(), ..matter(6, "楼道灯坏了", "") })
    });
    office
}

fn found(office: &Office, typed: &str) -> Vec<u8> {
    office.store.matters_found(COMMUNITY, typed, 9).unwrap().into_iter().map(|row| row.id[0]).collect()
}

pub fn a_matter_is_found_by_any_two_signs_its_code_and_its_plate(make: Make<'_>) {
    let office = office(make);
    let text: Vec<char> = "楼道灯坏了一个星期".chars().collect();
    for two in text.windows(2) {
        assert!(found(&office, &two.iter().collect::<String>()).contains(&1), "{two:?}");
    }
    assert_eq!(found(&office, "楼道"), [3, 1], "what came last comes first, and nothing of next door");
    assert_eq!(found(&office, "楼道 看不见"), [1], "all words");
    assert_eq!(found(&office, "东口 ３号"), [5], "by its place, and however digits are written");
    assert_eq!((found(&office, "k702-1102"), found(&office, "K7O21102"), found(&office, "K702 1106")), (vec![2], vec![2], vec![]));
    assert_eq!(found(&office, "3-2-501"), [4, 1], "also of a door that turned out to be this one");
    assert_eq!((found(&office, "3-2-502"), found(&office, "3号楼-2"), found(&office, "9-9-9")), (vec![2], vec![4, 2, 1], vec![]));
    let at = |door: u8, limit| office.store.matters_at(Id([door; 16]), limit).unwrap().into_iter().map(|row| row.id[0]).collect::<Vec<_>>();
    assert_eq!((at(101, 9), at(102, 9), at(104, 9), at(105, 9)), (vec![1], vec![2], vec![4], vec![]), "at that door alone, or where the office found it");
    for nothing in ["", "灯", "没有的", "' OR 1=1 --", "%", "\" * ("] {
        assert_eq!(found(&office, nothing), [0; 0], "{nothing}");
    }
    assert_eq!(office.store.matters_found(COMMUNITY, "楼道", 1).unwrap().len(), 1);
}

pub fn what_was_struck_or_moved_is_found_no_more(make: Make<'_>) {
    let office = office(make);
    office.apply(|unit| {
        unit.show_matter(&MatterShown { household: Some([101; 16]), ..matter(1, "■■坏了", "") })?;
        unit.show_matter(&MatterShown { community: NEIGHBOUR.into(), ..matter(2, "厨房漏水，楼下也湿了", "") })
    });
    assert_eq!((found(&office, "楼道"), found(&office, "漏水"), found(&office, "坏了")), (vec![3], vec![], vec![4, 3, 1]));
    let words = |office: &Office| {
        let mut words = Vec::new();
        office
            .store
            .at_one_moment(&mut |moment| {
                words = moment.shown()?.words;
                Ok(())
            })
            .unwrap();
        words
    };
    let made: Vec<WordsShown> = office_rows(&office).iter().map(WordsShown::of).collect();
    assert_eq!(words(&office), made, "nothing of what stood there before is left");
}

fn office_rows(office: &Office) -> Vec<MatterShown> {
    let mut rows = Vec::new();
    office
        .store
        .at_one_moment(&mut |moment| {
            rows = moment.shown()?.matters;
            Ok(())
        })
        .unwrap();
    rows
}

pub fn what_may_be_the_same_is_named_the_likest_first(make: Make<'_>) {
    let office = office(make);
    let like = |text: &str, household: Option<u8>, category| {
        let like = Likeness { community: COMMUNITY.into(), text: text.into(), household: household.map(|id| Id([id; 16])), category };
        office.store.matters_like(&like, 9).unwrap()
    };
    let ids = |found: &[crate::storage::Alike]| found.iter().map(|a| a.matter.id[0]).collect::<Vec<_>>();
    let lamps = like("楼道灯坏了", Some(102), Some(Category::Utilities));
    assert_eq!(ids(&lamps), [1, 2, 3], "the same words in the same building, then the same door, then the same words elsewhere");
    assert_eq!((lamps[0].same_building, lamps[0].same_door, lamps[1].same_door, lamps[2].same_building), (true, false, true, false));
    assert!(lamps.iter().all(|a| a.same_category) && lamps[0].shared > lamps[2].shared, "{lamps:?}");
    assert_eq!(ids(&like("门禁坏了", None, None)), [0; 0], "what is over is no matter to go with");
    assert_eq!(
        ids(&like("", Some(101), Some(Category::Utilities))),
        [1],
        "without a word, what is open at the door, and in the building as far as it is written alike"
    );
    assert_eq!(ids(&like("垃圾没人收走", None, Some(Category::Sanitation))), [5]);
    assert_eq!(ids(&like("申请高龄津贴", None, Some(Category::OldAgeAllowance))), [0; 0]);
    assert_eq!(ids(&like("", None, None)), [0; 0]);
}
