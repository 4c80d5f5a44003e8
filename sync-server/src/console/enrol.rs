//! `/office/enrol`: a code for an officer's phone, in big type and as a QR.

use axum::{
    extract::{Form, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{
    Id,
    ids::{Device, shown},
    speech::said,
    words::{Lang, say},
};
use serde::Deserialize;

use super::{
    desk::AtDesk,
    pages::{Arrived, CodePage, EnrolPage, OfficerChoice, Place},
    qr,
    tongue::Tongue,
};
use crate::{
    admin::{self, NewOfficer},
    app::App,
    auth::rights::Right,
    fault::{Fault, sentence},
    problem::Problem,
};

/// Chooses an officer, or adds one.
pub async fn enrol_page(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue) -> Result<Response, Problem> {
    form(app, desk, lang, Adding::default(), None).await
}

async fn form(app: App, desk: AtDesk, lang: Lang, typed: Adding, error: Option<Fault>) -> Result<Response, Problem> {
    desk.need(Right::ManagePhones)?;
    let (rail, may_add, community) = (desk.rail(&app, lang, Place::Enrol).await?, desk.may(Right::AddOfficers), desk.community.clone());
    let read = app.work(move |app| -> Result<_, Fault> {
        let officers = app.store.officers(Some(&community))?.into_iter().filter(|o| o.disabled_ms.is_none());
        let officers = officers.map(|o| OfficerChoice { id: o.officer.id.to_string(), name: o.officer.name, grids: short(&o.officer.grids) });
        let grids = app.store.areas_below(&community)?.into_iter().map(|a| (tail(&a.id), a.name));
        Ok((officers.collect(), grids.collect(), no_phone_yet(app, &community)?))
    });
    let (officers, grids, is_first) = read.await?;
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let error = error.map(|e| (sentence(lang, e.code, &e.what), e.code));
    let page = EnrolPage { lang, desk: rail, officers, grids, may_add, is_first, name: typed.name, ticked: typed.grids, error };
    Ok((status, page).into_response())
}

/// Whether this community is still in its first run.
fn no_phone_yet(app: &App, community: &str) -> crate::storage::Result<bool> {
    Ok(app.store.phones(community)?.iter().all(|phone| phone.number.is_none()))
}

/// Grids as people of one community say them: 001, 002.
fn short(grids: &[String]) -> String {
    grids.iter().map(|g| tail(g)).collect::<Vec<_>>().join(" ")
}

fn tail(grid: &str) -> String {
    grid.get(grid.len().saturating_sub(3)..).unwrap_or_default().to_owned()
}

/// What the form of a code sends.
#[derive(Deserialize)]
pub struct Choice {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    officer: String,
}

/// Makes a code and shows it, this once: only its hash is kept.
pub async fn enrol_code(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Form(choice): Form<Choice>) -> Result<CodePage, Problem> {
    desk.check(&choice.csrf)?;
    desk.need(Right::ManagePhones)?;
    let rail = desk.rail(&app, lang, Place::Enrol).await?;
    let made = app.work(move |app| -> Result<_, Problem> {
        let unknown = || Problem::new(StatusCode::NOT_FOUND, "officer.unknown");
        let id: Id = choice.officer.parse().map_err(|_| unknown())?;
        let officer = app.store.officer(id)?.filter(|o| o.community == desk.community).ok_or_else(unknown)?;
        let (hours, is_first) = (app.config.tokens.code_hours, no_phone_yet(app, &desk.community)?);
        let code = admin::new_code(app.store.as_ref(), app.clock.as_ref(), app.entropy.as_ref(), id, hours).map_err(refused)?;
        Ok((officer, code, hours, is_first))
    });
    let (officer, code, hours, is_first) = made.await?;
    let now_ms = app.clock.now_ms();
    let wait = Arrived { lang, officer: officer.id.to_string(), since: now_ms, arrived: String::new() };
    let ends = said::when(lang, now_ms + i64::from(hours) * 3_600_000, now_ms);
    let qr = qr::svg(&admin::enrol_link(&app.config.public_url, &code))?;
    let (grids, server) = (short(&officer.grids), app.config.public_url.clone());
    let only_here = ["://127.", "://localhost", "://[::1]"].iter().any(|here| server.contains(here));
    Ok(CodePage { lang, desk: rail, name: officer.name, grids, code: shown(&code), server, ends, qr, is_first, only_here, wait })
}

/// Which phone is waited for.
#[derive(Deserialize)]
pub struct Awaited {
    #[serde(default)]
    officer: String,
    #[serde(default)]
    since: i64,
}

/// Whether the phone has come for which a code was made.
pub async fn enrol_arrived(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Query(awaited): Query<Awaited>) -> Result<Arrived, Problem> {
    desk.need(Right::ManagePhones)?;
    let Awaited { officer, since } = awaited;
    let id = officer.parse::<Id>().map_err(|_| Problem::new(StatusCode::NOT_FOUND, "officer.unknown"))?;
    let phones = app.work(move |app| app.store.phones(&desk.community)).await?;
    let came = phones.into_iter().filter(|p| p.officer == id && p.enrolled_ms >= since).find_map(|p| p.number.map(|number| (p.name, number, p.enrolled_ms)));
    let sentence = |(name, number, at_ms): (String, Device, i64)| {
        say(lang, "arrived", &[("name", name.into()), ("number", number.0.into()), ("when", said::when(lang, at_ms, app.clock.now_ms()).into())])
    };
    Ok(Arrived { lang, officer: id.to_string(), since, arrived: came.map_or_else(String::new, sentence) })
}

fn refused(fault: Fault) -> Problem {
    match fault.code {
        "officer.disabled" => Problem::new(StatusCode::CONFLICT, fault.code),
        "officer.unknown" => Problem::new(StatusCode::NOT_FOUND, fault.code),
        _ => fault.into(),
    }
}

/// What the form of a new officer sends.
#[derive(Default)]
pub struct Adding {
    csrf: String,
    name: String,
    grids: Vec<String>,
}

impl Adding {
    /// Ticked boxes come as one field each, which `Form` cannot put into a list.
    fn of(fields: Vec<(String, String)>) -> Self {
        let mut read = Self::default();
        for (field, value) in fields {
            match field.as_str() {
                "csrf" => read.csrf = value,
                "name" => read.name = value,
                "grids" => read.grids.push(value),
                _ => {}
            }
        }
        read
    }
}

/// Adds an officer; their code comes next.
pub async fn enrol_add(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Problem> {
    let typed = Adding::of(fields);
    desk.check(&typed.csrf)?;
    desk.need(Right::AddOfficers)?;
    let new = NewOfficer { name: typed.name.clone(), community: desk.community.clone(), grids: typed.grids.clone(), ..NewOfficer::default() };
    let added = app.work(move |app| admin::add_officer(app.store.as_ref(), app.clock.as_ref(), app.entropy.as_ref(), new)).await;
    match added {
        Ok(_) => Ok(Redirect::to("/office/enrol").into_response()),
        Err(e) if e.code.starts_with("text.") || e.code == "grid.unknown" => form(app, desk, lang, typed, Some(e)).await,
        Err(e) => Err(e.into()),
    }
}

#[cfg(test)]
mod tests {
    use minqing_core::model::Role;

    use crate::testing::{COMMUNITY, Phone, World};

    #[tokio::test]
    async fn a_code_is_shown_once_and_enrols_one_phone() {
        let world = World::open();
        let officer = world.officer();
        let desk = world.desk("Ma", Role::Clerk, COMMUNITY).await;
        let page = desk.get("/office/enrol").await;
        assert!(page.body.contains(&officer.to_string()) && page.body.contains("马志强"), "{}", page.body);
        let page = desk.post("/office/enrol", &format!("officer={officer}")).await;
        assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
        let code = page.body.split("<output class=\"big code\">").nth(1).unwrap().split('<').next().unwrap().trim().to_owned();
        assert_eq!(code.len(), 11, "{code}");
        assert!(page.body.contains("<svg") && page.body.contains("明天") | page.body.contains("9 月 15 日"), "{}", page.body);
        assert!(!page.body.contains("style="), "inline styles are forbidden by our own policy");
        assert!(!desk.get("/office/enrol").await.body.contains(&code));
        let waited = page.body.split("hx-get=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
        assert!(page.body.contains("class=\"stations") && desk.get(&waited).await.body.contains("hx-trigger"), "waits for the first phone");
        assert_eq!(world.post_json("/v1/enrol", &Phone::new(1).ask(&code)).await.status, 200);
        let came = desk.get(&waited).await.body;
        assert!(came.contains("马志强的手机") && !came.contains("hx-trigger"), "{came}");
        assert!(!desk.get("/office/enrol").await.body.contains("class=\"stations"), "the first run is over");
        assert_eq!(world.post_json("/v1/enrol", &Phone::new(2).ask(&code)).await.status, 410);
    }

    #[tokio::test]
    async fn an_officer_is_added_where_the_desk_is() {
        let world = World::open();
        let desk = world.desk("Ma", Role::Administrator, COMMUNITY).await;
        let add = |form: &'static str| desk.post("/office/enrol/officer", form);
        let bad = add("name=%20&grids=001").await;
        assert_eq!(bad.status, 422);
        assert!(bad.body.contains("text.empty") && bad.body.contains("value=\"001\" checked"), "what was ticked stays: {}", bad.body);
        assert!(add("name=Li&grids=009").await.body.contains("grid.unknown"));
        assert_eq!(add("name=%E6%9D%8E%E5%8D%AB%E4%B8%9C&grids=001&grids=002").await.status, 303);
        let officers = world.store().officers(Some(COMMUNITY)).unwrap();
        assert_eq!(officers.len(), 1);
        assert_eq!((officers[0].officer.name.as_str(), officers[0].officer.grids.len()), ("李卫东", 2));
    }

    #[tokio::test]
    async fn not_for_everybody_and_not_for_officers_elsewhere() {
        let world = World::open();
        let officer = world.officer();
        crate::admin::add_community(world.store(), "620102001002", 1).unwrap();
        let form = format!("officer={officer}");
        let desk = world.desk("Neighbour", Role::Lead, "620102001002").await;
        assert_eq!(desk.post("/office/enrol", &form).await.status, 404);
        assert!(!desk.get("/office/enrol").await.body.contains("马志强"));
        for (name, role) in [("S", Role::Supervisor), ("H", Role::Department), ("D", Role::Delegate)] {
            let desk = world.desk(name, role, COMMUNITY).await;
            assert_eq!(desk.get("/office/enrol").await.status, 403);
            assert_eq!(desk.post("/office/enrol", &form).await.status, 403);
            assert_eq!(desk.post("/office/enrol/officer", "name=x&grids=001").await.status, 403);
            assert!(!desk.get("/office").await.body.contains("/office/enrol"), "the rail offers what {role:?} may not do");
        }
        let desk = world.desk("C", Role::Clerk, COMMUNITY).await;
        assert_eq!(desk.forged("/office/enrol", &form).await.status, 403);
        world.store().disable_officer(officer, Some(1)).unwrap();
        assert_eq!(desk.post("/office/enrol", &form).await.status, 409);
        assert!(!desk.get("/office/enrol").await.body.contains("马志强"));
    }
}
