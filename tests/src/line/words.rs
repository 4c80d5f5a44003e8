//! What can be said of a matter: each event with its payload.

use minqing_core::{
    Id,
    event::{
        Accept, Alarm, Assign, CallBack, CoAssign, EndTask, ExplainRefer, Extend, Feedback, Other, Outcome, Papers, Proposed, Rate, Refuse, Register,
        SuperiorAnswers, Tell,
    },
    frame::to_cbor,
    model::{Affected, CallBackResult, Category, Channel, Clock, EventCode as E, FeedbackWay, HandlingType, MatterKind, Proof, RefuseReason, Solved},
};

use super::people::Who;

/// An event's code and payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What.
    pub code: E,
    /// Its payload.
    pub payload: Vec<u8>,
}

fn word<T: minicbor::Encode<()>>(code: E, said: &T) -> Word {
    Word { code, payload: to_cbor(said) }
}

/// An event that says nothing beside its code.
pub fn plain(code: E) -> Word {
    Word { code, payload: vec![0xa0] }
}

/// A complaint at a door.
pub fn register(category: Category) -> Word {
    let (kind, channel, affected) = (MatterKind::Complaint.number(), Channel::Door.number(), Affected::Household.number());
    word(
        E::Register,
        &Register {
            code: "7K3M9QXT".into(),
            kind,
            channel,
            category: category.number(),
            household: None,
            affected,
            proposed: None,
            urgent: None,
            errand: None,
        },
    )
}

/// With five working days for a promise, and a place to go to for advice.
pub fn accept(handling: HandlingType) -> Word {
    let days = (handling == HandlingType::Promised).then_some(5);
    accept_with(handling, days, (handling == HandlingType::Advice).then_some(Id([99; 16])), None)
}

/// With all that can be said.
pub fn accept_with(handling: HandlingType, days: Option<u16>, place: Option<Id>, category: Option<Category>) -> Word {
    word(E::Accept, &Accept { handling, days, place, category })
}

/// Not for this office.
pub fn refuse() -> Word {
    word(E::Refuse, &Refuse { reason: RefuseReason::InCourt })
}

/// Nine minutes on foot.
pub fn explain_refer() -> Word {
    word(E::ExplainRefer, &ExplainRefer { place: Id([99; 16]), minutes: Some(9) })
}

/// To a department or an officer.
pub fn assign(to: Id) -> Word {
    word(E::Assign, &Assign { to })
}

/// To another one.
pub fn transfer(to: Id) -> Word {
    word(E::Transfer, &Assign { to })
}

/// A part for another department.
pub fn co_assign(task: Id, to: Id) -> Word {
    word(E::CoAssign, &CoAssign { task, to, due: None })
}

/// A part that is due on a day.
pub fn co_assign_until(task: Id, to: Id, due: u32) -> Word {
    word(E::CoAssign, &CoAssign { task, to, due: Some(due) })
}

/// Its end.
pub fn end_task(task: Id) -> Word {
    word(E::EndTask, &EndTask { task, done: true })
}

/// The n-th paper of a letter.
pub fn paper(n: u8) -> Id {
    Id([200 + n; 16])
}

/// A letter that asks for papers.
pub fn need_papers(papers: &[u8]) -> Word {
    word(E::NeedPapers, &Papers { items: papers.iter().map(|n| paper(*n)).collect() })
}

/// Papers that came.
pub fn papers_in(papers: &[u8]) -> Word {
    word(E::PapersIn, &Papers { items: papers.iter().map(|n| paper(*n)).collect() })
}

/// Granted, by a reply of this date, as 20260930.
pub fn superior_answers(replied_on: u32) -> Word {
    word(E::SuperiorAnswers, &SuperiorAnswers { approved: true, replied_on })
}

/// A result that cost twelve yuan.
pub fn result(solved: Solved) -> Word {
    word(E::Result, &Outcome { solved, fen: 1_200, contributions: vec![] })
}

/// A registration with all that it says.
pub fn register_as(register: Register) -> Word {
    word(E::Register, &register)
}

/// So many working days more.
pub fn extend(days: u16) -> Word {
    word(E::Extend, &Extend { days })
}

/// Told in person, or not found.
pub fn feedback(of: Id, reached: bool) -> Word {
    feedback_by(of, reached, FeedbackWay::Individual)
}

/// In some way.
pub fn feedback_by(of: Id, reached: bool, way: FeedbackWay) -> Word {
    word(E::Feedback, &Feedback { of, way, reached, proof: Proof::None })
}

/// By the resident alone.
pub fn rate(of: Id, resident: Who, stars: u8) -> Word {
    rate_with(of, resident.id, stars, false, false)
}

/// With all that can be said.
pub fn rate_with(of: Id, token: Id, stars: u8, accept: bool, assisted: bool) -> Word {
    word(E::Rate, &Rate { of, token, stars, accept, assisted })
}

/// What was found.
pub fn call_back(of: Id) -> Word {
    word(E::CallBack, &CallBack { of, result: CallBackResult::Confirmed })
}

/// `merge`, `take_in` or `let_go`.
pub fn other(code: E, matter: Id) -> Word {
    word(code, &Other { matter })
}

/// `confirm` or `decline`.
pub fn second(code: E, proposal: Id) -> Word {
    word(code, &Proposed { proposal })
}

/// Told at the door.
pub fn tell(event: Id) -> Word {
    word(E::Tell, &Tell { event })
}

/// What the system says of a clock.
pub fn alarm(code: E, clock: Clock, at_ms: i64) -> Word {
    word(code, &Alarm { clock, at_ms })
}
