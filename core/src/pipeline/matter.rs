//! A matter as far as what was accepted tells. Encoded, it is what a server keeps so as not to fold again.

use minicbor::{Decode, Encode};

use super::Clocks;
use crate::{
    Id,
    model::{
        Allowance, CallBackResult, Category, Clock, EventCode, FeedbackWay, HandlingType, Lamp, MatterOutcome, MatterState, PublicationState, RefuseReason,
        Role, SupervisionOrder,
    },
};

/// Declares parts of a matter, each an array in CBOR.
macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $key:literal $field:ident: $type:ty,)* })+) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
        pub struct $name { $($(#[$about])* #[n($key)] pub $field: $type,)* })+
    };
}

parts! {
    /// What a matter is about, as its registration says.
    About {
        /// The registration.
        0 register: Id,
        /// Who wrote it down.
        1 registrar: Id,
        /// What it is about; `None` for a category of a newer version.
        2 category: Option<Category>,
        /// The door it belongs to.
        3 household: Option<Id>,
        /// The type that its author proposed.
        4 proposed: Option<HandlingType>,
    }
    /// How often something was done that may be done only so often. All but `hops`, `appeals`, `reopened` and `undone` begin anew with each cycle.
    #[derive(Default)]
    Counts {
        /// Given back by departments.
        0 hops: u8,
        /// Letters about papers.
        1 letters: u8,
        /// Reminders of the last letter.
        2 reminders: u8,
        /// Times it went to the superior.
        3 escalations: u8,
        /// Results sent back.
        4 reworks: u8,
        /// Times the deadline was put off.
        5 extensions: u8,
        /// Objections to a refusal.
        6 appeals: u8,
        /// Times a resident had it taken up once more.
        7 reopened: u8,
        /// Timers taken back.
        8 undone: u8,
    }
    /// One paper of the letter.
    Paper {
        /// The item.
        0 id: Id,
        /// Whether it was brought.
        1 ticked: bool,
    }
    /// The part of another department.
    Task {
        /// The task.
        0 id: Id,
        /// Whose it is.
        1 to: Id,
        /// Whether it is at its end, and done.
        2 done: Option<bool>,
        /// The last day for it, as 20260930; that of K3 where it is not said.
        3 due: Option<u32>,
    }
    /// A result that waits for its review, or passed it; also what was settled on the spot, or explained.
    Wrote {
        /// The event: its two texts lie under its id.
        0 event: Id,
        /// Who wrote it.
        1 author: Id,
        /// What it comes to.
        2 outcome: MatterOutcome,
        /// Money spent, in fen.
        3 fen: u64,
        /// Who found it good; its author where nobody has to.
        4 passed: Option<Id>,
    }
    /// What reached a resident of the cluster.
    Told {
        /// The matter whose resident it is.
        0 of: Id,
        /// Whether the resident was reached.
        1 reached: bool,
        /// Times somebody tried.
        2 tries: u8,
        /// How, the last time.
        3 way: FeedbackWay,
    }
    /// A rating.
    Rated {
        /// The matter whose resident rated.
        0 of: Id,
        /// The resident's token.
        1 token: Id,
        /// In which cycle.
        2 cycle: u16,
        /// 1–5.
        3 stars: u8,
        /// With the help of staff.
        4 assisted: bool,
        /// What was found when the resident was asked again.
        5 call_back: Option<CallBackResult>,
    }
    /// What one person proposed and a second has to confirm.
    Proposal {
        /// The event that proposes.
        0 event: Id,
        /// Who.
        1 by: Id,
        /// In which role.
        2 role: Role,
        /// What.
        3 code: EventCode,
        /// Its payload.
        4 payload: Vec<u8>,
    }
    /// Where the public text stands.
    Publication {
        /// Its state.
        0 state: PublicationState,
        /// The event under which the text lies, and who wrote it.
        1 draft: Option<(Id, Id)>,
    }
    /// A moment that a clock came to, or an order that a person gave.
    Alarmed {
        /// The timer, or the event.
        0 id: Id,
        /// Warn, urge, order or name.
        1 code: EventCode,
        /// The clock; `None` if a person gave the order.
        2 clock: Option<Clock>,
        /// When that moment was.
        3 at_ms: i64,
    }
    /// What a timer moved, to be taken back if something was done before and is heard of later.
    Undo {
        /// The timer.
        0 timer: Id,
        /// The moment it stands for.
        1 at_ms: i64,
        /// The state before.
        2 state: MatterState,
        /// The event that had led to it, with its ordinal.
        3 moved: (Id, u64),
        /// The outcome before.
        4 outcome: Option<MatterOutcome>,
        /// The clocks before.
        5 clocks: Clocks,
    }
    /// A matter.
    Matter {
        /// Its id.
        0 id: Id,
        /// Main state.
        1 state: MatterState,
        /// What last moved the state, with its ordinal.
        2 moved: (Id, u64),
        /// What it is about.
        3 about: About,
        /// The type; `None` until it is accepted.
        4 handling: Option<HandlingType>,
        /// 办理轮次, from 1.
        5 cycle: u16,
        /// All clocks.
        6 clocks: Clocks,
        /// The length of the first K3.
        7 first_handling: Option<Allowance>,
        /// The department that answers for it.
        8 department: Option<Id>,
        /// The department or officer at which it lies.
        9 assigned: Option<Id>,
        /// 指定承办: it cannot be given back.
        10 is_final: bool,
        /// The state to which papers or a review lead back.
        11 back: Option<MatterState>,
        /// The matter that it follows, and the state it had.
        12 merged: Option<(Id, MatterState)>,
        /// The matters that follow it.
        13 members: Vec<Id>,
        /// How often what was done.
        14 counts: Counts,
        /// The papers of the last letter.
        15 papers: Vec<Paper>,
        /// The parts of other departments.
        16 tasks: Vec<Task>,
        /// The result.
        17 result: Option<Wrote>,
        /// What came of it.
        18 outcome: Option<MatterOutcome>,
        /// Why it was refused.
        19 refused: Option<RefuseReason>,
        /// Whom the result reached, since it last came to feedback.
        20 told: Vec<Told>,
        /// All ratings, of all cycles.
        21 ratings: Vec<Rated>,
        /// What waits for a second person.
        22 proposals: Vec<Proposal>,
        /// The public text.
        23 publication: Publication,
        /// Lamps and orders of this cycle.
        24 alarms: Vec<Alarmed>,
        /// An order waits for its answer.
        25 order_open: bool,
        /// When it was closed, milliseconds since 1970.
        26 closed_ms: Option<i64>,
        /// What the last timer moved.
        27 undo: Option<Undo>,
    }
}

impl Matter {
    /// The lamp: what the clocks of this cycle came to.
    pub fn lamp(&self) -> Lamp {
        let of = |a: &Alarmed| if a.code == EventCode::Warn { Lamp::Yellow } else { Lamp::Red };
        self.alarms.iter().filter(|a| a.clock.is_some()).map(of).max().unwrap_or(Lamp::None)
    }

    /// How far supervision has gone in this cycle.
    pub fn order(&self) -> SupervisionOrder {
        self.alarms.iter().map(|a| level(a.code)).max().unwrap_or(SupervisionOrder::None)
    }

    /// Whether an alarm says more than is known. A warning is for what was dark; the system urges when the lamp turns red,
    /// also where a person was quicker; else supervision must go further than it has.
    pub(super) fn rises(&self, code: EventCode, by_system: bool) -> bool {
        match code {
            EventCode::Warn => self.lamp() == Lamp::None,
            EventCode::Urge if by_system => self.lamp() < Lamp::Red,
            _ => level(code) > self.order(),
        }
    }

    /// The matters whose residents wait for its result: itself, and those that follow.
    pub fn cluster(&self) -> impl Iterator<Item = Id> + '_ {
        std::iter::once(self.id).chain(self.members.iter().copied())
    }

    /// The state as its clocks see it: what it was before it followed another matter.
    pub fn own_state(&self) -> MatterState {
        self.merged.map_or(self.state, |(_, state)| state)
    }
}

/// The level of supervision that an event stands for.
pub(super) fn level(code: EventCode) -> SupervisionOrder {
    match code {
        EventCode::Urge => SupervisionOrder::Urged,
        EventCode::Order => SupervisionOrder::Ordered,
        EventCode::Name => SupervisionOrder::Named,
        _ => SupervisionOrder::None,
    }
}
