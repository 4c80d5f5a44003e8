//! The templates of a matter.

use askama::Template;
use askama_web::WebTemplate;
use minqing_core::words::Lang;

use super::{Desk, Place, Toast, filters};
use crate::console::matter::{FieldKind, MatterView};

/// matter.html
#[derive(Template, WebTemplate)]
#[template(path = "matter.html")]
pub struct MatterPage {
    pub lang: Lang,
    pub desk: Desk,
    pub matter: MatterView,
    pub toast: Option<Toast>,
}

/// matter-public.html
#[derive(Template, WebTemplate)]
#[template(path = "matter-public.html")]
pub struct MatterPublicPage {
    pub lang: Lang,
    pub desk: Desk,
    pub id: String,
    /// Whether it is shown to everybody.
    pub is_shown: bool,
    /// Whether a matter of its category may be shown at all.
    pub may_be: bool,
    /// What everybody reads: term and words.
    pub lines: Vec<(String, String)>,
    /// Addresses of the photos that everybody sees: covered copies alone.
    pub photos: Vec<String>,
    /// What its resident reads.
    pub reply: String,
    pub state: String,
    /// What must not be read outside, as a sentence; empty if nothing.
    pub leak: String,
}
