//! Matters, and where records stand.

use minqing_core::{
    client::MatterDetail,
    model::{MatterEdit, NewMatter},
    speech::{EmergencyRow, Term},
    view::{EventRow, Listing, MatterRow, RecordState, ReviewRow, ReviewValue, Today},
};

written! {
    /// A matter as first written down.
    NewMatter {
        kind: String = "A word of [`MatterKind`].",
        channel: String = "A word of [`Channel`].",
        category: String = "A word of [`Category`].",
        text: String = "What it is about, in the person's words.",
        place: String = "Where, in words; may be empty.",
        household: String = "The door it belongs to; empty = none.",
        community: String = "The community, where there is no door.",
        affected: String = "A word of [`Affected`].",
        proposed: String = "The type that its author proposes, a word of [`HandlingType`]; empty = none.",
        slip: String = "The code of the slip that the resident was given; empty = the phone makes one.",
        urgent: String = "Who was called before it was written down, a word of [`Emergency`]; empty = nobody.",
        errand: bool = "Whether its author runs the errand for the resident from start to end.",
        draft: String = "The draft that this was, which goes when this is written; empty = none.",
    }
    /// What a person changed on a matter's texts; `None` = left alone.
    MatterEdit {
        text: Option<String> = "New wording.",
        place: Option<String> = "New place.",
    }
}

shown! {
    /// A matter.
    MatterRow {
        id: String = "The matter.",
        household: String = "The door, empty if none.",
        code: String = "The code residents are given, without the dash.",
        kind: String = "Word of the kind.",
        channel: String = "Word of the channel.",
        category: String = "Word of the category.",
        affected: String = "Word of who is affected.",
        text: String = "What it is about.",
        place: String = "Where.",
        main_state: String = "Word of the main state, own unjudged events included.",
        pending: bool = "Whether the state rests on events the office has not judged yet.",
        urgent: String = "Word of who was called first, empty if nobody.",
        errand: bool = "Whether its author runs the errand for the resident from start to end.",
        officer: String = "Who registered it.",
        at_ms: i64 = "When.",
        state: RecordState = "Where the record stands.",
    }
    /// What happened to a matter.
    EventRow {
        id: String = "The event.",
        event: String = "Word of the event, empty if of a newer version.",
        by: String = "Who.",
        at_ms: i64 = "When, as far as known.",
        text: String = "What was typed for it.",
        ordinal: u64 = "Its place among the matter's events, 0 while unjudged.",
        refused: String = "Word of the refusal, empty if not refused.",
        overtaken_by: String = "The event that was first, where this one was overtaken.",
        state: RecordState = "Where the record stands.",
    }
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

shown! {
    /// A review card: one document and field with more than one value.
    ReviewRow {
        doc: String = "The document.",
        record: String = "The record in it.",
        field: String = "The field.",
        values: Vec<ReviewValue> = "The values, the one now shown first.",
    }
    /// One of two or more values of a field.
    ReviewValue {
        value: String = "What was written.",
        device: u32 = "Number of the device that wrote it, 0 if not known.",
        time_s: i64 = "When, by that device's clock, seconds since 1970.",
    }
    /// The count to compare: "today 14 visits: 14 at the office".
    Today {
        date: String = "The local day.",
        visits: u32 = "Visits this officer made today.",
        at_office: u32 = "Those that are safe at the office (received or applied).",
        line: String = "The sentence.",
        waiting: u32 = "Items of any day not at the office yet.",
        refused: u32 = "Events refused.",
        parked: u32 = "Items put aside.",
        reviews: u32 = "Review cards.",
    }
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
    /// Appointments at the door.
    Appointments,
    /// The officer's round.
    Rounds,
    /// Review cards.
    Reviews,
    /// Photos and voice notes.
    Files,
    /// What was written here: its state changes with each exchange, and with it those of all rows.
    Outbox,
    /// What is half filled in.
    Drafts,
}

shown! {
    /// One matter with what happened to it.
    MatterDetail {
        matter: MatterRow = "The matter.",
        events: Vec<EventRow> = "Judged events by ordinal, then this phone's own that wait.",
    }
    /// A word to choose, and what people read.
    Term {
        word: String = "The stable word, as records have it.",
        said: String = "What people read.",
    }
    /// Whom to call before anything is written down.
    EmergencyRow {
        word: String = "The stable word, for `urgent` of the matter that is written down after.",
        telephone: String = "The number to dial.",
        said: String = "What people read.",
    }
}
