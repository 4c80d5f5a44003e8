//! The fold, and the judgement of one more event.

use super::{TABLE, Transition};
use crate::{
    Id,
    event::{Event, Register},
    frame::from_cbor,
    ids::normal_code,
    model::{Affected, Category, Channel, EventCode, MatterKind, MatterState, RefusalCode, Role},
};

/// A matter as far as its accepted events tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// Main state.
    pub state: MatterState,
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

/// Judges an event that takes the place `ordinal` among the matter's events.
///
/// An event that comes too late for the state is *overtaken* if its author had not seen the move,
/// otherwise not allowed.
pub fn judge(matter: Option<&Matter>, ordinal: u64, event: &Event) -> Judgement {
    let refused = |code, by| Judgement::Refused { code, by };
    let (Some(code), Some(role)) = (EventCode::from_number(event.code), Role::from_number(event.role)) else {
        return refused(RefusalCode::UnknownCode, None);
    };
    let Some(rule) = TABLE.iter().find(|t| t.event == code) else { return refused(RefusalCode::UnknownCode, None) };
    if code == EventCode::Register && !known_codes(event) {
        return refused(RefusalCode::UnknownCode, None);
    }
    if !rule.who.contains(&role) {
        return refused(RefusalCode::Role, None);
    }
    match matter {
        None if rule.from.is_empty() => advance(rule, None, ordinal, event),
        None => refused(RefusalCode::NotAllowed, None),
        Some(_) if rule.from.is_empty() => refused(RefusalCode::AlreadyRegistered, None),
        Some(m) if rule.from.contains(&m.state) => advance(rule, Some(m), ordinal, event),
        Some(m) if event.saw < m.moved.1 => refused(RefusalCode::Overtaken, Some(m.moved.0)),
        Some(_) => refused(RefusalCode::NotAllowed, None),
    }
}

/// Whether this version knows every code in a `register`, and the residents' code is one.
fn known_codes(event: &Event) -> bool {
    from_cbor::<Register>(&event.payload).is_ok_and(|r| {
        MatterKind::from_number(r.kind).is_some()
            && Channel::from_number(r.channel).is_some()
            && Category::from_number(r.category).is_some()
            && Affected::from_number(r.affected).is_some()
            && r.code.len() == 8
            && normal_code(&r.code).is_some_and(|code| code == r.code)
    })
}

fn advance(rule: &Transition, matter: Option<&Matter>, ordinal: u64, event: &Event) -> Judgement {
    match (rule.to, matter) {
        (Some(state), _) => Judgement::Accepted(Matter { state, moved: (event.id, ordinal) }),
        (None, Some(unmoved)) => Judgement::Accepted(unmoved.clone()),
        (None, None) => Judgement::Refused { code: RefusalCode::NotAllowed, by: None },
    }
}

impl Matter {
    /// Folds events by their ordinals; a refused one takes a place and moves nothing.
    pub fn fold<'a>(events: impl IntoIterator<Item = (&'a Event, u64, bool)>) -> Option<Self> {
        events.into_iter().filter(|(_, _, accepted)| *accepted).fold(None, |matter, (event, ordinal, _)| match judge(matter.as_ref(), ordinal, event) {
            Judgement::Accepted(next) => Some(next),
            Judgement::Refused { .. } => matter,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clock::At, frame::to_cbor};

    fn event(id: u8, code: EventCode, saw: u64) -> Event {
        let at = At { device_ms: 0, server_ms: None, since_ms: None };
        let register = Register { code: "K702115X".into(), kind: 2, channel: 2, category: 3, household: None, affected: 1 };
        let payload = if code == EventCode::Register { to_cbor(&register) } else { vec![0xa0] };
        Event { id: Id([id; 16]), code: code.number(), by: Id([1; 16]), role: Role::Officer.number(), at, saw, after: None, payload }
    }

    #[test]
    fn of_two_who_had_not_seen_each_other_the_first_wins() {
        let register = event(1, EventCode::Register, 0);
        let (first, second) = (event(2, EventCode::SolveOnSpot, 1), event(3, EventCode::SolveOnSpot, 1));
        let matter = Matter::fold([(&register, 1, true), (&first, 2, true)]).unwrap();
        assert_eq!(matter.state, MatterState::Feedback);
        assert_eq!(judge(Some(&matter), 3, &second), Judgement::Refused { code: RefusalCode::Overtaken, by: Some(first.id) });
        let knowing = Event { saw: 2, ..second };
        assert_eq!(judge(Some(&matter), 3, &knowing), Judgement::Refused { code: RefusalCode::NotAllowed, by: None });
    }

    #[test]
    fn notes_move_nothing_and_refused_events_take_a_place() {
        let register = event(1, EventCode::Register, 0);
        let note = event(2, EventCode::Note, 1);
        let again = event(3, EventCode::Register, 0);
        let matter = Matter::fold([(&register, 1, true), (&again, 2, false), (&note, 3, true)]).unwrap();
        assert_eq!(matter, Matter { state: MatterState::Registered, moved: (register.id, 1) });
        let refused = |matter, event: &Event| match judge(matter, 4, event) {
            Judgement::Refused { code, .. } => Some(code),
            Judgement::Accepted(_) => None,
        };
        assert_eq!(refused(Some(&matter), &again), Some(RefusalCode::AlreadyRegistered));
        assert_eq!(refused(None, &note), Some(RefusalCode::NotAllowed));
        assert_eq!(refused(Some(&matter), &Event { role: Role::Delegate.number(), ..note.clone() }), Some(RefusalCode::Role));
        assert_eq!(refused(Some(&matter), &Event { code: 99, ..note }), Some(RefusalCode::UnknownCode));
        assert_eq!(refused(None, &Event { payload: vec![0xa0], ..register }), Some(RefusalCode::UnknownCode));
    }
}
