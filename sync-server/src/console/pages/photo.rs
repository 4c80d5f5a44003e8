//! The template of a photo.

use askama::Template;
use askama_web::WebTemplate;
use minqing_core::words::Lang;

use super::{Desk, Place, Toast, filters};
use crate::console::matter::PhotoView;

/// matter-photo.html
#[derive(Template, WebTemplate)]
#[template(path = "matter-photo.html")]
pub struct PhotoPage {
    pub lang: Lang,
    pub desk: Desk,
    pub photo: PhotoView,
    /// Sentence and code.
    pub error: Option<(String, &'static str)>,
    pub toast: Option<Toast>,
}
