//! The templates of the inbox.

use askama::Template;
use askama_web::WebTemplate;
use minqing_core::words::Lang;

use super::{Desk, Place, Toast, filters};
use crate::console::inbox::{Body, CardLine};

/// inbox.html
#[derive(Template, WebTemplate)]
#[template(path = "inbox.html")]
pub struct InboxPage {
    pub lang: Lang,
    pub desk: Desk,
    /// Word of the tab.
    pub kind: &'static str,
    pub left: InboxLeft,
    pub tabs: Vec<InboxTab>,
    pub cards: Vec<CardLine>,
    /// How many more there are, as a sentence; empty if none.
    pub more: String,
    /// What was decided today, on its tab alone.
    pub settled: Vec<SettledLine>,
    pub toast: Option<Toast>,
    /// Why a card was not settled: sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// inbox-left.html: fetched again and again.
#[derive(Template, WebTemplate)]
#[template(path = "inbox-left.html")]
pub struct InboxLeft {
    pub lang: Lang,
    pub kind: &'static str,
    /// Counts, as a sentence.
    pub said: String,
    /// Of today's, in per cent.
    pub share: u64,
    /// How many were left when the page was read.
    pub had: u64,
    /// How many came since, as a sentence; empty if none.
    pub news: String,
}

/// A tab of the inbox.
pub struct InboxTab {
    pub word: &'static str,
    pub said: String,
    pub count: u64,
    pub is_here: bool,
}

/// A decision of today.
pub struct SettledLine {
    pub id: String,
    pub when: String,
    pub by: String,
    pub said: String,
    pub undone: bool,
}
