//! The lists of an app's screens.

/// A list that a screen shows, for those who want to know when to read it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Listing {
    /// Doors and who lives there.
    Households,
    /// Visits, and which notices are to be told at doors.
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

impl Listing {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Households,
        Self::Visits,
        Self::FollowUps,
        Self::Matters,
        Self::Appointments,
        Self::Rounds,
        Self::Reviews,
        Self::Files,
        Self::Outbox,
        Self::Drafts,
    ];
}
