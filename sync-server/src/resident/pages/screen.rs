//! A window's touch screen (一事一评): who sits there, and the rating of the matter that was just handled. Staff open it beside their own page
//! for one matter and a few minutes; what is rated there is asked about again by a call-back. Of a sensitive matter it is not said what it is.

use axum::{
    extract::{Form, Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{
    Id,
    ids::shown,
    model::{Category, EventCode, RefusalCode},
    pipeline::UNHAPPY,
    words::{Lang, say},
};
use serde::Deserialize;

use super::{porch::Porch, templates::ScreenPage};
use crate::{
    app::App,
    auth::{rights::Right, token::short::SCREEN},
    console::{
        AtDesk,
        line::{of_desk, problem},
        matter::length,
        tongue::Tongue,
    },
    fault::Fault,
    problem::Problem,
    resident::{
        FromResident,
        matter::{ResidentMatterDeed, rate_at_window},
        standing::Standing,
    },
    site::Look,
};

/// What staff send.
#[derive(Deserialize)]
pub struct Opening {
    #[serde(default)]
    csrf: String,
}

/// What is pressed.
#[derive(Deserialize)]
pub struct Pressed {
    #[serde(default)]
    stars: u8,
    #[serde(default)]
    then: String,
}

/// Opens the screen for a matter of this desk that waits for its rating.
pub async fn open_screen(State(app): State<App>, desk: AtDesk, Path(id): Path<String>, Form(opening): Form<Opening>) -> Result<Redirect, Problem> {
    desk.check(&opening.csrf)?;
    desk.need(Right::ReadResidents)?;
    let token = app.work(move |app| {
        let matter = of_desk(app, &desk, &id)?;
        if Standing::find(app, FromResident { matter })?.may(EventCode::Rate).is_none() {
            return Err(Fault::new("line.refused", RefusalCode::NotAllowed.word()));
        }
        let says = format!("{matter}.{}", desk.session.staff.id);
        SCREEN.issue(&app.keys, app.clock.as_ref(), &says)
    });
    Ok(Redirect::to(&format!("/m/screen/{}", token.await.map_err(problem)?)))
}

/// The screen.
pub async fn screen(State(app): State<App>, Tongue(lang): Tongue, look: Look, Path(token): Path<String>) -> Result<Response, Problem> {
    Ok(page(&app, (lang, look), token, 0).await?.into_response())
}

/// Takes the rating; whoever is unhappy is asked first whether it is to be handled once more.
pub async fn rate_on_screen(
    State(app): State<App>,
    Tongue(lang): Tongue,
    look: Look,
    Path(token): Path<String>,
    Form(pressed): Form<Pressed>,
) -> Result<Response, Problem> {
    let stars = pressed.stars;
    if (1..=UNHAPPY).contains(&stars) && pressed.then.is_empty() {
        return Ok(page(&app, (lang, look), token, stars).await?.into_response());
    }
    let (matter, _) = read(&app, &token)?;
    let deed = ResidentMatterDeed {
        event: EventCode::Rate.word().to_owned(),
        stars: Some(stars),
        accept: pressed.then == "leave",
        text: String::new(),
        saw: u64::from(u32::MAX),
    };
    let rated = app.work(move |app| rate_at_window(app, FromResident { matter }, &deed)).await;
    match rated {
        // Twice pressed is rated once, and nobody at a window has to know.
        Ok(_) => Ok(Redirect::to(&format!("/m/screen/{token}")).into_response()),
        Err(fault) if fault.code == "line.refused" => Ok((StatusCode::CONFLICT, page(&app, (lang, look), token, 0).await?).into_response()),
        Err(fault) => Err(problem(fault)),
    }
}

/// Whose screen it is, and for which matter.
fn read(app: &App, token: &str) -> Result<(Id, Id), Problem> {
    let gone = |code| Problem::new(StatusCode::GONE, code);
    let says = SCREEN.check(&app.keys, app.clock.as_ref(), token).map_err(|e| gone(e.code))?;
    let (matter, staff) = says.split_once('.').ok_or_else(|| gone("token.malformed"))?;
    let id = |text: &str| text.parse::<Id>().map_err(|_| gone("token.malformed"));
    Ok((id(matter)?, id(staff)?))
}

async fn page(app: &App, (lang, look): (Lang, Look), token: String, stars: u8) -> Result<ScreenPage, Problem> {
    let (matter, staff) = read(app, &token)?;
    let made = app.work(move |app| {
        let standing = Standing::find(app, FromResident { matter })?;
        let category = standing.category().filter(|category| !category.is_sensitive());
        let code = shown(&standing.row.code);
        Ok::<_, Fault>(ScreenPage {
            porch: Porch::of(app, (lang, look), Some(&standing.row.community))?,
            lang,
            token,
            name: app.store.name_of_staff(staff)?.unwrap_or_default(),
            what: category.map_or_else(|| say(lang, "screen-matter", &[]), |category| say(lang, &category.key(), &[])),
            policy: category.map(|category| policy(app, lang, category)).unwrap_or_default(),
            // Enough for its holder, and too little for anybody else.
            end: code.chars().skip(code.chars().count().saturating_sub(4)).collect(),
            rates: standing.may(EventCode::Rate).is_some(),
            stars,
        })
    });
    made.await.map_err(problem)
}

/// By when such matters are handled.
fn policy(app: &App, lang: Lang, category: Category) -> String {
    let length = length(lang, app.rules.get().category(category).length);
    say(lang, "screen-policy", &[("what", say(lang, &category.key(), &[]).into()), ("length", length.into())])
}
