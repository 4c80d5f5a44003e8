//! The table of the design, written down a second time: which event may lead from where to where, and by whom.
//! What the design does not say and the machine needs is marked *read into it*.

use minqing_core::model::{
    EventCode as E,
    MatterState::{
        self as S, Accepted, Answered, Assigned, Closed, Escalated, Feedback, FollowUp, Handling, Merged, Papers, Refused, Registered, Review, Void, Withdrawn,
    },
    Role::{self, Clerk as C, Delegate as D, Department as H, Lead as L, Officer as O, Resident as R, Supervisor as V, System as Y},
};

/// What one event may do.
pub struct Rule {
    pub code: E,
    pub from: &'static [S],
    /// Where it may lead; the state it came from = it stays.
    pub to: To,
    pub who: &'static [Role],
}

/// Where an event may lead.
pub enum To {
    Same,
    One(&'static [S]),
    /// Stays or leads on.
    SameOr(&'static [S]),
}

use To::{One, Same, SameOr};

const STAGE_2: &[S] = &[Assigned, Handling, Papers, Escalated, Answered, Review];
const STAGES_1_2: &[S] = &[Registered, Accepted, Assigned, Handling, Papers, Escalated, Answered, Review];
const AGAIN: &[S] = &[Accepted, Assigned, Handling, Papers, Escalated, Answered, Review];
const LIVE: &[S] = &[Registered, Accepted, Assigned, Handling, Papers, Escalated, Answered, Review, Feedback, FollowUp];
/// MERGED is live too: it follows its master.
const LIVE_OR_MERGED: &[S] = &[Registered, Accepted, Assigned, Handling, Papers, Escalated, Answered, Review, Feedback, FollowUp, Merged];
/// Read into it: news is told, and a text made public, as long as somebody may ask.
const TOLD: &[S] = &[Registered, Accepted, Assigned, Handling, Papers, Escalated, Answered, Review, Feedback, FollowUp, Merged, Closed, Refused];
/// Whoever follows has no followers.
const MASTERS: &[S] = &[Registered, Accepted, Assigned, Handling, Papers, Escalated, Answered, Review, Feedback, FollowUp, Closed, Refused];
const BEFORE_FOLLOW_UP: &[S] = &[Registered, Accepted, Assigned, Handling, Papers, Escalated, Answered, Review, Feedback];

const fn rule(code: E, from: &'static [S], to: To, who: &'static [Role]) -> Rule {
    Rule { code, from, to, who }
}

pub const RULES: &[Rule] = &[
    rule(E::Accept, &[Registered], One(&[Accepted]), &[C, L, O]),
    rule(E::Accept, AGAIN, Same, &[C, L]),
    rule(E::Refuse, &[Registered], Same, &[C]),
    rule(E::Appeal, &[Refused], One(&[Registered]), &[R]),
    rule(E::SolveOnSpot, &[Registered, Accepted], One(&[Feedback]), &[O, C]),
    rule(E::ExplainRefer, &[Accepted], One(&[Feedback]), &[C, L]),
    rule(E::Assign, &[Accepted], One(&[Assigned]), &[C, L]),
    rule(E::Sign, &[Assigned], One(&[Handling]), &[H, O]),
    rule(E::Return, &[Assigned], One(&[Accepted]), &[H]),
    rule(E::Transfer, &[Handling], One(&[Assigned]), &[L]),
    rule(E::CoAssign, &[Handling], Same, &[L]),
    // Read into it: a part ends when it ends, wherever the whole is by then.
    rule(E::EndTask, STAGE_2, Same, &[H, L]),
    rule(E::NeedPapers, &[Accepted, Assigned, Handling], One(&[Papers]), &[C, H, L, V]),
    rule(E::PapersIn, &[Papers], SameOr(&[Accepted, Assigned, Handling]), &[O, C]),
    rule(E::Remind, &[Papers], Same, &[Y]),
    rule(E::PapersLapse, &[Papers], One(&[Feedback]), &[Y]),
    rule(E::Escalate, &[Handling], One(&[Escalated]), &[H, L]),
    rule(E::SuperiorAnswers, &[Escalated], One(&[Answered]), &[L, V]),
    rule(E::SuperiorReturns, &[Escalated], One(&[Handling]), &[V]),
    // Read into it: the officer who signed (T8) writes the result.
    rule(E::Result, &[Handling, Answered], One(&[Review]), &[H, O]),
    rule(E::Pass, &[Review], One(&[Feedback]), &[L]),
    rule(E::SendBack, &[Review], One(&[Handling, Answered]), &[L, V]),
    rule(E::Extend, &[Handling], Same, &[H]),
    rule(E::Feedback, &[Feedback], SameOr(&[FollowUp]), &[O, C, L, Y]),
    // Read into it: told twice; else two residents' feedback would not commute.
    rule(E::Feedback, &[FollowUp], Same, &[O, C, L, Y]),
    // Read into it: an officer hands over the phone, and the rating is *assisted*; it stays until the whole cluster has rated.
    rule(E::Rate, &[FollowUp], SameOr(&[Closed, Handling, Accepted]), &[R, O]),
    rule(E::Reopen, &[FollowUp, Closed], One(&[Handling, Accepted]), &[R, V, L]),
    // T23: proposed to the lead.
    rule(E::Reopen, &[FollowUp, Closed], Same, &[C]),
    // T26: once the master is closed.
    rule(E::Reopen, &[Merged], One(&[Handling, Accepted]), &[R]),
    rule(E::CallBack, &[FollowUp, Closed], Same, &[C]),
    rule(E::RatingWindowEnds, &[FollowUp], One(&[Closed]), &[Y]),
    rule(E::Merge, STAGES_1_2, One(&[Merged]), &[C, L]),
    // Read into it: the oldest member becomes master of the others.
    rule(E::Merge, &[Merged], Same, &[Y]),
    // The master's side of T25 and T26. Whoever is past feedback takes nobody in: his resident would never be told.
    rule(E::TakeIn, BEFORE_FOLLOW_UP, Same, &[C, L, Y]),
    rule(E::LetGo, MASTERS, Same, &[L, R, Y]),
    // Read into it: whoever alone was not told yet leaves, and all are told.
    rule(E::LetGo, &[Feedback], One(&[FollowUp]), &[L, R, Y]),
    // Read into it: those that followed what came to nothing follow the oldest of them.
    rule(E::LetGo, &[Withdrawn, Void], Same, &[Y]),
    rule(E::Detach, &[Merged], One(STAGES_1_2), &[L, R, Y]),
    rule(E::Withdraw, LIVE_OR_MERGED, SameOr(&[Withdrawn]), &[R]),
    rule(E::Void, &[Registered, Accepted], Same, &[C]),
    rule(E::Warn, LIVE, Same, &[Y]),
    rule(E::Urge, LIVE, Same, &[Y, V]),
    rule(E::Order, LIVE, Same, &[Y, V]),
    rule(E::Name, LIVE, Same, &[Y, V]),
    rule(E::AnswerOrder, LIVE, Same, &[H, L]),
    // Read into it: whoever may ask a delegate to ask may ask.
    rule(E::AskOrder, LIVE_OR_MERGED, Same, &[D, O, R]),
    rule(E::Note, LIVE_OR_MERGED, Same, &[O, C, L, H, V]),
    rule(E::Tell, TOLD, Same, &[O, C, Y]),
    rule(E::DraftPublic, TOLD, Same, &[C, L, H]),
    rule(E::ApprovePublic, TOLD, Same, &[C, L]),
    rule(E::ShowPublic, TOLD, Same, &[C, L]),
    rule(E::TakeDownPublic, TOLD, Same, &[C, L]),
    rule(E::KeepPrivate, TOLD, Same, &[C, L]),
    // The second person: refusal, void, withdrawal, extension, reopening.
    rule(E::Confirm, &[Registered], One(&[Refused, Void, Withdrawn]), &[L]),
    rule(E::Confirm, &[Accepted], One(&[Void, Withdrawn]), &[L]),
    rule(E::Confirm, LIVE_OR_MERGED, One(&[Withdrawn]), &[L]),
    rule(E::Confirm, &[Handling], Same, &[L, V]),
    rule(E::Confirm, &[FollowUp, Closed], One(&[Handling, Accepted]), &[L]),
    rule(E::Decline, LIVE_OR_MERGED, Same, &[L, V]),
    rule(E::Decline, &[Closed], Same, &[L]),
];

impl Rule {
    pub fn allows(&self, code: E, from: S, role: Role, to: S) -> bool {
        let leads = match self.to {
            Same => from == to,
            One(states) => states.contains(&to),
            SameOr(states) => from == to || states.contains(&to),
        };
        self.code == code && self.from.contains(&from) && self.who.contains(&role) && leads
    }

    /// The states to which it may lead from one.
    pub fn targets(&self, from: S) -> Vec<S> {
        match self.to {
            Same => vec![from],
            One(states) => states.to_vec(),
            SameOr(states) => states.iter().copied().chain([from]).collect(),
        }
    }
}
