//! `/office/first`: from an empty database to somebody who is signed in. docs/INSTALL.md tells the five steps.

use axum::{
    extract::{Form, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::words::Lang;
use serde::Deserialize;

use super::{
    pages::{FirstPage, FoundCommunity},
    session::SIGN_IN,
    sign_in,
    tongue::Tongue,
};
use crate::{
    admin,
    app::App,
    area,
    auth::{
        password::{MIN_NEW, new_refused},
        tries::Caller,
    },
    fault::{Fault, sentence},
    problem::Problem,
    site::Look,
    storage::Result as Kept,
};

/// Most communities that a search shows.
const LIMIT: u32 = 30;
/// Grids, where nobody said how many.
const GRIDS: u16 = 3;

/// What address and form say.
#[derive(Clone, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
    /// Part of a community's name, or its number.
    #[serde(default)]
    q: String,
    #[serde(default)]
    community: String,
    #[serde(default)]
    grids: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

/// Asks which community, then who.
pub async fn first_page(State(app): State<App>, Tongue(lang): Tongue, look: Look, Query(typed): Query<Typed>) -> Result<Response, Problem> {
    if !app.first_run.opens(&typed.code) {
        return Ok(Redirect::to(SIGN_IN).into_response());
    }
    page(app, (lang, look), typed, None).await
}

/// Opens the community and signs in its first person, a lead who also manages phones and settings.
pub async fn open_office(
    State(app): State<App>,
    Tongue(lang): Tongue,
    caller: Caller,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    if !app.first_run.opens(&typed.code) {
        return Ok(Redirect::to(SIGN_IN).into_response());
    }
    let look = Look::of(&headers);
    if let Some(code) = new_refused(&typed.new, &typed.again) {
        return page(app, (lang, look), typed, Some(Fault::new(code, MIN_NEW.to_string()))).await;
    }
    let phc = app.passwords.hash(app.entropy.clone(), typed.new.clone()).await?;
    let asked = typed.clone();
    match app.work(move |app| open(app, &asked, &phc)).await {
        Ok(()) => sign_in::enter_first(&app, &headers, &typed.name, caller).await,
        Err(fault) if fault.is_failure() => Err(fault.into()),
        Err(fault) => page(app, (lang, look), typed, Some(fault)).await,
    }
}

fn open(app: &App, typed: &Typed, phc: &str) -> Result<(), Fault> {
    let grids = typed.grids.trim().parse().map_err(|_| Fault::new("grids.count", &typed.grids))?;
    admin::check_name(&typed.name)?;
    admin::add_community(app.store.as_ref(), &typed.community, grids)?;
    if app.first_run.end() {
        admin::add_first(app.store.as_ref(), app.clock.as_ref(), app.entropy.as_ref(), &typed.name, &typed.community, phc)?;
        tracing::info!(community = typed.community, "the office was opened");
    }
    Ok(())
}

async fn page(app: App, (lang, look): (Lang, Look), typed: Typed, error: Option<Fault>) -> Result<Response, Problem> {
    let (q, community) = (typed.q.trim().to_owned(), typed.community.clone());
    let (chosen, found) = app
        .work(move |app| -> Kept<_> {
            let chosen = app.store.communities_like(&community, 1)?.pop().filter(|c| c.area.id == community);
            let found = if q.is_empty() { Vec::new() } else { app.store.communities_like(&q, LIMIT)? };
            Ok((chosen, found))
        })
        .await?;
    let line = |c: crate::storage::AreaFound| FoundCommunity { name: area::short_name(&c.area.name).to_owned(), above: c.above.join(" "), id: c.area.id };
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let grids = if typed.grids.is_empty() { GRIDS.to_string() } else { typed.grids };
    let page = FirstPage {
        lang,
        look,
        code: typed.code,
        q: typed.q,
        chosen: chosen.map(line),
        found: found.into_iter().map(line).collect(),
        grids,
        name: typed.name,
        error: error.map(|e| (sentence(lang, e.code, &e.what), e.code)),
    };
    Ok((status, page).into_response())
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use crate::testing::{Answer, COMMUNITY, World};

    const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
    const LONG: &str = "correct%20horse%20battery";

    async fn post(world: &World, form: &str) -> Answer {
        world.send(Method::POST, "/office/first", &[FORM], form).await
    }

    #[tokio::test]
    async fn from_an_empty_database_to_a_desk() {
        let world = World::empty();
        let code = world.app.first_run.begin(&*world.entropy);
        let ask = async |more: &str| world.get(&format!("/office/first?code={code}{more}")).await;
        let page = ask("").await;
        assert!(page.status == 200 && page.body.contains("name=\"q\""), "{}", page.body);
        let page = ask("&q=%E7%95%85%E5%AE%B6").await;
        assert!(page.body.contains("畅家巷社区") && page.body.contains("城关区 酒泉路街道") && page.body.contains(COMMUNITY), "{}", page.body);
        assert!(ask("&q=%E6%B2%A1%E6%9C%89").await.body.contains("class=\"empty\""));
        let page = ask(&format!("&community={COMMUNITY}")).await;
        assert!(page.body.contains("name=\"new\"") && page.body.contains("value=\"3\""), "{}", page.body);

        let form = |grids: &str, name: &str, new: &str| format!("code={code}&community={COMMUNITY}&grids={grids}&name={name}&new={new}&again={LONG}");
        for (form, refused) in [
            (form("0", "Ma", LONG), "grids.count"),
            (form("x", "Ma", LONG), "grids.count"),
            (form("2", "", LONG), "text.empty"),
            (form("2", "Ma", "another%20horse"), "new_password.differs"),
            (form("2", "Ma", LONG).replace(COMMUNITY, "620102001999"), "community.unknown"),
        ] {
            let page = post(&world, &form).await;
            assert!(page.status == 422 && page.body.contains(refused), "{form}: {}", page.body);
            assert!(!page.body.contains("battery"), "a password was sent back");
        }
        assert_eq!(world.store().all_staff().unwrap(), []);

        let done = post(&world, &form("2", "Ma", LONG)).await;
        assert_eq!((done.status, done.header("location")), (303, "/office/enrol"));
        let session = done.cookie("minqing_session").unwrap();
        let page = world.with_cookie(Method::GET, "/office/enrol", &session).await;
        assert!(page.body.contains("畅家巷社区") && page.body.contains("社区负责人") && page.body.contains("class=\"stations"), "{}", page.body);
        assert_eq!(world.store().areas_below(COMMUNITY).unwrap().len(), 2);

        let again = post(&world, &form("2", "Li", LONG)).await;
        assert_eq!((again.status, again.header("location")), (303, "/office/sign-in"));
        assert_eq!((ask("").await.status, world.store().all_staff().unwrap().len()), (303, 1));
    }

    #[tokio::test]
    async fn without_the_code_nobody_gets_in() {
        let world = World::empty();
        let form = format!("code=&community={COMMUNITY}&grids=2&name=Ma&new={LONG}&again={LONG}");
        assert_eq!(post(&world, &form).await.header("location"), "/office/sign-in");
        world.app.first_run.begin(&*world.entropy);
        for code in ["", "0", "0000-0000-0000-0000"] {
            assert_eq!(world.get(&format!("/office/first?code={code}")).await.status, 303);
            assert_eq!(post(&world, &form.replace("code=", &format!("code={code}"))).await.status, 303);
        }
        assert_eq!(world.store().all_staff().unwrap(), []);
    }
}
