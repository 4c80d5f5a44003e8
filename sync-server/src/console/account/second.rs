//! The second step of signing in is turned on and off, by whom it protects, with the password.

use axum::{
    extract::{Form, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::words::Lang;
use serde::Deserialize;

use super::{Refused, knows_password, page, take_try, why};
use crate::{
    app::App,
    auth::{second, tries::Caller},
    console::{
        desk::AtDesk,
        pages::{Place, SecondBeginPage},
        qr,
        session::session_hash,
        tongue::Tongue,
    },
    problem::Problem,
    storage::Result as Stored,
};

/// What the forms send.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    secret: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    old: String,
}

/// Shows a new secret, to be scanned; nothing is on yet.
pub async fn begin_second(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    desk.check(&typed.csrf)?;
    let secret = second::new_secret(&app);
    shown(&app, &desk, lang, StatusCode::OK, &secret, None).await
}

async fn shown(app: &App, desk: &AtDesk, lang: Lang, status: StatusCode, secret: &[u8; 20], refused: Option<Refused>) -> Result<Response, Problem> {
    let qr = qr::svg(&second::address(secret, &desk.session.staff.name)?)?;
    let (error, second_error) = why(lang, refused);
    let page = SecondBeginPage { lang, desk: desk.rail(app, lang, Place::Account).await?, qr, secret: second::written(secret), error, second_error };
    Ok((status, page).into_response())
}

/// Turns it on, once the phone shows the right digits; all other sessions end.
pub async fn turn_second_on(
    State(app): State<App>,
    desk: AtDesk,
    Tongue(lang): Tongue,
    caller: Caller,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    desk.check(&typed.csrf)?;
    let Some(secret) = second::read(&typed.secret) else { return Ok(Redirect::to("/office/account").into_response()) };
    take_try(&app, &desk, caller)?;
    if !knows_password(&app, &desk, typed.old).await? {
        return shown(&app, &desk, lang, StatusCode::UNAUTHORIZED, &secret, Some(Refused::Password("new_password.old_wrong"))).await;
    }
    let Some(step) = second::step_of(&secret, &typed.code, app.clock.now_ms()) else {
        return shown(&app, &desk, lang, StatusCode::UNPROCESSABLE_ENTITY, &secret, Some(Refused::Second("second.wrong"))).await;
    };
    let (id, here) = (desk.session.staff.id, session_hash(&headers));
    app.work(move |app| -> Stored<_> {
        app.store.set_second(id, Some((&secret, step)))?;
        app.store.end_sessions(id, here.as_ref())
    })
    .await?;
    tracing::info!(staff = %id, "second step turned on");
    Ok(Redirect::to("/office/account").into_response())
}

/// Turns it off.
pub async fn turn_second_off(
    State(app): State<App>,
    desk: AtDesk,
    Tongue(lang): Tongue,
    caller: Caller,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    desk.check(&typed.csrf)?;
    take_try(&app, &desk, caller)?;
    if !knows_password(&app, &desk, typed.old).await? {
        return page(app, desk, lang, &headers, StatusCode::UNAUTHORIZED, Some(Refused::Second("new_password.old_wrong")), false).await;
    }
    let id = desk.session.staff.id;
    app.work(move |app| app.store.set_second(id, None)).await?;
    tracing::info!(staff = %id, "second step turned off");
    Ok(Redirect::to("/office/account").into_response())
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use minqing_core::model::Role;
    use totp_rs::{Builder, Secret};

    use crate::testing::{Answer, COMMUNITY, SignedIn, World};

    const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

    /// What an app shows now.
    fn digits(world: &World, secret: &str) -> String {
        let totp = Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).build().unwrap();
        totp.generate(u64::try_from(crate::clock::Clock::now_ms(&*world.clock)).unwrap() / 1000).to_string()
    }

    /// Turns it on; the secret.
    async fn on(world: &World, desk: &SignedIn<'_>) -> String {
        let begun = desk.post("/office/account/second/begin", "").await;
        let secret = begun.hidden("secret");
        assert!(begun.body.contains("<svg class=\"qr\"") && desk.get("/office/account").await.body.contains("second/begin"), "not on yet");
        for (old, code, status, why) in
            [("wrong", digits(world, &secret), 401, "new_password.old_wrong"), (&desk.password, "000000".into(), 422, "second.wrong")]
        {
            let refused = desk.post("/office/account/second", &format!("secret={secret}&code={code}&old={old}")).await;
            assert_eq!((refused.status, refused.hidden("secret")), (status, secret.clone()), "{}", refused.body);
            assert!(refused.body.contains(why));
        }
        let taken = desk.post("/office/account/second", &format!("secret={secret}&code={}&old={}", digits(world, &secret), desk.password)).await;
        assert_eq!(taken.status, 303, "{}", taken.body);
        secret
    }

    async fn second(world: &World, page: &Answer, code: &str) -> Answer {
        let token = page.hidden("token");
        let body = format!("token={token}&half={}&code={code}", page.hidden("half"));
        world.send(Method::POST, "/office/sign-in/second", &[FORM, ("cookie", &format!("minqing_form={token}"))], &body).await
    }

    #[tokio::test]
    async fn whoever_turned_it_on_signs_in_with_digits_that_are_good_once() {
        let world = World::open();
        let desk = world.desk("Ma", Role::Clerk, COMMUNITY).await;
        let other = desk.again().await;
        let secret = on(&world, &desk).await;
        assert_eq!([desk.get("/office").await.status, other.get("/office").await.status], [200, 303], "the other session is over");
        let asked = world.sign_in("Ma", &desk.password).await;
        assert!(asked.status == 200 && asked.cookie("minqing_session").is_none(), "the password alone opens nothing");
        let used = second(&world, &asked, &digits(&world, &secret)).await;
        assert!(used.status == 401 && used.body.contains("second.wrong"), "it was turned on with these");
        world.clock.turn(30_000);
        let code = digits(&world, &secret);
        let entered = second(&world, &asked, &code).await;
        assert_eq!((entered.status, entered.header("location")), (303, "/office"));
        assert!(entered.cookie("minqing_session").is_some());
        assert_eq!(second(&world, &asked, &code).await.status, 401, "once");
        world.clock.turn(300_000);
        let late = second(&world, &asked, &digits(&world, &secret)).await;
        assert!(late.status == 401 && late.body.contains("second.expired") && late.body.contains("name=\"password\""), "{}", late.body);
    }

    #[tokio::test]
    async fn digits_are_not_to_be_guessed_and_a_foreign_form_is_refused() {
        let world = World::with("[tries]\nname_at_once = 4");
        let desk = world.desk("Ma", Role::Clerk, COMMUNITY).await;
        on(&world, &desk).await;
        world.clock.turn(3_600_000);
        let asked = world.sign_in("Ma", &desk.password).await;
        let mut ends = Vec::new();
        for _ in 0..5 {
            ends.push(second(&world, &asked, "000000").await.status);
        }
        assert_eq!(ends, [401, 401, 401, 401, 429]);
        let body = format!("token=AAAAAAAAAAAAAAAAAAAAAA&half={}&code=1", asked.hidden("half"));
        assert_eq!(world.send(Method::POST, "/office/sign-in/second", &[FORM], &body).await.status, 403);
        assert_eq!(world.send(Method::POST, "/office/account/second/off", &[FORM, ("cookie", &desk.cookie)], "csrf=guess&old=x").await.status, 403);
    }

    #[tokio::test]
    async fn it_is_turned_off_with_the_password() {
        let world = World::open();
        let desk = world.desk("Ma", Role::Clerk, COMMUNITY).await;
        on(&world, &desk).await;
        let refused = desk.post("/office/account/second/off", "old=guess").await;
        assert!(refused.status == 401 && refused.body.contains("new_password.old_wrong"));
        assert_eq!(world.sign_in("Ma", &desk.password).await.status, 200);
        assert_eq!(desk.post("/office/account/second/off", &format!("old={}", desk.password)).await.status, 303);
        assert_eq!(world.sign_in("Ma", &desk.password).await.status, 303);
    }
}
