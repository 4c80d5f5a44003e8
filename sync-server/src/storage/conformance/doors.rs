//! `Doors`: the doors of a grid with their documents, and the matters that wait there.

use minqing_core::{
    Id,
    document::{
        Doc, DocKind, card,
        visits::{self, Made},
    },
    ids::{Device, Opening, actor},
    model::{Address, MatterState, NewHousehold, NewVisit},
    view::HouseholdRow,
};

use super::{
    Make, Office,
    office::{COMMUNITY, OFFICER},
};
use crate::{
    projection::{HouseholdShown, MatterShown},
    storage::log::DocumentHead,
};

pub fn a_grids_doors_come_by_id_with_their_card_and_the_years_asked_for(make: Make<'_>) {
    let office = Office::of(make);
    let grid = |n: u8| format!("{COMMUNITY}00{n}");
    let author = actor(Device(0), Opening([1; 5]));
    let written = |write: &mut dyn FnMut(&mut minqing_core::document::Writer<'_>) -> minqing_core::Result<()>| {
        let mut doc = Doc::empty();
        doc.change(author, 0, |w| write(w)).unwrap();
        doc.save()
    };
    office.apply(|unit| {
        for (door, n) in [(2, 1), (1, 1), (3, 2)] {
            let (id, home) = (Id([door; 16]), unit.stream(&format!("grid:{}", grid(n)))?.expect("a stream"));
            let head = |kind| DocumentHead { kind, stream: home, creator: OFFICER, version: 0 };
            let address = Address { community: COMMUNITY.into(), room: door.to_string(), ..Address::default() };
            let new = NewHousehold { grid: grid(n), address, ..NewHousehold::default() };
            unit.keep_document(id, &head(DocKind::Card), &written(&mut |w| card::create(w, &new, &[])))?;
            let row = HouseholdRow { id: id.to_string(), community: COMMUNITY.into(), grid: grid(n), ..HouseholdRow::default() };
            unit.show_household(&HouseholdShown { id: id.0, stream: home, row, ..HouseholdShown::default() })?;
            for year in [2024, 2026] {
                let (visit, made) = (NewVisit::default(), Made { officer: OFFICER, at_ms: i64::from(year) });
                let volume = written(&mut |w| visits::add(w, id, year, Id([9; 16]), &visit, made, &[]));
                unit.keep_document(Id::visits(id, year), &head(DocKind::Visits), &volume)?;
            }
        }
        for (matter, door, state) in [(14, 2, "feedback"), (13, 1, "feedback"), (12, 1, "papers"), (11, 3, "feedback"), (10, 1, "closed")] {
            let row = MatterShown { id: [matter; 16], community: COMMUNITY.into(), household: Some([door; 16]), state: state.into(), ..MatterShown::default() };
            unit.show_matter(&row)?;
        }
        Ok(())
    });
    let read = |grid: &str, years: &[i16]| {
        let mut found = Vec::new();
        let mut one = |door: crate::storage::DoorKept| {
            let years: Vec<i64> = door.volumes.iter().map(|volume| volume.root.int("year")).collect();
            found.push((door.row.id, door.card.root.text("room"), years));
            Ok(())
        };
        office.store.each_door(grid, years, &mut one).unwrap();
        found
    };
    let door = |n: u8, years: &[i64]| (Id([n; 16]).to_string(), n.to_string(), years.to_vec());
    assert_eq!(read(&grid(1), &[2025, 2026]), [door(1, &[2026]), door(2, &[2026])]);
    assert_eq!(read(&grid(2), &[2024, 2026]), [door(3, &[2024, 2026])]);
    assert_eq!(read("620102001002001", &[2026]), []);
    let waiting = |grid: &str, states: &[MatterState]| office.store.matters_at_doors(grid, states).unwrap();
    let at = |door: u8, matter: u8| (Id([door; 16]), Id([matter; 16]));
    assert_eq!(waiting(&grid(1), &[MatterState::Feedback, MatterState::Papers]), [at(1, 13), at(2, 14), at(1, 12)]);
    assert_eq!(waiting(&grid(2), &[MatterState::Feedback]), [at(3, 11)]);
    assert_eq!((waiting(&grid(1), &[]), waiting(&grid(1), &[MatterState::Merged])), (vec![], vec![]));
}
