//! `/office/matters/{id}`: one matter, what happened to it, what its clocks come to, and what may be done with it.

pub(crate) mod clocks;
pub(crate) mod form;
mod moves;
mod names;
mod photo;
mod public;
mod timeline;
mod view;

use std::collections::BTreeMap;

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::words::{Lang, say};
use serde::Deserialize;

pub use clocks::{ClockLine, Piece, length};
pub use form::{Fields, deed};
pub use moves::{Choice, FieldKind};
pub use names::Names;
pub use photo::{PhotoView, do_photo, photo_page};
pub use public::matter_public;
pub use view::{MatterView, Station};

use super::{
    desk::AtDesk,
    line,
    pages::{MatterPage, Place, Toast},
    sent::Sent,
    tongue::Tongue,
};
use crate::{
    app::App,
    auth::rights::Right,
    fault::{Fault, sentence},
    problem::Problem,
};

/// What was just done, as a word of the events.
#[derive(Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    did: String,
}

/// What somebody tried and could not: the event, what they typed, and why.
#[derive(Clone, Default)]
pub struct Tried {
    event: String,
    fields: BTreeMap<String, String>,
    /// Sentence and code.
    why: Option<(String, &'static str)>,
}

impl Tried {
    /// What was typed into a field of an event's form.
    fn typed(&self, event: &str, field: &str) -> Option<&str> {
        (self.event == event).then(|| self.fields.get(field).map(String::as_str)).flatten()
    }
}

/// The page.
pub async fn matter_page(
    State(app): State<App>,
    desk: AtDesk,
    Tongue(lang): Tongue,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<MatterPage, Problem> {
    page(app, desk, lang, id, &asked.did, Tried::default()).await
}

async fn page(app: App, desk: AtDesk, lang: Lang, id: String, did: &str, tried: Tried) -> Result<MatterPage, Problem> {
    desk.need(Right::ReadResidents)?;
    let rail = desk.rail(&app, lang, Place::Line).await?;
    let toast = minqing_core::model::EventCode::from_word(did).map(|code| Toast::did(lang, &code.key()));
    let matter = app.work(move |app| view::view(app, &desk, lang, &id, &tried)).await.map_err(line::problem)?;
    Ok(MatterPage { lang, desk: rail, matter, toast })
}

/// Does something with a matter.
pub async fn do_matter(State(app): State<App>, Tongue(lang): Tongue, Path(id): Path<String>, Sent { desk, fields }: Sent) -> Result<Response, Problem> {
    desk.need(Right::ReadResidents)?;
    let (matter, by, typed) = (id.clone(), desk.clone(), fields.clone());
    let done = app.work(move |app| form::deed(app, &by, &matter, &typed).and_then(|deed| line::carry_out(app, &by, &matter, deed))).await;
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/office/matters/{id}?did={}", fields.word("event"))).into_response()),
        Err(fault) if fault.is_failure() || fault.code == "matter.unknown" => Err(line::problem(fault)),
        Err(fault) => {
            let tried = Tried { event: fields.text("event").to_owned(), why: Some((why(lang, &fault), fault.code)), fields: fields.typed() };
            let status = if fault.code == "line.refused" { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok((status, page(app, desk, lang, id, "", tried).await?).into_response())
        }
    }
}

/// Why the rules refuse it, in their own words.
pub fn why(lang: Lang, fault: &Fault) -> String {
    match fault.code {
        "line.refused" => say(lang, &minqing_core::model::RefusalCode::key_of(&fault.what), &[]),
        code => sentence(lang, code, &fault.what),
    }
}
