//! `/office/households` 住户: stairwells as they stand in the house, and what each door waits for. `/office/households/{id}`: one door.

mod door;
mod erase;
mod one;
mod person;
mod stairs;
#[cfg(test)]
mod tests;

use axum::extract::{Path, Query, State};
use serde::Deserialize;

pub use door::{card_of, matters_of, visit_said, volumes_of, with_merged};
pub use erase::{ErasedLine, Erasing, erase_page, erasures, preview_or_erase};
pub use one::HouseholdView;
pub use person::{PersonView, person, say_person};
pub use stairs::Stairs;

use super::{
    desk::AtDesk,
    doors,
    line::problem,
    pages::{HouseholdPage, HouseholdsPage, Place},
    tongue::Tongue,
};
use crate::{app::App, auth::rights::Right, problem::Problem};

/// Which building, or whom somebody looks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Words {
    pub grid: String,
    pub estate: String,
    pub building: String,
    pub lane: String,
    pub q: String,
}

/// A building with its stairwells; the first one where none is named.
pub async fn households(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Query(words): Query<Words>) -> Result<HouseholdsPage, Problem> {
    desk.need(Right::ReadHouseholds)?;
    let rail = desk.rail(&app, lang, Place::Households).await?;
    let q = words.q.trim().chars().take(100).collect::<String>();
    let typed = q.clone();
    let read = app.work(move |app| {
        let found = doors::found(app, &desk.community, &typed)?;
        Ok::<_, Problem>((stairs::view(app, &desk, lang, &words)?, doors::part(lang, &typed, "", &found).doors))
    });
    let (stairs, found) = read.await?;
    Ok(HouseholdsPage { lang, desk: rail, stairs, q, found })
}

/// One door: who lives there, what was agreed, what happened.
pub async fn household(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Path(id): Path<String>) -> Result<HouseholdPage, Problem> {
    desk.need(Right::ReadHouseholds)?;
    let rail = desk.rail(&app, lang, Place::Households).await?;
    let (erases, settles) = (desk.may(Right::Erase), desk.may(Right::Settle));
    let view = app.work(move |app| one::view(app, &desk, lang, &id)).await.map_err(problem)?;
    Ok(HouseholdPage { lang, desk: rail, view, erases, settles })
}
