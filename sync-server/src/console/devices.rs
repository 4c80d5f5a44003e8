//! `/office/devices`: phones, and whether they may read.

mod health;
mod officer;

use axum::{
    extract::{Form, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{
    ids::Device,
    words::{Lang, say},
};
use serde::Deserialize;

pub use health::{Days, Health};
pub use officer::{OfficerView, move_officer, officer_page};

use super::{
    desk::AtDesk,
    lines::{self, DeviceLine},
    pages::{DevicesPage, Place},
    tongue::Tongue,
};
use crate::{
    app::App,
    auth::rights::Right,
    problem::Problem,
    storage::{PhoneSeen, Result, StoreError},
};

/// What was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    did: String,
}

/// The list.
pub async fn devices(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Query(asked): Query<Asked>) -> Result<DevicesPage, Problem> {
    desk.need(Right::SeePhones)?;
    let rail = desk.rail(&app, lang, Place::Devices).await?;
    let (lines, health) = app.work(move |app| read(app, &desk.community, lang)).await?;
    let lamps = lines.iter().filter(|(line, _)| !line.phone.lamps.is_empty()).count();
    Ok(DevicesPage { lang, desk: rail, lines, lamps, health, moved: asked.did == "move" })
}

/// Each phone with its last days, and the days of all.
fn read(app: &App, community: &str, lang: Lang) -> Result<(Vec<(DeviceLine, Days)>, Health)> {
    let (now_ms, hours) = (app.clock.now_ms(), app.config.office.silent_hours);
    let phones = app.store.phones(community)?;
    let days = health::days(app, community, now_ms)?;
    let newest = health::newest(&phones);
    let line = |p: PhoneSeen| {
        let (own, old) = (health::of(&days, p.number, now_ms), health::is_old(&p, newest.as_deref()));
        let mut line = lines::device(lang, p, now_ms, hours);
        line.phone.lamps.extend(old.map(|newest| say(lang, "office-old-app", &[("newest", newest.into())])));
        (line, own)
    };
    let all = health::all(lang, &days, &phones, now_ms);
    let mut lines: Vec<_> = phones.into_iter().map(line).collect();
    // Who is in trouble comes first; the names' order stays within.
    lines.sort_by_key(|(line, _)| line.phone.lamps.is_empty());
    Ok((lines, all))
}

/// What the forms send.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    device: u32,
}

/// Ends a phone's reading.
pub async fn end_device(State(app): State<App>, desk: AtDesk, Form(which): Form<Which>) -> Result<Response, Problem> {
    change(app, desk, which, |app, number| app.store.end_reading(number, app.clock.now_ms())).await
}

/// Gives a phone nothing any more, for ever; what it brings is kept apart.
pub async fn revoke_device(State(app): State<App>, desk: AtDesk, Form(which): Form<Which>) -> Result<Response, Problem> {
    change(app, desk, which, |app, number| app.store.revoke_device(number, app.clock.now_ms())).await
}

/// Lets a phone read again.
pub async fn allow_device(State(app): State<App>, desk: AtDesk, Form(which): Form<Which>) -> Result<Response, Problem> {
    change(app, desk, which, |app, number| app.store.allow_reading(number)).await
}

async fn change(app: App, desk: AtDesk, which: Which, how: fn(&App, Device) -> Result<()>) -> Result<Response, Problem> {
    desk.check(&which.csrf)?;
    desk.need(Right::ManagePhones)?;
    let number = Device(which.device);
    let done = app.work(move |app| {
        // Only phones of this desk's community: the right holds here and nowhere else.
        let own = app.store.phones(&desk.community)?.iter().any(|p| p.number == Some(number));
        if own { how(app, number) } else { Err(StoreError::Unknown { what: "device", id: number.0.to_string() }) }
    });
    done.await?;
    Ok(Redirect::to("/office/devices").into_response())
}

#[cfg(test)]
mod tests {
    use minqing_core::model::Role;

    use super::*;
    use crate::testing::{COMMUNITY, Phone, World};

    #[tokio::test]
    async fn the_office_ends_and_allows_reading() {
        let world = World::open();
        let phone = Phone::enrolled(&world, 1).await;
        let desk = world.desk("Ma", Role::Clerk, COMMUNITY).await;
        let page = desk.get("/office/devices?lang=en").await;
        assert!(page.body.contains("马志强") && page.body.contains(&format!("value=\"{}\"", phone.number)), "{}", page.body);
        assert!(page.body.contains("/office/devices/end") && !page.body.contains("/office/devices/allow"));
        assert_eq!(world.store().reading_ended(Device(phone.number)), Ok(false));
        let form = format!("device={}", phone.number);
        let done = desk.post("/office/devices/end", &form).await;
        assert_eq!((done.status, done.header("location")), (303, "/office/devices"));
        assert_eq!(world.store().reading_ended(Device(phone.number)), Ok(true));
        assert!(desk.get("/office/devices").await.body.contains("/office/devices/allow"));
        assert_eq!(world.post_json("/v1/token/refresh", &phone.renewal(&phone.refresh)).await.status, 401, "its sign-in has ended");
        assert_eq!(desk.post("/office/devices/allow", &form).await.status, 303);
        assert_eq!(world.store().reading_ended(Device(phone.number)), Ok(false));
        assert_eq!(desk.post("/office/devices/end", "device=77").await.status, 404);
    }

    #[tokio::test]
    async fn an_officer_moves_after_the_office_has_seen_what_that_means_and_a_lost_phone_is_revoked() {
        let world = World::open();
        let phone = Phone::enrolled(&world, 1).await;
        let desk = world.desk("Ma", Role::Clerk, COMMUNITY).await;
        let path = format!("/office/officers/{}", phone.officer);
        let page = desk.get(&path).await;
        assert!(page.body.contains("马志强") && page.body.contains(&format!("value=\"{COMMUNITY}002\"")), "{}", page.body);
        let seen = desk.post(&path, &format!("grids={COMMUNITY}002&do=preview")).await;
        assert!(seen.status == 200 && seen.body.contains("value=\"move\"") && seen.body.contains("手机上没有还没交的记录"), "{}", seen.body);
        assert_eq!(world.store().officer(phone.officer).unwrap().unwrap().grids, [format!("{COMMUNITY}001")], "only looked at");
        let far = desk.post(&path, "grids=620102001002001&do=move").await;
        assert_eq!((far.status, far.body.contains("grid.unknown")), (422, true), "{}", far.body);
        assert_eq!(desk.post(&path, &format!("grids={COMMUNITY}002&do=move")).await.status, 303);
        assert_eq!(world.store().officer(phone.officer).unwrap().unwrap().grids, [format!("{COMMUNITY}002")]);
        assert_eq!(desk.post("/office/devices/revoke", &format!("device={}", phone.number)).await.status, 303);
        let page = desk.get("/office/devices").await;
        assert!(page.body.contains("已永久停用") && !page.body.contains("/office/devices/allow"), "{}", page.body);
        crate::admin::add_community(world.store(), "620102001002", 1).unwrap();
        let other = world.desk("Other", Role::Clerk, "620102001002").await;
        assert_eq!((other.get(&path).await.status, other.post(&path, "do=move").await.status), (404, 404));
        let supervisor = world.desk("S", Role::Supervisor, COMMUNITY).await;
        assert_eq!(supervisor.get(&path).await.status, 403);
    }

    #[tokio::test]
    async fn only_who_may_and_only_here() {
        let world = World::open();
        let phone = Phone::enrolled(&world, 1).await;
        crate::admin::add_community(world.store(), "620102001002", 1).unwrap();
        let form = format!("device={}", phone.number);
        for (n, (role, area, see, change)) in [
            (Role::Administrator, COMMUNITY, 200, 303),
            (Role::Lead, "620102001", 200, 303),
            (Role::Supervisor, "620102001", 200, 403),
            (Role::Department, COMMUNITY, 403, 403),
            (Role::Delegate, COMMUNITY, 403, 403),
            (Role::Lead, "620102001002", 200, 404),
        ]
        .into_iter()
        .enumerate()
        {
            let desk = world.desk(&format!("S{n}"), role, area).await;
            let page = desk.get("/office/devices").await;
            assert_eq!(page.status, see, "{role:?} {area}");
            assert_eq!(page.body.contains("/office/devices/end"), change == 303, "{role:?} {area}");
            assert_eq!(desk.post("/office/devices/end", &form).await.status, change, "{role:?} {area}");
            assert_eq!(desk.forged("/office/devices/end", &form).await.status, 403);
            world.store().allow_reading(Device(phone.number)).unwrap();
        }
    }
}
