//! `/office/devices`: phones, and whether they may read.

use axum::{
    extract::{Form, State},
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{ids::Device, words::Lang};
use serde::Deserialize;

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
    storage::{Result, StoreError},
};

/// The list.
pub async fn devices(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue) -> Result<DevicesPage, Problem> {
    desk.need(Right::SeePhones)?;
    let rail = desk.rail(&app, lang, Place::Devices).await?;
    let lines = app.work(move |app| read(app, &desk.community, lang)).await?;
    let lamps = lines.iter().filter(|l| !l.phone.lamps.is_empty()).count();
    Ok(DevicesPage { lang, desk: rail, lines, lamps })
}

fn read(app: &App, community: &str, lang: Lang) -> Result<Vec<DeviceLine>> {
    let (now_ms, hours) = (app.clock.now_ms(), app.config.office.silent_hours);
    let mut lines: Vec<_> = app.store.phones(community)?.into_iter().map(|p| lines::device(lang, p, now_ms, hours)).collect();
    // Who is in trouble comes first; the names' order stays within.
    lines.sort_by_key(|l| l.phone.lamps.is_empty());
    Ok(lines)
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
