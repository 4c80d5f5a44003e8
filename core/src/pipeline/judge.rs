//! What the rules say about one more event.

use super::{Matter, Second, Step, TABLE, Terms, Times, Transition, guard::Trial};
use crate::{
    Id,
    calendar::Calendar,
    event::{Event, Said},
    model::{Clock, EventCode, MatterState, RefusalCode, Role, Started},
};

/// What a judge knows beside the matter.
pub struct Around<'a> {
    /// The matter's id.
    pub id: Id,
    /// The calendar in force.
    pub calendar: &'a Calendar,
    /// The office's lengths.
    pub terms: &'a Terms,
    /// The departments for which the author works.
    pub works_for: &'a [Id],
    /// The matter that the event names; `None` where there is none in the same place.
    pub other: Option<&'a Matter>,
    /// Now, on the server.
    pub now_ms: i64,
}

impl Around<'_> {
    /// The times of what is judged now.
    pub(super) fn times(&self, done_at: i64) -> Times {
        Times { done_at, judged_ms: self.now_ms, calendar: self.calendar.version(), started: Vec::new() }
    }
}

/// What the rules say about one more event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It counts.
    Accepted {
        /// What the matter becomes.
        matter: Box<Matter>,
        /// Timers that it takes back, since it was done before them; each has taken an ordinal before the event's.
        undone: Vec<Id>,
        /// The event's own ordinal.
        ordinal: u64,
        /// Clocks that it starts with another length than the rules'.
        started: Vec<Started>,
    },
    /// It does not; nothing that was typed is lost.
    Refused {
        /// Why.
        code: RefusalCode,
        /// The event that came first, where this one was overtaken.
        by: Option<Id>,
    },
}

/// Judges an event that takes the place `ordinal` among what happened to the matter.
///
/// An event that comes too late for the state is *overtaken* if its author had not seen the move, otherwise not allowed. One that was
/// done before a timer moved the matter takes the timer back.
pub fn judge(matter: Option<&Matter>, ordinal: u64, event: &Event, done_at: i64, around: &Around<'_>) -> Judgement {
    let step = match Step::of(event, ordinal, around.times(done_at)) {
        Ok(step) => step,
        Err(code) => return Judgement::Refused { code, by: None },
    };
    let code = match try_step(matter, &step, around) {
        Ok(accepted) => return accepted,
        Err(code) => code,
    };
    if let Some(accepted) = matter.and_then(|m| before_the_timer(m, &step, around)) {
        return accepted;
    }
    // What the author could not know is nobody's mistake.
    let depends_on_the_state = !matches!(
        code,
        RefusalCode::UnknownCode
            | RefusalCode::Role
            | RefusalCode::AlreadyRegistered
            | RefusalCode::AlreadyRated
            | RefusalCode::SamePerson
            | RefusalCode::Incomplete
    );
    match matter.filter(|m| depends_on_the_state && event.saw < m.moved.1) {
        Some(m) => Judgement::Refused { code: RefusalCode::Overtaken, by: Some(m.moved.0) },
        None => Judgement::Refused { code, by: None },
    }
}

/// Judges what the system is about to do; a refusal means that its time has not come, or is over.
pub fn judge_timer(matter: &Matter, ordinal: u64, (id, code, said): (Id, EventCode, Said), around: &Around<'_>) -> Judgement {
    let step = Step::by_system(id, ordinal, code, said, around.times(around.now_ms));
    try_step(Some(matter), &step, around).unwrap_or_else(|code| Judgement::Refused { code, by: None })
}

/// The rows of an event, a state and a role; the first whose `when` holds.
pub(super) fn row(matter: Option<&Matter>, step: &Step) -> Result<&'static Transition, RefusalCode> {
    let mut rows = TABLE.iter().filter(|t| t.event == step.code).peekable();
    if rows.peek().is_none() {
        return Err(RefusalCode::UnknownCode);
    }
    let Some(m) = matter else {
        let row = rows.find(|t| t.from.is_empty()).ok_or(RefusalCode::NotAllowed)?;
        return if row.who.contains(&step.role) { Ok(row) } else { Err(RefusalCode::Role) };
    };
    if rows.peek().is_some_and(|t| t.from.is_empty()) {
        return Err(RefusalCode::AlreadyRegistered);
    }
    let rows: Vec<_> = rows.collect();
    if !rows.iter().any(|t| t.who.contains(&step.role)) {
        return Err(RefusalCode::Role);
    }
    let here: Vec<_> = rows.into_iter().filter(|t| t.from.contains(&m.state)).collect();
    if here.is_empty() {
        return Err(RefusalCode::NotAllowed);
    }
    let mine = here.into_iter().filter(|t| t.who.contains(&step.role)).find(|t| t.when.holds(m, step));
    // The role may do it, but not in this state: an author who had not seen the move is overtaken.
    mine.ok_or(RefusalCode::NotAllowed)
}

/// Holds a step against its row.
fn try_step(matter: Option<&Matter>, step: &Step, around: &Around<'_>) -> Result<Judgement, RefusalCode> {
    if let (Some(m), EventCode::Confirm | EventCode::Decline) = (matter, step.code) {
        return second(m, step, around);
    }
    let row = row(matter, step)?;
    let before = &*Matter::before(matter, around.id, step);
    check(row, before, step, around)?;
    if row.second != Second::Nobody {
        return Ok(accepted(before.proposed(step), Vec::new(), step, Vec::new()));
    }
    Ok(carry_out(before, row, step, around))
}

/// A second person's word on a proposal.
fn second(m: &Matter, step: &Step, around: &Around<'_>) -> Result<Judgement, RefusalCode> {
    let Said::Proposed(proposed) = &step.said else { return Err(RefusalCode::Incomplete) };
    let proposal = m.proposals.iter().find(|p| p.event == proposed.proposal).ok_or(RefusalCode::NothingSuch)?;
    let first = proposal.step(step).ok_or(RefusalCode::UnknownCode)?;
    let row = row(Some(m), &first)?;
    let may = match row.second {
        Second::Nobody => &[],
        Second::Of(roles) => roles,
        Second::ByDays => by_days(&first.said),
    };
    if !may.contains(&step.role) {
        return Err(RefusalCode::Role);
    }
    if proposal.by == step.by {
        return Err(RefusalCode::SamePerson);
    }
    let settled = m.settled(proposal.event);
    if step.code == EventCode::Decline {
        return Ok(accepted(settled, Vec::new(), step, Vec::new()));
    }
    // For whom the proposer works was asked then; had the matter gone elsewhere since, the proposal would be moot.
    let around = &Around { works_for: m.assigned.as_slice(), ..*around };
    check(row, &settled, &first, around)?;
    // The move is the confirmer's event, at the confirmer's time.
    Ok(carry_out(&settled, row, &first, around))
}

/// Who confirms an extension.
fn by_days(said: &Said) -> &'static [Role] {
    match said {
        Said::Extend(e) if e.days <= 5 => &[Role::Lead],
        _ => &[Role::Supervisor],
    }
}

fn check(row: &Transition, matter: &Matter, step: &Step, around: &Around<'_>) -> Result<(), RefusalCode> {
    let trial = Trial { matter, step, around };
    row.guards.iter().try_for_each(|guard| guard.check(&trial))
}

/// Moves, with the office's lengths; lamps that were lit after it was done go out again.
fn carry_out(before: &Matter, row: &Transition, step: &Step, around: &Around<'_>) -> Judgement {
    let started = lengths(before, step, around);
    let mut step = Step { times: Times { started: started.clone(), ..step.times.clone() }, ..step.clone() };
    let after = before.moved_by(row, &step);
    let ended = |clock: Clock| before.clocks.open(clock).is_some() && after.clocks.open(clock).is_none();
    let too_early = |a: &&super::Alarmed| a.clock.is_some_and(ended) && step.times.done_at < a.at_ms;
    let undone: Vec<Id> = before.alarms.iter().filter(too_early).map(|a| a.id).collect();
    if undone.is_empty() || step.role == Role::System {
        return accepted(after, Vec::new(), &step, started);
    }
    let mut dark = before.clone();
    undone.iter().for_each(|id| dark.undo(*id));
    step.ordinal += undone.len() as u64;
    accepted(dark.moved_by(row, &step), undone, &step, started)
}

/// Judges an event as if the timer that moved the matter had not: it was done before.
fn before_the_timer(m: &Matter, step: &Step, around: &Around<'_>) -> Option<Judgement> {
    let undo = m.undo.as_ref().filter(|u| step.times.done_at < u.at_ms)?;
    if !matches!(m.state, MatterState::Feedback | MatterState::FollowUp | MatterState::Closed) || step.role == Role::System {
        return None;
    }
    let mut earlier = m.clone();
    earlier.undo(undo.timer);
    let later = Step { ordinal: step.ordinal + 1, ..step.clone() };
    match try_step(Some(&earlier), &later, around) {
        Ok(Judgement::Accepted { matter, undone, ordinal, started }) => {
            let undone = std::iter::once(undo.timer).chain(undone).collect();
            Some(Judgement::Accepted { matter, undone, ordinal, started })
        }
        _ => None,
    }
}

fn accepted(matter: Matter, undone: Vec<Id>, step: &Step, started: Vec<Started>) -> Judgement {
    Judgement::Accepted { matter: Box::new(matter), undone, ordinal: step.ordinal, started }
}

/// The office's lengths of clocks that an event may start, where they differ from the rules'.
fn lengths(m: &Matter, step: &Step, around: &Around<'_>) -> Vec<Started> {
    let category = match &step.said {
        Said::Accept(a) => a.category.or(m.about.category),
        _ => m.about.category,
    };
    let mut lengths = Vec::new();
    for clock in Clock::ALL.iter().copied().filter(|c| may_start(step.code).contains(c)) {
        let office = around.terms.of(clock, category);
        if office != Terms::by_rule(clock, category) {
            lengths.extend(office.map(|allowance| Started { clock, allowance }));
        }
    }
    lengths
}

/// The clocks that an event can start, or give a length.
fn may_start(code: EventCode) -> Vec<Clock> {
    use super::Effect;
    let effects = TABLE.iter().filter(|t| t.event == code).flat_map(|t| t.effects);
    let clock = |effect: &Effect| match effect {
        Effect::Start(clock) | Effect::StartOnce(clock) => Some(*clock),
        Effect::StartAnswer => Some(Clock::Answer),
        Effect::TakeType | Effect::NewCycle => Some(Clock::Handling),
        _ => None,
    };
    effects.filter_map(clock).collect()
}

impl Matter {
    /// What a row makes of it.
    pub(super) fn moved_by(&self, row: &Transition, step: &Step) -> Self {
        let mut next = self.clone();
        let to = row.leads_to(self);
        row.effects.iter().for_each(|effect| effect.apply(&mut next, step));
        if let Some(state) = to {
            (next.state, next.moved) = (state, (step.id, step.ordinal));
            // What was proposed for another state is moot.
            next.proposals.clear();
        }
        next
    }
}
