//! `/office/aside`: records that were put aside, what they say, and what the office makes of them.

pub mod json;
#[cfg(test)]
mod tests;

use axum::{
    extract::{Form, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{
    document::DocKind,
    ids::Name,
    speech::said,
    words::{Lang, say},
};
use serde::Deserialize;

use super::{
    desk::AtDesk,
    fields,
    inbox::Kind,
    pages::{AsidePage, Place, SettlePage},
    tongue::Tongue,
};
use crate::{
    app::App,
    auth::rights::Right,
    fault::{Fault, sentence},
    problem::Problem,
    storage::{Result, log::Aside},
    sync::{self, Said},
};

/// Most records of one list; what comes after them is seen once these are settled.
const LIMIT: u32 = 100;

/// A record that was put aside.
pub struct AsideLine {
    /// As addresses name it.
    pub name: String,
    pub when: String,
    /// Whose phone wrote it; empty where the officer is not known here.
    pub officer: String,
    /// What it is, as words.
    pub what: String,
    /// `None` where the door is not known here.
    pub plate: Option<String>,
    /// Field and value, as words.
    pub values: Vec<(String, String)>,
    pub readable: bool,
    /// Why, as a sentence.
    pub reason: String,
    /// That others wait for it, as a sentence; empty if none do.
    pub parked: String,
}

/// The list.
pub async fn aside(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue) -> Result<AsidePage, Problem> {
    desk.need(Right::ReadResidents)?;
    let settles = desk.may(Right::Settle);
    let rail = desk.rail(&app, lang, if settles { Place::Inbox } else { Place::Aside }).await?;
    let lines: Vec<AsideLine> = app
        .work(move |app| {
            let all = list(app, &desk.community, LIMIT)?;
            Ok::<_, Problem>(all.into_iter().map(|(row, officer, said)| line(lang, &row, officer, said, app.clock.now_ms())).collect())
        })
        .await?;
    Ok(AsidePage { lang, desk: rail, more: lines.len() >= LIMIT as usize, lines, settles })
}

/// What is put aside in a community, with the officer's name and what each says.
pub(super) fn list(app: &App, community: &str, limit: u32) -> Result<Vec<(Aside, String, Said)>> {
    let rows = app.store.aside(Some(community), limit)?;
    rows.into_iter().filter_map(|row| read(app, row).transpose()).collect()
}

/// `None` if it was settled meanwhile.
fn read(app: &App, row: Aside) -> Result<Option<(Aside, String, Said)>> {
    let Some(p) = app.store.aside_item(row.name)? else { return Ok(None) };
    let officer = app.store.officer(row.officer)?.map(|officer| officer.name).unwrap_or_default();
    Ok(Some((row, officer, sync::read(app.store.as_ref(), &p)?)))
}

pub(super) fn line(lang: Lang, row: &Aside, officer: String, told: Said, now_ms: i64) -> AsideLine {
    let what = match (told.event, told.kind) {
        (Some(event), _) => say(lang, "aside-event", &[("event", say(lang, &event.key(), &[]).into())]),
        (None, Some(DocKind::Card)) => say(lang, "aside-card", &[]),
        (None, Some(DocKind::Visits)) => say(lang, "aside-visit", &[]),
        (None, Some(DocKind::Matter)) => say(lang, "aside-matter", &[]),
        (None, Some(DocKind::Notice)) => say(lang, "aside-notice", &[]),
        (None, Some(DocKind::Form)) => say(lang, "aside-form", &[]),
        (None, None) => say(lang, "aside-unknown", &[]),
    };
    AsideLine {
        name: row.name.to_string(),
        when: said::when(lang, row.received_ms, now_ms),
        officer,
        what,
        plate: told.door.map(|door| said::plate(lang, &door)).filter(|plate| !plate.is_empty()),
        values: told.values.into_iter().map(|(field, value)| (fields::name(lang, &field), fields::value(lang, &field, &value))).collect(),
        readable: told.readable,
        reason: say(lang, &format!("aside-why-{}", row.reason.word()), &[]),
        parked: if row.parked == 0 { String::new() } else { say(lang, "aside-parked", &[("n", row.parked.into())]) },
    }
}

/// What becomes of a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Adopt,
    Return,
}

impl How {
    /// As the address says it.
    fn of(word: &str) -> Result<Self, Problem> {
        match word {
            "adopt" => Ok(Self::Adopt),
            "return" => Ok(Self::Return),
            _ => Err(Problem::new(StatusCode::NOT_FOUND, "route.unknown")),
        }
    }
}

/// Asks once more before a record is adopted or returned.
pub async fn confirm_aside(
    State(app): State<App>,
    desk: AtDesk,
    Tongue(lang): Tongue,
    Path((name, how)): Path<(String, String)>,
    Query(sure): Query<Sure>,
) -> Result<Response, Problem> {
    confirm(app, desk, lang, &name, How::of(&how)?, &sure, None).await
}

async fn confirm(app: App, desk: AtDesk, lang: Lang, name: &str, how: How, sure: &Sure, error: Option<Fault>) -> Result<Response, Problem> {
    desk.need(Right::Settle)?;
    let (rail, name) = (desk.rail(&app, lang, Place::Inbox).await?, parse(name)?);
    let line = app.work(move |app| {
        let row = own(app, &desk.community, name)?;
        let (row, officer, told) = read(app, row)?.ok_or_else(unknown)?;
        Ok::<_, Problem>(line(lang, &row, officer, told, app.clock.now_ms()))
    });
    let line = line.await?;
    let status = if error.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let error = error.map(|e| (sentence(lang, e.code, &e.what), e.code));
    Ok((status, SettlePage { lang, desk: rail, line, adopts: how == How::Adopt, kind: sure.tab(), error }).into_response())
}

fn parse(name: &str) -> Result<Name, Problem> {
    sync::parse_name(name).map_err(|_| unknown())
}

fn unknown() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "aside.unknown")
}

/// A record put aside in this desk's community: the right holds here and nowhere else.
fn own(app: &App, community: &str, name: Name) -> Result<Aside, Problem> {
    app.store.aside(Some(community), u32::MAX)?.into_iter().find(|row| row.name == name).ok_or_else(unknown)
}

/// What the forms send.
#[derive(Deserialize)]
pub struct Sure {
    #[serde(default)]
    csrf: String,
    /// The tab of the inbox from which they came.
    #[serde(default)]
    kind: String,
}

impl Sure {
    fn tab(&self) -> &'static str {
        Kind::of(&self.kind).word()
    }

    /// Back to the inbox.
    fn back(&self, did: &str) -> Response {
        Redirect::to(&format!("/office/inbox?kind={}&aside={did}", self.tab())).into_response()
    }
}

/// Writes a record's content in its officer's name, or tells its officer to write it anew.
pub async fn settle_aside(
    State(app): State<App>,
    desk: AtDesk,
    Tongue(lang): Tongue,
    Path((name, how)): Path<(String, String)>,
    Form(sure): Form<Sure>,
) -> Result<Response, Problem> {
    let how = How::of(&how)?;
    let done = match how {
        How::Adopt => settle(&app, &desk, &sure.csrf, &name, sync::adopt).await?.map(|wrote| if wrote { "adopted" } else { "known" }),
        How::Return => settle(&app, &desk, &sure.csrf, &name, sync::give_back).await?.map(|()| "returned"),
    };
    match done {
        Ok(did) => Ok(sure.back(did)),
        Err(refused) => confirm(app, desk, lang, &name, how, &sure, Some(refused)).await,
    }
}

/// Settles a record of this desk; the inner error says why its content does not come in.
async fn settle<T: Send + 'static>(
    app: &App,
    desk: &AtDesk,
    csrf: &str,
    name: &str,
    how: fn(&App, Name) -> Result<T, Fault>,
) -> Result<Result<T, Fault>, Problem> {
    desk.check(csrf)?;
    desk.need(Right::Settle)?;
    let (name, community, staff) = (parse(name)?, desk.community.clone(), desk.session.staff.id);
    let done = app.work(move |app| {
        app.store.aside_item(name)?.filter(|p| p.community == community).ok_or_else(unknown)?;
        Ok::<_, Problem>(how(app, name))
    });
    match done.await? {
        Err(fault) if fault.code == "aside.unknown" => Err(unknown()),
        Err(fault) if fault.code.starts_with("aside.") => Ok(Err(fault)),
        Err(fault) => Err(fault.into()),
        Ok(done) => {
            tracing::info!(%staff, item = %name, "a record put aside was settled");
            Ok(Ok(done))
        }
    }
}
