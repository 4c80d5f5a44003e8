//! `/v1/settings`: what the office has set, for programs, under the session of somebody of the office.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use minqing_core::{
    Id,
    calendar::{FIRST_YEAR, LAST_YEAR},
    model::{Category, Clock},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::desk::{Asking, AtDesk};
use crate::{
    app::App,
    auth::rights::{self, Right},
    fault::Fault,
    problem::{In, Problem},
    settings::{self, Change, Length, Rules, Subject},
    storage::{Department, Setting},
};

/// What holds now. Versions are those of the history, to be sent with a change; 0: never set, so the rules' own value holds.
#[derive(Serialize, ToSchema)]
pub struct SettingsInForce {
    /// To be sent with what changes something, as long as this session lasts.
    csrf: String,
    /// By category.
    categories: Vec<CategoryInForce>,
    /// Of the clocks other than K0 and K3.
    terms: Vec<TermInForce>,
    /// The calendar.
    calendar: CalendarInForce,
    /// The departments of the session's desk.
    departments: Vec<DepartmentInForce>,
}

/// A category.
#[derive(Serialize, ToSchema)]
pub struct CategoryInForce {
    /// Its word.
    category: &'static str,
    /// Whose duty: `department`, `street`, `community`.
    duty: &'static str,
    /// The handling type that is proposed.
    handling: &'static str,
    /// The length of K3.
    length: Length,
    /// Whether a result may be shown to the public one by one.
    public: bool,
    /// The department that is proposed at the session's desk.
    department: Option<String>,
    /// Its version.
    version: u32,
}

/// A clock.
#[derive(Serialize, ToSchema)]
pub struct TermInForce {
    /// Its word.
    clock: &'static str,
    /// How long it runs.
    length: Length,
    /// Its version.
    version: u32,
}

/// The calendar.
#[derive(Serialize, ToSchema)]
pub struct CalendarInForce {
    /// The number by which verdicts name it.
    version: u32,
    /// The years whose decree is known.
    decreed: Vec<i16>,
    /// The year whose decree lacks although it should be there: from 1 November on the next one's.
    missing: Option<i16>,
    /// The versions of what was set, by part: a year, `own-days`, `hours`.
    parts: HashMap<String, u32>,
}

/// A department.
#[derive(Serialize, ToSchema)]
pub struct DepartmentInForce {
    #[serde(flatten)]
    department: Department,
    /// Its version.
    version: u32,
}

/// One thing that can be set, with its history.
#[derive(Serialize, ToSchema)]
pub struct SettingHistory {
    /// To be sent with what changes something, as long as this session lasts.
    csrf: String,
    /// The newest version; 0 where it was never set.
    version: u32,
    /// Newest first.
    history: Vec<SettingOnce>,
}

/// What was set once.
#[derive(Serialize, ToSchema)]
pub struct SettingOnce {
    /// 1 is the first.
    version: u32,
    /// As it was set.
    #[schema(value_type = Object)]
    value: Value,
    /// Who set it; empty for the program and the command line.
    by: String,
    /// When, milliseconds since 1970.
    at_ms: i64,
    /// From when it holds, milliseconds since 1970.
    from_ms: i64,
}

/// What is to be set.
#[derive(Deserialize, ToSchema)]
pub struct SettingChange {
    /// As the list gives it.
    csrf: String,
    /// The version that was seen.
    seen: u32,
    /// From when it holds, milliseconds since 1970, a year ahead at most; at once where it is not said. For categories and terms alone.
    from_ms: Option<i64>,
    /// By kind. Categories: `{"duty", "handling", "length": {"days": 5}, "public"}`, or `{"hours": 24}`. Terms: `{"length": {"days": 1}}`. A year of the
    /// calendar: a file as docs/CALENDAR.md has it; `own-days`: `{"days": […]}` of the same shape; `hours`: `{"spans": [["08:30", "12:00"]]}`.
    /// Departments: `{"name", "answers", "closed", "categories"}`. Appointments and officers: docs/APPOINTMENTS.md.
    #[schema(value_type = Object)]
    value: Value,
}

/// It is set.
#[derive(Serialize, ToSchema)]
pub struct SettingSet {
    /// The new version.
    version: u32,
}

/// What holds now.
pub async fn settings_json(State(app): State<App>, Asking(desk): Asking) -> Result<Json<SettingsInForce>, Problem> {
    let read = app.work(move |app| Ok::<_, Fault>((app.store.settings()?, app.store.departments(&desk.community)?, desk.session.csrf)));
    let (settings, departments, csrf) = read.await.map_err(problem)?;
    Ok(Json(in_force(&app.rules.get(), &settings, departments, csrf, app.clock.now_ms())))
}

fn in_force(rules: &Rules, settings: &[Setting], departments: Vec<Department>, csrf: String, now_ms: i64) -> SettingsInForce {
    // In the order of their versions, so the newest stays.
    let versions: HashMap<(&str, &str), u32> = settings.iter().map(|s| ((s.kind.as_str(), s.key.as_str()), s.version)).collect();
    let version = |subject: Subject| versions.get(&(subject.kind(), subject.key().as_str())).copied().unwrap_or_default();
    let proposed = |category| departments.iter().find(|d| d.is_for(category)).map(|d| d.id.to_string());
    let category = |category: Category| {
        let set = rules.category(category);
        CategoryInForce {
            category: category.word(),
            duty: set.rule.duty.word(),
            handling: set.rule.handling.word(),
            length: set.length.into(),
            public: set.rule.public,
            department: proposed(category),
            version: version(Subject::Category(category)),
        }
    };
    let term = |clock: &Clock| {
        let length = rules.term(*clock)?.into();
        Some(TermInForce { clock: clock.word(), length, version: version(Subject::Term(*clock)) })
    };
    let calendar = CalendarInForce {
        version: rules.calendar.version(),
        decreed: (FIRST_YEAR..=LAST_YEAR).filter(|year| rules.calendar.is_decreed(*year)).collect(),
        missing: rules.calendar.missing_year_alarm(now_ms),
        parts: versions.iter().filter(|((kind, key), _)| *kind == "calendar" && *key != "shipped").map(|((_, key), n)| ((*key).to_owned(), *n)).collect(),
    };
    SettingsInForce {
        csrf,
        categories: Category::ALL.iter().copied().map(category).collect(),
        terms: Clock::ALL.iter().filter(|clock| **clock != Clock::Handling).filter_map(term).collect(),
        calendar,
        departments: departments.iter().map(|d| DepartmentInForce { version: version(Subject::Department(d.id)), department: d.clone() }).collect(),
    }
}

/// One thing with its history.
pub async fn setting_json(State(app): State<App>, Asking(desk): Asking, Path((kind, key)): Path<(String, String)>) -> Result<Json<SettingHistory>, Problem> {
    let csrf = desk.session.csrf.clone();
    let history = app.work(move |app| history(app, &desk, &subject(&kind, &key)?)).await.map_err(problem)?;
    Ok(Json(SettingHistory { csrf, version: history.first().map_or(0, |s| s.version), history }))
}

fn history(app: &App, desk: &AtDesk, subject: &Subject) -> Result<Vec<SettingOnce>, Fault> {
    if let Subject::Department(id) = subject
        && !app.store.departments(&desk.community)?.iter().any(|d| d.id == *id)
    {
        return Err(Fault::new("department.unknown", id.to_string()));
    }
    if let Subject::Officer(id) = subject {
        settings::officer_of(app, &desk.community, *id)?;
    }
    let names: HashMap<Id, String> = app.store.all_staff()?.into_iter().map(|staff| (staff.id, staff.name)).collect();
    let once = |s: Setting| SettingOnce {
        version: s.version,
        value: serde_json::from_str(&s.value).unwrap_or_default(),
        by: s.by.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
        at_ms: s.at_ms,
        from_ms: s.from_ms,
    };
    Ok(app.store.setting_history(subject.kind(), &subject.key())?.into_iter().map(once).collect())
}

/// Sets one thing.
pub async fn set_json(
    State(app): State<App>,
    Asking(desk): Asking,
    Path((kind, key)): Path<(String, String)>,
    In(change): In<SettingChange>,
) -> Result<Json<SettingSet>, Problem> {
    desk.check(&change.csrf)?;
    desk.need(Right::ChangeSettings)?;
    let set = app.work(move |app| {
        let subject = subject(&kind, &key)?;
        if !matches!(subject, Subject::Department(_) | Subject::Officer(_)) {
            need_everywhere(app, &desk)?;
        }
        let SettingChange { seen, from_ms, value, csrf: _ } = change;
        settings::put(app, Some(desk.session.staff.id), &desk.community, Change { subject, seen, from_ms, value })
    });
    Ok(Json(SettingSet { version: set.await.map_err(problem)? }))
}

/// What holds for all communities of this server is set by those who have the right in all of them.
fn need_everywhere(app: &App, desk: &AtDesk) -> Result<(), Fault> {
    let grants = &desk.session.staff.grants;
    let everywhere = app.store.open_communities("")?.iter().all(|open| rights::may(grants, Right::ChangeSettings, &open.id));
    if everywhere { Ok(()) } else { Err(Fault::new("right.missing", "")) }
}

fn subject(kind: &str, key: &str) -> Result<Subject, Fault> {
    Subject::read(kind, key).ok_or_else(|| Fault::new("setting.unknown", format!("{kind}/{key}")))
}

fn problem(fault: Fault) -> Problem {
    let status = match fault.code {
        "right.missing" => StatusCode::FORBIDDEN,
        "setting.unknown" | "department.unknown" | "officer.unknown" => StatusCode::NOT_FOUND,
        "setting.changed" | "department.taken" => StatusCode::CONFLICT,
        _ if fault.is_failure() => return fault.into(),
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Problem::new(status, fault.code).at(fault.what)
}

#[cfg(test)]
mod tests;
