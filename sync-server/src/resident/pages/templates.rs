//! The templates and what they are filled with.

use askama::Template;
use askama_web::WebTemplate;
use minqing_core::{speech::Term, words::Lang};

use super::{
    letter::{Letter, MAX_LETTER, MAX_REACH, Wrong},
    porch::Porch,
    said::MineView,
    visits::{TimesOfDay, VisitLine},
};
use crate::console::pages::filters;

/// resident-look-up.html
#[derive(Template, WebTemplate)]
#[template(path = "resident-look-up.html")]
pub struct LookUpPage {
    pub porch: Porch,
    pub lang: Lang,
    /// The code as typed, or as the slip has it.
    pub code: String,
    /// Repeats the form cookie.
    pub token: String,
    /// Key of a sentence to begin with; empty for none.
    pub note: &'static str,
    /// Sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// resident-mine.html
#[derive(Template, WebTemplate)]
#[template(path = "resident-mine.html")]
pub struct MinePage {
    pub porch: Porch,
    pub lang: Lang,
    pub mine: MineView,
    pub visits: Vec<VisitLine>,
    /// What somebody can be asked to come for; empty for nothing.
    pub ask: String,
    /// What was just done; empty for nothing.
    pub toast: String,
}

/// resident-times.html
#[derive(Template, WebTemplate)]
#[template(path = "resident-times.html")]
pub struct TimesPage {
    pub porch: Porch,
    pub lang: Lang,
    pub visit: VisitLine,
    pub day: TimesOfDay,
    /// Whether another day than the first one was asked for.
    pub asked: bool,
    /// Sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// resident-rate.html
#[derive(Template, WebTemplate)]
#[template(path = "resident-rate.html")]
pub struct RatePage {
    pub porch: Porch,
    pub lang: Lang,
    /// What was chosen, in words.
    pub said: String,
    pub stars: u8,
    pub saw: u64,
    /// Whether it can be taken up once more.
    pub again: bool,
    /// Most characters of the reason.
    pub most: usize,
}

/// resident-letter.html
#[derive(Template, WebTemplate)]
#[template(path = "resident-letter.html")]
pub struct LetterPage {
    pub porch: Porch,
    pub lang: Lang,
    /// What was typed.
    pub letter: Letter,
    /// The open communities.
    pub communities: Vec<Term>,
    pub kinds: Vec<Term>,
    pub categories: Vec<Term>,
    /// Repeats the form cookie.
    pub token: String,
    pub error: Option<Wrong>,
}

impl LetterPage {
    /// What is wrong with a field.
    fn wrong(&self, field: &str) -> Option<&Wrong> {
        self.error.as_ref().filter(|wrong| wrong.field == field)
    }
}

/// resident-letter-sent.html: the only moment at which the PIN is shown.
#[derive(Template, WebTemplate)]
#[template(path = "resident-letter-sent.html")]
pub struct LetterSentPage {
    pub porch: Porch,
    pub lang: Lang,
    pub code: String,
    pub pin: String,
    /// An SVG of our own making.
    pub qr: String,
}

/// resident-screen.html
#[derive(Template, WebTemplate)]
#[template(path = "resident-screen.html")]
pub struct ScreenPage {
    pub porch: Porch,
    pub lang: Lang,
    /// What the address says.
    pub token: String,
    /// Who sits there.
    pub name: String,
    /// What was handled; of a sensitive matter only that something was.
    pub what: String,
    /// By when such matters are handled; empty for a sensitive one.
    pub policy: String,
    /// The last four of its code.
    pub end: String,
    /// Whether a rating can be given; else it was given.
    pub rates: bool,
    /// The stars that were pressed and are asked about; 0 for none.
    pub stars: u8,
}

/// resident-trouble.html
#[derive(Template, WebTemplate)]
#[template(path = "resident-trouble.html")]
pub struct HomeTroublePage {
    pub porch: Porch,
    pub lang: Lang,
    pub said: String,
    pub code: &'static str,
}
