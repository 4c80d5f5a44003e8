//! What an accepted event changes besides the state.

use std::fmt;

use super::{Alarmed, Ended, Matter, Paper, Publication, Rated, Step, Task, Terms, Told, Undo, Wrote, matter::level};
use crate::{
    clock::day_start,
    event::Said,
    model::{Allowance, Clock, EventCode, HandlingType, MatterOutcome, MatterState, PublicationState, Role},
};

/// A change besides the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A clock starts, anew if it was started before.
    Start(Clock),
    /// A clock starts unless it did before.
    StartOnce(Clock),
    /// A clock ends.
    End(Clock),
    /// All clocks end, but K9.
    EndAll,
    /// A clock stands still.
    Pause(Clock),
    /// A clock goes on.
    Resume(Clock),
    /// A clock goes on with at least so many working days.
    ResumeWith(Clock, u16),
    /// K0 goes on as if it had not ended.
    GoOn,
    /// The type, as the event says; K3 gets its length if it runs.
    TakeType,
    /// The type is this.
    SetType(HandlingType),
    /// What came of it.
    SetOutcome(MatterOutcome),
    /// What came of it, by who settled it.
    Settle(MatterOutcome),
    /// What came of it, as the result says.
    TakeOutcome,
    /// Why it was refused.
    TakeRefusal,
    /// An objection is counted.
    CountAppeal,
    /// Who is to handle it; final after two returns.
    Assign,
    /// Who handles it answers for it from now on.
    Sign,
    /// A return is counted.
    CountReturn,
    /// The state is remembered, to come back to.
    Remember,
    /// The letter's list.
    TakeLetter,
    /// Papers are ticked.
    Tick,
    /// A reminder is counted.
    CountReminder,
    /// A way to the superior is counted.
    CountEscalation,
    /// K6 starts, from the day on the superior's reply.
    StartAnswer,
    /// The result.
    TakeResult,
    /// A result sent back is counted.
    CountRework,
    /// K3 gets more days.
    Extend,
    /// A part of another department.
    AddTask,
    /// That part is at its end.
    EndTask,
    /// Nobody is told of the new result yet.
    ForgetTold,
    /// Who was told.
    TakeTold,
    /// The rating.
    TakeRating,
    /// What a call back found.
    TakeCallBack,
    /// It is closed.
    Close,
    /// The next cycle: bounds, lamp and orders begin anew, and K3 with half its first length.
    NewCycle,
    /// A resident's wish to have it taken up once more is counted.
    CountReopen,
    /// It follows another matter.
    Join,
    /// It no longer does.
    Leave,
    /// Another matter follows it.
    TakeIn,
    /// One no longer does.
    LetGo,
    /// Lamp and level of supervision.
    Alarm,
    /// The order waits for its answer.
    OpenOrder,
    /// It was answered.
    CloseOrder,
    /// The state of the public text.
    Publish(PublicationState),
    /// What the timer moves can be taken back.
    KeepForUndo,
}

impl Effect {
    /// Changes the matter, which is in the state before still.
    pub(super) fn apply(self, m: &mut Matter, step: &Step) {
        let at_ms = step.times.judged_ms;
        let end = Ended { at_ms, done_at: step.times.done_at, calendar: step.times.calendar };
        match self {
            Self::Start(clock) => start(m, clock, step),
            Self::StartOnce(clock) if m.clocks.get(clock).is_none() => start(m, clock, step),
            Self::StartOnce(_) => {}
            Self::End(clock) => m.clocks.end(clock, end),
            Self::EndAll => m.clocks.end_all(end),
            Self::Pause(clock) => m.clocks.pause(clock, at_ms),
            Self::Resume(clock) => m.clocks.resume(clock, at_ms, None),
            Self::ResumeWith(clock, days) => m.clocks.resume(clock, at_ms, Some(days)),
            Self::GoOn => m.clocks.go_on(),
            Self::TakeType => take_type(m, step),
            Self::SetType(handling) => m.handling = Some(handling),
            Self::SetOutcome(outcome) => m.outcome = Some(outcome),
            Self::Settle(outcome) => {
                m.outcome = Some(outcome);
                m.result = Some(Wrote { event: step.id, author: step.by, outcome, fen: 0, passed: Some(step.by) });
            }
            Self::TakeOutcome => take_outcome(m, step),
            Self::CountAppeal => m.counts.appeals += 1,
            Self::Sign => m.department = m.assigned,
            Self::CountReturn => m.counts.hops = m.counts.hops.saturating_add(1),
            Self::Remember => m.back = Some(m.state),
            Self::CountReminder => m.counts.reminders = m.counts.reminders.saturating_add(1),
            Self::CountEscalation => m.counts.escalations += 1,
            Self::CountRework => m.counts.reworks = m.counts.reworks.saturating_add(1),
            Self::ForgetTold => m.told.clear(),
            Self::Close => m.closed_ms = Some(at_ms),
            Self::NewCycle => new_cycle(m, step),
            Self::CountReopen => m.counts.reopened = m.counts.reopened.saturating_add(1),
            Self::Leave => m.merged = None,
            Self::OpenOrder => m.order_open = true,
            Self::CloseOrder => m.order_open = false,
            Self::Publish(state) => publish(&mut m.publication, state, step),
            Self::TakeRefusal
            | Self::Assign
            | Self::TakeLetter
            | Self::Tick
            | Self::StartAnswer
            | Self::TakeResult
            | Self::Extend
            | Self::AddTask
            | Self::EndTask
            | Self::TakeTold
            | Self::TakeRating
            | Self::TakeCallBack
            | Self::Join
            | Self::TakeIn
            | Self::LetGo => take(m, step),
            Self::Alarm => alarm(m, step),
            Self::KeepForUndo => keep_for_undo(m, step),
        }
    }
}

/// The length of a clock: as the verdict says, else the rules'.
fn length(m: &Matter, clock: Clock, step: &Step) -> Option<Allowance> {
    step.times.length(clock).or_else(|| Terms::by_rule(clock, m.about.category))
}

/// Starts a clock; K3 with its first length, or half of it in a later cycle.
fn start(m: &mut Matter, clock: Clock, step: &Step) {
    let from = if clock == Clock::Total { step.times.done_at } else { step.times.judged_ms };
    let mut allowance = length(m, clock, step);
    if clock == Clock::Handling {
        allowance = m.first_handling.or(allowance);
        if m.cycle > 1 {
            allowance = allowance.map(Allowance::half);
        }
        if m.cycle == 1 {
            m.first_handling = allowance;
        }
    }
    m.clocks.start(clock, from, allowance);
}

/// The type, the category and the length of K3; used time and pauses stay.
fn take_type(m: &mut Matter, step: &Step) {
    let Said::Accept(accept) = &step.said else { return };
    m.handling = Some(accept.handling);
    m.about.category = accept.category.or(m.about.category);
    let length = accept.days.map(Allowance::Days).or_else(|| length(m, Clock::Handling, step));
    if m.cycle == 1 {
        m.first_handling = length;
    }
    if let Some(length) = length.filter(|_| m.clocks.open(Clock::Handling).is_some()) {
        m.clocks.retime(Clock::Handling, if m.cycle > 1 { length.half() } else { length });
    }
}

/// Takes what the event says.
fn take(m: &mut Matter, step: &Step) {
    match (&step.said, step.code) {
        (Said::Refuse(r), _) => m.refused = Some(r.reason),
        (Said::Assign(a), _) => {
            m.assigned = Some(a.to);
            // Until the first has signed nobody else answers for it (首接负责).
            m.department = m.department.or(Some(a.to));
            m.is_final = m.counts.hops >= 2;
        }
        (Said::Papers(p), EventCode::NeedPapers) => {
            m.papers = p.items.iter().map(|id| Paper { id: *id, ticked: false }).collect();
            m.handling = m.handling.or(Some(HandlingType::Papers));
            m.counts.letters = m.counts.letters.saturating_add(1);
            m.counts.reminders = 0;
        }
        (Said::Papers(p), _) => m.papers.iter_mut().filter(|paper| p.items.contains(&paper.id)).for_each(|paper| paper.ticked = true),
        (Said::SuperiorAnswers(s), _) => {
            let from = date_of(s.replied_on).map_or(step.times.judged_ms, day_start).min(step.times.judged_ms);
            m.clocks.start(Clock::Answer, from, length(m, Clock::Answer, step));
        }
        (Said::Outcome(o), _) => m.result = Some(Wrote { event: step.id, author: step.by, outcome: o.solved.into(), fen: o.fen, passed: None }),
        (Said::Extend(e), _) => {
            m.counts.extensions += 1;
            m.clocks.extend(Clock::Handling, e.days);
        }
        (Said::CoAssign(c), _) => m.tasks.push(Task { id: c.task, to: c.to, done: None, due: c.due }),
        (Said::EndTask(e), _) => m.tasks.iter_mut().filter(|t| t.id == e.task).for_each(|t| t.done = Some(e.done)),
        (Said::Feedback(f), _) => match m.told.iter_mut().find(|t| t.of == f.of) {
            Some(told) => *told = Told { of: f.of, reached: told.reached || f.reached, tries: told.tries.saturating_add(1), way: f.way },
            None => m.told.push(Told { of: f.of, reached: f.reached, tries: 1, way: f.way }),
        },
        (Said::Rate(r), _) => {
            m.ratings.push(Rated { of: r.of, token: r.token, cycle: m.cycle, stars: r.stars, assisted: r.assisted, call_back: None });
        }
        (Said::CallBack(c), _) => {
            let rating = m.ratings.iter_mut().rev().find(|r| r.of == c.of);
            rating.into_iter().for_each(|r| r.call_back = Some(c.result));
        }
        (Said::Other(o), EventCode::Merge) => m.merged = Some((o.matter, m.own_state())),
        (Said::Other(o), EventCode::TakeIn) => m.members.push(o.matter),
        (Said::Other(o), _) => m.members.retain(|id| *id != o.matter),
        _ => {}
    }
}

/// What came of it, as the result says, which somebody has found good.
fn take_outcome(m: &mut Matter, step: &Step) {
    m.outcome = m.result.as_ref().map(|r| r.outcome);
    m.result.iter_mut().for_each(|r| r.passed = Some(step.by));
}

/// A date written as 20260930.
pub(super) fn date_of(number: u32) -> Option<jiff::civil::Date> {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    jiff::civil::Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn new_cycle(m: &mut Matter, step: &Step) {
    m.cycle = m.cycle.saturating_add(1);
    let super::Counts { hops, appeals, reopened, undone, .. } = m.counts;
    m.counts = super::Counts { hops, appeals, reopened, undone, ..super::Counts::default() };
    (m.alarms, m.order_open, m.outcome, m.closed_ms, m.undo) = (Vec::new(), false, None, None, None);
    m.clocks.go_on();
    start(m, Clock::Handling, step);
}

fn alarm(m: &mut Matter, step: &Step) {
    let (clock, at_ms) = match &step.said {
        Said::Alarm(alarm) if step.role == Role::System => (Some(alarm.clock), alarm.at_ms),
        // What a person says of a clock lights no lamp.
        _ => (None, step.times.judged_ms),
    };
    m.alarms.push(Alarmed { id: step.id, code: step.code, clock, at_ms });
    debug_assert!(step.code == EventCode::Warn || level(step.code) > crate::model::SupervisionOrder::None);
}

fn publish(publication: &mut Publication, state: PublicationState, step: &Step) {
    publication.state = state;
    if state == PublicationState::Drafted {
        publication.draft = Some((step.id, step.by));
    }
}

fn keep_for_undo(m: &mut Matter, step: &Step) {
    let Said::Alarm(alarm) = &step.said else { return };
    m.undo = Some(Undo { timer: step.id, at_ms: alarm.at_ms, state: m.state, moved: m.moved, outcome: m.outcome, clocks: m.clocks.clone() });
}

impl Matter {
    /// Takes back what a timer did.
    pub(super) fn undo(&mut self, timer: crate::Id) {
        self.counts.undone = self.counts.undone.saturating_add(1);
        self.alarms.retain(|a| a.id != timer);
        self.order_open &= self.alarms.iter().any(|a| a.code == EventCode::Order);
        if let Some(undo) = self.undo.take_if(|u| u.timer == timer) {
            let Undo { state, moved, outcome, clocks, .. } = undo;
            (self.state, self.moved, self.outcome, self.closed_ms) = (state, moved, outcome, None);
            self.clocks.put_back(clocks);
            if state == MatterState::Papers {
                self.told.clear();
            }
        }
    }
}

impl fmt::Display for Effect {
    /// As the table in the documentation says it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let k = |clock: &Clock| format!("K{}", clock.number() - 1);
        match self {
            Self::Start(clock) => write!(f, "starts {}", k(clock)),
            Self::StartOnce(clock) => write!(f, "starts {} if it was not started", k(clock)),
            Self::End(clock) => write!(f, "ends {}", k(clock)),
            Self::EndAll => f.write_str("ends all clocks but K9"),
            Self::Pause(clock) => write!(f, "pauses {}", k(clock)),
            Self::Resume(clock) => write!(f, "resumes {}", k(clock)),
            Self::ResumeWith(clock, days) => write!(f, "resumes {} with at least {days} wd left", k(clock)),
            Self::GoOn => f.write_str("K0 goes on"),
            Self::TakeType => f.write_str("takes the type; K3 gets its length, used time stays"),
            Self::SetType(handling) => write!(f, "type = {}", handling.word()),
            Self::Settle(outcome) => write!(f, "outcome {}, by who settled it", outcome.word()),
            Self::SetOutcome(outcome) => write!(f, "outcome {}", outcome.word()),
            Self::TakeOutcome => f.write_str("the result's outcome"),
            Self::TakeRefusal => f.write_str("reason kept"),
            Self::CountAppeal => f.write_str("appeal + 1"),
            Self::Assign => f.write_str("assigned; after two returns final (指定承办)"),
            Self::Sign => f.write_str("answers for it from now on"),
            Self::CountReturn => f.write_str("hop + 1"),
            Self::Remember => f.write_str("remembers the state"),
            Self::TakeLetter => f.write_str("the letter's items; letter + 1; type papers where there was none"),
            Self::Tick => f.write_str("ticks items"),
            Self::CountReminder => f.write_str("reminder + 1"),
            Self::CountEscalation => f.write_str("escalation + 1"),
            Self::StartAnswer => f.write_str("starts K6 from the day on the reply"),
            Self::TakeResult => f.write_str("the result"),
            Self::CountRework => f.write_str("rework + 1"),
            Self::Extend => f.write_str("K3 longer; extension + 1"),
            Self::AddTask => f.write_str("a task"),
            Self::EndTask => f.write_str("its end"),
            Self::ForgetTold => f.write_str("nobody is told yet"),
            Self::TakeTold => f.write_str("told, or one try more"),
            Self::TakeRating => f.write_str("the rating"),
            Self::TakeCallBack => f.write_str("what was found"),
            Self::Close => f.write_str("closed"),
            Self::NewCycle => f.write_str("cycle + 1: bounds, lamp, orders anew; K0 goes on; K3 = half of the first"),
            Self::CountReopen => f.write_str("reopened + 1"),
            Self::Join => f.write_str("follows the master"),
            Self::Leave => f.write_str("follows no more"),
            Self::TakeIn => f.write_str("one more follows"),
            Self::LetGo => f.write_str("one fewer follows"),
            Self::Alarm => f.write_str("lamp, order"),
            Self::OpenOrder => f.write_str("waits for an answer"),
            Self::CloseOrder => f.write_str("answered"),
            Self::Publish(state) => write!(f, "publication {}", state.word()),
            Self::KeepForUndo => f.write_str("can be taken back"),
        }
    }
}
