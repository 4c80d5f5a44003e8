//! The templates of households.

use askama::Template;
use askama_web::WebTemplate;
use minqing_core::words::Lang;

use super::{Desk, Place, Toast, filters};
use crate::console::{
    doors::DoorLine,
    households::{ErasedLine, Erasing, HouseholdView, PersonView, Stairs},
};

/// households.html
#[derive(Template, WebTemplate)]
#[template(path = "households.html")]
pub struct HouseholdsPage {
    pub lang: Lang,
    pub desk: Desk,
    pub stairs: Stairs,
    /// What was looked for.
    pub q: String,
    pub found: Vec<DoorLine>,
}

/// household.html
#[derive(Template, WebTemplate)]
#[template(path = "household.html")]
pub struct HouseholdPage {
    pub lang: Lang,
    pub desk: Desk,
    pub view: HouseholdView,
    /// Whether they may erase somebody.
    pub erases: bool,
    /// Whether they may write down what somebody says of their own record.
    pub settles: bool,
}

/// household-person.html
#[derive(Template, WebTemplate)]
#[template(path = "household-person.html")]
pub struct PersonPage {
    pub lang: Lang,
    pub desk: Desk,
    pub view: PersonView,
    pub toast: Option<Toast>,
}

/// household-erase.html
#[derive(Template, WebTemplate)]
#[template(path = "household-erase.html")]
pub struct ErasePage {
    pub lang: Lang,
    pub desk: Desk,
    pub erasing: Erasing,
    /// Sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// erasures.html
#[derive(Template, WebTemplate)]
#[template(path = "erasures.html")]
pub struct ErasuresPage {
    pub lang: Lang,
    pub desk: Desk,
    pub lines: Vec<ErasedLine>,
}
