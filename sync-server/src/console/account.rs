//! `/office/account`: where somebody is signed in, and their password.

use axum::{
    extract::{Form, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{speech::said, words::Lang};
use serde::Deserialize;

use super::{
    browser::browser,
    desk::AtDesk,
    pages::{AccountPage, Place, SessionLine},
    session::{SIGN_IN, session_hash, set_session},
    tongue::Tongue,
};
use crate::{
    app::App,
    auth::{
        base64url,
        password::{MIN_NEW, new_refused},
        tries::{Caller, Door, Limit},
    },
    fault::sentence,
    problem::Problem,
    storage::Result,
};

mod second;

pub use second::{begin_second, turn_second_off, turn_second_on};

/// Which form was refused, and by which code.
#[derive(Clone, Copy)]
enum Refused {
    Password(&'static str),
    Second(&'static str),
}

/// Sessions, the form of a new password, and the second step.
pub async fn account(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, headers: HeaderMap) -> Result<Response, Problem> {
    page(app, desk, lang, &headers, StatusCode::OK, None, false).await
}

async fn page(
    app: App,
    desk: AtDesk,
    lang: Lang,
    headers: &HeaderMap,
    status: StatusCode,
    refused: Option<Refused>,
    changed: bool,
) -> Result<Response, Problem> {
    let (rail, id, here) = (desk.rail(&app, lang, Place::Account).await?, desk.session.staff.id, session_hash(headers));
    let now_ms = app.clock.now_ms();
    let (sessions, has_second) = app.work(move |app| -> Result<_> { Ok((app.store.sessions_of(id, now_ms)?, app.store.second(id)?.is_some())) }).await?;
    let line = |s: crate::storage::SessionSeen| SessionLine {
        id: base64url(&s.hash),
        browser: browser(&s.browser),
        started: said::when(lang, s.started_ms, now_ms),
        ends: said::when(lang, s.expires_ms, now_ms),
        is_here: here == Some(s.hash),
    };
    let sessions: Vec<_> = sessions.into_iter().map(line).collect();
    let (error, second_error) = why(lang, refused);
    Ok((status, AccountPage { lang, desk: rail, sessions, error, changed, has_second, second_error }).into_response())
}

/// Sentence and code.
type Why = Option<(String, &'static str)>;

/// What stands where the password is typed, and what where the second step is.
fn why(lang: Lang, refused: Option<Refused>) -> (Why, Why) {
    let said = |code| Some((sentence(lang, code, &MIN_NEW.to_string()), code));
    match refused {
        Some(Refused::Password(code)) => (said(code), None),
        Some(Refused::Second(code)) => (None, said(code)),
        None => (None, None),
    }
}

/// What the forms send.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    session: String,
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

/// Ends one of the own sessions.
pub async fn end_one(State(app): State<App>, desk: AtDesk, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    desk.check(&typed.csrf)?;
    let id = desk.session.staff.id;
    let now_ms = app.clock.now_ms();
    app.work(move |app| -> Result<()> {
        let own = app.store.sessions_of(id, now_ms)?.into_iter().find(|s| base64url(&s.hash) == typed.session);
        own.map_or(Ok(()), |s| app.store.end_session(&s.hash))
    })
    .await?;
    Ok(Redirect::to("/office/account").into_response())
}

/// Ends all own sessions, this one too.
pub async fn sign_out_everywhere(State(app): State<App>, desk: AtDesk, headers: HeaderMap, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    desk.check(&typed.csrf)?;
    let id = desk.session.staff.id;
    app.work(move |app| app.store.end_sessions(id, None)).await?;
    let mut answer = Redirect::to(SIGN_IN).into_response();
    set_session(&mut answer, &headers, "", 0);
    Ok(answer)
}

/// Sets a new password; all other sessions end.
pub async fn change_password(
    State(app): State<App>,
    desk: AtDesk,
    Tongue(lang): Tongue,
    caller: Caller,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    desk.check(&typed.csrf)?;
    take_try(&app, &desk, caller)?;
    let refused = new_refused(&typed.new, &typed.again).or((typed.new == typed.old).then_some("new_password.same"));
    if refused.is_some() {
        return page(app, desk, lang, &headers, StatusCode::UNPROCESSABLE_ENTITY, refused.map(Refused::Password), false).await;
    }
    if !knows_password(&app, &desk, typed.old).await? {
        return page(app, desk, lang, &headers, StatusCode::UNAUTHORIZED, Some(Refused::Password("new_password.old_wrong")), false).await;
    }
    let phc = app.passwords.hash(app.entropy.clone(), typed.new).await?;
    let (id, here) = (desk.session.staff.id, session_hash(&headers));
    app.work(move |app| app.store.set_password(id, &phc, here.as_ref())).await?;
    tracing::info!(staff = %id, "password changed");
    page(app, desk, lang, &headers, StatusCode::OK, None, true).await
}

/// The same tries as at the sign-in page: a session that was left open must not help to guess.
fn take_try(app: &App, desk: &AtDesk, caller: Caller) -> Result<(), Problem> {
    Ok(app.tries.take(Door::SignIn, Limit::Name, &[desk.session.staff.name.as_bytes(), &caller.bytes()])?)
}

/// Whether it is the present password.
async fn knows_password(app: &App, desk: &AtDesk, typed: String) -> Result<bool, Problem> {
    let name = desk.session.staff.name.clone();
    let phc = app.work(move |app| app.store.staff_named(&name)).await?.map(|(_, phc)| phc);
    Ok(app.passwords.matches(phc, typed).await)
}

#[cfg(test)]
mod tests {
    use minqing_core::model::Role;

    use crate::testing::{COMMUNITY, World};

    #[tokio::test]
    async fn out_everywhere() {
        let world = World::open();
        let one = world.desk("Ma", Role::Clerk, COMMUNITY).await;
        let two = one.again().await;
        let other = world.desk("Li", Role::Clerk, COMMUNITY).await;
        let page = one.get("/office/account").await;
        assert_eq!(page.body.matches("name=\"session\"").count(), 2, "{}", page.body);
        assert_eq!(one.forged("/office/account/everywhere", "").await.status, 403);
        let out = one.post("/office/account/everywhere", "").await;
        assert_eq!((out.status, out.header("location")), (303, "/office/sign-in"));
        assert_eq!([one.get("/office").await.status, two.get("/office").await.status, other.get("/office").await.status], [303, 303, 200]);
    }

    #[tokio::test]
    async fn one_session_of_the_own() {
        let world = World::open();
        let one = world.desk("Ma", Role::Clerk, COMMUNITY).await;
        let two = one.again().await;
        let other = world.desk("Li", Role::Clerk, COMMUNITY).await;
        let ids = |body: &str| body.split("name=\"session\" value=\"").skip(1).map(|s| s[..43].to_owned()).collect::<Vec<_>>();
        let strange = ids(&other.get("/office/account").await.body).remove(0);
        assert_eq!(one.post("/office/account/end", &format!("session={strange}")).await.status, 303);
        assert_eq!(other.get("/office").await.status, 200, "somebody else's session");
        let own = crate::auth::base64url(&crate::auth::sha256(two.secret().as_bytes()));
        assert!(ids(&one.get("/office/account").await.body).contains(&own));
        assert_eq!(one.post("/office/account/end", &format!("session={own}")).await.status, 303);
        assert_eq!([one.get("/office").await.status, two.get("/office").await.status], [200, 303]);
    }

    #[tokio::test]
    async fn a_new_password_ends_the_other_sessions() {
        let world = World::open();
        let one = world.desk("Ma", Role::Delegate, COMMUNITY).await;
        let two = one.again().await;
        let old = one.password.clone();
        let change = async |old: &str, new: &str, again: &str| one.post("/office/account/password", &format!("old={old}&new={new}&again={again}")).await;
        for (old, new, again, status, code) in [
            ("wrong", "a-long-new-one", "a-long-new-one", 401, "new_password.old_wrong"),
            (old.as_str(), "a-long-new-one", "another-new-one", 422, "new_password.differs"),
            (old.as_str(), "short", "short", 422, "new_password.length"),
            (old.as_str(), old.as_str(), old.as_str(), 422, "new_password.same"),
        ] {
            let refused = change(old, new, again).await;
            assert_eq!(refused.status, status);
            assert!(refused.body.contains(code) && !refused.body.contains("a-long-new-one"), "{code}: {}", refused.body);
        }
        assert_eq!(two.get("/office").await.status, 200);
        assert_eq!(change(&old, "a-long-new-one", "a-long-new-one").await.status, 200);
        assert_eq!([one.get("/office").await.status, two.get("/office").await.status], [200, 303]);
        assert_eq!(world.sign_in("Ma", &old).await.status, 401);
        assert_eq!(world.sign_in("Ma", "a-long-new-one").await.status, 303);
    }

    #[tokio::test]
    async fn an_open_session_does_not_help_to_guess() {
        let world = World::with("[tries]\nname_at_once = 4");
        let one = world.desk("Ma", Role::Clerk, COMMUNITY).await;
        let mut ends = Vec::new();
        for _ in 0..5 {
            ends.push(one.post("/office/account/password", "old=guess&new=a-long-new-one&again=a-long-new-one").await.status);
        }
        assert_eq!(ends, [401, 401, 401, 429, 429], "signing in took one");
    }
}
