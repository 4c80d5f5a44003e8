//! What decides between two rows of one event.

use super::{Matter, Step};
use crate::{
    event::Said,
    model::{Category, MatterState},
};

/// What must hold for a row to be the one that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Nothing.
    Always,
    /// With these papers the letter's list is complete.
    PapersComplete,
    /// With this, each resident of the cluster was reached, or tried three times.
    AllTold,
    /// Without the resident who leaves, each one of the cluster was reached, or tried three times.
    OthersTold,
    /// Two stars at most, not accepted, and a resident may still have it taken up once more; a department had it.
    Unhappy,
    /// The same, and no department had it.
    UnhappyUnassigned,
    /// With this, each resident of the cluster has rated.
    AllRated,
    /// A department or officer had it.
    WasAssigned,
    /// It is about safety.
    Safety,
}

impl When {
    /// Whether it holds.
    pub(super) fn holds(self, m: &Matter, step: &Step) -> bool {
        match self {
            Self::Always => true,
            Self::PapersComplete => {
                let Said::Papers(brought) = &step.said else { return false };
                m.papers.iter().all(|p| p.ticked || brought.items.contains(&p.id))
            }
            Self::AllTold => m.cluster().all(|of| is_told(m, of, step)),
            Self::OthersTold => {
                let Said::Other(leaves) = &step.said else { return false };
                m.cluster().filter(|of| *of != leaves.matter).all(|of| is_told(m, of, step))
            }
            Self::Unhappy => is_unhappy(m, step) && m.assigned.is_some(),
            Self::UnhappyUnassigned => is_unhappy(m, step) && m.assigned.is_none(),
            Self::AllRated => {
                let Said::Rate(rate) = &step.said else { return false };
                m.cluster().all(|of| of == rate.of || m.ratings.iter().any(|r| r.of == of && r.cycle == m.cycle))
            }
            Self::WasAssigned => m.assigned.is_some(),
            Self::Safety => m.about.category == Some(Category::Safety),
        }
    }

    /// As the table in the documentation says it.
    pub fn says(self) -> &'static str {
        match self {
            Self::Always => "",
            Self::PapersComplete => "all items ticked",
            Self::AllTold => "every resident of the cluster reached, or tried three times",
            Self::OthersTold => "every other resident of the cluster reached, or tried three times",
            Self::Unhappy => "at most two stars, not accepted; a department had it",
            Self::UnhappyUnassigned => "at most two stars, not accepted; no department had it",
            Self::AllRated => "every resident of the cluster has rated",
            Self::WasAssigned => "a department or officer had it",
            Self::Safety => "about safety",
        }
    }
}

/// Times somebody must have tried to reach a resident before it may be let be.
pub(super) const TRIES: u8 = 3;

fn is_told(m: &Matter, of: crate::Id, step: &Step) -> bool {
    let before = m.told.iter().find(|t| t.of == of);
    let (reached, tries) = before.map_or((false, 0), |t| (t.reached, t.tries));
    let now = match &step.said {
        Said::Feedback(f) if f.of == of => Some(f.reached),
        _ => None,
    };
    reached || now == Some(true) || tries.saturating_add(u8::from(now.is_some())) >= TRIES
}

/// Most times a resident may have a matter taken up once more.
pub(super) const REOPENED: u8 = 2;

/// A rating of so many stars at most asks why, and whether it is to be taken up once more.
pub const UNHAPPY: u8 = 2;

fn is_unhappy(m: &Matter, step: &Step) -> bool {
    let Said::Rate(rate) = &step.said else { return false };
    m.state == MatterState::FollowUp && rate.stars <= UNHAPPY && !rate.accept && m.counts.reopened < REOPENED
}
