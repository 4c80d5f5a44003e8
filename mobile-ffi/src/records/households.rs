//! Doors and who lives there.

use minqing_core::{
    client::HouseholdDetail,
    model::{Address, HouseholdEdit, NewHousehold, NewResident, ResidentEdit},
    view::{
        Cell, CellMark, FloorRow, FollowUpRow, FoundKind, FoundRow, Hit, HouseholdRow, Marked, MatterRow, RecordState, ResidentRow, Stairwell, StairwellRow,
        VisitRow,
    },
};

/// An address, in fields: a block (estate to room) or a lane (lane and door).
#[uniffi::remote(Record)]
pub struct Address {
    /// 社区, 12 digits.
    #[uniffi(default)]
    pub community: String,
    /// 小区
    #[uniffi(default)]
    pub estate: String,
    /// 楼栋
    #[uniffi(default)]
    pub building: String,
    /// 单元
    #[uniffi(default)]
    pub stairwell: String,
    /// 楼层
    #[uniffi(default)]
    pub floor: String,
    /// 室
    #[uniffi(default)]
    pub room: String,
    /// 巷
    #[uniffi(default)]
    pub lane: String,
    /// 门牌
    #[uniffi(default)]
    pub door: String,
}

/// A household as first written down.
#[uniffi::remote(Record)]
pub struct NewHousehold {
    /// The grid it lies in, 15 digits.
    #[uniffi(default)]
    pub grid: String,
    /// Where the door is.
    #[uniffi(default)]
    pub address: Address,
    /// A remark for whoever knocks next.
    #[uniffi(default)]
    pub note: String,
    /// Who lives there.
    #[uniffi(default)]
    pub residents: Vec<NewResident>,
}

/// A resident as first written down.
#[uniffi::remote(Record)]
pub struct NewResident {
    /// The name.
    #[uniffi(default)]
    pub name: String,
    /// A telephone number, as people write it.
    #[uniffi(default)]
    pub phone: String,
    /// Year of birth; 0 = not known.
    #[uniffi(default)]
    pub birth_year: u16,
    /// Words of [`Language`].
    #[uniffi(default)]
    pub languages: Vec<String>,
    /// Words of [`Need`].
    #[uniffi(default)]
    pub needs: Vec<String>,
}

/// What a person changed on a household; `None` = left alone.
#[uniffi::remote(Record)]
pub struct HouseholdEdit {
    /// New remark.
    #[uniffi(default)]
    pub note: Option<String>,
    /// Residents that are new.
    #[uniffi(default)]
    pub new_residents: Vec<NewResident>,
    /// Changes to residents.
    #[uniffi(default)]
    pub residents: Vec<ResidentEdit>,
}

/// What a person changed on a resident; `None` = left alone.
#[uniffi::remote(Record)]
pub struct ResidentEdit {
    /// Whom.
    #[uniffi(default)]
    pub id: String,
    /// New name.
    #[uniffi(default)]
    pub name: Option<String>,
    /// New telephone number; empty = none.
    #[uniffi(default)]
    pub phone: Option<String>,
    /// New year of birth; 0 = not known.
    #[uniffi(default)]
    pub birth_year: Option<u16>,
    /// Whether the person has moved out.
    #[uniffi(default)]
    pub moved_out: Option<bool>,
    /// Needs to add.
    #[uniffi(default)]
    pub add_needs: Vec<String>,
    /// Needs that no longer hold.
    #[uniffi(default)]
    pub drop_needs: Vec<String>,
    /// Languages to add.
    #[uniffi(default)]
    pub add_languages: Vec<String>,
    /// Languages to take away.
    #[uniffi(default)]
    pub drop_languages: Vec<String>,
}

/// A door in a list.
#[uniffi::remote(Record)]
pub struct HouseholdRow {
    /// The household.
    pub id: String,
    /// Its grid.
    pub grid: String,
    /// Its community.
    pub community: String,
    /// 小区
    pub estate: String,
    /// 楼栋
    pub building: String,
    /// 单元
    pub stairwell: String,
    /// 楼层
    pub floor: String,
    /// 室
    pub room: String,
    /// 巷
    pub lane: String,
    /// 门牌
    pub door: String,
    /// Remark for whoever knocks next.
    pub note: String,
    /// Names of those who live there, joined by 、.
    pub names: String,
    /// How many.
    pub residents: u32,
    /// Where the record stands.
    pub state: RecordState,
}

/// A resident.
#[uniffi::remote(Record)]
pub struct ResidentRow {
    /// The resident.
    pub id: String,
    /// The door.
    pub household: String,
    /// The name.
    pub name: String,
    /// Telephone, empty if not known.
    pub phone: String,
    /// 0 if not known.
    pub birth_year: u16,
    /// Words of the language list.
    pub languages: Vec<String>,
    /// Words of the need list.
    pub needs: Vec<String>,
    /// No longer lives there.
    pub moved_out: bool,
}

/// A stairwell, or a lane, in the list.
#[uniffi::remote(Record)]
pub struct StairwellRow {
    /// 小区
    pub estate: String,
    /// 楼栋
    pub building: String,
    /// 单元
    pub stairwell: String,
    /// 巷, where there is no building.
    pub lane: String,
    /// How many doors.
    pub households: u32,
    /// How many of them were ever visited, also when nobody was in.
    pub visited: u32,
}

/// One stairwell with its doors.
#[uniffi::remote(Record)]
pub struct Stairwell {
    /// The floors, the cellar first, those without a number last.
    pub floors: Vec<FloorRow>,
}

/// One floor.
#[uniffi::remote(Record)]
pub struct FloorRow {
    /// Its name: the number, B1 for the first cellar, or what was written; empty where nothing was.
    pub floor: String,
    /// Its doors, by number.
    pub cells: Vec<Cell>,
}

/// One door.
#[uniffi::remote(Record)]
pub struct Cell {
    /// The household.
    pub household: String,
    /// What stands on the door: the room, or the house number.
    pub label: String,
    /// What to know at a glance.
    pub mark: CellMark,
    /// The local day of the last visit, as `2026-09-14`; empty if there was none.
    pub last_visit: String,
    /// How many live there.
    pub residents: u32,
    /// Somebody of 60 or more (老年人, Law on the Protection of the Rights of the Elderly, article 2).
    pub old: bool,
    /// Somebody with a chronic illness.
    pub ill: bool,
    /// Somebody who lives alone.
    pub alone: bool,
    /// Where the card stands.
    pub state: RecordState,
}

/// What a door's cell shows at a glance: of what holds, the last of this list.
#[uniffi::remote(Enum)]
pub enum CellMark {
    /// Never visited.
    None,
    /// The last visit was talked through.
    Visited,
    /// At the last visit nobody was in.
    NobodyIn,
    /// At the last visit the talk was refused.
    Refused,
    /// One of its matters has an answer to bring.
    FeedbackWaiting,
    /// Something was promised for today or earlier.
    FollowUpDue,
}

/// A line of a search's answer.
#[uniffi::remote(Record)]
pub struct FoundRow {
    /// What it is.
    pub kind: FoundKind,
    /// The record.
    pub id: String,
    /// The door, empty if it has none.
    pub household: String,
    /// A resident's name; else the door, as 槐荫小区 3-2-502; else a matter's place.
    pub title: Marked,
    /// Part of the text that hit, at most 60 characters and … at a cut end.
    pub snippet: Marked,
    /// When, milliseconds since 1970; 0 for doors and residents.
    pub at_ms: i64,
    /// Where the record stands; a resident's is the door's.
    pub state: RecordState,
}

/// What was found.
#[uniffi::remote(Enum)]
pub enum FoundKind {
    /// A visit.
    Visit,
    /// A matter.
    Matter,
    /// A door.
    Household,
    /// A resident.
    Resident,
}

/// A place in a text, in characters (Unicode scalar values): from `start` up to, not with, `end`.
#[uniffi::remote(Record)]
pub struct Hit {
    /// The first character.
    pub start: u32,
    /// The one behind the last.
    pub end: u32,
}

/// A text with the places that hit, in order and apart.
#[uniffi::remote(Record)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// Where it hits; empty where the hit lies elsewhere.
    pub hits: Vec<Hit>,
}

/// One door with everything on it.
#[uniffi::remote(Record)]
pub struct HouseholdDetail {
    /// The door.
    pub household: HouseholdRow,
    /// Who lives there.
    pub residents: Vec<ResidentRow>,
    /// Visits, newest first.
    pub visits: Vec<VisitRow>,
    /// What to come back for, open ones first.
    pub follow_ups: Vec<FollowUpRow>,
    /// Its matters, newest first.
    pub matters: Vec<MatterRow>,
}
