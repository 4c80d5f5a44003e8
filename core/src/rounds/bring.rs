//! What to put into the bag before a round.

use crate::model::{AppointmentPurpose, Bring, WhyVisit};

/// What is to be brought for an appointment.
pub fn for_purpose(purpose: AppointmentPurpose) -> Option<Bring> {
    match purpose {
        AppointmentPurpose::Feedback => Some(Bring::Answer),
        AppointmentPurpose::Deliver => Some(Bring::Certificates),
        AppointmentPurpose::Collect => Some(Bring::PapersList),
        AppointmentPurpose::Rating => Some(Bring::RatingCard),
        AppointmentPurpose::Survey => Some(Bring::Form),
        AppointmentPurpose::Routine | AppointmentPurpose::CallBack => None,
    }
}

/// What is to be brought for a reason.
pub fn for_reason(why: WhyVisit) -> Option<Bring> {
    match why {
        WhyVisit::FeedbackOverdue | WhyVisit::FeedbackDue => Some(Bring::Answer),
        WhyVisit::Papers => Some(Bring::PapersList),
        WhyVisit::Untold => Some(Bring::Notice),
        WhyVisit::FollowUp | WhyVisit::Cycle => None,
    }
}
