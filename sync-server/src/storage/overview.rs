//! What the office sees at a glance.

use std::ops::Range;

use minqing_core::{Id, ids::Device, model::Address};

use super::{Ended, FileSeen, Result};

/// A visit as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitSeen {
    /// When it was made, milliseconds since 1970.
    pub at_ms: i64,
    /// At which door; `None` while the household has not arrived.
    pub address: Option<Address>,
    /// A word of `Outcome`, or of a newer version.
    pub outcome: String,
    /// What was heard and seen.
    pub note: String,
    /// Who knocked; empty where the officer is not known here.
    pub officer: String,
    /// Its photos and voice notes.
    pub files: Vec<FileSeen>,
}

/// A matter as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterSeen {
    /// The matter.
    pub id: Id,
    /// The code on the slip; may be empty.
    pub code: String,
    /// A word of `Category`, or of a newer version.
    pub category: String,
    /// What it is about.
    pub text: String,
    /// A word of `MatterState`, or of a newer version.
    pub state: String,
    /// Its photos and voice notes.
    pub files: Vec<FileSeen>,
}

/// One day of a community.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// How many visits were made that day.
    pub visit_count: u64,
    /// How many matters came in that day.
    pub matter_count: u64,
    /// That day's visits, newest first, cut at the limit.
    pub visits: Vec<VisitSeen>,
    /// The community's matters of all days, newest first, cut at the limit.
    pub matters: Vec<MatterSeen>,
}

/// An officer and one of the officer's phones, if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneSeen {
    /// The officer.
    pub officer: Id,
    /// The officer's name.
    pub name: String,
    /// The phone's number; `None` where the officer has no phone yet. What follows is then empty.
    pub number: Option<Device>,
    /// The app and its version.
    pub app: String,
    /// When it was enrolled.
    pub enrolled_ms: i64,
    /// The last exchange.
    pub last_exchange_ms: Option<i64>,
    /// Since when it looks as if there were two of it.
    pub clone_suspected_ms: Option<i64>,
    /// Since when it may read no more, and why.
    pub reading_ended: Option<(i64, Ended)>,
    /// Whether nothing is given to it any more, and whatever it brings is kept apart.
    pub revoked: bool,
    /// Items that waited on it besides those of its last exchange.
    pub unsent: u32,
    /// What it brought that was put aside, or waits for something that was.
    pub aside: u32,
    /// What its officer wrote on matters and was refused, as far as nobody of the office has seen it.
    pub refused: u32,
    /// How far its clock is ahead, in milliseconds; 0 while that is not known.
    pub skew_ms: i64,
    /// How much room is left on it, in MiB, where it says that this is little.
    pub room_mib: Option<u32>,
}

impl PhoneSeen {
    /// Whether its last exchange, or without one its enrolment, is more than so many hours ago.
    pub fn is_silent(&self, now_ms: i64, hours: u32) -> bool {
        now_ms - self.last_exchange_ms.unwrap_or(self.enrolled_ms) > i64::from(hours) * 3_600_000
    }
}

/// A door as it stands on a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorSeen {
    /// The household.
    pub household: Id,
    /// Where it is.
    pub address: Address,
    /// When it was visited last, milliseconds since 1970, and what came of it, a word of `Outcome`.
    pub last: Option<(i64, String)>,
}

/// A building, or a lane without buildings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildingSeen {
    /// 小区
    pub estate: String,
    /// 楼栋; empty for a lane.
    pub building: String,
    /// 巷, where there is no building.
    pub lane: String,
    /// The grids of its doors.
    pub grids: Vec<String>,
    /// How many doors.
    pub doors: u32,
    /// At how many of them somebody was met since a moment.
    pub met: u32,
}

/// What the office sees at a glance.
pub trait Overview: Send + Sync {
    /// Whether the store answers.
    fn ready(&self) -> Result<()>;

    /// A community's day (from its first millisecond to the next day's), all read at one moment.
    fn day(&self, community: &str, day: Range<i64>, limit: u32) -> Result<Day>;

    /// The doors of a stairwell in a grid, at most 1,000; of `place` estate, building and stairwell count.
    fn doors(&self, grid: &str, place: &Address) -> Result<Vec<DoorSeen>>;

    /// The buildings of a community, or of one grid; met since a moment, milliseconds since 1970.
    fn buildings(&self, community: &str, grid: Option<&str>, since_ms: i64) -> Result<Vec<BuildingSeen>>;

    /// The doors of a building, at most 2,000.
    fn building(&self, community: &str, at: &BuildingSeen) -> Result<Vec<DoorSeen>>;

    /// How often the phones of a community exchanged on each day since a moment, in milliseconds since 1970: phone, first millisecond of the day,
    /// exchanges; in this order. Idle ones within a minute count once.
    fn exchanges(&self, community: &str, since_ms: i64) -> Result<Vec<(Device, i64, u32)>>;

    /// A community's officers and their phones, by name.
    fn phones(&self, community: &str) -> Result<Vec<PhoneSeen>>;
}
