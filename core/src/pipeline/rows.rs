//! The table of the line, as data: docs/PIPELINE.md shows the same rows, made from here.

use super::{Effect as F, Guard as G, Second, To, Transition, When};
use crate::model::{
    Clock as K, EventCode as E, HandlingType, MatterOutcome,
    MatterState::{
        self, Accepted, Answered, Assigned, Closed, Escalated, Feedback, FollowUp, Handling, Merged, Papers, Refused, Registered, Review, Void, Withdrawn,
    },
    PublicationState,
    Role::{self, Clerk as C, Delegate as D, Department as H, Lead as L, Officer as O, Resident as R, Supervisor as S, System as Y},
};

/// Stages 1 and 2.
const EARLY: &[MatterState] = &[Registered, Accepted, Assigned, Handling, Papers, Escalated, Answered, Review];
/// On the line, under its own name.
const LIVE: &[MatterState] = &[Registered, Accepted, Assigned, Handling, Papers, Escalated, Answered, Review, Feedback, FollowUp];
/// On the line, or following a matter that is.
const ALIVE: &[MatterState] = &[Registered, Accepted, Assigned, Handling, Papers, Escalated, Answered, Review, Feedback, FollowUp, Merged];
/// Accepted, and not yet told.
const IN_WORK: &[MatterState] = &[Accepted, Assigned, Handling, Papers, Escalated, Answered, Review];
/// Not past feedback: who is taken in is told with the others.
const TO_BE_TOLD: &[MatterState] = &[Registered, Accepted, Assigned, Handling, Papers, Escalated, Answered, Review, Feedback];
/// At a department or an officer.
const WORKED_ON: &[MatterState] = &[Assigned, Handling, Papers, Escalated, Answered, Review];
/// What may be made public, and told.
const TELLABLE: &[MatterState] = &[Registered, Accepted, Assigned, Handling, Papers, Escalated, Answered, Review, Feedback, FollowUp, Closed, Refused, Merged];

/// A row; what follows it says more.
const fn row(t: u8, event: E, from: &'static [MatterState], to: To, who: &'static [Role]) -> Transition {
    Transition::new(t, event, from, to, who)
}

/// The table.
pub const TABLE: &[Transition] = &[
    row(1, E::Register, &[], To::Go(Registered), &[R, O, C]).guards(&[G::KnownCodes]).effects(&[F::Start(K::Total), F::Start(K::Accept)]).offline(),
    row(2, E::Accept, &[Registered], To::Go(Accepted), &[C, L, O])
        .guards(&[G::MayAccept, G::TypeComplete])
        .effects(&[F::End(K::Accept), F::TakeType])
        .offline(),
    row(2, E::Accept, IN_WORK, To::Stay, &[C, L]).guards(&[G::TypeComplete, G::FitsState]).effects(&[F::TakeType]),
    row(3, E::Refuse, &[Registered], To::Go(Refused), &[C]).second(Second::Of(&[L])).effects(&[F::TakeRefusal, F::EndAll]),
    row(4, E::Appeal, &[Refused], To::Go(Registered), &[R]).guards(&[G::AppealOnce]).effects(&[F::CountAppeal, F::GoOn, F::Start(K::Accept)]),
    row(5, E::SolveOnSpot, &[Registered, Accepted], To::Go(Feedback), &[O, C])
        .guards(&[G::IsImmediate])
        .effects(&[
            F::End(K::Accept),
            F::End(K::Handling),
            F::SetType(HandlingType::Immediate),
            F::Settle(MatterOutcome::Solved),
            F::ForgetTold,
            F::Start(K::Feedback),
        ])
        .offline(),
    row(6, E::ExplainRefer, &[Accepted], To::Go(Feedback), &[C, L]).guards(&[G::IsAdvice]).effects(&[
        F::End(K::Handling),
        F::Settle(MatterOutcome::ExplainedReferred),
        F::ForgetTold,
        F::Start(K::Feedback),
    ]),
    row(7, E::Assign, &[Accepted], To::Go(Assigned), &[C, L]).guards(&[G::IsHandled, G::FinalByLead]).effects(&[
        F::Assign,
        F::Start(K::Sign),
        F::StartOnce(K::Handling),
    ]),
    row(8, E::Sign, &[Assigned], To::Go(Handling), &[H, O]).guards(&[G::OwnWork]).effects(&[F::End(K::Sign), F::Sign]).offline(),
    row(9, E::Return, &[Assigned], To::Go(Accepted), &[H]).guards(&[G::OwnWork, G::NotFinal, G::SignInTime]).effects(&[F::End(K::Sign), F::CountReturn]),
    row(10, E::Transfer, &[Handling], To::Go(Assigned), &[L]).guards(&[G::ToAnother]).effects(&[F::Assign, F::Start(K::Sign)]),
    row(10, E::CoAssign, &[Handling], To::Stay, &[L]).guards(&[G::WithinHandling]).effects(&[F::AddTask]),
    row(10, E::EndTask, WORKED_ON, To::Stay, &[H, L]).guards(&[G::KnownTask]).effects(&[F::EndTask]),
    row(11, E::NeedPapers, &[Accepted, Assigned, Handling], To::Go(Papers), &[C, H, L, S])
        .guards(&[G::MayLack, G::HasItems, G::LetterBound, G::OwnWork])
        .effects(&[F::Remember, F::TakeLetter, F::Pause(K::Sign), F::Pause(K::Handling), F::Start(K::Papers)]),
    row(12, E::PapersIn, &[Papers], To::Back, &[O, C])
        .when(When::PapersComplete)
        .guards(&[G::KnownItems])
        .effects(&[F::Tick, F::Resume(K::Sign), F::Resume(K::Handling), F::End(K::Papers)])
        .offline(),
    row(12, E::PapersIn, &[Papers], To::Stay, &[O, C]).guards(&[G::KnownItems]).effects(&[F::Tick]).offline(),
    row(13, E::Remind, &[Papers], To::Stay, &[Y]).effects(&[F::CountReminder]),
    row(13, E::PapersLapse, &[Papers], To::Go(Feedback), &[Y]).guards(&[G::ClockDue, G::RemindedTwice]).effects(&[
        F::KeepForUndo,
        F::End(K::Sign),
        F::End(K::Handling),
        F::End(K::Papers),
        F::SetOutcome(MatterOutcome::Lapsed),
        F::ForgetTold,
        F::Start(K::Feedback),
    ]),
    row(14, E::Escalate, &[Handling], To::Go(Escalated), &[H, L]).guards(&[G::OwnWork, G::EscalationBound]).effects(&[
        F::SetType(HandlingType::Escalated),
        F::CountEscalation,
        F::Pause(K::Handling),
        F::Start(K::Superior),
    ]),
    row(15, E::SuperiorAnswers, &[Escalated], To::Go(Answered), &[L, S]).guards(&[G::RepliedBefore]).effects(&[
        F::End(K::Handling),
        F::End(K::Superior),
        F::StartAnswer,
    ]),
    row(16, E::SuperiorReturns, &[Escalated], To::Go(Handling), &[S]).effects(&[F::End(K::Superior), F::ResumeWith(K::Handling, 2)]),
    row(17, E::Result, &[Handling, Answered], To::Go(Review), &[H, O]).guards(&[G::OwnWork]).effects(&[F::Remember, F::TakeResult]),
    row(18, E::Pass, &[Review], To::Go(Feedback), &[L]).guards(&[G::NotAuthor]).effects(&[
        F::End(K::Handling),
        F::TakeOutcome,
        F::ForgetTold,
        F::Start(K::Feedback),
    ]),
    row(18, E::SendBack, &[Review], To::Back, &[L, S]).guards(&[G::NotAuthor, G::ReworkBound]).effects(&[F::CountRework]),
    row(19, E::Extend, &[Handling], To::Stay, &[H]).second(Second::ByDays).guards(&[G::OwnWork, G::ExtendOnce]).effects(&[F::Extend]),
    row(20, E::Feedback, &[Feedback], To::Go(FollowUp), &[O, C, L, Y])
        .when(When::AllTold)
        .guards(&[G::OfCluster, G::InPerson])
        .effects(&[F::TakeTold, F::End(K::Answer), F::End(K::Feedback), F::Start(K::Rating)])
        .offline(),
    row(20, E::Feedback, &[Feedback, FollowUp], To::Stay, &[O, C, L, Y]).guards(&[G::OfCluster, G::InPerson]).effects(&[F::TakeTold]).offline(),
    row(21, E::Rate, &[FollowUp], To::Go(Handling), &[R, O])
        .when(When::Unhappy)
        .guards(&[G::OfCluster, G::Stars, G::RatedOnce])
        .effects(&[F::TakeRating, F::End(K::Rating), F::CountReopen, F::NewCycle])
        .offline(),
    row(21, E::Rate, &[FollowUp], To::Go(Accepted), &[R, O])
        .when(When::UnhappyUnassigned)
        .guards(&[G::OfCluster, G::Stars, G::RatedOnce])
        .effects(&[F::TakeRating, F::End(K::Rating), F::CountReopen, F::NewCycle])
        .offline(),
    row(21, E::Rate, &[FollowUp], To::Go(Closed), &[R, O])
        .when(When::AllRated)
        .guards(&[G::OfCluster, G::Stars, G::RatedOnce])
        .effects(&[F::TakeRating, F::EndAll, F::Close])
        .offline(),
    row(21, E::Rate, &[FollowUp], To::Stay, &[R, O]).guards(&[G::OfCluster, G::Stars, G::RatedOnce]).effects(&[F::TakeRating]).offline(),
    row(22, E::Reopen, &[FollowUp, Closed], To::Go(Handling), &[R]).when(When::WasAssigned).guards(&[G::ReopenWindow, G::ReopenBound]).effects(&[
        F::End(K::Rating),
        F::CountReopen,
        F::NewCycle,
    ]),
    row(22, E::Reopen, &[FollowUp, Closed], To::Go(Accepted), &[R]).guards(&[G::ReopenWindow, G::ReopenBound]).effects(&[
        F::End(K::Rating),
        F::CountReopen,
        F::NewCycle,
    ]),
    row(22, E::Reopen, &[FollowUp, Closed], To::Go(Handling), &[S, L])
        .when(When::WasAssigned)
        .guards(&[G::ReopenWindow])
        .effects(&[F::End(K::Rating), F::NewCycle]),
    row(22, E::Reopen, &[FollowUp, Closed], To::Go(Accepted), &[S, L]).guards(&[G::ReopenWindow]).effects(&[F::End(K::Rating), F::NewCycle]),
    row(22, E::Reopen, &[FollowUp, Closed], To::Go(Handling), &[C])
        .when(When::WasAssigned)
        .second(Second::Of(&[L]))
        .guards(&[G::ReopenWindow])
        .effects(&[F::End(K::Rating), F::NewCycle]),
    row(22, E::Reopen, &[FollowUp, Closed], To::Go(Accepted), &[C])
        .second(Second::Of(&[L]))
        .guards(&[G::ReopenWindow])
        .effects(&[F::End(K::Rating), F::NewCycle]),
    row(22, E::Reopen, &[Merged], To::Go(Handling), &[R]).when(When::WasAssigned).guards(&[G::MasterClosed, G::ReopenBound]).effects(&[
        F::Leave,
        F::EndAll,
        F::CountReopen,
        F::NewCycle,
    ]),
    row(22, E::Reopen, &[Merged], To::Go(Accepted), &[R]).guards(&[G::MasterClosed, G::ReopenBound]).effects(&[
        F::Leave,
        F::EndAll,
        F::CountReopen,
        F::NewCycle,
    ]),
    row(23, E::CallBack, &[FollowUp, Closed], To::Stay, &[C]).guards(&[G::OfCluster, G::NotHandler]).effects(&[F::TakeCallBack]),
    row(24, E::RatingWindowEnds, &[FollowUp], To::Go(Closed), &[Y]).guards(&[G::ClockDue]).effects(&[F::KeepForUndo, F::EndAll, F::Close]),
    row(25, E::Merge, EARLY, To::Go(Merged), &[C, L]).guards(&[G::MasterFits]).effects(&[F::Join]),
    row(25, E::Merge, &[Merged], To::Stay, &[Y]).guards(&[G::MasterFits]).effects(&[F::Join]),
    row(25, E::TakeIn, TO_BE_TOLD, To::Stay, &[C, L, Y]).guards(&[G::MemberFits]).effects(&[F::TakeIn]),
    row(26, E::Detach, &[Merged], To::Unmerge, &[L, R, Y]).effects(&[F::Leave]),
    row(26, E::LetGo, &[Feedback], To::Go(FollowUp), &[L, R, Y]).when(When::OthersTold).guards(&[G::IsMember]).effects(&[
        F::LetGo,
        F::End(K::Answer),
        F::End(K::Feedback),
        F::Start(K::Rating),
    ]),
    row(26, E::LetGo, TELLABLE, To::Stay, &[L, R, Y]).guards(&[G::IsMember]).effects(&[F::LetGo]),
    row(26, E::LetGo, &[Withdrawn, Void], To::Stay, &[Y]).guards(&[G::IsMember]).effects(&[F::LetGo]),
    row(27, E::Withdraw, ALIVE, To::Go(Withdrawn), &[R]).when(When::Safety).second(Second::Of(&[L])).effects(&[F::Leave, F::EndAll]),
    row(27, E::Withdraw, ALIVE, To::Go(Withdrawn), &[R]).effects(&[F::Leave, F::EndAll]),
    row(28, E::Void, &[Registered, Accepted], To::Go(Void), &[C]).second(Second::Of(&[L])).effects(&[F::EndAll]),
    row(29, E::Warn, LIVE, To::Stay, &[Y]).guards(&[G::Rises]).effects(&[F::Alarm]),
    row(29, E::Urge, LIVE, To::Stay, &[Y, S]).guards(&[G::Rises]).effects(&[F::Alarm]),
    row(29, E::Order, LIVE, To::Stay, &[Y, S]).guards(&[G::Rises]).effects(&[F::Alarm, F::OpenOrder]),
    row(29, E::Name, LIVE, To::Stay, &[Y, S]).guards(&[G::Rises]).effects(&[F::Alarm]),
    row(29, E::AnswerOrder, LIVE, To::Stay, &[H, L]).guards(&[G::OrderOpen]).effects(&[F::CloseOrder]),
    row(29, E::AskOrder, ALIVE, To::Stay, &[R, O, D]).offline(),
    row(30, E::Note, ALIVE, To::Stay, &[O, C, L, H, S]).offline(),
    row(0, E::Tell, TELLABLE, To::Stay, &[O, C, Y]).offline(),
    row(0, E::DraftPublic, TELLABLE, To::Stay, &[C, L, H]).guards(&[G::TextDrafted]).effects(&[F::Publish(PublicationState::Drafted)]),
    row(0, E::ApprovePublic, TELLABLE, To::Stay, &[C, L]).guards(&[G::SecondReader]).effects(&[F::Publish(PublicationState::Approved)]),
    row(0, E::ShowPublic, TELLABLE, To::Stay, &[C, L]).guards(&[G::TextApproved]).effects(&[F::Publish(PublicationState::Shown), F::Start(K::Publicity)]),
    row(0, E::TakeDownPublic, TELLABLE, To::Stay, &[C, L]).guards(&[G::TextShown]).effects(&[F::End(K::Publicity), F::Publish(PublicationState::TakenDown)]),
    row(0, E::KeepPrivate, TELLABLE, To::Stay, &[C, L]).guards(&[G::TextDrafted]).effects(&[F::Publish(PublicationState::Private)]),
];
