//! One matter from the log: what happened to it, what its clocks come to, and what may be done with it.

use std::collections::BTreeMap;

use minqing_core::{
    Id,
    event::{Event, Fact, Said, Verdict},
    model::{EventCode, RefusalCode, Role},
    pipeline::{Around, Matter, Running, SYSTEM, moves},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::App,
    projection::MatterShown,
    settings::Rules,
    storage::{Result, StoreError, log::KeptMatter},
};

/// Who looks, for what they may do.
#[derive(Clone, Debug)]
pub struct Looker {
    /// Who.
    pub by: Id,
    /// Their roles here.
    pub roles: Vec<Role>,
    /// The departments for which they work.
    pub works_for: Vec<Id>,
}

/// A matter explained. Times are milliseconds since 1970, ids 22 characters, codes the words of docs/PIPELINE.md.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Explained {
    /// The matter.
    pub id: String,
    /// The residents' code, without its dash.
    pub code: String,
    /// Whether its code is a printed slip's: `bound` to it, or `taken` by the matter that was registered with it first.
    pub slip: Option<&'static str>,
    /// Its community.
    pub community: String,
    /// What it is about.
    pub category: String,
    /// Main state.
    pub state: &'static str,
    /// Type; none until it is accepted.
    pub handling: Option<&'static str>,
    /// The type that is proposed: its author's, else its category's.
    pub proposed_handling: Option<&'static str>,
    /// The department that is proposed for its category.
    pub proposed_department: Option<String>,
    /// 办理轮次
    pub cycle: u16,
    /// What its clocks came to.
    pub lamp: &'static str,
    /// Supervision.
    pub supervision: &'static str,
    /// What came of it.
    pub outcome: Option<&'static str>,
    /// The highest ordinal: to be sent as `saw` with what is done.
    pub ordinal: u64,
    /// The matter that it follows.
    pub master: Option<String>,
    /// When an order has to be answered, milliseconds since 1970: at the end of the next working day; none unless one waits for its answer.
    pub answer_order_ms: Option<i64>,
    /// The parts of other departments.
    pub tasks: Vec<TaskSeen>,
    /// The matters that follow it.
    pub members: Vec<String>,
    /// What waits for a second person.
    pub proposals: Vec<Proposed>,
    /// K0–K9, those that were started.
    pub clocks: Vec<ClockSeen>,
    /// What happened, by ordinal.
    pub history: Vec<Happening>,
    /// What whoever looks may do.
    pub moves: Vec<MoveSeen>,
}

/// The part of another department.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TaskSeen {
    /// The task.
    pub task: String,
    /// Whose it is.
    pub to: String,
    /// The last day for it, as 20260930; none: that of K3.
    pub due: Option<u32>,
    /// Whether it is at its end, and done.
    pub done: Option<bool>,
}

/// Something that waits for a second person.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Proposed {
    /// The event that proposes.
    pub event: String,
    /// What.
    pub code: &'static str,
    /// Who.
    pub by: String,
}

/// A clock.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClockSeen {
    /// Which.
    pub clock: &'static str,
    /// When it started.
    pub started_ms: i64,
    /// When it is due; none while it stands still, and for K0.
    pub due_ms: Option<i64>,
    /// How much is used, of its own time.
    pub used_ms: i64,
    /// How much is left.
    pub left_ms: Option<i64>,
    /// Whether it stands still.
    pub paused: bool,
    /// When it ended.
    pub ended_ms: Option<i64>,
    /// Its own lamp.
    pub lamp: &'static str,
    /// 暂定: a day between has no decree yet.
    pub provisional: bool,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Happening {
    /// Its place.
    pub ordinal: u64,
    /// The event, or the timer.
    pub id: String,
    /// What; `undone` where a timer was taken back.
    pub event: &'static str,
    /// Who; empty for the system.
    pub by: String,
    /// In which role.
    pub role: &'static str,
    /// When the server holds it done.
    pub done_at: i64,
    /// When the server judged it.
    pub judged_ms: i64,
    /// Why it was refused.
    pub refused: Option<&'static str>,
    /// What it says beside.
    pub said: serde_json::Value,
}

/// Something that may be done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MoveSeen {
    /// What.
    pub event: &'static str,
    /// In which role.
    pub role: &'static str,
    /// The state to which it leads; none = it stays.
    pub to: Option<&'static str>,
    /// A second person has to confirm it.
    pub proposal: bool,
}

/// A matter explained, and what that was made of.
pub struct Looked {
    /// The fold.
    pub matter: Matter,
    /// As shown.
    pub row: MatterShown,
    /// What was made of it.
    pub explained: Explained,
}

/// Explains a matter to somebody.
///
/// # Errors
/// `matter.unknown` also for one that was never registered; `store.failed`.
pub fn explain(app: &App, id: Id, looker: &Looker) -> Result<Looked> {
    let unknown = || StoreError::Unknown { what: "matter", id: id.to_string() };
    let KeptMatter { matter, judged, .. } = app.store.kept_matter(id)?.ok_or_else(unknown)?;
    let (matter, row) = (matter.ok_or_else(unknown)?, app.store.matter_row(id)?.ok_or_else(unknown)?);
    let (events, facts) = app.store.told_of(id)?;
    let (rules, now_ms) = (app.rules.get(), app.clock.now_ms());
    let category = matter.about.category;
    let by_category = category.map(|category| rules.category(category).rule.handling);
    let departments = app.store.departments(&row.community)?;
    let proposed = departments.into_iter().find(|d| category.is_some_and(|category| d.is_for(category)));
    let explained = Explained {
        id: id.to_string(),
        slip: app.store.slip(&row.code)?.map(|slip| if slip.matter.is_none_or(|first| first == id) { "bound" } else { "taken" }),
        code: row.code.clone(),
        community: row.community.clone(),
        category: row.category.clone(),
        state: matter.state.word(),
        handling: matter.handling.map(|h| h.word()),
        proposed_handling: matter.about.proposed.or(by_category).map(|h| h.word()),
        proposed_department: proposed.map(|d| d.id.to_string()),
        cycle: matter.cycle,
        lamp: matter.lamp().word(),
        supervision: matter.order().word(),
        outcome: matter.outcome.map(|o| o.word()),
        ordinal: judged,
        master: matter.merged.map(|(master, _)| master.to_string()),
        answer_order_ms: answer_order(&matter, &rules),
        tasks: matter.tasks.iter().map(|t| TaskSeen { task: t.id.to_string(), to: t.to.to_string(), due: t.due, done: t.done }).collect(),
        members: matter.members.iter().map(Id::to_string).collect(),
        proposals: matter.proposals.iter().map(|p| Proposed { event: p.event.to_string(), code: p.code.word(), by: p.by.to_string() }).collect(),
        clocks: matter.clocks.iter().map(|running| clock(&rules, running, now_ms)).collect(),
        history: history(&events, &facts),
        moves: allowed(&rules, &matter, looker, now_ms),
    };
    Ok(Looked { matter, row, explained })
}

/// An order is answered within a working day (docs/PIPELINE.md, row 29).
fn answer_order(m: &Matter, rules: &Rules) -> Option<i64> {
    let order = m.alarms.iter().rfind(|alarm| alarm.code == EventCode::Order).filter(|_| m.order_open)?;
    Some(rules.calendar.due(order.at_ms, 1).due_ms)
}

fn clock(rules: &Rules, running: &Running, now_ms: i64) -> ClockSeen {
    let reading = running.reading(now_ms, rules.calendar_for(running));
    ClockSeen {
        clock: running.clock.word(),
        started_ms: running.started_ms,
        due_ms: reading.due_ms,
        used_ms: reading.used_ms,
        left_ms: reading.left_ms,
        paused: running.is_paused(),
        ended_ms: running.ended.map(|end| end.at_ms),
        lamp: reading.lamp.word(),
        provisional: reading.provisional,
    }
}

fn history(events: &[Event], facts: &[Fact]) -> Vec<Happening> {
    let events: BTreeMap<Id, &Event> = events.iter().map(|event| (event.id, event)).collect();
    let mut all: Vec<Happening> = facts.iter().filter_map(|fact| happening(fact, &events)).collect();
    all.sort_by_key(|h| h.ordinal);
    all
}

fn happening(fact: &Fact, events: &BTreeMap<Id, &Event>) -> Option<Happening> {
    let by_system = |ordinal, id: Id, event, said| Happening {
        ordinal,
        id: id.to_string(),
        event,
        by: String::new(),
        role: Role::System.word(),
        done_at: fact.server_ms,
        judged_ms: fact.server_ms,
        refused: None,
        said,
    };
    if let Some(verdict) = fact.verdict() {
        return events.get(&verdict.event).map(|event| judged(event, &verdict, fact.server_ms));
    }
    if let Some(timer) = fact.timer() {
        return Some(by_system(timer.ordinal, fact.id, timer.code.word(), Said::Alarm(timer.alarm).to_json()));
    }
    fact.undone().map(|undone| by_system(undone.ordinal, undone.timer, "undone", serde_json::Value::Null))
}

fn judged(event: &Event, verdict: &Verdict, judged_ms: i64) -> Happening {
    let code = EventCode::from_number(event.code);
    let said = code.and_then(|code| Said::read(code, &event.payload));
    Happening {
        ordinal: verdict.ordinal,
        id: event.id.to_string(),
        event: code.map_or("", EventCode::word),
        by: if event.by == SYSTEM { String::new() } else { event.by.to_string() },
        role: Role::from_number(event.role).map_or("", Role::word),
        done_at: verdict.done_at,
        judged_ms,
        refused: verdict.refused.map(|number| RefusalCode::from_number(number).map_or("", RefusalCode::word)),
        said: said.map(|said| said.to_json()).unwrap_or_default(),
    }
}

fn allowed(rules: &Rules, matter: &Matter, looker: &Looker, now_ms: i64) -> Vec<MoveSeen> {
    let around = Around { id: matter.id, calendar: &rules.calendar, terms: &rules.terms, works_for: &looker.works_for, other: None, now_ms };
    let mut seen = Vec::new();
    for role in &looker.roles {
        // The master's side of a merge is written with the member's.
        let may = moves(matter, looker.by, *role, &around).into_iter().filter(|m| !matches!(m.code, EventCode::TakeIn | EventCode::LetGo));
        seen.extend(may.map(|m| MoveSeen { event: m.code.word(), role: role.word(), to: m.to.map(|s| s.word()), proposal: m.is_proposal }));
    }
    seen
}
