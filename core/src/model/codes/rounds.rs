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

codes! {
    /// What is put into the bag before a round.
    Bring "bring" {
        /// The answer to a matter, in writing.
        Answer = 1 "answer",
        /// The list of papers that lack.
        PapersList = 2 "papers_list",
        /// The notice that is to be told.
        Notice = 3 "notice",
        /// Papers or certificates for the resident.
        Certificates = 4 "certificates",
        /// The card for a rating.
        RatingCard = 5 "rating_card",
        /// The form with its questions.
        Form = 6 "form",
    }
}
