//! Which desk somebody sits at: one community, of those that their grants cover.

use axum::{
    extract::{Form, FromRequestParts, State},
    http::{HeaderMap, StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{
    model::{AreaKind, Role, check_area_id, community_of_grid},
    words::{Lang, say},
};
use serde::Deserialize;

use super::{
    matter::Choice,
    pages::{Desk, Place, Seat},
    session::{self, FromStaff, session_hash},
};
use crate::{
    app::App,
    area,
    auth::rights::{self, Right},
    problem::Problem,
    site::Look,
    storage::{Result, Session},
};

/// Somebody at a desk. Taking it as a handler's argument refuses those who have none.
#[derive(Clone, Debug)]
pub struct AtDesk {
    /// Who.
    pub session: Session,
    /// The community's 12 digits.
    pub community: String,
    /// How pages look in this browser.
    look: Look,
    /// All communities they may choose: id and name as people say it.
    seats: Vec<(String, String)>,
}

impl AtDesk {
    /// Whether one of their grants gives a right here.
    pub fn may(&self, right: Right) -> bool {
        rights::may(&self.session.staff.grants, right, &self.community)
    }

    /// The roles that their grants give them here.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        self.session.staff.grants.iter().filter(|g| g.covers(&self.community)).map(|g| g.role)
    }

    /// The community's name, as people say it.
    pub fn community_name(&self) -> &str {
        self.seats.iter().find(|(id, _)| *id == self.community).map_or("", |(_, name)| name)
    }

    /// Refuses those without a right.
    ///
    /// # Errors
    /// 403 `right.missing`.
    pub fn need(&self, right: Right) -> Result<(), Problem> {
        if self.may(right) { Ok(()) } else { Err(Problem::new(StatusCode::FORBIDDEN, "right.missing")) }
    }

    /// Refuses a grid that is none of this desk's.
    ///
    /// # Errors
    /// 404 `grid.unknown`.
    pub fn check_grid(&self, grid: &str) -> Result<(), Problem> {
        let is_own = check_area_id(grid, AreaKind::Grid, "grid").is_ok() && community_of_grid(grid) == self.community;
        if is_own { Ok(()) } else { Err(Problem::new(StatusCode::NOT_FOUND, "grid.unknown").at(grid)) }
    }

    /// The community's grids to choose from, all of them first.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn grids(&self, app: &App, lang: Lang) -> Result<Vec<Choice>> {
        let all = Choice { value: String::new(), said: say(lang, "line-all-grids", &[]) };
        let grids = app.store.areas_below(&self.community)?.into_iter().filter(|area| area.kind == AreaKind::Grid);
        Ok(std::iter::once(all).chain(grids.map(|area| Choice { value: area.id, said: area.name })).collect())
    }

    /// Refuses a form of another session or another site.
    ///
    /// # Errors
    /// 403 `form.stale`.
    pub fn check(&self, csrf: &str) -> Result<(), Problem> {
        if csrf == self.session.csrf { Ok(()) } else { Err(Problem::new(StatusCode::FORBIDDEN, "form.stale")) }
    }

    /// The rail beside a page.
    ///
    /// # Errors
    /// `store.failed`.
    pub async fn rail(&self, app: &App, lang: Lang, here: Place) -> Result<Desk> {
        let community = self.community.clone();
        let cards = if self.may(Right::Settle) { Some(app.work(move |app| app.store.card_counts(&community)).await?) } else { None };
        let mut words: Vec<String> = self.roles().map(|r| say(lang, &r.key(), &[])).collect();
        words.dedup();
        Ok(Desk {
            look: self.look,
            community: self.community_name().to_owned(),
            name: self.session.staff.name.clone(),
            role: words.join(say(lang, "list-between", &[]).as_str()),
            csrf: self.session.csrf.clone(),
            here,
            cards,
            sees_line: self.may(Right::ReadResidents),
            sees_households: self.may(Right::ReadHouseholds),
            registers: self.may(Right::Register),
            sees_aside: self.may(Right::ReadResidents) && !self.may(Right::Settle),
            sees_phones: self.may(Right::SeePhones),
            manages_phones: self.may(Right::ManagePhones),
            seats: self.seats.iter().map(|(id, name)| Seat { id: id.clone(), name: name.clone(), is_here: *id == self.community }).collect(),
        })
    }
}

impl FromRequestParts<App> for AtDesk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let FromStaff(session) = FromStaff::from_request_parts(parts, app).await?;
        let desk = sit(app, session).await.map_err(Problem::into_response)?;
        Ok(Self { look: Look::of(&parts.headers), ..desk })
    }
}

/// Somebody at a desk who asks without a page: those who are not signed in get a problem instead of a way to sign in.
#[derive(Clone, Debug)]
pub struct Asking(pub AtDesk);

impl FromRequestParts<App> for Asking {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let session = session::of(parts, app).await?.ok_or_else(|| Problem::new(StatusCode::UNAUTHORIZED, "session.missing"))?;
        sit(app, session).await.map(Self)
    }
}

async fn sit(app: &App, session: Session) -> Result<AtDesk, Problem> {
    let found = app.work(move |app| find(app, session)).await?;
    found.ok_or_else(|| Problem::new(StatusCode::FORBIDDEN, "desk.none"))
}

fn find(app: &App, session: Session) -> Result<Option<AtDesk>> {
    let mut seats = Vec::new();
    for grant in &session.staff.grants {
        let open = app.store.open_communities(&grant.area)?;
        seats.extend(open.into_iter().map(|a| (a.id, area::short_name(&a.name).to_owned())));
    }
    seats.sort();
    seats.dedup();
    let chosen = session.community.as_ref().filter(|c| seats.iter().any(|(id, _)| id == *c));
    let Some(community) = chosen.or(seats.first().map(|(id, _)| id)).cloned() else { return Ok(None) };
    Ok(Some(AtDesk { session, community, look: Look::default(), seats }))
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    community: String,
}

/// Sits down at another desk.
pub async fn choose_desk(State(app): State<App>, desk: AtDesk, headers: HeaderMap, Form(chosen): Form<Chosen>) -> Result<Response, Problem> {
    desk.check(&chosen.csrf)?;
    if !desk.seats.iter().any(|(id, _)| *id == chosen.community) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "right.missing"));
    }
    if let Some(hash) = session_hash(&headers) {
        app.work(move |app| app.store.choose_desk(&hash, &chosen.community)).await?;
    }
    Ok(Redirect::to("/office").into_response())
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::*;
    use crate::{
        admin,
        testing::{COMMUNITY, World},
    };

    #[tokio::test]
    async fn a_supervisor_of_a_street_chooses_among_its_open_communities() {
        let world = World::open();
        admin::add_community(world.store(), "620102001002", 1).unwrap();
        admin::add_community(world.store(), "620102002001", 1).unwrap();
        let desk = world.desk("Zhao", Role::Supervisor, "620102001").await;
        let page = desk.get("/office").await;
        assert!(page.body.contains("value=\"620102001002\"") && !page.body.contains("620102002001"), "{}", page.body);
        assert!(page.body.contains(&format!("value=\"{COMMUNITY}\" selected")));
        assert_eq!(desk.post("/office/desk", "community=620102002001").await.status, 403);
        assert_eq!(desk.post("/office/desk", "community=620102001002").await.status, 303);
        assert!(desk.get("/office").await.body.contains("value=\"620102001002\" selected"));
        // Taken away meanwhile: back to what is left.
        let staff = world.store().staff_named("Zhao").unwrap().unwrap().0;
        let own = crate::storage::Grant { role: Role::Supervisor, area: COMMUNITY.into() };
        world.store().grant(staff.id, &own).unwrap();
        assert!(world.store().revoke(staff.id, &crate::storage::Grant { area: "620102001".into(), ..own.clone() }).unwrap());
        assert!(!desk.get("/office").await.body.contains("620102001002"));
        assert!(world.store().revoke(staff.id, &own).unwrap());
        let none = desk.get("/office").await;
        assert_eq!(none.status, 403);
        assert!(none.body.contains("desk.none"), "{}", none.body);
        let forged = world.send(Method::POST, "/office/desk", &[("content-type", "application/x-www-form-urlencoded")], "csrf=x").await;
        assert_eq!(forged.status, 303, "nobody is signed in");
    }
}
