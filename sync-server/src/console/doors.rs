//! Which door somebody lives at: by its plate, by a name, or as people say where it is.

use minqing_core::{Id, model::by_number, speech::said, view::HouseholdRow, words::Lang};

use crate::{
    app::App,
    console::pages::WindowDoors,
    fault::Fault,
    inbox::guess,
    projection::{plate_begins, plate_parts},
    storage::Result,
};

/// Most doors that are offered.
const MOST: usize = 8;

/// A door to choose.
pub struct DoorLine {
    pub id: String,
    pub plate: String,
    pub names: String,
    /// What is to be known of it.
    pub note: String,
    /// Whether it is meant.
    pub chosen: bool,
}

/// The doors that are meant, at most so many; none where nobody looks for one.
pub fn found(app: &App, community: &str, who: &str) -> Result<Vec<HouseholdRow>> {
    if who.is_empty() {
        return Ok(Vec::new());
    }
    Ok(meant(&app.store.doors_of(community)?, who).into_iter().cloned().collect())
}

/// Said for the page, the only one or the chosen one marked.
pub fn part(lang: Lang, who: &str, household: &str, found: &[HouseholdRow]) -> WindowDoors {
    let line = |row: &HouseholdRow| DoorLine {
        id: row.id.clone(),
        plate: said::plate(lang, &row.address()),
        names: row.names.clone(),
        note: row.note.clone(),
        chosen: found.len() == 1 || row.id == household,
    };
    WindowDoors { lang, none: !who.is_empty() && found.is_empty(), doors: found.iter().map(line).collect() }
}

/// The door that was chosen, or the only one that is meant; `None` where nobody looked for one.
///
/// # Errors
/// `window.door` where it is not clear which.
pub fn chosen(who: &str, household: &str, found: &[HouseholdRow]) -> Result<Option<Id>, Fault> {
    if who.is_empty() {
        return Ok(None);
    }
    let one = found.iter().find(|row| row.id == household).or(found.first().filter(|_| found.len() == 1));
    let id = one.and_then(|row| row.id.parse().ok());
    id.map(Some).ok_or_else(|| Fault::new("window.door", "who"))
}

/// The doors that somebody means, at most so many.
fn meant<'d>(doors: &'d [HouseholdRow], typed: &str) -> Vec<&'d HouseholdRow> {
    if typed.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<&HouseholdRow> = match plate_parts(typed) {
        Some(parts) => doors.iter().filter(|d| plate_begins([&d.building, &d.stairwell, &d.room], [&d.lane, &d.door], &parts)).collect(),
        None => doors.iter().filter(|d| d.names.split('、').any(|name| name.contains(typed))).collect(),
    };
    if found.is_empty() {
        return guess(doors, typed, MOST);
    }
    found.sort_by(|a, b| by_number(&a.building, &b.building).then_with(|| by_number(&a.stairwell, &b.stairwell)).then_with(|| by_number(&a.room, &b.room)));
    found.truncate(MOST);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_is_meant_by_plate_by_name_or_as_people_say_it() {
        let door = |building: &str, stairwell: &str, room: &str, names: &str| {
            let [building, stairwell, room, names] = [building, stairwell, room, names].map(str::to_owned);
            HouseholdRow { id: format!("{building}-{stairwell}-{room}"), building, stairwell, room, names, ..HouseholdRow::default() }
        };
        let doors = [door("3", "2", "1001", "王秀兰"), door("3", "2", "501", "王秀兰、赵福全"), door("3", "1", "501", ""), door("5", "2", "501", "王建")];
        let found = |typed: &str| meant(&doors, typed).into_iter().map(|d| d.id.clone()).collect::<Vec<_>>();
        assert_eq!(found("3-2-501"), ["3-2-501"]);
        assert_eq!(found("3-2"), ["3-2-501", "3-2-1001"], "rooms as the house counts them");
        assert_eq!(found("赵福"), ["3-2-501"]);
        assert_eq!(found("王秀兰"), ["3-2-501", "3-2-1001"]);
        assert_eq!(found("3号楼1单元501").first().map(String::as_str), Some("3-1-501"));
        assert_eq!((found(""), found("菜市场东口"), found("9-9-9")), (vec![], vec![], vec![]));
    }
}
