//! `/office/line` 流水线: where every matter stands, what is due, and the same done with several at once.

mod asked;
mod bulk;
mod cards;
mod print;
#[cfg(test)]
mod tests;
mod view;

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{
    model::EventCode,
    words::{Lang, say},
};

pub use asked::Words;
pub use bulk::Refused;
pub use cards::{Card, Maker};
pub use print::line_print;
pub use view::BoardView;

use super::{
    desk::AtDesk,
    line,
    matter::why,
    pages::{BoardLanes, BoardPage, Place, Toast},
    sent::Sent,
    tongue::Tongue,
};
use crate::{app::App, auth::rights::Right, problem::Problem};
use asked::Filter;

/// What came of something done with several.
#[derive(Default)]
pub struct Done {
    /// Those that were not done.
    pub refused: Vec<Refused>,
    /// How many were, as a sentence; empty where nothing was tried.
    pub said: String,
    /// Why nothing was tried: sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// The whole page.
pub async fn line_board(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Query(words): Query<Words>) -> Result<BoardPage, Problem> {
    page(app, desk, lang, words, Done::default()).await
}

async fn page(app: App, desk: AtDesk, lang: Lang, words: Words, done: Done) -> Result<BoardPage, Problem> {
    desk.need(Right::ReadResidents)?;
    let filter = Filter::read(&words, &desk)?;
    let rail = desk.rail(&app, lang, Place::Line).await?;
    let did = EventCode::from_word(&words.did).map(|code| done_said(lang, code, words.n));
    let board = app.work(move |app| view::view(app, &desk, lang, &filter)).await?;
    Ok(BoardPage { lang, desk: rail, board, done, toast: did.map(|said| Toast { said, undo: None }) })
}

/// The part that is asked for again when something is new.
pub async fn line_lanes(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Query(words): Query<Words>) -> Result<BoardLanes, Problem> {
    desk.need(Right::ReadResidents)?;
    let filter = Filter::read(&words, &desk)?;
    Ok(BoardLanes { lang, board: app.work(move |app| view::view(app, &desk, lang, &filter)).await? })
}

/// Does the same with several.
pub async fn line_do(State(app): State<App>, Tongue(lang): Tongue, Query(words): Query<Words>, Sent { desk, fields }: Sent) -> Result<Response, Problem> {
    desk.need(Right::ReadResidents)?;
    let filter = Filter::read(&words, &desk)?;
    let (by, typed) = (desk.clone(), fields.clone());
    let done = match app.work(move |app| bulk::carry_out(app, &by, lang, &typed)).await {
        Ok((n, refused)) if refused.is_empty() => {
            let address = filter.address();
            return Ok(Redirect::to(&format!("{address}&did={}&n={n}", fields.word("event"))).into_response());
        }
        Ok((n, refused)) => {
            let said = EventCode::from_word(fields.text("event")).map_or_else(String::new, |code| done_said(lang, code, n as u64));
            Done { refused, said, error: None }
        }
        Err(fault) if fault.is_failure() => return Err(line::problem(fault)),
        Err(fault) => Done { error: Some((why(lang, &fault), fault.code)), ..Done::default() },
    };
    Ok((StatusCode::CONFLICT, page(app, desk, lang, words, done).await?).into_response())
}

/// 办好 5 件：催办.
fn done_said(lang: Lang, code: EventCode, n: u64) -> String {
    say(lang, "line-did", &[("n", n.into()), ("event", say(lang, &code.key(), &[]).into())])
}
