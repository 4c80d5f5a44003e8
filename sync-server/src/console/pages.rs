//! The templates and what they are filled with.

use askama::Template;
use askama_web::WebTemplate;
use minqing_core::words::Lang;

use super::lines::{MatterLine, PhoneLine, VisitLine};

/// sign-in.html
#[derive(Template, WebTemplate)]
#[template(path = "sign-in.html")]
pub struct SignInPage {
    pub lang: Lang,
    /// The name as typed.
    pub name: String,
    /// Repeats the form cookie.
    pub token: String,
    /// Sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// trouble.html
#[derive(Template, WebTemplate)]
#[template(path = "trouble.html")]
pub struct TroublePage {
    pub lang: Lang,
    pub said: String,
    pub code: &'static str,
}

/// today.html: the whole page.
#[derive(Template, WebTemplate)]
#[template(path = "today.html")]
pub struct TodayPage {
    pub lang: Lang,
    pub desk: Desk,
    pub day: DayView,
}

/// middle.html: what htmx fetches again and again.
#[derive(Template, WebTemplate)]
#[template(path = "middle.html")]
pub struct Middle {
    pub lang: Lang,
    pub day: DayView,
}

/// surveys.html
#[derive(Template, WebTemplate)]
#[template(path = "surveys.html")]
pub struct SurveysPage {
    pub lang: Lang,
    pub desk: Desk,
    pub forms: Vec<FormView>,
}

/// A form with what was answered.
pub struct FormView {
    pub title: String,
    /// How often it was filled in, as words.
    pub filled: String,
    pub questions: Vec<QuestionLine>,
}

/// A question.
pub struct QuestionLine {
    pub title: String,
    /// Answered of asked, as words.
    pub answered: String,
    pub lines: Vec<AnswerLine>,
}

/// A choice with its count, or the figures of a number or text.
pub struct AnswerLine {
    pub said: String,
    /// Of those who answered, in per cent.
    pub share: Option<u64>,
}

/// Who sits at this desk.
pub struct Desk {
    pub community: String,
    pub name: String,
    pub role: String,
    pub csrf: String,
}

/// What the middle shows.
pub struct DayView {
    /// As people say it, and for machines.
    pub date: String,
    pub iso: String,
    /// When this was read.
    pub clock: String,
    /// Counts, as a sentence.
    pub summary: String,
    /// `None` for those who see no residents.
    pub doors: Option<Doors>,
    pub phones: Vec<PhoneLine>,
    /// How many lines of phones have a lamp.
    pub lamps: usize,
}

/// What happened at the doors.
pub struct Doors {
    pub visits: Vec<VisitLine>,
    /// How many visits are not shown, as a sentence; empty if all are.
    pub more_visits: String,
    pub matters: Vec<MatterLine>,
}

/// Filters of the templates.
mod filters {
    use minqing_core::words::{self, Lang};

    /// The catalogue's sentence of a key.
    #[askama::filter_fn]
    pub fn say(key: &str, _: &dyn askama::Values, lang: &Lang) -> askama::Result<String> {
        Ok(words::say(*lang, key, &[]))
    }
}
