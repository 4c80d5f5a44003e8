//! The fold, and the judgement of one more event.

use super::{TABLE, Transition};
use crate::{
    Id,
    event::Event,
    model::{EventCode, MatterState, RefusalCode, Role},
};

/// A matter as far as its accepted events tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// Main state.
    pub state: MatterState,
    /// Highest ordinal judged, also of refused events.
    pub ordinal: u64,
    /// The last event that moved the state, with its ordinal.
    pub moved: (Id, u64),
}

/// What the rules say about one more event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It counts, and the matter becomes this.
    Accepted(Matter),
    /// It does not; nothing that was typed is lost.
    Refused {
        /// Why.
        code: RefusalCode,
        /// The event that came first, where this one was overtaken.
        by: Option<Id>,
    },
}

/// Whether this version knows an event's code; others are kept and not judged by phones.
pub fn knows(event: &Event) -> bool {
    EventCode::from_number(event.code).is_some()
}

/// Judges an event that would take the next ordinal.
///
/// An event that comes too late for the state is *overtaken* if its author had not seen the move,
/// otherwise not allowed.
pub fn judge(matter: Option<&Matter>, event: &Event) -> Judgement {
    let refused = |code, by| Judgement::Refused { code, by };
    let (Some(code), Some(role)) = (EventCode::from_number(event.code), Role::from_number(event.role)) else {
        return refused(RefusalCode::UnknownCode, None);
    };
    let Some(rule) = TABLE.iter().find(|t| t.event == code) else { return refused(RefusalCode::UnknownCode, None) };
    if !rule.who.contains(&role) {
        return refused(RefusalCode::Role, None);
    }
    match matter {
        None if rule.from.is_empty() => advance(rule, None, event),
        None => refused(RefusalCode::NotAllowed, None),
        Some(_) if rule.from.is_empty() => refused(RefusalCode::AlreadyRegistered, None),
        Some(m) if rule.from.contains(&m.state) => advance(rule, Some(m), event),
        Some(m) if event.saw < m.moved.1 => refused(RefusalCode::Overtaken, Some(m.moved.0)),
        Some(_) => refused(RefusalCode::NotAllowed, None),
    }
}

fn advance(rule: &Transition, matter: Option<&Matter>, event: &Event) -> Judgement {
    let ordinal = matter.map_or(0, |m| m.ordinal) + 1;
    let before = matter.map(|m| (m.state, m.moved));
    let Some((state, moved)) = rule.to.map(|to| (to, (event.id, ordinal))).or(before) else {
        return Judgement::Refused { code: RefusalCode::NotAllowed, by: None };
    };
    Judgement::Accepted(Matter { state, ordinal, moved })
}

impl Matter {
    /// The matter after its next event, whose verdict is known: a refused one takes an ordinal and moves nothing.
    pub fn after(matter: Option<Self>, event: &Event, accepted: bool) -> Option<Self> {
        if accepted && let Judgement::Accepted(next) = judge(matter.as_ref(), event) {
            return Some(next);
        }
        matter.map(|m| Self { ordinal: m.ordinal + 1, ..m })
    }

    /// Folds judged events, in the order of their ordinals.
    pub fn fold<'a>(judged: impl IntoIterator<Item = (&'a Event, bool)>) -> Option<Self> {
        judged.into_iter().fold(None, |matter, (event, accepted)| Self::after(matter, event, accepted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::At;

    fn event(id: u8, code: EventCode, saw: u64) -> Event {
        let at = At { device_ms: 0, server_ms: None, since_ms: None };
        Event { id: Id([id; 16]), code: code.number(), by: Id([1; 16]), role: Role::Officer.number(), at, saw, after: None, payload: vec![] }
    }

    #[test]
    fn of_two_who_had_not_seen_each_other_the_first_wins() {
        let register = event(1, EventCode::Register, 0);
        let (first, second) = (event(2, EventCode::SolveOnSpot, 1), event(3, EventCode::SolveOnSpot, 1));
        let matter = Matter::fold([(&register, true), (&first, true)]).unwrap();
        assert_eq!(matter.state, MatterState::Feedback);
        assert_eq!(judge(Some(&matter), &second), Judgement::Refused { code: RefusalCode::Overtaken, by: Some(first.id) });
        let knowing = Event { saw: 2, ..second };
        assert_eq!(judge(Some(&matter), &knowing), Judgement::Refused { code: RefusalCode::NotAllowed, by: None });
    }

    #[test]
    fn notes_move_nothing_and_refused_events_take_an_ordinal() {
        let register = event(1, EventCode::Register, 0);
        let note = event(2, EventCode::Note, 1);
        let again = event(3, EventCode::Register, 0);
        let matter = Matter::fold([(&register, true), (&again, false), (&note, true)]).unwrap();
        assert_eq!(matter, Matter { state: MatterState::Registered, ordinal: 3, moved: (register.id, 1) });
        assert_eq!(judge(Some(&matter), &again), Judgement::Refused { code: RefusalCode::AlreadyRegistered, by: None });
        assert_eq!(judge(None, &note), Judgement::Refused { code: RefusalCode::NotAllowed, by: None });
        let delegate = Event { role: Role::Delegate.number(), ..note };
        assert_eq!(judge(Some(&matter), &delegate), Judgement::Refused { code: RefusalCode::Role, by: None });
        let unknown = Event { code: 99, ..event(4, EventCode::Note, 0) };
        assert_eq!(judge(Some(&matter), &unknown), Judgement::Refused { code: RefusalCode::UnknownCode, by: None });
    }
}
