//! Settling a card, and taking that back.

use axum::{
    extract::{Form, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{
    Id,
    speech::said,
    words::{Lang, say},
};
use serde::Deserialize;

use super::{
    Kind,
    list::{Asked, Kept, page},
};
use crate::{
    app::App,
    auth::rights::Right,
    console::{desk::AtDesk, fields, tongue::Tongue},
    fault::{Fault, sentence},
    inbox::{self, Choice, Decided, Who},
    problem::Problem,
};

/// What the forms of all cards send besides.
#[derive(Clone, Default, Deserialize)]
pub struct Common {
    #[serde(default)]
    csrf: String,
    /// The tab.
    #[serde(default)]
    kind: String,
    /// The anchor of the card that comes next.
    #[serde(default)]
    next: String,
}

/// A field with two values.
#[derive(Deserialize)]
pub struct Edit {
    #[serde(flatten)]
    common: Common,
    #[serde(default)]
    doc: String,
    #[serde(default)]
    field: String,
    #[serde(default)]
    seen: String,
    /// One of the values, by its hash; empty where another was typed.
    #[serde(default)]
    pick: String,
    #[serde(default)]
    value: String,
}

/// Two doors.
#[derive(Deserialize)]
pub struct Doors {
    #[serde(flatten)]
    common: Common,
    #[serde(default)]
    a: String,
    #[serde(default)]
    b: String,
    /// `a` or `b` stays, or `apart`.
    #[serde(default)]
    how: String,
}

/// A matter and its door; empty where it has none.
#[derive(Deserialize)]
pub struct Place {
    #[serde(flatten)]
    common: Common,
    #[serde(default)]
    matter: String,
    #[serde(default)]
    household: String,
}

/// A refused event.
#[derive(Deserialize)]
pub struct Refused {
    #[serde(flatten)]
    common: Common,
    #[serde(default)]
    matter: String,
    #[serde(default)]
    event: String,
}

/// A decision.
#[derive(Deserialize)]
pub struct Undo {
    #[serde(flatten)]
    common: Common,
    #[serde(default)]
    decision: String,
}

/// Lets a value stand.
pub async fn settle_edit(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Form(form): Form<Edit>) -> Result<Response, Problem> {
    let (doc, field) = (id(&form.doc)?, form.field.clone());
    let told = (doc, form.field.clone());
    let typed = form.value.replace("\r\n", "\n").trim().to_owned();
    let kept = form.pick.is_empty().then(|| Kept { doc: form.doc.clone(), field: form.field.clone(), typed: typed.clone() });
    let choice = if form.pick.is_empty() { Choice::Typed(typed) } else { Choice::Picked(form.pick.clone()) };
    let settle = move |app: &App, who: &Who| inbox::choose(app, who, doc, &form.field, &form.seen, &choice);
    let done = decide(&app, &desk, &form.common, settle).await?;
    match done {
        Err(fault) if fault.code == "card.settled" => {
            let by = app.work(move |app| who_settled(app, lang, told.0, &told.1)).await?;
            refuse(app, desk, lang, form.common, (by.unwrap_or_else(|| sentence(lang, fault.code, "")), fault.code), None).await
        }
        done => answer(app, desk, lang, form.common, done, kept, &field).await,
    }
}

/// Who was faster, and what stands there now.
fn who_settled(app: &App, lang: Lang, doc: Id, field: &str) -> crate::storage::Result<Option<String>> {
    let Some(d) = app.store.decided_of(doc, field)?.filter(|d| d.undone_ms.is_none()) else { return Ok(None) };
    let by = app.store.name_of_staff(d.staff)?.unwrap_or_default();
    let (when, value) = (said::when(lang, d.at_ms, app.clock.now_ms()), fields::value(lang, field, &d.became));
    Ok(Some(say(lang, "card-settled-by", &[("name", by.into()), ("when", when.into()), ("value", value.into())])))
}

/// Makes two doors one, or keeps them apart.
pub async fn settle_door(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Form(form): Form<Doors>) -> Result<Response, Problem> {
    let (a, b) = (id(&form.a)?, id(&form.b)?);
    let how = form.how.clone();
    let done = decide(&app, &desk, &form.common, move |app, who| match how.as_str() {
        "a" => inbox::merge(app, who, a, b),
        "b" => inbox::merge(app, who, b, a),
        _ => inbox::keep_apart(app, who, a, b),
    });
    let done = done.await?;
    answer(app, desk, lang, form.common, done, None, "").await
}

/// Says at which door a matter is, or that it is at none.
pub async fn settle_address(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Form(form): Form<Place>) -> Result<Response, Problem> {
    let matter = id(&form.matter)?;
    let household = if form.household.is_empty() { None } else { Some(id(&form.household)?) };
    let done = decide(&app, &desk, &form.common, move |app, who| match household {
        Some(household) => inbox::place(app, who, matter, household),
        None => inbox::no_door(app, who, matter),
    });
    let done = done.await?;
    answer(app, desk, lang, form.common, done, None, "").await
}

/// Notes that a refused event was looked at.
pub async fn see_refused(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Form(form): Form<Refused>) -> Result<Response, Problem> {
    let (matter, event) = (id(&form.matter)?, id(&form.event)?);
    let done = decide(&app, &desk, &form.common, move |app, who| inbox::seen(app, who, matter, event)).await?;
    answer(app, desk, lang, form.common, done, None, "").await
}

/// Takes a decision back.
pub async fn undo_decision(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Form(form): Form<Undo>) -> Result<Response, Problem> {
    let decision = id(&form.decision)?;
    let done = decide(&app, &desk, &form.common, move |app, who| inbox::undo(app, who, decision).map(|d| Decided { decision: d.id })).await?;
    match done {
        Ok(done) => Ok(to(&form.common, "undid", &done)),
        Err(fault) => answer(app, desk, lang, form.common, Err(fault), None, "").await,
    }
}

fn id(text: &str) -> Result<Id, Problem> {
    text.parse().map_err(|_| Problem::new(StatusCode::NOT_FOUND, "card.unknown"))
}

async fn decide(
    app: &App,
    desk: &AtDesk,
    common: &Common,
    how: impl FnOnce(&App, &Who) -> Result<Decided, Fault> + Send + 'static,
) -> Result<Result<Decided, Fault>, Problem> {
    desk.check(&common.csrf)?;
    desk.need(Right::Settle)?;
    let who = Who { staff: desk.session.staff.id, community: desk.community.clone() };
    let done = app.work(move |app| how(app, &who)).await;
    match done {
        Err(fault) if fault.is_failure() => Err(fault.into()),
        Err(fault) if fault.code == "card.unknown" => Err(Problem::new(StatusCode::NOT_FOUND, fault.code)),
        done => {
            tracing::info!(staff = %desk.session.staff.id, settled = done.is_ok(), "a card of the inbox");
            Ok(done)
        }
    }
}

/// Back to the page: with what was done, or with why not.
async fn answer(
    app: App,
    desk: AtDesk,
    lang: Lang,
    common: Common,
    done: Result<Decided, Fault>,
    kept: Option<Kept>,
    field: &str,
) -> Result<Response, Problem> {
    match done {
        Ok(done) => Ok(to(&common, "did", &done)),
        Err(fault) => {
            let what = if fault.what.is_empty() { fields::name(lang, field) } else { fault.what };
            refuse(app, desk, lang, common, (sentence(lang, fault.code, &what), fault.code), kept).await
        }
    }
}

async fn refuse(app: App, desk: AtDesk, lang: Lang, common: Common, error: (String, &'static str), kept: Option<Kept>) -> Result<Response, Problem> {
    let asked = Asked { kind: common.kind, kept, ..Asked::default() };
    let is_state = error.1.starts_with("card.") || error.1.starts_with("decision.");
    let status = if is_state { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page(app, desk, lang, asked, Some(error)).await?).into_response())
}

fn to(common: &Common, what: &str, done: &Decided) -> Response {
    let kind = Kind::of(&common.kind).word();
    let letters = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let next: String = common.next.chars().filter(letters).collect();
    let next = if next.is_empty() { next } else { format!("#{next}") };
    Redirect::to(&format!("/office/inbox?kind={kind}&{what}={}{next}", done.decision)).into_response()
}
