//! `/office/search`: matters by their words, their code or their door, also those that are over.

use axum::extract::{Query, State};
use minqing_core::{Id, words::say};
use serde::Deserialize;

use super::{
    board::{Card, Maker},
    desk::AtDesk,
    pages::{Place, SearchPage},
    tongue::Tongue,
};
use crate::{app::App, auth::rights::Right, problem::Problem, storage::StoreError};

/// Most matters that are shown.
const SHOWN: u32 = 50;
/// Longest question, in characters; what is longer is cut.
const LONGEST: usize = 100;

/// What somebody typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    q: String,
}

/// What is found.
pub async fn search(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Query(typed): Query<Typed>) -> Result<SearchPage, Problem> {
    desk.need(Right::ReadResidents)?;
    let rail = desk.rail(&app, lang, Place::Line).await?;
    let q: String = typed.q.trim().chars().take(LONGEST).collect();
    let asked = q.clone();
    let cards = app.work(move |app| -> Result<_, StoreError> {
        let found = app.store.matters_found(&desk.community, &asked, SHOWN)?;
        let ids: Vec<Id> = found.iter().map(|row| Id(row.id)).collect();
        let maker = Maker { lang, now_ms: app.clock.now_ms(), rules: app.rules.get() };
        Ok(app.store.line_matters(&ids)?.into_iter().map(|line| maker.card(line)).collect())
    });
    let cards: Vec<Card> = cards.await?;
    let said = match (q.is_empty(), cards.len()) {
        (true, _) => String::new(),
        (false, n) if n == SHOWN as usize => say(lang, "search-first", &[("n", n.into())]),
        (false, n) => say(lang, "search-found", &[("n", n.into())]),
    };
    Ok(SearchPage { lang, desk: rail, q, said, cards })
}
