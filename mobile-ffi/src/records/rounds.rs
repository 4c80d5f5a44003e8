//! Today's round.

use minqing_core::view::{HouseholdRow, LeftOut, RoundRow, RoundStop, WhyRow};

shown! {
    /// An officer's round of today.
    RoundRow {
        day: String = "The day, as `2026-09-16`.",
        by_office: bool = "Whether the office planned it; else this phone did.",
        made_ms: i64 = "When it was planned, milliseconds since 1970; 0 = there is none.",
        stops: Vec<RoundStop> = "What is over first, then what is still to come, in the order in which it is walked.",
        left_out: Vec<LeftOut> = "Doors for which there is no time today, each with the reason.",
        walking_minutes: u32 = "What is left of the walking, in minutes.",
        is_stale: bool = "Whether appointments have changed since: it is to be planned anew.",
        bring: Vec<String> = "Words of [`Bring`]: what to bring for what is still to come.",
    }
    /// One door of a round.
    RoundStop {
        household: HouseholdRow = "The door.",
        state: String = "`next`, `waiting`, `done` or `nobody_in`.",
        at_ms: i64 = "When the visit is to begin, or was over, milliseconds since 1970.",
        minutes: u16 = "How long it takes, in minutes; 0 where it is over.",
        walk_minutes: u32 = "The walk to it, in minutes, rounded up; 0 where it is over.",
        appointment: String = "The appointment that is kept there; empty for none.",
        is_promised: bool = "Whether a resident was promised that time.",
        reasons: Vec<WhyRow> = "Why, beside an appointment.",
        bring: Vec<String> = "Words of [`Bring`].",
    }
    /// A door for which there is no time.
    LeftOut {
        household: HouseholdRow = "The door.",
        appointment: String = "The appointment that cannot be kept any more: somebody must ring up; empty for none.",
        why: String = "`no_officer`, `no_window`, `too_many_doors` or `no_time`.",
    }
}
