//! The templates of the board of the line.

use askama::Template;
use askama_web::WebTemplate;
use minqing_core::words::Lang;

use super::{Desk, Place, Toast, filters};
use crate::console::board::{BoardView, Card, Done};

/// line.html
#[derive(Template, WebTemplate)]
#[template(path = "line.html")]
pub struct BoardPage {
    pub lang: Lang,
    pub desk: Desk,
    pub board: BoardView,
    pub done: Done,
    pub toast: Option<Toast>,
}

/// line-lanes.html: what is asked for again when something is new.
#[derive(Template, WebTemplate)]
#[template(path = "line-lanes.html")]
pub struct BoardLanes {
    pub lang: Lang,
    pub board: BoardView,
}

/// search.html
#[derive(Template, WebTemplate)]
#[template(path = "search.html")]
pub struct SearchPage {
    pub lang: Lang,
    pub desk: Desk,
    /// What was typed.
    pub q: String,
    /// How many were found, as a sentence; empty before anything is asked.
    pub said: String,
    pub cards: Vec<Card>,
}

/// line-print.html
#[derive(Template, WebTemplate)]
#[template(path = "line-print.html")]
pub struct LinePrint {
    pub lang: Lang,
    pub lines: Vec<PrintLine>,
    /// When it was made.
    pub when: String,
}

/// A matter to be taken along.
pub struct PrintLine {
    pub code: String,
    pub place: String,
    pub category: String,
    pub text: String,
    pub state: String,
    pub due: String,
}
