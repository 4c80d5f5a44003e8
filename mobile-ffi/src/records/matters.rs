//! Matters, and where records stand.

use minqing_core::{
    client::MatterDetail,
    model::{MatterEdit, NewMatter},
    speech::Term,
    view::{EventRow, Listing, MatterRow, RecordState, ReviewRow, ReviewValue, Today},
};

/// A matter as first written down.
#[uniffi::remote(Record)]
pub struct NewMatter {
    /// A word of [`MatterKind`].
    #[uniffi(default)]
    pub kind: String,
    /// A word of [`Channel`].
    #[uniffi(default)]
    pub channel: String,
    /// A word of [`Category`].
    #[uniffi(default)]
    pub category: String,
    /// What it is about, in the person's words.
    #[uniffi(default)]
    pub text: String,
    /// Where, in words; may be empty.
    #[uniffi(default)]
    pub place: String,
    /// The door it belongs to; empty = none.
    #[uniffi(default)]
    pub household: String,
    /// The community, where there is no door.
    #[uniffi(default)]
    pub community: String,
    /// A word of [`Affected`].
    #[uniffi(default)]
    pub affected: String,
}

/// What a person changed on a matter's texts; `None` = left alone.
#[uniffi::remote(Record)]
pub struct MatterEdit {
    /// New wording.
    #[uniffi(default)]
    pub text: Option<String>,
    /// New place.
    #[uniffi(default)]
    pub place: Option<String>,
}

/// A matter.
#[uniffi::remote(Record)]
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
    /// Who registered it.
    pub officer: String,
    /// When.
    pub at_ms: i64,
    /// Where the record stands.
    pub state: RecordState,
}

/// What happened to a matter.
#[uniffi::remote(Record)]
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

/// Where a record stands on its way to the office.
#[uniffi::remote(Enum)]
pub enum RecordState {
    /// 已入库: in the log, or written by somebody else.
    Applied,
    /// 待核对: a field has two values.
    NeedsReview,
    /// 办公室已收到: safe at the office, waiting for something.
    Received,
    /// 发送中: in the exchange that is under way.
    Sending,
    /// 待发送: safe on this phone.
    Ready,
    /// 未采纳: the office refused an event; nothing typed is lost.
    Refused,
    /// 暂存待查: put aside at the office.
    Parked,
}

/// A review card: one document and field with more than one value.
#[uniffi::remote(Record)]
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

/// One of two or more values of a field.
#[uniffi::remote(Record)]
pub struct ReviewValue {
    /// What was written.
    pub value: String,
    /// Number of the device that wrote it, 0 if not known.
    pub device: u32,
    /// When, by that device's clock, seconds since 1970.
    pub time_s: i64,
}

/// The count to compare: "today 14 visits: 14 at the office".
#[uniffi::remote(Record)]
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

/// A list that a screen shows, for those who want to know when to read it again.
#[uniffi::remote(Enum)]
pub enum Listing {
    /// Doors and who lives there.
    Households,
    /// Visits.
    Visits,
    /// What to come back for.
    FollowUps,
    /// Matters and what happened to them.
    Matters,
    /// Review cards.
    Reviews,
    /// Photos and voice notes.
    Files,
    /// What was written here: its state changes with each exchange, and with it those of all rows.
    Outbox,
}

/// One matter with what happened to it.
#[uniffi::remote(Record)]
pub struct MatterDetail {
    /// The matter.
    pub matter: MatterRow,
    /// Judged events by ordinal, then this phone's own that wait.
    pub events: Vec<EventRow>,
}

/// A word to choose, and what people read.
#[uniffi::remote(Record)]
pub struct Term {
    /// The stable word, as records have it.
    pub word: String,
    /// What people read.
    pub said: String,
}
