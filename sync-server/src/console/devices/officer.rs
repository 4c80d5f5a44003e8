//! `/office/officers/{id}`: which grids somebody walks. Before they move it is shown what that takes and brings.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{
    Id,
    model::{AreaKind, Officer},
    speech::said,
    words::{Lang, say},
};

use crate::{
    admin,
    app::App,
    auth::rights::Right,
    console::{
        desk::AtDesk,
        matter::why,
        pages::{OfficerPage, Place},
        sent::Sent,
        tongue::Tongue,
    },
    fault::Fault,
    problem::Problem,
    storage::MovePreview,
};

/// An officer and their grids.
pub struct OfficerView {
    pub id: String,
    pub name: String,
    /// Every grid of the community: id, name, whether it is ticked, whether they have it now.
    pub grids: Vec<(String, String, bool, bool)>,
    /// What a move would mean, as sentences; empty before it was asked.
    pub preview: Vec<String>,
    /// Whether a phone would still hold something that is not here yet.
    pub unsent: bool,
    /// Sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// The form.
pub async fn officer_page(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Path(id): Path<String>) -> Result<OfficerPage, Problem> {
    page(&app, desk, lang, id, None, None).await
}

/// Shows what a move would mean, or moves.
pub async fn move_officer(State(app): State<App>, Tongue(lang): Tongue, Path(id): Path<String>, Sent { desk, fields }: Sent) -> Result<Response, Problem> {
    desk.need(Right::ManagePhones)?;
    let grids: Vec<String> = fields.all("grids").map(str::to_owned).collect();
    if fields.text("do") != "move" {
        return Ok(page(&app, desk, lang, id, Some(grids), None).await?.into_response());
    }
    let (community, at, to) = (desk.community.clone(), id.clone(), grids.clone());
    let done = app.work(move |app| {
        let officer = of_desk(app, &community, &at)?;
        admin::move_officer(app.store.as_ref(), &*app.entropy, officer.id, &to)?;
        Ok::<_, Fault>(())
    });
    match done.await {
        Ok(()) => Ok(Redirect::to("/office/devices?did=move").into_response()),
        Err(fault) if fault.is_failure() || fault.code == "officer.unknown" => Err(problem(fault)),
        Err(fault) => Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, desk, lang, id, Some(grids), Some(fault)).await?).into_response()),
    }
}

async fn page(app: &App, desk: AtDesk, lang: Lang, id: String, grids: Option<Vec<String>>, fault: Option<Fault>) -> Result<OfficerPage, Problem> {
    desk.need(Right::ManagePhones)?;
    let rail = desk.rail(app, lang, Place::Devices).await?;
    let view = app.work(move |app| view(app, &desk.community, lang, &id, grids, fault)).await.map_err(problem)?;
    Ok(OfficerPage { lang, desk: rail, view })
}

fn view(app: &App, community: &str, lang: Lang, id: &str, to: Option<Vec<String>>, fault: Option<Fault>) -> Result<OfficerView, Fault> {
    let officer = of_desk(app, community, id)?;
    let shown = to.clone().filter(|_| fault.is_none()).map(|to| admin::preview_move(app.store.as_ref(), officer.id, &to));
    let (preview, fault) = match shown {
        Some(Ok(preview)) => (Some(preview), fault),
        Some(Err(wrong)) if wrong.is_failure() => return Err(wrong),
        Some(Err(wrong)) => (None, Some(wrong)),
        None => (None, fault),
    };
    let ticked = to.unwrap_or_else(|| officer.grids.clone());
    let grids = app.store.areas_below(community)?.into_iter().filter(|area| area.kind == AreaKind::Grid);
    Ok(OfficerView {
        id: id.to_owned(),
        grids: grids.map(|area| (area.id.clone(), area.name, ticked.contains(&area.id), officer.grids.contains(&area.id))).collect(),
        name: officer.name,
        unsent: preview.as_ref().is_some_and(|preview| preview.unsent > 0),
        preview: preview.map(|preview| said_of(app, lang, &preview)).unwrap_or_default(),
        error: fault.map(|fault| (why(lang, &fault), fault.code)),
    })
}

/// What a move takes and brings.
fn said_of(app: &App, lang: Lang, preview: &MovePreview) -> Vec<String> {
    let now_ms = app.clock.now_ms();
    let mut said = vec![say(lang, "move-brings", &[("n", preview.records.into()), ("kib", preview.bytes.div_ceil(1024).into())])];
    said.push(say(lang, if preview.unsent > 0 { "move-unsent" } else { "move-sent" }, &[("n", preview.unsent.into())]));
    said.extend(preview.phones.iter().map(|(number, last)| {
        let last = last.map_or_else(|| say(lang, "office-never", &[]), |ms| said::when(lang, ms, now_ms));
        say(lang, "move-phone", &[("number", number.to_string().into()), ("last", last.into())])
    }));
    said
}

/// An officer of this community.
fn of_desk(app: &App, community: &str, id: &str) -> Result<Officer, Fault> {
    let unknown = || Fault::new("officer.unknown", id);
    let known: Id = id.parse().map_err(|_| unknown())?;
    app.store.officer(known)?.filter(|officer| officer.community == community).ok_or_else(unknown)
}

fn problem(fault: Fault) -> Problem {
    let status = match fault.code {
        "officer.unknown" => StatusCode::NOT_FOUND,
        _ if fault.is_failure() => return fault.into(),
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Problem::new(status, fault.code).at(fault.what)
}
