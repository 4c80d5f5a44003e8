//! Setting something: checked, kept with who and when, and in force with the same transaction.

use std::sync::Arc;

use minqing_core::Id;
use serde_json::Value;

use super::{DepartmentValue, Rules, Subject, tell_phones, value};
use crate::{
    app::App,
    fault::Fault,
    storage::{Department, Setting},
};

/// How far ahead something may be set, in milliseconds: a year.
const AHEAD: i64 = 366 * 24 * 3_600_000;

/// What is to be set.
#[derive(Clone, Debug)]
pub struct Change {
    /// What.
    pub subject: Subject,
    /// The version that whoever sets it has seen; 0 where nothing was set.
    pub seen: u32,
    /// From when it holds, milliseconds since 1970; at once where it is not said.
    pub from_ms: Option<i64>,
    /// The value, as docs/API.md has it for each kind.
    pub value: Value,
}

/// Sets something; returns its version. `community`: whose departments and officers may be set.
///
/// # Errors
/// `setting.changed` where somebody else has set it since, `setting.from`, `setting.unknown`, `setting.malformed`, `setting.length`, `setting.public`,
/// `department.unknown`, `department.taken`, `officer.unknown`, `calendar.*`, `text.*`, `store.failed`. Nothing has changed then.
pub fn put(app: &App, by: Option<Id>, community: &str, change: Change) -> Result<u32, Fault> {
    let Change { subject, seen, from_ms, value } = change;
    let _turn = app.rules.turn();
    let now_ms = app.clock.now_ms();
    let value = value::checked(&subject, value)?;
    let department = match subject {
        Subject::Department(id) => Some(department_of(app, community, id, seen, &value)?),
        Subject::Officer(id) => officer_of(app, community, id).map(|()| None)?,
        _ => None,
    };
    let setting = Setting {
        kind: subject.kind().to_owned(),
        key: subject.key(),
        version: seen.saturating_add(1),
        value,
        by,
        at_ms: now_ms,
        from_ms: begins(&subject, from_ms, now_ms)?,
    };
    let mut all = app.store.settings()?;
    all.push(setting.clone());
    let (before, after) = (app.rules.get(), Arc::new(Rules::of(&all, now_ms)));
    let done = app.store.apply(&mut |unit| {
        unit.put_setting(&setting)?;
        if let Some(department) = &department {
            unit.keep_department(department)?;
        }
        if matches!(subject, Subject::Calendar(_)) {
            unit.look_again(now_ms)?;
        }
        app.rules.set(after.clone());
        Ok(())
    });
    if let Err(e) = done {
        app.rules.set(before);
        return Err(e.into());
    }
    if matches!(subject, Subject::Calendar(_)) {
        // It is set; who could not be told now is told with the clocks' next turn.
        tell_phones(app).unwrap_or_else(|e| {
            tracing::error!(code = e.code(), "phones could not be told of the calendar");
            0
        });
    }
    tracing::info!(kind = setting.kind, key = setting.key, version = setting.version, "set");
    Ok(setting.version)
}

fn begins(subject: &Subject, from_ms: Option<i64>, now_ms: i64) -> Result<i64, Fault> {
    let Some(from_ms) = from_ms else { return Ok(now_ms) };
    // Days are what they are, whenever somebody says so.
    let may_wait = matches!(subject, Subject::Category(_) | Subject::Term(_) | Subject::Appointments | Subject::Rounds);
    if may_wait && (now_ms..=now_ms + AHEAD).contains(&from_ms) { Ok(from_ms) } else { Err(Fault::new("setting.from", "")) }
}

/// Whether an officer is one of the community's.
///
/// # Errors
/// `officer.unknown`, `store.failed`.
pub fn officer_of(app: &App, community: &str, id: Id) -> Result<(), Fault> {
    let is_known = app.store.officer(id)?.is_some_and(|officer| officer.community == community);
    if is_known { Ok(()) } else { Err(Fault::new("officer.unknown", id.to_string())) }
}

/// The department as it will be: one of the community's, or a new one.
fn department_of(app: &App, community: &str, id: Id, seen: u32, value: &str) -> Result<Department, Fault> {
    let is_known = app.store.departments(community)?.iter().any(|d| d.id == id);
    if !is_known && (seen > 0 || !app.store.setting_history("departments", &Subject::Department(id).key())?.is_empty()) {
        return Err(Fault::new("department.unknown", id.to_string()));
    }
    let value: DepartmentValue = serde_json::from_str(value).map_err(|e| Fault::new("setting.malformed", e.to_string()))?;
    Ok(department(community, id, value))
}

/// A department of a community.
pub fn department(community: &str, id: Id, value: DepartmentValue) -> Department {
    let DepartmentValue { name, answers, closed, categories } = value;
    Department { id, community: community.to_owned(), name, answers, closed, categories }
}

/// The first row of a department's history.
///
/// # Errors
/// `setting.malformed`.
pub fn first_of_department(id: Id, value: &DepartmentValue, now_ms: i64) -> Result<Setting, Fault> {
    let subject = Subject::Department(id);
    Ok(Setting { kind: subject.kind().to_owned(), key: subject.key(), version: 1, value: value::text(value)?, by: None, at_ms: now_ms, from_ms: now_ms })
}
