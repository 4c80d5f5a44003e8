//! Flat rows for screens and pages, read from documents. Owned plain values, nothing generic.

use serde::{Deserialize, Serialize};

use crate::{
    Id,
    document::{Conflict, Content, Fields, card::refuses},
    model::{Address, Consent, Language, Need, community_of_grid},
    pack::DoorLine,
};

mod appointment;
mod attachments;
mod door;
mod found;
mod listing;
mod round;
mod rows;
mod stairwell;
mod waiting;
mod wanted;

pub use appointment::{AppointmentRow, Reminder, telephones};
pub use attachments::{AttachmentRow, FileState, attachments};
pub use door::door;
pub use found::{FoundKind, FoundRow, Hit, Marked};
pub use listing::Listing;
pub use round::{LeftOut, RoundRow, RoundStop};
pub use rows::{EventRow, FollowUpRow, HouseholdRow, MatterRow, RecordState, ResidentRow, ReviewRow, ReviewValue, Today, VisitRow};
pub use stairwell::{Cell, CellMark, FloorRow, Stairwell, StairwellRow};
pub use waiting::{DraftRow, NoticeRow, OutboxRow, Room};
pub use wanted::{WantedRow, WhyRow};

/// A card as rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardView {
    /// The door.
    pub household: HouseholdRow,
    /// Who lives there, those who moved out last.
    pub residents: Vec<ResidentRow>,
}

/// A visit volume as rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitsView {
    /// The door.
    pub household: String,
    /// Visits, oldest first.
    pub visits: Vec<VisitRow>,
    /// Follow-ups in the order of their ids.
    pub follow_ups: Vec<FollowUpRow>,
}

/// A matter's place and the text of each event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextsView {
    /// Where.
    pub place: String,
    /// Event and its text.
    pub texts: Vec<(Id, String)>,
}

/// The door that a card's root names.
pub fn address(root: &Fields) -> Address {
    Address {
        community: root.text("community"),
        estate: root.text("estate"),
        building: root.text("building"),
        stairwell: root.text("stairwell"),
        floor: root.text("floor"),
        room: root.text("room"),
        lane: root.text("lane"),
        door: root.text("door"),
    }
}

/// A door of a grid whose card is still to come.
pub fn household(line: &DoorLine, grid: &str) -> HouseholdRow {
    let DoorLine { id, estate, building, stairwell, floor, room, lane, door, note, names, residents } = line.clone();
    let (id, grid, community, state) = (id.to_string(), grid.to_owned(), community_of_grid(grid).to_owned(), RecordState::default());
    HouseholdRow { id, grid, community, estate, building, stairwell, floor, room, lane, door, note, names, residents, state }
}

/// The same the other way round.
pub fn door_line(id: Id, row: HouseholdRow) -> DoorLine {
    let HouseholdRow { estate, building, stairwell, floor, room, lane, door, note, names, residents, .. } = row;
    DoorLine { id, estate, building, stairwell, floor, room, lane, door, note, names, residents }
}

/// Reads a card.
pub fn card(id: Id, content: &Content) -> CardView {
    let text = |name: &str| content.root.text(name);
    let mut residents: Vec<ResidentRow> = content.items_of("resident").map(|(resident, fields)| row(id, resident, fields, content)).collect();
    residents.sort_by(|a, b| (a.moved_out, &a.id).cmp(&(b.moved_out, &b.id)));
    let at_home: Vec<&str> = residents.iter().filter(|r| !r.moved_out).map(|r| r.name.as_str()).collect();
    let household = HouseholdRow {
        id: id.to_string(),
        grid: text("home"),
        community: text("community"),
        estate: text("estate"),
        building: text("building"),
        stairwell: text("stairwell"),
        floor: text("floor"),
        room: text("room"),
        lane: text("lane"),
        door: text("door"),
        note: text("note"),
        names: at_home.join("、"),
        residents: u32::try_from(at_home.len()).unwrap_or(u32::MAX),
        state: RecordState::Applied,
    };
    CardView { household, residents }
}

/// Reads a resident. What they do not agree to have kept is not shown, also where a phone wrote it that did not know yet.
fn row(household: Id, id: Id, fields: &Fields, content: &Content) -> ResidentRow {
    let refuses = refuses(content, id);
    ResidentRow {
        id: id.to_string(),
        household: household.to_string(),
        name: fields.text("name"),
        phone: if Consent::Contact.is_among(&refuses) { String::new() } else { fields.text("phone") },
        birth_year: u16::try_from(fields.int("birth_year")).unwrap_or(0),
        languages: words(content, "lang", id),
        needs: if Consent::Needs.is_among(&refuses) { Vec::new() } else { words(content, "need", id) },
        refuses,
        moved_out: fields.flag("moved_out"),
    }
}

/// Reads a visit volume.
pub fn visits(content: &Content) -> VisitsView {
    let household = content.root.text("home");
    let mut visits: Vec<VisitRow> = content
        .items_of("visit")
        .map(|(id, fields)| VisitRow {
            id: id.to_string(),
            household: household.clone(),
            officer: fields.text("officer"),
            companions: fields.set("with:").map(str::to_owned).collect(),
            purpose: fields.text("purpose"),
            outcome: fields.text("outcome"),
            note: fields.text("note"),
            at_ms: fields.int("at"),
            state: RecordState::Applied,
        })
        .collect();
    visits.sort_by(|a, b| (a.at_ms, &a.id).cmp(&(b.at_ms, &b.id)));
    let follow_ups = content
        .items_of("followup")
        .map(|(id, fields)| FollowUpRow {
            id: id.to_string(),
            household: household.clone(),
            visit: fields.text("visit"),
            officer: fields.text("officer"),
            what: fields.text("what"),
            due: fields.text("due"),
            done: fields.flag("done"),
            state: RecordState::Applied,
        })
        .collect();
    VisitsView { household, visits, follow_ups }
}

/// Reads a matter's texts.
pub fn texts(content: &Content) -> TextsView {
    let texts = content.root.0.iter().filter_map(|(key, value)| Some((key.strip_prefix("text:")?.parse().ok()?, value.to_string()))).collect();
    TextsView { place: content.root.text("place"), texts }
}

impl TextsView {
    /// The text of one event, empty if there is none.
    pub fn of(&self, event: Id) -> String {
        self.texts.iter().find(|(id, _)| *id == event).map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

/// The record that a disputed field belongs to: an item's id where there is one, else the document's.
pub fn record_of(doc: Id, conflict: &Conflict) -> Id {
    let key = conflict.field.split('/').next().unwrap_or_default();
    match key.split_once(':') {
        Some(("visit" | "followup", id)) => id.parse().unwrap_or(doc),
        _ => doc,
    }
}

fn words(content: &Content, kind: &str, resident: Id) -> Vec<String> {
    let mut words: Vec<String> = content.root.set(&format!("{kind}:{resident}:")).map(str::to_owned).collect();
    // In the order of the list, words of a newer version last.
    words.sort_by_key(|w| Need::from_word(w).map(Need::number).or(Language::from_word(w).map(Language::number)).unwrap_or(u8::MAX));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::{Doc, card},
        model::{HouseholdEdit, NewHousehold, NewResident, ResidentEdit},
    };

    #[test]
    fn what_somebody_no_longer_agrees_to_is_not_shown_though_a_phone_wrote_it_that_did_not_know() {
        let id = Id([5; 16]);
        let resident = NewResident { name: "王秀兰".into(), phone: "0931 012 7765".into(), needs: vec!["infant".into()], ..NewResident::default() };
        let mut office = Doc::empty();
        office.change([1; 8], 0, |w| card::create(w, &NewHousehold::default(), &[(id, &resident)])).unwrap();
        let mut phone = office.clone();
        let write = |doc: &mut Doc, actor: u8, edit: ResidentEdit| {
            let (now, edit) = (doc.content(), HouseholdEdit { residents: vec![ResidentEdit { id: id.to_string(), ..edit }], ..HouseholdEdit::default() });
            doc.change([actor; 8], 0, |w| card::edit(w, &now, &edit, &[])).unwrap();
        };
        write(&mut office, 1, ResidentEdit { refuses: vec!["contact".into(), "needs".into()], ..ResidentEdit::default() });
        write(&mut phone, 2, ResidentEdit { phone: Some("0931 012 0000".into()), add_needs: vec!["lives_alone".into()], ..ResidentEdit::default() });
        office.apply(&phone.changes()).unwrap();
        phone.apply(&office.changes()).unwrap();
        for doc in [office, phone] {
            assert_eq!(crate::document::conflicts(&doc), [], "nor is anybody asked which of the numbers it is");
            let row = card_of(&doc);
            assert_eq!((row.phone.as_str(), row.needs, row.refuses), ("", vec![], vec!["contact".to_owned(), "needs".to_owned()]));
        }
    }

    fn card_of(doc: &Doc) -> ResidentRow {
        super::card(Id([6; 16]), &doc.content()).residents.remove(0)
    }
}
