//! What a role may do with a matter now: what pages and phones offer as buttons.

use super::{Around, Matter, Second, Step, TABLE, Transition, guard::Trial};
use crate::{
    Id,
    event::Said,
    model::{EventCode, MatterState, Role},
};

/// Something that may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// What.
    pub code: EventCode,
    /// The states to which it may lead; none = the state stays.
    pub to: Option<MatterState>,
    /// A second person has to confirm it.
    pub is_proposal: bool,
    /// A phone may propose it without a network.
    pub offline: bool,
}

/// What a person may do with a matter in a role, in the order of the table. What depends on the words of an event is not asked yet.
pub fn moves(m: &Matter, by: Id, role: Role, around: &Around<'_>) -> Vec<Move> {
    let mut found: Vec<Move> = Vec::new();
    for row in TABLE.iter().filter(|t| t.from.contains(&m.state) && t.who.contains(&role)) {
        if fits(m, row, by, role, around) && !found.iter().any(|f| f.code == row.event) {
            found.push(Move { code: row.event, to: row.leads_to(m), is_proposal: row.second != Second::Nobody, offline: row.offline });
        }
    }
    if m.proposals.iter().any(|p| p.by != by && confirms(m, p.code, role)) {
        let may = |code| Move { code, to: None, is_proposal: false, offline: false };
        found.extend([may(EventCode::Confirm), may(EventCode::Decline)]);
    }
    found
}

fn fits(m: &Matter, row: &Transition, by: Id, role: Role, around: &Around<'_>) -> bool {
    let times = around.times(around.now_ms);
    let step = Step { id: around.id, ordinal: 0, code: row.event, by, role, said: Said::Nothing, payload: Vec::new(), times };
    let trial = Trial { matter: m, step: &step, around };
    row.guards.iter().filter(|guard| !guard.reads_the_event()).all(|guard| guard.check(&trial).is_ok())
}

fn confirms(m: &Matter, code: EventCode, role: Role) -> bool {
    TABLE.iter().filter(|t| t.event == code && t.from.contains(&m.state)).any(|t| match t.second {
        Second::Nobody => false,
        Second::Of(roles) => roles.contains(&role),
        Second::ByDays => matches!(role, Role::Lead | Role::Supervisor),
    })
}
