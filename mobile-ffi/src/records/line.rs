//! The line: how matters stand on it, what to tell at a door, and what the office did not take.

use minqing_core::{
    client::{DoorBrief, ErrandRow, LineRow, NewFeedback, PaperRow, RefusedRow, StageRow, TellRow},
    model::Prepared,
    view::{FollowUpRow, HouseholdRow, MatterRow, ResidentRow, VisitRow},
};

written! {
    /// What was told to a resident of a result.
    NewFeedback {
        way: String = "A word of [`FeedbackWay`].",
        reached: bool = "Whether the resident was reached.",
        proof: String = "A word of [`Proof`].",
        code: String = "The code on the resident's slip, where that is the proof.",
        signature: Option<Prepared> = "The picture of the signature, made ready by `Minqing::prepare`, where that is the proof.",
        text: String = "Who was told, and what they said; may be empty.",
    }
}

shown! {
    /// How a matter stands on the line.
    LineRow {
        matter: String = "The matter.",
        state: String = "Word of the main state, with what this phone proposes.",
        handling: String = "Word of the type; empty until it is accepted.",
        cycle: u32 = "How often it was taken up, from 1.",
        lamp: String = "Word of the lamp.",
        supervision: String = "Word of the supervision order.",
        outcome: String = "Word of what came of it; empty until then.",
        due_ms: i64 = "When its handling is due, or its answer; 0 where no such clock runs, or only the office can know.",
        provisional: bool = "A day until then has no decree yet.",
        pending: bool = "Something of this phone's has not been judged.",
        papers: Vec<PaperRow> = "The papers of the last letter.",
        moves: Vec<String> = "What an officer may do with it, as words of the events.",
        expected: String = "What it waits for that an officer brings, a word of the events; empty = nothing.",
        public_reply: String = "The reply that may be told and shown; empty while there is none.",
    }
    /// One paper of a letter.
    PaperRow {
        id: String = "The item.",
        name: String = "What it is called.",
        ticked: bool = "Whether it was brought.",
    }
    /// Something new for a door.
    TellRow {
        matter: String = "The door's matter; empty for a notice.",
        notice: String = "A notice of the office: to be ticked with `tell_notice`; empty for a matter.",
        event: String = "What happened: to be ticked with `tell_resident`; empty for a notice.",
        news: String = "Word of the state to which that led; `extend` where there is more time, `notice` for a notice.",
        said: String = "The sentence to say.",
        at_ms: i64 = "When it happened; of a notice, since when it is told.",
    }
    /// What to know of a door before ringing.
    DoorBrief {
        household: HouseholdRow = "The door.",
        residents: Vec<ResidentRow> = "Who lives there.",
        lines: Vec<String> = "Sentences to read first: the remark, who needs what, whether a colleague was here.",
        promised: Vec<FollowUpRow> = "What was promised and is open, the earliest day first.",
        to_tell: Vec<TellRow> = "What to tell.",
        visits: Vec<VisitRow> = "The last three visits, newest first.",
    }
    /// An errand: where it stands, and what its officer does next.
    ErrandRow {
        matter: MatterRow = "What it is about.",
        line: LineRow = "Where it stands; what its officer does next is `expected`.",
        stages: Vec<StageRow> = "The way from start to end.",
    }
    /// A stage of the line.
    StageRow {
        stage: String = "Word of the stage.",
        since_ms: i64 = "When the matter came to it, this cycle; 0 = still ahead.",
    }
    /// An event of this phone that the office did not take.
    RefusedRow {
        event: String = "The event.",
        matter: String = "Its matter.",
        code: String = "The residents' code, without the dash.",
        what: String = "Word of the event.",
        text: String = "What was typed for it; it is kept.",
        reason: String = "Word of the refusal.",
        said: String = "The reason as a sentence.",
        overtaken_by: String = "The event that was first, where this one was overtaken.",
        again: bool = "Whether the matter, as it now stands, lets it be done.",
        at_ms: i64 = "When it was done.",
    }
}
