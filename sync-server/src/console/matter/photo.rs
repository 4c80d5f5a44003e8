//! `/office/matters/{id}/photos/{sha256}`: one photo, large, and what everybody may see of it: patches over faces and plates, drawn on the
//! photo or typed in per cent. docs/adr/0023 tells how a covered copy becomes public.

mod patches;
mod view;

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::words::{Lang, say};

pub use view::PhotoView;

use self::patches::Typed;
use super::Asked;
use crate::{
    app::App,
    attachment,
    auth::rights::Right,
    console::{
        desk::AtDesk,
        line,
        pages::{PhotoPage, Place, Toast},
        sent::Sent,
        tongue::Tongue,
    },
    fault::{Fault, sentence},
    problem::Problem,
};

/// A matter and a photo, as the address names them.
type Named = (String, String);

/// What stands on the page besides what is kept.
#[derive(Default)]
struct Told {
    typed: Option<Typed>,
    error: Option<(String, &'static str)>,
    /// The number of the row it is about, or 0.
    bad: usize,
    toast: Option<Toast>,
}

impl Told {
    fn refused(lang: Lang, fault: &Fault) -> Self {
        let bad = if fault.code == "photo.patch_outside" { fault.what.parse().unwrap_or_default() } else { 0 };
        Self { error: Some((sentence(lang, fault.code, &fault.what), fault.code)), bad, ..Self::default() }
    }
}

/// The page.
pub async fn photo_page(
    State(app): State<App>,
    desk: AtDesk,
    Tongue(lang): Tongue,
    Path(named): Path<Named>,
    Query(asked): Query<Asked>,
) -> Result<PhotoPage, Problem> {
    let done = ["covered", "uncovered"].into_iter().find(|word| *word == asked.did);
    let toast = done.map(|word| Toast { said: say(lang, &format!("did-{word}"), &[]), undo: None });
    page(app, desk, lang, named, Told { toast, ..Told::default() }).await
}

/// Covers the photo, takes its covered copy back, or shows what it would be like.
pub async fn do_photo(State(app): State<App>, Tongue(lang): Tongue, Path(named): Path<Named>, Sent { desk, fields }: Sent) -> Result<Response, Problem> {
    desk.need(Right::ReadResidents)?;
    desk.need(Right::Publish)?;
    let typed = Typed::of(&fields);
    let (done, word) = match fields.word("do") {
        "cover" => (cover(&app, &desk, &named, &typed).await, "covered"),
        "uncover" => (uncover(&app, &desk, &named).await, "uncovered"),
        _ => {
            let refused = typed.patches().and_then(|patches| attachment::check_patches(&patches)).err();
            let told = refused.map_or_else(Told::default, |fault| Told::refused(lang, &fault));
            let status = if told.error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            return Ok((status, page(app, desk, lang, named, Told { typed: Some(typed), ..told }).await?).into_response());
        }
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/office/matters/{}/photos/{}?did={word}", named.0, named.1)).into_response()),
        Err(fault) if fault.code.starts_with("photo.") => {
            let page = page(app, desk, lang, named, Told { typed: Some(typed), ..Told::refused(lang, &fault) }).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(fault) => Err(problem(fault)),
    }
}

async fn cover(app: &App, desk: &AtDesk, named: &Named, typed: &Typed) -> Result<(), Fault> {
    let patches = typed.patches()?;
    let (desk, named) = (desk.clone(), named.clone());
    let by = desk.session.staff.id;
    let (matter, photo) = app.work(move |app| view::find(app, &desk, &named)).await?;
    attachment::cover(app, matter, photo, by, patches).await
}

async fn uncover(app: &App, desk: &AtDesk, named: &Named) -> Result<(), Fault> {
    let (desk, named) = (desk.clone(), named.clone());
    let by = desk.session.staff.id;
    let (matter, photo) = app.work(move |app| view::find(app, &desk, &named)).await?;
    attachment::uncover(app, matter, photo, by).await
}

async fn page(app: App, desk: AtDesk, lang: Lang, named: Named, told: Told) -> Result<PhotoPage, Problem> {
    desk.need(Right::ReadResidents)?;
    let rail = desk.rail(&app, lang, Place::Line).await?;
    let Told { typed, error, bad, toast } = told;
    let photo = app.work(move |app| view::view(app, &desk, lang, &named, typed, bad)).await.map_err(problem)?;
    Ok(PhotoPage { lang, desk: rail, photo, error, toast })
}

fn problem(fault: Fault) -> Problem {
    match fault.code {
        "attachment.unknown" => Problem::new(StatusCode::NOT_FOUND, fault.code),
        "server.busy" => Problem::new(StatusCode::SERVICE_UNAVAILABLE, fault.code),
        _ => line::problem(fault),
    }
}
