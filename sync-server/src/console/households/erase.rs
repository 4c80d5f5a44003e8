//! `/office/households/{id}/erase`: somebody is erased at their own request. First the page shows all that would go; what is erased comes back by
//! nothing. `/office/erasures`: what is still open of those that were.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{
    Id,
    clock::local_date,
    speech::said,
    words::{Lang, say},
};

use super::door::card_of;
use crate::{
    app::App,
    auth::rights::Right,
    console::{
        desk::AtDesk,
        line::problem,
        matter::{Fields, why},
        pages::{ErasePage, ErasuresPage, Place},
        sent::Sent,
        tongue::Tongue,
    },
    fault::Fault,
    problem::Problem,
    storage::Erasure,
    sync::{self, BACKUPS_MS, Erase, Erased, door_of},
};

/// Most words besides the name.
const WORDS: usize = 20;

/// The form, and what it would do.
pub struct Erasing {
    pub household: String,
    pub plate: String,
    /// Who lives there: id and name.
    pub residents: Vec<(String, String)>,
    pub resident: String,
    pub words: String,
    pub files: bool,
    /// What would go; `None` before it was asked.
    pub preview: Option<Preview>,
}

/// What would go.
pub struct Preview {
    pub touched: Vec<TouchedLine>,
    /// Where the words stand as well, perhaps of another person: address and what it is.
    pub elsewhere: Vec<(String, String)>,
}

/// A document of which something goes.
pub struct TouchedLine {
    pub kind: String,
    /// Texts as they will be: empty ones are gone.
    pub texts: Vec<String>,
    /// Photos and voice notes, as a sentence; empty for none.
    pub files: String,
}

/// An erasure that was done.
pub struct ErasedLine {
    pub when: String,
    pub plate: String,
    /// What is open, as sentences; none where it is over.
    pub open: Vec<String>,
}

/// The form.
pub async fn erase_page(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Path(id): Path<String>) -> Result<ErasePage, Problem> {
    page(&app, desk, lang, id, Fields::default(), None).await
}

/// Shows what would go, or does it.
pub async fn preview_or_erase(State(app): State<App>, Tongue(lang): Tongue, Path(id): Path<String>, Sent { desk, fields }: Sent) -> Result<Response, Problem> {
    desk.need(Right::Erase)?;
    if fields.text("do") != "erase" {
        return Ok(page(&app, desk, lang, id, fields, None).await?.into_response());
    }
    let (by, at, typed) = (desk.clone(), id.clone(), fields.clone());
    let done = app.work(move |app| {
        let what = asked(app, &by, &at, &typed)?;
        let erased = sync::erase(app, &what)?;
        tracing::info!(staff = %by.session.staff.id, household = at, "somebody was erased");
        Ok::<_, Fault>(erased)
    });
    match done.await {
        Ok(_) => Ok(Redirect::to("/office/erasures?did=erase").into_response()),
        Err(fault) if fault.is_failure() || fault.code == "household.unknown" => Err(problem(fault)),
        Err(fault) => Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, desk, lang, id, fields, Some(fault)).await?).into_response()),
    }
}

async fn page(app: &App, desk: AtDesk, lang: Lang, id: String, fields: Fields, fault: Option<Fault>) -> Result<ErasePage, Problem> {
    desk.need(Right::Erase)?;
    let rail = desk.rail(app, lang, Place::Households).await?;
    let (erasing, found) = app.work(move |app| view(app, &desk, lang, &id, &fields)).await.map_err(problem)?;
    let error = fault.or(found).map(|fault| (why(lang, &fault), fault.code));
    Ok(ErasePage { lang, desk: rail, erasing, error })
}

fn view(app: &App, desk: &AtDesk, lang: Lang, id: &str, fields: &Fields) -> Result<(Erasing, Option<Fault>), Fault> {
    let (_, _, card) = card_of(app, desk, id)?;
    let mut erasing = Erasing {
        household: id.to_owned(),
        plate: said::plate(lang, &card.household.address()),
        residents: card.residents.iter().map(|resident| (resident.id.clone(), resident.name.clone())).collect(),
        resident: fields.text("resident").to_owned(),
        words: fields.text("words").to_owned(),
        files: fields.text("files") == "true",
        preview: None,
    };
    if fields.text("do").is_empty() {
        return Ok((erasing, None));
    }
    let shown = asked(app, desk, id, fields).and_then(|what| sync::preview_erase(app, &what)).and_then(|would| preview(app, lang, would));
    Ok(match shown {
        Ok(preview) => {
            erasing.preview = Some(preview);
            (erasing, None)
        }
        Err(fault) if fault.is_failure() => return Err(fault),
        Err(fault) => (erasing, Some(fault)),
    })
}

/// What the form asks for.
fn asked(app: &App, desk: &AtDesk, id: &str, fields: &Fields) -> Result<Erase, Fault> {
    let (household, _, card) = card_of(app, desk, id)?;
    let resident = Some(fields.text("resident")).filter(|resident| !resident.is_empty());
    let known = |resident: &str| card.residents.iter().find(|known| known.id == resident).and_then(|known| known.id.parse().ok());
    let resident = resident.map(|resident| known(resident).ok_or_else(|| Fault::new("resident.unknown", ""))).transpose()?;
    let words: Vec<String> = fields.text("words").lines().map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    if words.len() > WORDS || words.iter().any(|word| word.chars().count() < 2) {
        return Err(Fault::new("request.malformed", "words"));
    }
    Ok(Erase { household, resident, words, also: Vec::new(), files: fields.text("files") == "true" })
}

fn preview(app: &App, lang: Lang, would: Erased) -> Result<Preview, Fault> {
    let touched = would.documents.into_iter().map(|doc| TouchedLine {
        kind: say(lang, &format!("erase-{}", doc.kind), &[]),
        texts: doc.texts.into_iter().map(|(_, text)| text).collect(),
        files: if doc.files == 0 { String::new() } else { say(lang, "erase-files", &[("n", doc.files.into())]) },
    });
    let mut elsewhere = Vec::new();
    for id in would.elsewhere {
        let known = id.parse::<Id>().ok();
        let row = known.map(|id| app.store.matter_row(id)).transpose()?.flatten();
        let door = known.filter(|_| row.is_none()).map(|id| door_of(app.store.as_ref(), id)).transpose()?.flatten();
        match (row, door) {
            (Some(row), _) => elsewhere.push((format!("/office/matters/{id}"), minqing_core::ids::shown(&row.code))),
            (None, Some(door)) => elsewhere.push((format!("/office/households/{id}"), said::plate(lang, &door))),
            (None, None) => {}
        }
    }
    Ok(Preview { touched: touched.collect(), elsewhere })
}

/// What was erased here, and what is open of it.
pub async fn erasures(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue) -> Result<ErasuresPage, Problem> {
    desk.need(Right::Erase)?;
    let rail = desk.rail(&app, lang, Place::Households).await?;
    let lines = app.work(move |app| {
        let now_ms = app.clock.now_ms();
        let mut lines = Vec::new();
        for erasure in app.store.erasures(now_ms, BACKUPS_MS)? {
            let Some(door) = erasure.household.parse().ok().map(|id| door_of(app.store.as_ref(), id)).transpose()?.flatten() else { continue };
            if door.community == desk.community {
                lines.push(ErasedLine { when: said::when(lang, erasure.at_ms, now_ms), plate: said::plate(lang, &door), open: open(lang, &erasure) });
            }
        }
        Ok::<_, Fault>(lines)
    });
    Ok(ErasuresPage { lang, desk: rail, lines: lines.await.map_err(problem)? })
}

fn open(lang: Lang, erasure: &Erasure) -> Vec<String> {
    let mut open = Vec::new();
    if !erasure.phones.is_empty() {
        open.push(say(lang, "erase-open-phones", &[("n", erasure.phones.len().into())]));
    }
    if erasure.aside > 0 {
        open.push(say(lang, "erase-open-aside", &[("n", erasure.aside.into())]));
    }
    if erasure.late > 0 {
        open.push(say(lang, "erase-open-late", &[("n", erasure.late.into())]));
    }
    if let Some(last) = erasure.backups.iter().map(|(_, made_ms)| *made_ms).max() {
        let until = local_date(last + BACKUPS_MS);
        open.push(say(lang, "erase-open-backups", &[("n", erasure.backups.len().into()), ("day", said::day(lang, until).into())]));
    }
    open
}
