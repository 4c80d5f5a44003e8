//! The templates of appointments and rounds.

use askama::Template;
use askama_web::WebTemplate;
use minqing_core::words::Lang;

use super::{Desk, Place, Toast, WindowDoors, filters};
use crate::console::{
    daybook::{Cell, DaybookView, Told, VisitView, Wanted},
    matter::Choice,
};

/// daybook.html
#[derive(Template, WebTemplate)]
#[template(path = "daybook.html")]
pub struct DaybookPage {
    pub lang: Lang,
    pub desk: Desk,
    pub day: DaybookView,
    pub told: Told,
}

/// visit.html
#[derive(Template, WebTemplate)]
#[template(path = "visit.html")]
pub struct VisitPage {
    pub lang: Lang,
    pub desk: Desk,
    pub visit: VisitView,
    /// Why something was not done: sentence and code.
    pub error: Option<(String, &'static str)>,
    pub toast: Option<Toast>,
}

/// visit-ask.html
#[derive(Template, WebTemplate)]
#[template(path = "visit-ask.html")]
pub struct AskVisitPage {
    pub lang: Lang,
    pub desk: Desk,
    pub doors: WindowDoors,
    pub matters: Vec<Choice>,
    pub purposes: Vec<Choice>,
    pub wanted: Wanted,
    pub error: Option<(String, &'static str)>,
}
