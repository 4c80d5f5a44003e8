//! One matter on the line, as a server has it: events are judged in the order in which they come, timers are done when they are due,
//! and both leave events and facts behind, from which the same matter can be made again.

pub mod deeds;
pub mod finish;
pub mod laws;
pub mod people;
mod time;
pub mod words;

use std::rc::Rc;

use minqing_core::{
    Id,
    calendar::Calendar,
    clock::{At, LOCAL},
    event::{Event, Fact, FactKind, Undone, Verdict},
    frame::to_cbor,
    model::{Category, EventCode, MatterState, RefusalCode},
    pipeline::{Around, Happened, Judgement, Matter, RULES, Terms, happened, judge},
};

use people::Who;
use words::Word;

/// The matter of most tests.
pub const MATTER: Id = Id([1; 16]);

/// An instant in Lanzhou, as `2026-09-30 10:00`.
pub fn instant(text: &str) -> i64 {
    let at: jiff::civil::DateTime = text.parse().unwrap_or_else(|e| panic!("{text}: {e}"));
    at.to_zoned_datetime(LOCAL.clone()).map_or(0, |z| z.timestamp().as_millisecond())
}

/// Why the rules refuse something, and the event that came first where it was overtaken.
pub type Refusal = (RefusalCode, Option<Id>);

/// Something that somebody does.
#[derive(Clone, Debug)]
pub struct Deed {
    /// Who.
    pub who: Who,
    /// What.
    pub word: Word,
    /// The matter that it names.
    pub other: Option<Rc<Matter>>,
    /// When the server holds it done; `None` = now.
    pub done_at: Option<i64>,
    /// The last ordinal that its author had seen; `None` = all.
    pub saw: Option<u64>,
}

impl Deed {
    /// Done now, by somebody who has seen everything.
    pub fn new(who: Who, word: Word) -> Self {
        Self { who, word, other: None, done_at: None, saw: None }
    }
}

/// A matter, the clock on the wall, and all that was said.
#[derive(Clone, Debug)]
pub struct Case {
    /// The matter's id.
    pub id: Id,
    /// Now.
    pub now_ms: i64,
    /// The calendar in force.
    pub calendar: Calendar,
    /// The office's lengths.
    pub terms: Terms,
    /// The matter as it was judged, one thing after the other.
    pub matter: Option<Matter>,
    /// The last ordinal.
    pub judged: u64,
    /// Every event that came.
    pub events: Vec<Event>,
    /// Every fact.
    pub facts: Vec<Fact>,
    /// Whether the phones that carry the matter exchange all the time.
    pub phones_heard: bool,
}

impl Case {
    /// Nothing yet, at an instant.
    pub fn at(text: &str) -> Self {
        let calendar = Calendar::shipped().clone();
        let (matter, events, facts) = (None, Vec::new(), Vec::new());
        Self { id: MATTER, now_ms: instant(text), calendar, terms: Terms::RULES, matter, judged: 0, events, facts, phones_heard: true }
    }

    /// A matter of a category, registered by an officer.
    pub fn registered(text: &str, category: Category) -> Self {
        let mut case = Self::at(text);
        case.does(people::OFFICER, words::register(category));
        case
    }

    /// One that was accepted by these words, and signed for by the department for water.
    pub fn in_hand(text: &str, category: Category, accept: Word) -> Self {
        let mut case = Self::registered(text, category);
        case.does(people::CLERK, accept);
        case.does(people::CLERK, words::assign(people::WATER));
        case.does(people::HANDLER, words::plain(EventCode::Sign));
        case
    }

    /// The matter.
    pub fn m(&self) -> &Matter {
        self.matter.as_ref().expect("a registered matter")
    }

    /// Where it stands.
    pub fn state(&self) -> MatterState {
        self.m().state
    }

    /// Somebody does something, which must be accepted. Returns the event.
    pub fn does(&mut self, who: Who, word: Word) -> Id {
        let code = word.code.word();
        self.tries(&Deed::new(who, word)).unwrap_or_else(|(why, _)| panic!("{code} by {}: {}", who.role.word(), why.word()))
    }

    /// Somebody tries something that must be refused. Returns why.
    pub fn refuses(&mut self, who: Who, word: Word) -> RefusalCode {
        let code = word.code.word();
        match self.tries(&Deed::new(who, word)) {
            Ok(_) => panic!("{code} by {} is accepted", who.role.word()),
            Err((why, _)) => why,
        }
    }

    /// Somebody does something that may be refused.
    pub fn tries(&mut self, deed: &Deed) -> Result<Id, Refusal> {
        let event = self.event(deed);
        let done_at = deed.done_at.unwrap_or(self.now_ms);
        self.receives(&event, done_at, deed).map(|()| event.id)
    }

    /// The event of a deed, which nobody has judged yet.
    pub fn event(&self, deed: &Deed) -> Event {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&(self.judged + 1).to_be_bytes());
        let at = At::by_server(self.now_ms);
        let (code, role, saw) = (deed.word.code.number(), deed.who.role.number(), deed.saw.unwrap_or(self.judged));
        Event { id: Id(id), code, by: deed.who.id, role, at, saw, after: None, payload: deed.word.payload.clone() }
    }

    /// What the rules say about a deed now; nothing changes.
    pub fn judges(&self, deed: &Deed) -> Judgement {
        self.verdict(&self.event(deed), deed.done_at.unwrap_or(self.now_ms), deed)
    }

    fn verdict(&self, event: &Event, done_at: i64, deed: &Deed) -> Judgement {
        let around = Around { works_for: deed.who.works_for, other: deed.other.as_deref(), ..self.around() };
        judge(self.matter.as_ref(), self.judged + 1, event, done_at, &around)
    }

    /// An event comes in; one that is known already changes nothing.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn receives(&mut self, event: &Event, done_at: i64, deed: &Deed) -> Result<(), Refusal> {
        if self.events.iter().any(|known| known.id == event.id) {
            return Ok(());
        }
        let judgement = self.verdict(event, done_at, deed);
        self.events.push(event.clone());
        let calendar = self.calendar.version();
        let mut verdict = Verdict { event: event.id, ordinal: self.judged + 1, refused: None, by: None, done_at, rules: RULES, calendar, started: None };
        let answer = match judgement {
            Judgement::Accepted { matter, undone, ordinal, started } => {
                for (timer, ordinal) in undone.into_iter().zip(self.judged + 1..) {
                    self.fact(FactKind::Undone, None, to_cbor(&Undone { ordinal, timer }));
                }
                (verdict.ordinal, verdict.started) = (ordinal, Some(started).filter(|s| !s.is_empty()));
                self.matter = Some(*matter);
                Ok(())
            }
            Judgement::Refused { code, by } => {
                (verdict.refused, verdict.by) = (Some(code.number()), by);
                Err((code, by))
            }
        };
        self.judged = verdict.ordinal;
        self.fact(FactKind::Verdict, None, to_cbor(&verdict));
        answer
    }

    fn fact(&mut self, kind: FactKind, id: Option<Id>, payload: Vec<u8>) {
        let id = id.unwrap_or_else(|| Id::named(&["fact", &self.facts.len().to_string()]));
        self.facts.push(Fact { id, kind: kind.number(), server_ms: self.now_ms, payload });
    }

    /// What surrounds a judgement now.
    pub fn around(&self) -> Around<'_> {
        Around { id: self.id, calendar: &self.calendar, terms: &self.terms, works_for: &[], other: None, now_ms: self.now_ms }
    }

    /// All that was accepted, by ordinal.
    pub fn happened(&self) -> Vec<Happened> {
        happened(&self.events, self.facts.iter().cloned())
    }

    /// The matter made again from events and facts.
    pub fn replay(&self) -> Option<Matter> {
        Matter::fold(self.id, self.happened())
    }
}
