//! The sign-in page.

use axum::{
    extract::{Form, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::words::Lang;
use serde::Deserialize;

use super::{
    pages::SignInPage,
    session::{FromStaff, SIGN_IN, is_stale, set_session, with_form},
    tongue::Tongue,
};
use crate::{
    app::App,
    auth::{
        base64url, sha256,
        tries::{Caller, Door, Limit, Wait},
    },
    entropy,
    fault::sentence,
    problem::Problem,
    site::Look,
    storage::{NewSession, Staff},
};

mod second;

pub use second::sign_in_second;

/// How much of a browser's name is kept, in characters.
const MAX_BROWSER: usize = 200;

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    token: String,
}

/// Shows the form; whoever is signed in goes on.
pub async fn sign_in_page(State(app): State<App>, Tongue(lang): Tongue, headers: HeaderMap, staff: Result<FromStaff, Response>) -> Response {
    match staff {
        Ok(_) => Redirect::to("/office").into_response(),
        Err(_) => form(&app, lang, &headers, StatusCode::OK, "", None),
    }
}

/// Signs in.
pub async fn sign_in(State(app): State<App>, Tongue(lang): Tongue, caller: Caller, headers: HeaderMap, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let name = typed.name.trim().to_owned();
    if is_stale(&headers, &typed.token) {
        return Ok(form(&app, lang, &headers, StatusCode::FORBIDDEN, &name, Some("form.stale")));
    }
    let shut = |wait: Wait| {
        let mut answer = form(&app, lang, &headers, StatusCode::TOO_MANY_REQUESTS, &name, Some("tries.too_many"));
        answer.headers_mut().insert(header::RETRY_AFTER, wait.0.into());
        Ok(answer)
    };
    if let Err(wait) = app.tries.take(Door::SignIn, Limit::Name, &[name.as_bytes(), &caller.bytes()]) {
        return shut(wait);
    }
    let asked = name.clone();
    let (found, place) = app.work(move |app| find(app, &asked, caller)).await?;
    // Who has signed in from here before is not held up by what strangers elsewhere try.
    if place.is_strange
        && let Err(wait) = app.tries.take(Door::SignIn, Limit::Stranger, &[name.as_bytes()])
    {
        return shut(wait);
    }
    let (staff, phc) = found.unzip();
    // One answer and one length of time, whether the name or the password was wrong.
    let right = app.passwords.matches(phc, typed.password).await;
    let Some(staff) = staff.filter(|s| right && s.disabled_ms.is_none()) else {
        tracing::info!("sign-in refused");
        return Ok(form(&app, lang, &headers, StatusCode::UNAUTHORIZED, &name, Some("sign_in.wrong")));
    };
    let id = staff.id;
    if app.work(move |app| app.store.second(id)).await?.is_some() {
        return second::ask(&app, lang, &headers, &staff.name);
    }
    enter(&app, &headers, &staff, place, "/office").await
}

/// Signs in whoever was just made the first person of the office; what comes next is the first phone.
pub(super) async fn enter_first(app: &App, headers: &HeaderMap, name: &str, caller: Caller) -> Result<Response, Problem> {
    let name = name.trim().to_owned();
    let (found, place) = app.work(move |app| find(app, &name, caller)).await?;
    match found {
        Some((staff, _)) => enter(app, headers, &staff, place, "/office/enrol").await,
        None => Ok(Redirect::to(SIGN_IN).into_response()),
    }
}

/// Begins a session, and goes on to a page.
async fn enter(app: &App, headers: &HeaderMap, staff: &Staff, place: Place, next: &str) -> Result<Response, Problem> {
    tracing::info!(staff = %staff.id, "signed in");
    let secret = base64url(&entropy::bytes::<32>(app.entropy.as_ref()));
    let csrf = base64url(&entropy::bytes::<16>(app.entropy.as_ref()));
    let seconds = i64::from(app.config.office.session_hours) * 3_600;
    let (hash, now_ms) = (sha256(secret.as_bytes()), app.clock.now_ms());
    let browser = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().chars().take(MAX_BROWSER).collect();
    let new = NewSession { hash, staff: staff.id, csrf, browser, place: place.hash, now_ms, expires_ms: now_ms + seconds * 1_000 };
    app.work(move |app| app.store.start_session(&new)).await?;
    let mut answer = Redirect::to(next).into_response();
    set_session(&mut answer, headers, &secret, seconds);
    Ok(answer)
}

/// From where somebody signs in.
struct Place {
    hash: [u8; 8],
    is_strange: bool,
}

/// Somebody by name, and whether they have signed in from there before.
fn find(app: &App, name: &str, caller: Caller) -> crate::storage::Result<(Option<(Staff, String)>, Place)> {
    let found = app.store.staff_named(name)?;
    let Some((staff, _)) = &found else { return Ok((None, Place { hash: [0; 8], is_strange: true })) };
    // With the id, so that one address is another hash for each of the staff.
    let [a, b, c, d, e, f, g, h, ..] = sha256(&[b"minqing/place/1", &staff.id.0[..], &caller.bytes()].concat());
    let hash = [a, b, c, d, e, f, g, h];
    let is_strange = !app.store.knows_place(staff.id, &hash)?;
    Ok((found, Place { hash, is_strange }))
}

/// The form: what was typed as the name stays, the password never does.
fn form(app: &App, lang: Lang, headers: &HeaderMap, status: StatusCode, name: &str, error: Option<&'static str>) -> Response {
    let error = error.map(|code| (sentence(lang, code, ""), code));
    with_form(app, headers, "/office", |token| (status, SignInPage { lang, look: Look::of(headers), name: name.to_owned(), token, error }))
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use minqing_core::model::Role;

    use crate::testing::{Answer, World};

    const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

    async fn sign_in(world: &World, name: &str, password: &str) -> Answer {
        world.sign_in(name, password).await
    }

    #[tokio::test]
    async fn in_and_out_again() {
        let world = World::open();
        let password = world.staff("Ma", Role::Clerk);
        let lost = world.get("/office").await;
        assert_eq!((lost.status, lost.header("location")), (303, "/office/sign-in"));

        let answer = sign_in(&world, "Ma", &password).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/office"));
        let set = answer.headers.get_all("set-cookie").into_iter().map(|v| v.to_str().unwrap()).collect::<Vec<_>>().join("\n");
        assert!(set.contains("HttpOnly; SameSite=Lax; Path=/; Max-Age=43200") && !set.contains("Secure"), "{set}");
        let session = answer.cookie("minqing_session").unwrap();
        let kept = std::fs::read(world.dir.path().join("minqing.db-wal")).unwrap();
        let secret = session.split_once('=').unwrap().1.as_bytes();
        assert!(!kept.windows(secret.len()).any(|w| w == secret), "the secret itself was stored");

        let with = |path: &'static str| world.with_cookie(Method::GET, path, &session);
        let page = with("/office").await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(with("/office/sign-in").await.status, 303);

        // Signing out takes the form's token; without it nothing happens.
        let forged = world.send(Method::POST, "/office/sign-out", &[FORM, ("cookie", &session)], "csrf=guess").await;
        assert_eq!(forged.status, 403);
        assert_eq!(with("/office").await.status, 200);
        let csrf = page.body.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let out = world.send(Method::POST, "/office/sign-out", &[FORM, ("cookie", &session)], &format!("csrf={csrf}")).await;
        assert_eq!((out.status, out.header("location")), (303, "/office/sign-in"));
        assert_eq!(with("/office").await.status, 303);
    }

    #[tokio::test]
    async fn wrong_name_and_wrong_password_look_alike() {
        let world = World::open();
        world.staff("Ma", Role::Clerk);
        let answers = [sign_in(&world, "Ma", "0000000000000000").await, sign_in(&world, "Nobody", "0000000000000000").await];
        let [a, b] = answers.map(|a| {
            assert_eq!(a.status, 401);
            assert!(a.cookie("minqing_session").is_none());
            assert!(a.body.contains("sign_in.wrong") && !a.body.contains("0000000000000000"));
            a.body
        });
        assert!(a.contains("value=\"Ma\"") && b.contains("value=\"Nobody\""), "what was typed stays");
        let same = |page: &str| page.lines().filter(|l| !l.contains("value=")).collect::<String>();
        assert_eq!(same(&a), same(&b));
    }

    #[tokio::test]
    async fn a_form_from_elsewhere_is_refused() {
        let world = World::open();
        let password = world.staff("Ma", Role::Clerk);
        let body = format!("name=Ma&password={password}&token=AAAAAAAAAAAAAAAAAAAAAA");
        let answer = world.send(Method::POST, "/office/sign-in", &[FORM], &body).await;
        assert_eq!(answer.status, 403);
        assert!(answer.cookie("minqing_session").is_none());
        assert!(answer.body.contains("form.stale"));
    }

    #[tokio::test]
    async fn a_session_ends_and_https_makes_it_secure() {
        let world = World::open();
        let password = world.staff("Ma", Role::Lead);
        let page = world.get("/office/sign-in").await;
        let cookie = page.cookie("minqing_form").unwrap();
        let body = format!("name=Ma&password={password}&token={}", cookie.split_once('=').unwrap().1);
        let answer = world.send(Method::POST, "/office/sign-in", &[FORM, ("cookie", &cookie), ("x-forwarded-proto", "https")], &body).await;
        let set = answer.headers.get("set-cookie").unwrap().to_str().unwrap().to_owned();
        assert!(set.ends_with("; Secure"), "{set}");
        let session = answer.cookie("minqing_session").unwrap();
        world.clock.turn(12 * 3_600_000 - 1);
        assert_eq!(world.with_cookie(Method::GET, "/office", &session).await.status, 200);
        world.clock.turn(1);
        assert_eq!(world.with_cookie(Method::GET, "/office", &session).await.status, 303);
        let live = world.send(Method::GET, "/office/today", &[("cookie", &session), ("hx-request", "true")], "").await;
        assert_eq!((live.status, live.header("hx-redirect")), (200, "/office/sign-in"));
    }

    #[tokio::test]
    async fn a_language_is_remembered() {
        let world = World::open();
        let zh = world.get("/office/sign-in").await;
        assert!(zh.body.contains("lang=\"zh-Hans\""));
        let en = world.get("/office/sign-in?lang=en").await;
        assert!(en.body.contains("<html lang=\"en\""));
        let cookie = en.cookie("minqing_lang").unwrap();
        assert_eq!(cookie, "minqing_lang=en");
        assert!(world.with_cookie(Method::GET, "/office/sign-in", &cookie).await.body.contains("<html lang=\"en\""));
    }

    #[tokio::test]
    async fn strangers_lock_nobody_out_of_the_own_address() {
        let world = World::with("[tries]\nname_at_once = 3\nstranger_at_once = 6\ntrusted_proxies = ['0.0.0.0']");
        let password = world.staff("Ma", Role::Clerk);
        let from = async |address: &str, password: &str| world.sign_in_from(address, "Ma", password).await.status;
        assert_eq!(from("192.0.2.1", &password).await, 303, "the own address");
        let mut ends = Vec::new();
        for n in 0..8 {
            ends.push(from(&format!("203.0.113.{n}"), "guess").await);
        }
        assert_eq!(ends, [401, 401, 401, 401, 401, 429, 429, 429], "the first sign-in was a stranger's too");
        assert_eq!(from("198.51.100.1", &password).await, 429, "the right password from a strange address waits, for a while");
        assert_eq!(from("192.0.2.1", &password).await, 303);
        world.clock.turn(3_600_000);
        assert_eq!(from("198.51.100.1", &password).await, 303);
    }

    #[tokio::test]
    async fn one_name_from_one_address_waits_and_says_how_long() {
        let world = World::with("[tries]\nname_at_once = 2\nname_an_hour = 60");
        let password = world.staff("Ma", Role::Clerk);
        for _ in 0..2 {
            assert_eq!(sign_in(&world, "Ma", "guess").await.status, 401);
        }
        let shut = sign_in(&world, "Ma", &password).await;
        assert_eq!((shut.status, shut.headers.get_all("retry-after").iter().count()), (429, 1));
        assert!(shut.body.contains("tries.too_many") && shut.body.contains("value=\"Ma\""), "{}", shut.body);
        assert_eq!(sign_in(&world, "Nobody", "guess").await.status, 401, "another name");
        world.clock.turn(shut.header("retry-after").parse::<i64>().unwrap() * 1_000);
        assert_eq!(sign_in(&world, "Ma", &password).await.status, 303);
    }

    #[tokio::test]
    async fn who_was_disabled_is_out_at_once() {
        let world = World::open();
        let desk = world.desk("Ma", Role::Clerk, crate::testing::COMMUNITY).await;
        let id = world.store().staff_named("Ma").unwrap().unwrap().0.id;
        world.store().disable_staff(id, Some(1)).unwrap();
        assert_eq!(desk.get("/office").await.status, 303);
        assert_eq!(sign_in(&world, "Ma", &desk.password).await.status, 401);
        world.store().disable_staff(id, None).unwrap();
        assert_eq!(sign_in(&world, "Ma", &desk.password).await.status, 303);
    }
}
