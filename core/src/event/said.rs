//! What each event says: codes, ids, numbers and dates. What was typed for it lies in the matter's document.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::{
    Id,
    frame::{from_cbor, to_cbor},
    model::{
        Affected, CallBackResult, Category, Channel, Check, Clock, Contributor, Emergency, EventCode, FeedbackWay, HandlingType, MatterKind, MatterOutcome,
        NewMatter, Proof, RefuseReason, Solved,
    },
};

/// Declares payloads: CBOR maps whose keys are never used for anything else.
macro_rules! payloads {
    ($($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $key:literal $field:ident: $type:ty,)* })+) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[cbor(map)]
        pub struct $name { $($(#[$about])* #[n($key)] pub $field: $type,)* })+
    };
}

payloads! {
    /// `register`. Codes stand as numbers, since a newer app's are shown as far as they are known.
    Register {
        /// The matter's code, 8 Crockford characters.
        0 code: String,
        /// Number of a [`crate::model::MatterKind`].
        1 kind: u8,
        /// Number of a [`crate::model::Channel`].
        2 channel: u8,
        /// Number of a [`crate::model::Category`].
        3 category: u8,
        /// The door it belongs to.
        4 household: Option<Id>,
        /// Number of a [`crate::model::Affected`].
        5 affected: u8,
        /// The type that its author proposes.
        6 proposed: Option<HandlingType>,
        /// Number of the [`crate::model::Emergency`] that was called first.
        7 urgent: Option<u8>,
        /// Whether its author runs the errand for the resident from start to end (全程代理).
        8 errand: Option<bool>,
    }
    /// `accept`.
    Accept {
        /// The type.
        0 handling: HandlingType,
        /// Working days until it is to be done, where they are not the category's.
        1 days: Option<u16>,
        /// The department to go to, for advice.
        2 place: Option<Id>,
        /// Another category than it was registered with.
        3 category: Option<Category>,
    }
    /// `refuse`.
    Refuse {
        /// Why.
        0 reason: RefuseReason,
    }
    /// `explain_refer`.
    ExplainRefer {
        /// The department to go to.
        0 place: Id,
        /// Minutes on foot, where known.
        1 minutes: Option<u16>,
    }
    /// `assign` and `transfer`.
    Assign {
        /// The department, or the officer, who is to handle it.
        0 to: Id,
    }
    /// `co_assign`.
    CoAssign {
        /// The task.
        0 task: Id,
        /// The department that helps.
        1 to: Id,
        /// The last day for it, as 20260930; that of K3 where it is not said.
        2 due: Option<u32>,
    }
    /// `end_task`.
    EndTask {
        /// The task.
        0 task: Id,
        /// Done, or no longer needed.
        1 done: bool,
    }
    /// `need_papers` and `papers_in`.
    Papers {
        /// The items of the letter; what each is called lies in the matter's document under its id.
        0 items: Vec<Id>,
    }
    /// `superior_answers`.
    SuperiorAnswers {
        /// Whether it was granted.
        0 approved: bool,
        /// The date on the reply, as 20260930.
        1 replied_on: u32,
    }
    /// What somebody gave towards a result.
    Contribution {
        /// Who.
        0 who: Contributor,
        /// Money, in fen.
        1 fen: u64,
        /// What goods were worth, in fen.
        2 goods: u64,
        /// Hours of work.
        3 hours: u32,
    }
    /// `result`. Internal note and public reply are two texts in the matter's document.
    Outcome {
        /// Whether it solves what was asked.
        0 solved: Solved,
        /// Money spent, in fen.
        1 fen: u64,
        /// Who contributed what.
        2 contributions: Vec<Contribution>,
    }
    /// `extend`.
    Extend {
        /// Working days more.
        0 days: u16,
    }
    /// `feedback`.
    Feedback {
        /// The matter whose resident was told: this one, or one that follows it.
        0 of: Id,
        /// How.
        1 way: FeedbackWay,
        /// Whether the resident was reached.
        2 reached: bool,
        /// What shows it.
        3 proof: Proof,
    }
    /// `rate`.
    Rate {
        /// The matter whose resident rates: this one, or one that follows it.
        0 of: Id,
        /// The resident's token: no name, and the same for the same resident.
        1 token: Id,
        /// 1–5.
        2 stars: u8,
        /// Two stars at most, and still not to be taken up once more.
        3 accept: bool,
        /// Given with the help of staff, by a first PIN that staff handed over.
        4 assisted: bool,
    }
    /// `call_back`.
    CallBack {
        /// The matter whose resident was asked.
        0 of: Id,
        /// What was found.
        1 result: CallBackResult,
    }
    /// `merge`, `take_in` and `let_go`.
    Other {
        /// The other matter.
        0 matter: Id,
    }
    /// `confirm` and `decline`.
    Proposed {
        /// The event that proposes.
        0 proposal: Id,
    }
    /// `tell`.
    Tell {
        /// What was told: an event of this matter, or the feedback of the one that it follows.
        0 event: Id,
    }
    /// What the system does when a clock has come to a moment.
    Alarm {
        /// The clock.
        0 clock: Clock,
        /// When that moment was, milliseconds since 1970.
        1 at_ms: i64,
    }
}

/// Declares what an event can say: a payload, and the codes whose payload it is; every other code says nothing.
macro_rules! said {
    ($codes:ident, $vis:vis $read:ident { $($payload:ident: $($code:ident)|+,)+ }) => {
        /// What an event says, read.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Said {
            /// Nothing beside its code.
            Nothing,
            $(#[doc = concat!("See [`", stringify!($payload), "`].")] $payload($payload),)+
        }

        impl Said {
            /// Reads the payload of an event; `None` if it is not what the code says.
            $vis fn $read(code: $codes, payload: &[u8]) -> Option<Self> {
                match code {
                    $($($codes::$code)|+ => from_cbor(payload).ok().map(Self::$payload),)+
                    _ => Some(Self::Nothing),
                }
            }

            /// The same from JSON, as programs of the office send it; what is said beside is refused.
            ///
            /// # Errors
            /// What serde finds wrong.
            pub fn from_json(code: $codes, said: serde_json::Value) -> Result<Self, serde_json::Error> {
                match code {
                    $($($codes::$code)|+ => serde_json::from_value(said).map(Self::$payload),)+
                    _ => Ok(Self::Nothing),
                }
            }

            /// The bytes that travel.
            pub fn encode(&self) -> Vec<u8> {
                match self {
                    // An empty map.
                    Self::Nothing => vec![0xa0],
                    $(Self::$payload(said) => to_cbor(said),)+
                }
            }

            /// The same as JSON, for people who look into it.
            pub fn to_json(&self) -> serde_json::Value {
                match self {
                    Self::Nothing => serde_json::Value::Null,
                    $(Self::$payload(said) => serde_json::to_value(said).unwrap_or_default(),)+
                }
            }
        }
    };
}

pub(crate) use {payloads, said};

said!(
    EventCode,
    plain {
        Register: Register,
        Accept: Accept,
        Refuse: Refuse,
        ExplainRefer: ExplainRefer,
        Assign: Assign | Transfer,
        CoAssign: CoAssign,
        EndTask: EndTask,
        Papers: NeedPapers | PapersIn,
        SuperiorAnswers: SuperiorAnswers,
        Outcome: Result,
        Extend: Extend,
        Feedback: Feedback,
        Rate: Rate,
        CallBack: CallBack,
        Other: Merge | TakeIn | LetGo,
        Proposed: Confirm | Decline,
        Tell: Tell,
        Alarm: Warn | PapersLapse | RatingWindowEnds | Remind,
    }
);

impl Said {
    /// Reads the payload of an event; `None` if it is not what the code says.
    pub fn read(code: EventCode, payload: &[u8]) -> Option<Self> {
        match code {
            // A person gives these orders without a word; the system says which clock it was.
            EventCode::Urge | EventCode::Order | EventCode::Name => Some(from_cbor(payload).map_or(Self::Nothing, Self::Alarm)),
            _ => Self::plain(code, payload),
        }
    }
}

impl Register {
    /// What a new matter says, under its residents' code.
    ///
    /// # Errors
    /// `code.unknown` for a word that is none.
    pub fn of(new: &NewMatter, household: Option<Id>, code: String) -> crate::Result<Self> {
        let root = Check::root();
        Ok(Self {
            code,
            kind: root.field("kind").code(MatterKind::from_word(&new.kind))?.number(),
            channel: root.field("channel").code(Channel::from_word(&new.channel))?.number(),
            category: root.field("category").code(Category::from_word(&new.category))?.number(),
            household,
            affected: root.field("affected").code(Affected::from_word(&new.affected))?.number(),
            proposed: HandlingType::from_word(&new.proposed),
            urgent: Emergency::from_word(&new.urgent).map(Emergency::number),
            errand: new.errand.then_some(true),
        })
    }
}

impl From<Solved> for MatterOutcome {
    fn from(solved: Solved) -> Self {
        match solved {
            Solved::Yes => Self::Solved,
            Solved::Partly => Self::Partly,
            Solved::No => Self::NotSolvedExplained,
        }
    }
}
