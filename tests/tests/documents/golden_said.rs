//! What each event says, as bytes: the keys of a payload are never used for anything else.

use minqing_core::{
    Id,
    event::{
        Accept, Alarm, Assign, CallBack, CoAssign, Contribution, EndTask, ExplainRefer, Extend, Feedback, Other, Outcome, Papers, Proposed, Rate, Refuse, Said,
        SuperiorAnswers, Tell,
    },
    frame::to_cbor,
    model::{CallBackResult, Category, Clock, Contributor, EventCode, FeedbackWay, HandlingType, Proof, RefuseReason, Solved},
};

const fn id(n: u8) -> Id {
    Id([n; 16])
}

/// A payload of every event but the registration, with every field said.
pub fn payload(code: EventCode) -> Vec<u8> {
    use EventCode as E;
    match code {
        E::Accept => to_cbor(&Accept { handling: HandlingType::Promised, days: Some(5), place: Some(id(20)), category: Some(Category::Utilities) }),
        E::Refuse => to_cbor(&Refuse { reason: RefuseReason::InCourt }),
        E::ExplainRefer => to_cbor(&ExplainRefer { place: id(20), minutes: Some(9) }),
        E::Assign | E::Transfer => to_cbor(&Assign { to: id(21) }),
        E::CoAssign => to_cbor(&CoAssign { task: id(22), to: id(21), due: None }),
        E::EndTask => to_cbor(&EndTask { task: id(22), done: true }),
        E::NeedPapers | E::PapersIn => to_cbor(&Papers { items: vec![id(23), id(24)] }),
        E::SuperiorAnswers => to_cbor(&SuperiorAnswers { approved: true, replied_on: 20_260_930 }),
        E::Result => {
            let contribution = Contribution { who: Contributor::Unit, fen: 120_000, goods: 5_000, hours: 6 };
            to_cbor(&Outcome { solved: Solved::Partly, fen: 350_000, contributions: vec![contribution] })
        }
        E::Extend => to_cbor(&Extend { days: 3 }),
        E::Feedback => to_cbor(&Feedback { of: id(2), way: FeedbackWay::Appointment, reached: true, proof: Proof::Signature }),
        E::Rate => to_cbor(&Rate { of: id(2), token: id(25), stars: 2, accept: true, assisted: true }),
        E::CallBack => to_cbor(&CallBack { of: id(2), result: CallBackResult::Confirmed }),
        E::Merge | E::TakeIn | E::LetGo => to_cbor(&Other { matter: id(26) }),
        E::Confirm | E::Decline => to_cbor(&Proposed { proposal: id(27) }),
        E::Tell => to_cbor(&Tell { event: id(5) }),
        E::Warn | E::PapersLapse | E::RatingWindowEnds | E::Remind | E::Order | E::Name => to_cbor(&Alarm { clock: Clock::Handling, at_ms: 1_789_315_200_000 }),
        _ => vec![0xa0],
    }
}

#[test]
fn every_payload_is_read_as_what_its_code_says() {
    for code in EventCode::ALL.iter().copied().filter(|code| ![EventCode::Register, EventCode::Note].contains(code)) {
        let bytes = payload(code);
        let said = Said::read(code, &bytes).unwrap_or_else(|| panic!("{}", code.word()));
        assert_eq!(said == Said::Nothing, bytes == [0xa0], "{}", code.word());
        // Where something must be said, nothing is not it.
        let empty = Said::read(code, &[0xa0]);
        let may_be_empty = bytes == [0xa0] || [EventCode::Order, EventCode::Name].contains(&code);
        assert_eq!(empty.is_some(), may_be_empty, "{}", code.word());
        assert_eq!(Said::read(code, &[0xff, 1]).is_some(), empty == Some(Said::Nothing), "{}", code.word());
        assert_eq!(said.encode(), bytes, "{}", code.word());
        if ![EventCode::Order, EventCode::Name].contains(&code) {
            assert_eq!(Said::from_json(code, said.to_json()).unwrap(), said, "{}", code.word());
        }
    }
}
