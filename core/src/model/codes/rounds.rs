//! The closed lists of walking rounds.

use super::key_in;

codes! {
    /// Why somebody is to knock at a door, the most pressing first.
    WhyVisit "why-visit" {
        /// An answer should have been brought by now.
        FeedbackOverdue = 1 "feedback_overdue",
        /// An answer waits to be brought.
        FeedbackDue = 2 "feedback_due",
        /// A letter says which papers lack: to be brought there, or fetched.
        Papers = 3 "papers",
        /// Something was promised for today or earlier.
        FollowUp = 4 "follow_up",
        /// The office has a notice that nobody told here.
        Untold = 5 "untold",
        /// Nobody has been there for as long as may be.
        Cycle = 6 "cycle",
    }
}
