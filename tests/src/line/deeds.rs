//! Everything that anybody could try to do with a matter: the moves of which stories are made up.

use std::rc::Rc;

use minqing_core::{
    Id,
    model::{Category, EventCode as E, FeedbackWay, HandlingType as T, Solved},
    pipeline::Matter,
};

use super::{
    Case, Deed, MATTER,
    people::{
        CLERK, CLERK_AS_LEAD, COLLEAGUE, DELEGATE, HANDLER, LEAD, NEIGHBOUR, OFFICER, OTHER_CLERK, OTHER_HANDLER, RESIDENT, ROADS, SUPERVISOR, WATER, Who,
    },
    words::{
        Word, accept, accept_with, assign, call_back, co_assign, end_task, explain_refer, extend, feedback, feedback_by, need_papers, other, papers_in, plain,
        rate, rate_with, refuse, register, result, second, superior_answers, tell, transfer,
    },
};

/// The matter that follows this one, or that it follows.
pub const SECOND: Id = Id([2; 16]);

/// Other matters in the same place.
#[derive(Clone, Debug)]
pub struct Others {
    /// Follows [`MATTER`].
    pub member: Rc<Matter>,
    /// May be followed.
    pub master: Rc<Matter>,
    /// The same, closed.
    pub closed: Rc<Matter>,
}

impl Others {
    /// Of a category.
    pub fn of(category: Category) -> Self {
        let second = || Case { id: SECOND, ..Case::registered("2026-09-14 08:40", category) };
        let registered = |mut case: Case| {
            (case.matter, case.judged) = (None, 0);
            case.events.clear();
            case.facts.clear();
            case.does(OFFICER, register(category));
            case
        };
        let master = registered(second());
        let mut member = master.clone();
        let head = Case::registered("2026-09-14 08:40", category);
        let merge = Deed { other: Some(Rc::new(head.m().clone())), ..Deed::new(LEAD, other(E::Merge, MATTER)) };
        member.tries(&merge).expect("a merge");
        let mut closed = master.clone();
        super::finish::finish(&mut closed).expect("an end");
        let made = |case: Case| Rc::new(case.m().clone());
        Self { member: made(member), master: made(master), closed: made(closed) }
    }
}

/// What moves a matter, as far as it may matter where it stands.
pub fn moves(m: &Matter, others: &Others) -> Vec<Deed> {
    let d = Deed::new;
    let with = |who: Who, word: Word, matter: &Rc<Matter>| Deed { other: Some(Rc::clone(matter)), ..d(who, word) };
    let types = [T::Immediate, T::Promised, T::Papers, T::Escalated, T::Advice];
    let mut all: Vec<Deed> = types.iter().flat_map(|t| [CLERK, LEAD, OFFICER].map(|who| d(who, accept(*t)))).collect();
    all.extend([
        d(CLERK, refuse()),
        d(RESIDENT, plain(E::Appeal)),
        d(OFFICER, plain(E::SolveOnSpot)),
        d(CLERK, plain(E::SolveOnSpot)),
        d(CLERK, explain_refer()),
        d(CLERK, assign(WATER)),
        d(LEAD, assign(ROADS)),
        d(LEAD, assign(OFFICER.id)),
        d(LEAD, transfer(ROADS)),
        d(LEAD, transfer(WATER)),
        d(LEAD, superior_answers(20_260_914)),
        d(SUPERVISOR, plain(E::SuperiorReturns)),
        d(LEAD, plain(E::Pass)),
        d(LEAD, plain(E::SendBack)),
        d(SUPERVISOR, plain(E::SendBack)),
        d(CLERK, need_papers(&[0, 1])),
        d(LEAD, need_papers(&[2])),
        d(SUPERVISOR, need_papers(&[3])),
        d(OFFICER, papers_in(&[0])),
        d(CLERK, papers_in(&[1])),
        d(CLERK, papers_in(&[2])),
        d(CLERK, papers_in(&[3])),
        d(RESIDENT, plain(E::Reopen)),
        d(SUPERVISOR, plain(E::Reopen)),
        d(LEAD, plain(E::Reopen)),
        d(CLERK, plain(E::Reopen)),
        d(RESIDENT, plain(E::Withdraw)),
        d(CLERK, plain(E::Void)),
        d(RESIDENT, plain(E::Detach)),
        d(LEAD, plain(E::Detach)),
        with(RESIDENT, plain(E::Reopen), &others.closed),
        with(LEAD, other(E::Merge, SECOND), &others.master),
        with(LEAD, other(E::Merge, SECOND), &others.closed),
        with(CLERK, other(E::TakeIn, SECOND), &others.member),
        with(LEAD, other(E::LetGo, SECOND), &others.member),
    ]);
    for who in [HANDLER, OTHER_HANDLER, OFFICER] {
        all.extend([plain(E::Sign), plain(E::Return), plain(E::Escalate), result(Solved::Yes)].map(|word| d(who, word)));
        all.extend([need_papers(&[0]), extend(3), extend(8)].map(|word| d(who, word)));
    }
    all.extend(m.cluster().flat_map(|of| [true, false].map(|reached| d(COLLEAGUE, feedback(of, reached)))));
    for (of, who) in [(MATTER, RESIDENT), (SECOND, NEIGHBOUR)] {
        all.extend([d(who, rate(of, who, 1)), d(who, rate(of, who, 5)), d(who, rate_with(of, who.id, 2, true, false))]);
        all.push(d(OFFICER, rate_with(of, who.id, 4, false, true)));
    }
    for proposal in &m.proposals {
        all.extend([LEAD, SUPERVISOR, CLERK_AS_LEAD].map(|who| d(who, second(E::Confirm, proposal.event))));
        all.push(d(LEAD, second(E::Decline, proposal.event)));
    }
    all
}

/// What leaves a matter where it stands.
pub fn remarks(m: &Matter) -> Vec<Deed> {
    let d = Deed::new;
    let task = Id([220; 16]);
    let mut all = vec![
        d(CLERK, accept_with(T::Promised, Some(4), None, Some(Category::Sanitation))),
        d(LEAD, co_assign(task, ROADS)),
        d(OTHER_HANDLER, end_task(task)),
        d(HANDLER, plain(E::AnswerOrder)),
        d(DELEGATE, plain(E::AskOrder)),
        d(OFFICER, plain(E::Note)),
        d(OFFICER, tell(m.about.register)),
        d(CLERK, call_back(m.id)),
        d(OTHER_CLERK, call_back(m.id)),
        d(CLERK, feedback_by(m.id, true, FeedbackWay::Dispersed)),
    ];
    all.extend([E::Urge, E::Order, E::Name].map(|code| d(SUPERVISOR, plain(code))));
    all.extend([E::DraftPublic, E::ApprovePublic, E::ShowPublic, E::TakeDownPublic, E::KeepPrivate].map(|code| d(CLERK, plain(code))));
    all.extend([E::DraftPublic, E::ApprovePublic].map(|code| d(LEAD, plain(code))));
    all
}
