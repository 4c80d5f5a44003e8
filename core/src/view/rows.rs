//! The rows themselves. Ids are 22 characters, times milliseconds since 1970, codes the stable words of core/model.

use serde::{Deserialize, Serialize};

use crate::model::Address;

/// Where a record stands on its way to the office.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordState {
    /// 已入库: in the log, or written by somebody else.
    #[default]
    Applied,
    /// 待核对: a field has two values.
    NeedsReview,
    /// 办公室已收到: safe at the office, waiting for something.
    Received,
    /// 同事的记录，还没到办公室: merged here from a colleague's bundle.
    Carried,
    /// 发送中: in the exchange that is under way.
    Sending,
    /// 待发送: safe on this phone.
    Ready,
    /// 未采纳: the office refused an event; nothing typed is lost.
    Refused,
    /// 暂存待查: put aside at the office.
    Parked,
    /// 练习: of the practice space, and at no office ever.
    Practice,
}

impl RecordState {
    /// The catalogue's key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Applied => "state-applied",
            Self::NeedsReview => "state-needs-review",
            Self::Received => "state-received",
            Self::Carried => "state-carried",
            Self::Sending => "state-sending",
            Self::Ready => "state-ready",
            Self::Refused => "state-refused",
            Self::Parked => "state-parked",
            Self::Practice => "state-practice",
        }
    }
}

/// A door in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

impl HouseholdRow {
    /// Where the door is.
    pub fn address(&self) -> Address {
        let Self { community, estate, building, stairwell, floor, room, lane, door, .. } = self.clone();
        Address { community, estate, building, stairwell, floor, room, lane, door }
    }
}

/// A resident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What they do not agree to, words of the consent list.
    pub refuses: Vec<String>,
}

/// A visit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitRow {
    /// The visit.
    pub id: String,
    /// The door.
    pub household: String,
    /// Who went.
    pub officer: String,
    /// Who came along.
    pub companions: Vec<String>,
    /// Word of the purpose.
    pub purpose: String,
    /// Word of the outcome.
    pub outcome: String,
    /// What was heard and seen.
    pub note: String,
    /// When.
    pub at_ms: i64,
    /// Where the record stands.
    pub state: RecordState,
}

/// Something to come back for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpRow {
    /// The follow-up.
    pub id: String,
    /// The door.
    pub household: String,
    /// The visit it came from.
    pub visit: String,
    /// Who wrote it down.
    pub officer: String,
    /// What.
    pub what: String,
    /// By when, as `2026-09-21`, empty if no day is set.
    pub due: String,
    /// Done or not.
    pub done: bool,
    /// Where the record stands.
    pub state: RecordState,
}

/// A matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterRow {
    /// The matter.
    pub id: String,
    /// The door, empty if none.
    pub household: String,
    /// The code residents are given, without the dash.
    pub code: String,
    /// Word of the kind.
    pub kind: String,
    /// Word of the channel.
    pub channel: String,
    /// Word of the category.
    pub category: String,
    /// Word of who is affected.
    pub affected: String,
    /// What it is about.
    pub text: String,
    /// Where.
    pub place: String,
    /// Word of the main state, own unjudged events included.
    pub main_state: String,
    /// Whether the state rests on events the office has not judged yet.
    pub pending: bool,
    /// Word of who was called first, empty if nobody.
    pub urgent: String,
    /// Whether its author runs the errand for the resident from start to end.
    pub errand: bool,
    /// Who registered it.
    pub officer: String,
    /// When.
    pub at_ms: i64,
    /// Where the record stands.
    pub state: RecordState,
}

/// What happened to a matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// The event.
    pub id: String,
    /// Word of the event, empty if of a newer version.
    pub event: String,
    /// Who.
    pub by: String,
    /// When, as far as known.
    pub at_ms: i64,
    /// What was typed for it.
    pub text: String,
    /// Its place among the matter's events, 0 while unjudged.
    pub ordinal: u64,
    /// Word of the refusal, empty if not refused.
    pub refused: String,
    /// The event that was first, where this one was overtaken.
    pub overtaken_by: String,
    /// Where the record stands.
    pub state: RecordState,
}

/// One of two or more values of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewValue {
    /// What was written.
    pub value: String,
    /// Number of the device that wrote it, 0 if not known.
    pub device: u32,
    /// When, by that device's clock, seconds since 1970.
    pub time_s: i64,
}

/// A review card: one document and field with more than one value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRow {
    /// The document.
    pub doc: String,
    /// The record in it.
    pub record: String,
    /// The field.
    pub field: String,
    /// The values, the one now shown first.
    pub values: Vec<ReviewValue>,
}

/// The count to compare: "today 14 visits: 14 at the office".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    /// The local day.
    pub date: String,
    /// Visits this officer made today.
    pub visits: u32,
    /// Those that are safe at the office (received or applied).
    pub at_office: u32,
    /// The sentence.
    pub line: String,
    /// Items of any day not at the office yet.
    pub waiting: u32,
    /// Events refused.
    pub refused: u32,
    /// Items put aside.
    pub parked: u32,
    /// Review cards.
    pub reviews: u32,
}
