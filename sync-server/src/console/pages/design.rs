//! The template of the parts.

use askama::Template;
use askama_web::WebTemplate;
use minqing_core::words::Lang;

use super::filters;
use crate::{
    console::matter::{ClockLine, Station},
    site::Look,
};

/// design.html
#[derive(Template, WebTemplate)]
#[template(path = "design.html")]
pub struct DesignPage {
    pub lang: Lang,
    pub look: Look,
    /// A door.
    pub plate: String,
    /// A moment.
    pub when: String,
    pub stations: Vec<Station>,
    /// A state of each stage.
    pub states: [String; 4],
    pub clocks: Vec<ClockLine>,
    /// Floors from above, each with its doors.
    pub stair: Vec<(String, Vec<StairCell>)>,
}

/// A door of the stairwell.
pub struct StairCell {
    pub room: String,
    /// Word of what is with it.
    pub door: &'static str,
    /// An icon's name.
    pub icon: &'static str,
    pub said: String,
}
