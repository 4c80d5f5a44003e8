//! What is refused although the table has a row for it.

use super::{Around, Matter, Step, effect::date_of, when::REOPENED};
use crate::{
    clock::{DAY_MS, local_date},
    event::{CoAssign, Register, Said},
    ids::normal_code,
    model::{Affected, Category, Channel, Clock, FeedbackWay, HandlingType, MatterKind, MatterState, PublicationState, RefusalCode, Role},
};

/// Days after closing in which a matter may be taken up once more.
const REOPEN_DAYS: i64 = 30;

/// Declares the guards, each with what it asks for.
macro_rules! guards {
    ($($name:ident $says:literal,)+) => {
        /// Something without which an event is refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Guard { $(#[doc = $says] $name,)+ }

        impl Guard {
            /// What it asks for, as the table in the documentation says it.
            pub fn says(self) -> &'static str {
                match self { $(Self::$name => $says,)+ }
            }
        }
    };
}

guards! {
    KnownCodes "a registration of codes that this version knows",
    MayAccept "an officer accepts only what is settled on the spot; after an objection the lead accepts",
    TypeComplete "a promise has a deadline of a working day at least, advice a department to go to",
    FitsState "what lies with a department is neither settled on the spot nor advice",
    AppealOnce "one objection",
    IsImmediate "settled on the spot, or not yet accepted",
    IsAdvice "for advice",
    IsHandled "for what is neither settled on the spot nor advice",
    MayLack "not for what is settled on the spot, nor for advice",
    FinalByLead "after two returns only the lead gives it on",
    OwnWork "a department or officer acts on what lies with it",
    SignInTime "K2 still runs, by when it was done",
    NotFinal "it was not given for good",
    ToAnother "to another one than before",
    HasItems "a letter has items, each once",
    LetterBound "one letter a cycle; a second by the lead, more by the supervisor",
    KnownItems "items of the letter",
    EscalationBound "to the superior twice a cycle at most",
    RepliedBefore "the day on the reply is not after today",
    WithinHandling "a part is due on a day that is not over, and with K3 at the latest",
    KnownTask "a task there is",
    NotAuthor "by another person than the result's author",
    ReworkBound "twice sent back a cycle; more by the supervisor",
    ExtendOnce "once a cycle, by a day at least, and before K3 is due",
    OfCluster "a resident of the cluster",
    InPerson "a way that reaches this resident; a board is a publication",
    Stars "one to five stars",
    RatedOnce "once a cycle for each resident and each token, never by staff",
    ReopenWindow "within thirty days of closing",
    ReopenBound "twice by a resident; then the supervisor decides",
    NotHandler "somebody else than who handled it asks",
    MasterFits "the master is live and not past feedback, follows nobody, is not the matter itself, of the same category and place",
    MemberFits "the matter that follows does follow this one, and is not counted yet",
    IsMember "it follows this one",
    MasterClosed "the master is closed, for thirty days at most",
    Rises "supervision only rises",
    OrderOpen "an order waits for its answer",
    RemindedTwice "reminded twice",
    ClockDue "the clock has come to that moment",
    SecondReader "a text waits for its second reader, and this is another person",
    TextDrafted "the text is at this point",
    TextApproved "the text was read by two",
    TextShown "it is shown",
}

/// One event held against a matter.
pub(super) struct Trial<'a> {
    pub(super) matter: &'a Matter,
    pub(super) step: &'a Step,
    pub(super) around: &'a Around<'a>,
}

impl Guard {
    /// Whether it can be asked only of an event, not of a role that thinks about one.
    pub(super) fn reads_the_event(self) -> bool {
        use Guard as G;
        matches!(
            self,
            G::KnownCodes
                | G::MayAccept
                | G::TypeComplete
                | G::FitsState
                | G::ToAnother
                | G::HasItems
                | G::KnownItems
                | G::RepliedBefore
                | G::WithinHandling
                | G::KnownTask
                | G::ExtendOnce
                | G::OfCluster
                | G::InPerson
                | G::Stars
                | G::RatedOnce
                | G::MasterFits
                | G::MemberFits
                | G::IsMember
                | G::ClockDue
        )
    }

    /// Why the event is refused, if it is.
    pub(super) fn check(self, t: &Trial<'_>) -> Result<(), RefusalCode> {
        let (m, step, around) = (t.matter, t.step, t.around);
        let (said, role) = (&step.said, step.role);
        let need = |holds: bool, code| if holds { Ok(()) } else { Err(code) };
        match self {
            Self::KnownCodes => need(matches!(said, Said::Register(r) if known_codes(r)), RefusalCode::UnknownCode),
            Self::MayAccept => {
                let immediate = matches!(said, Said::Accept(a) if a.handling == HandlingType::Immediate);
                need(role != Role::Officer || immediate, RefusalCode::Role)?;
                need(m.counts.appeals == 0 || role == Role::Lead, RefusalCode::Role)
            }
            Self::TypeComplete => match said {
                Said::Accept(a) if a.days == Some(0) => Err(RefusalCode::Incomplete),
                Said::Accept(a) if a.handling == HandlingType::Promised => need(a.days.is_some(), RefusalCode::Incomplete),
                Said::Accept(a) if a.handling == HandlingType::Advice => need(a.place.is_some(), RefusalCode::Incomplete),
                _ => Ok(()),
            },
            Self::FitsState => {
                let lies_with_a_department = m.state != MatterState::Accepted;
                let leaves = matches!(said, Said::Accept(a) if matches!(a.handling, HandlingType::Immediate | HandlingType::Advice));
                need(!(lies_with_a_department && leaves), RefusalCode::Type)
            }
            Self::AppealOnce => need(m.counts.appeals == 0, RefusalCode::Bound),
            Self::IsImmediate => need(m.handling.is_none_or(|h| h == HandlingType::Immediate), RefusalCode::Type),
            Self::IsAdvice => need(m.handling == Some(HandlingType::Advice), RefusalCode::Type),
            Self::IsHandled => need(!matches!(m.handling, None | Some(HandlingType::Immediate | HandlingType::Advice)), RefusalCode::Type),
            Self::MayLack => need(!matches!(m.handling, Some(HandlingType::Immediate | HandlingType::Advice)), RefusalCode::Type),
            Self::FinalByLead => need(m.counts.hops < 2 || role == Role::Lead, RefusalCode::Role),
            Self::OwnWork => match role {
                Role::Department => need(m.assigned.is_some_and(|to| around.works_for.contains(&to)), RefusalCode::OtherDepartment),
                Role::Officer => need(m.assigned == Some(step.by), RefusalCode::OtherDepartment),
                _ => Ok(()),
            },
            Self::SignInTime => {
                let due = m.clocks.open(Clock::Sign).and_then(|k2| k2.due_ms(around.calendar));
                need(due.is_some_and(|due| step.times.done_at <= due), RefusalCode::TooLate)
            }
            Self::NotFinal => need(!m.is_final, RefusalCode::Bound),
            Self::ToAnother => need(matches!(said, Said::Assign(a) if m.assigned != Some(a.to)), RefusalCode::Incomplete),
            Self::HasItems => {
                let Said::Papers(p) = said else { return Err(RefusalCode::Incomplete) };
                let mut items = p.items.clone();
                items.sort_unstable();
                items.dedup();
                need(!items.is_empty() && items.len() == p.items.len(), RefusalCode::Incomplete)
            }
            Self::LetterBound => match m.counts.letters {
                0 => Ok(()),
                1 => need(matches!(role, Role::Lead | Role::Supervisor), RefusalCode::Bound),
                _ => need(role == Role::Supervisor, RefusalCode::Bound),
            },
            Self::KnownItems => {
                let Said::Papers(p) = said else { return Err(RefusalCode::Incomplete) };
                need(!p.items.is_empty() && p.items.iter().all(|id| m.papers.iter().any(|paper| paper.id == *id)), RefusalCode::NothingSuch)
            }
            Self::EscalationBound => need(m.counts.escalations < 2, RefusalCode::Bound),
            Self::RepliedBefore => {
                let Said::SuperiorAnswers(s) = said else { return Err(RefusalCode::Incomplete) };
                let day = date_of(s.replied_on).ok_or(RefusalCode::Incomplete)?;
                need(day <= local_date(step.times.judged_ms), RefusalCode::Incomplete)
            }
            Self::WithinHandling => {
                let Said::CoAssign(CoAssign { due: Some(due), .. }) = said else { return Ok(()) };
                let day = date_of(*due).filter(|day| *day >= local_date(step.times.judged_ms)).ok_or(RefusalCode::Incomplete)?;
                let handled = m.clocks.open(Clock::Handling).and_then(|k3| k3.due_ms(around.calendar));
                need(handled.is_some_and(|due| day <= local_date(due)), RefusalCode::TooLate)
            }
            Self::KnownTask => need(matches!(said, Said::EndTask(e) if m.tasks.iter().any(|t| t.id == e.task && t.done.is_none())), RefusalCode::NothingSuch),
            Self::NotAuthor => need(m.result.as_ref().is_none_or(|r| r.author != step.by), RefusalCode::SamePerson),
            Self::ReworkBound => need(m.counts.reworks < 2 || role == Role::Supervisor, RefusalCode::Bound),
            Self::ExtendOnce => {
                need(matches!(said, Said::Extend(e) if e.days > 0), RefusalCode::Incomplete)?;
                need(m.counts.extensions == 0, RefusalCode::Bound)?;
                let due = m.clocks.open(Clock::Handling).and_then(|k3| k3.due_ms(around.calendar));
                need(due.is_some_and(|due| step.times.done_at < due), RefusalCode::TooLate)
            }
            Self::OfCluster => {
                let of = match said {
                    Said::Feedback(f) => Some(f.of),
                    Said::Rate(r) => Some(r.of),
                    Said::CallBack(c) => Some(c.of),
                    _ => None,
                };
                need(of.is_some_and(|of| m.cluster().any(|id| id == of)), RefusalCode::OtherMatter)
            }
            Self::InPerson => {
                let public = matches!(said, Said::Feedback(f) if matches!(f.way, FeedbackWay::Fixed | FeedbackWay::Collective));
                need(!public, RefusalCode::Incomplete)
            }
            Self::Stars => need(matches!(said, Said::Rate(r) if (1..=5).contains(&r.stars)), RefusalCode::Incomplete),
            Self::RatedOnce => {
                let Said::Rate(r) = said else { return Err(RefusalCode::Incomplete) };
                // A resident is known by the token alone; an officer only hands over the phone.
                let by_resident = if role == Role::Resident { step.by == r.token } else { r.assisted && step.by != r.token };
                need(by_resident, RefusalCode::Role)?;
                let rated = m.ratings.iter().any(|old| old.cycle == m.cycle && (old.token == r.token || old.of == r.of));
                need(!rated, RefusalCode::AlreadyRated)
            }
            Self::ReopenWindow => need(in_window(m, step), RefusalCode::TooLate),
            Self::ReopenBound => need(role != Role::Resident || m.counts.reopened < REOPENED, RefusalCode::Bound),
            Self::NotHandler => {
                let handled = m.result.as_ref().is_some_and(|r| r.author == step.by) || m.assigned == Some(step.by);
                need(!handled, RefusalCode::SamePerson)
            }
            Self::MasterFits => need(around.other.is_some_and(|master| fits(m, master, said)), RefusalCode::OtherMatter),
            Self::MemberFits => {
                let Said::Other(o) = said else { return Err(RefusalCode::OtherMatter) };
                let follows = around.other.is_some_and(|member| member.id == o.matter && member.merged.is_some_and(|(master, _)| master == m.id));
                need(follows && !m.members.contains(&o.matter) && o.matter != m.id, RefusalCode::OtherMatter)
            }
            Self::IsMember => need(matches!(said, Said::Other(o) if m.members.contains(&o.matter)), RefusalCode::OtherMatter),
            Self::MasterClosed => {
                let master = around.other.filter(|master| master.state == MatterState::Closed).ok_or(RefusalCode::NotAllowed)?;
                need(in_window(master, step), RefusalCode::TooLate)
            }
            Self::Rises => need(m.rises(step.code, role == Role::System), RefusalCode::Bound),
            Self::OrderOpen => need(m.order_open, RefusalCode::NothingSuch),
            Self::RemindedTwice => need(m.counts.reminders >= 2, RefusalCode::NotAllowed),
            Self::ClockDue => {
                let Said::Alarm(alarm) = said else { return Err(RefusalCode::Incomplete) };
                let due = m.clocks.open(alarm.clock).and_then(|k| k.due_ms(around.calendar));
                need(due.is_some_and(|due| due <= step.times.judged_ms), RefusalCode::NotAllowed)
            }
            Self::SecondReader => {
                need(m.publication.state == PublicationState::Drafted, RefusalCode::NothingSuch)?;
                need(m.publication.draft.is_some_and(|(_, author)| author != step.by), RefusalCode::SamePerson)
            }
            Self::TextDrafted => need(!matches!(m.publication.state, PublicationState::Shown), RefusalCode::NotAllowed),
            Self::TextApproved => {
                let publication = m.publication.state;
                need(matches!(publication, PublicationState::Approved | PublicationState::TakenDown), RefusalCode::NothingSuch)
            }
            Self::TextShown => need(m.publication.state == PublicationState::Shown, RefusalCode::NothingSuch),
        }
    }
}

/// Whether this version knows every code in a registration, and the residents' code is one.
fn known_codes(r: &Register) -> bool {
    MatterKind::from_number(r.kind).is_some()
        && Channel::from_number(r.channel).is_some()
        && Category::from_number(r.category).is_some()
        && Affected::from_number(r.affected).is_some()
        && r.code.len() == 8
        && normal_code(&r.code).is_some_and(|code| code == r.code)
}

/// Whether something is done within thirty days of closing, or before it.
fn in_window(m: &Matter, step: &Step) -> bool {
    m.closed_ms.is_none_or(|closed| step.times.done_at <= closed.saturating_add(REOPEN_DAYS * DAY_MS))
}

/// Whether a matter may follow another. No chains, so that a merge has depth 1: neither may the other one follow anybody, nor may anybody
/// follow this one. Those who do are not handed on unasked: they are detached first, and merged one by one.
fn fits(m: &Matter, master: &Matter, said: &Said) -> bool {
    let Said::Other(o) = said else { return false };
    master.id == o.matter
        && master.id != m.id
        && master.merged.is_none()
        && !master.state.is_terminal()
        && master.state != MatterState::FollowUp
        && m.members.is_empty()
        && m.about.category == master.about.category
}
