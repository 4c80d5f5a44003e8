//! A stairwell as one looks up in it: floors as rows, doors as cells.

use serde::{Deserialize, Serialize};

use super::RecordState;

/// A stairwell, or a lane, in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stairwell {
    /// The floors, the cellar first, those without a number last.
    pub floors: Vec<FloorRow>,
}

/// One floor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloorRow {
    /// Its name: the number, B1 for the first cellar, or what was written; empty where nothing was.
    pub floor: String,
    /// Its doors, by number.
    pub cells: Vec<Cell>,
}

/// What a door's cell shows at a glance: of what holds, the last of this list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellMark {
    /// Never visited.
    #[default]
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

/// One door.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
