//! `/v1/matters`: the line for programs, under the session of somebody of the office.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use minqing_core::{
    Id,
    event::Said,
    model::{Check, EventCode, FeedbackWay, MAX_MATTER_TEXT, MatterState, Role},
    pipeline::TABLE,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::desk::{Asking, AtDesk};
use crate::{
    app::App,
    auth::rights::Right,
    fault::Fault,
    pipeline::{Deed, Explained, Looked, Looker, Texts, act, explain, reply_to_all},
    problem::{In, Problem},
    projection::MatterShown,
    storage::Department,
};

/// Most matters in one answer.
const LIMIT: u32 = 500;

/// Which matters.
#[derive(Deserialize, IntoParams)]
pub struct Which {
    /// A word of the states; all where it is not said.
    state: Option<String>,
    /// After this matter, as the last one of the answer before.
    after: Option<String>,
}

/// Matters of a desk, by id.
#[derive(Serialize, ToSchema)]
pub struct MatterList {
    /// The community's 12 digits.
    community: String,
    /// To be sent with what changes something, as long as this session lasts.
    csrf: String,
    /// At most 500.
    matters: Vec<MatterLine>,
    /// Who handles them.
    departments: Vec<Department>,
}

/// A matter in the list.
#[derive(Serialize, ToSchema)]
pub struct MatterLine {
    /// The matter.
    id: String,
    /// The residents' code, without its dash.
    code: String,
    /// What it is.
    kind: String,
    /// What it is about.
    category: String,
    /// Main state.
    state: String,
    /// Type; empty until it is accepted.
    handling: String,
    /// 办理轮次
    cycle: u16,
    /// What its clocks came to.
    lamp: String,
    /// Supervision.
    supervision: String,
    /// What came of it; empty until then.
    outcome: String,
    /// The door, if it has one.
    household: Option<String>,
    /// When the server holds it done, milliseconds since 1970.
    at_ms: i64,
}

/// The list.
pub async fn matters_json(State(app): State<App>, Asking(desk): Asking, Query(which): Query<Which>) -> Result<Json<MatterList>, Problem> {
    desk.need(Right::ReadResidents)?;
    let unknown = |field| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "code.unknown").at(field);
    let state = which.state.map(|word| MatterState::from_word(&word).ok_or_else(|| unknown("state"))).transpose()?;
    let after = which.after.map(|id| id.parse::<Id>().map_err(|_| unknown("after"))).transpose()?;
    let (community, csrf) = (desk.community.clone(), desk.session.csrf.clone());
    let (rows, departments) = app
        .work(move |app| {
            Ok::<_, crate::storage::StoreError>((app.store.matters_in(&desk.community, state, after, LIMIT)?, app.store.departments(&desk.community)?))
        })
        .await?;
    let line = |m: MatterShown| MatterLine {
        id: Id(m.id).to_string(),
        code: m.code,
        kind: m.kind,
        category: m.category,
        state: m.state,
        handling: m.handling,
        cycle: m.cycle,
        lamp: m.lamp,
        supervision: m.supervision,
        outcome: m.outcome,
        household: m.household.map(|h| Id(h).to_string()),
        at_ms: m.at_ms,
    };
    Ok(Json(MatterList { community, csrf, matters: rows.into_iter().map(line).collect(), departments }))
}

/// One matter.
pub async fn matter_json(State(app): State<App>, Asking(desk): Asking, Path(id): Path<String>) -> Result<Json<Explained>, Problem> {
    desk.need(Right::ReadResidents)?;
    Ok(Json(app.work(move |app| look(app, &desk, &id)).await.map_err(problem)?.explained))
}

/// What somebody does.
#[derive(Deserialize, ToSchema)]
pub struct MatterDeed {
    /// As the list gives it.
    pub(super) csrf: String,
    /// A word of the events.
    pub(super) event: String,
    /// The role in which it is done, where somebody has several.
    pub(super) role: Option<String>,
    /// What it says beside, as docs/PIPELINE.md has it for each event.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(super) said: serde_json::Value,
    /// A special reply (专项反馈): `feedback` by `special_reply` for each resident of the cluster who was not reached yet, all in one go;
    /// `said` then names no resident in `of`.
    #[serde(default)]
    pub(super) cluster: bool,
    /// What was written for it; may be empty.
    #[serde(default)]
    pub(super) text: String,
    /// The public reply of a result; may be empty.
    #[serde(default)]
    pub(super) public: String,
    /// What each paper of a letter is called, by the item's id.
    #[serde(default)]
    pub(super) items: BTreeMap<String, String>,
    /// The highest ordinal that was seen.
    #[serde(default)]
    pub(super) saw: u64,
}

/// What became of it.
#[derive(Serialize, ToSchema)]
pub struct MatterDone {
    /// The event; of a special reply the first.
    event: String,
    /// The matter as it stands now.
    matter: Explained,
}

/// Does something with a matter.
pub async fn do_matter_json(
    State(app): State<App>,
    Asking(desk): Asking,
    Path(id): Path<String>,
    In(deed): In<MatterDeed>,
) -> Result<Json<MatterDone>, Problem> {
    desk.check(&deed.csrf)?;
    desk.need(Right::ReadResidents)?;
    let done = app.work(move |app| {
        let event = carry_out(app, &desk, &id, deed)?.to_string();
        Ok(MatterDone { event, matter: look(app, &desk, &id)?.explained })
    });
    Ok(Json(done.await.map_err(problem)?))
}

/// Does it; the event, of a special reply the first.
pub(super) fn carry_out(app: &App, desk: &AtDesk, id: &str, deed: MatterDeed) -> Result<Id, Fault> {
    let matter = of_desk(app, desk, id)?;
    let code = EventCode::from_word(&deed.event).ok_or_else(|| Fault::new("code.unknown", "event"))?;
    let roles = roles(desk);
    let role = match &deed.role {
        Some(word) => Role::from_word(word).filter(|role| roles.contains(role)),
        None => roles.iter().copied().find(|role| may_do(code, *role)).or(roles.first().copied()),
    };
    let role = role.ok_or_else(|| Fault::new("line.refused", "role"))?;
    let said = if deed.cluster { to_cluster(matter, deed.said)? } else { deed.said };
    let said = Said::from_json(code, said).map_err(|e| Fault::new("request.malformed", e.to_string()))?;
    let (by, texts) = (desk.session.staff.id, texts(deed.text, deed.public, &deed.items)?);
    let act_as = Deed { matter, by, role, works_for: app.store.works_for(by)?, code, payload: said.encode(), texts, saw: deed.saw };
    match (&said, deed.cluster) {
        (_, false) => act(app, &act_as),
        (Said::Feedback(feedback), true) if feedback.way == FeedbackWay::SpecialReply => reply_to_all(app, &act_as, feedback),
        _ => Err(Fault::new("request.malformed", "cluster")),
    }
}

/// What is said to a whole cluster: it stands for the master until it is said to each of them.
fn to_cluster(master: Id, mut said: serde_json::Value) -> Result<serde_json::Value, Fault> {
    let whole = said.as_object_mut().filter(|said| !said.contains_key("of")).ok_or_else(|| Fault::new("request.malformed", "said"))?;
    whole.insert("of".to_owned(), master.to_string().into());
    Ok(said)
}

/// Longest name of a paper, in characters.
const MAX_NAME: usize = 100;

fn texts(text: String, public: String, items: &BTreeMap<String, String>) -> Result<Texts, Fault> {
    let root = Check::root();
    root.field("text").text(&text, MAX_MATTER_TEXT)?;
    root.field("public").text(&public, MAX_MATTER_TEXT)?;
    let mut named = Vec::new();
    for (id, name) in items {
        root.field("items").some_text(name, MAX_NAME)?;
        named.push((root.field("items").id(id)?, name.clone()));
    }
    Ok(Texts { text, public, items: named })
}

/// A matter of this desk, for whoever sits there.
pub(super) fn look(app: &App, desk: &AtDesk, id: &str) -> Result<Looked, Fault> {
    let looker = Looker { by: desk.session.staff.id, roles: roles(desk), works_for: app.store.works_for(desk.session.staff.id)? };
    Ok(explain(app, of_desk(app, desk, id)?, &looker)?)
}

/// A matter of this desk.
pub(crate) fn of_desk(app: &App, desk: &AtDesk, id: &str) -> Result<Id, Fault> {
    row_of_desk(app, desk, id).map(|row| Id(row.id))
}

/// The same as it is shown.
pub(super) fn row_of_desk(app: &App, desk: &AtDesk, id: &str) -> Result<MatterShown, Fault> {
    let unknown = || Fault::new("matter.unknown", id);
    let matter = id.parse().map_err(|_| unknown())?;
    app.store.matter_row(matter)?.filter(|row| row.community == desk.community).ok_or_else(unknown)
}

/// The roles that somebody has at this desk, each once.
fn roles(desk: &AtDesk) -> Vec<Role> {
    let mut roles: Vec<Role> = desk.roles().collect();
    roles.sort();
    roles.dedup();
    roles
}

fn may_do(code: EventCode, role: Role) -> bool {
    // Who may agree to something depends on what it is.
    matches!(code, EventCode::Confirm | EventCode::Decline) && matches!(role, Role::Lead | Role::Supervisor)
        || TABLE.iter().any(|row| row.event == code && row.who.contains(&role))
}

pub(crate) fn problem(fault: Fault) -> Problem {
    let status = match fault.code {
        "matter.unknown" | "household.unknown" | "resident.unknown" => StatusCode::NOT_FOUND,
        "line.refused" => StatusCode::CONFLICT,
        _ if fault.is_failure() => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Problem::new(status, fault.code).at(fault.what)
}
