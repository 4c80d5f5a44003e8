//! The templates of the window.

use askama::Template;
use askama_web::WebTemplate;
use minqing_core::words::{Lang, say};

use super::{Desk, Place, filters};
use crate::console::{
    doors::DoorLine,
    window::{AlikeLine, DueLine, PaperLine, QueueLine, Shown, Typed},
};

/// window.html
#[derive(Template, WebTemplate)]
#[template(path = "window.html")]
pub struct WindowPage {
    pub lang: Lang,
    pub desk: Desk,
    pub shown: Shown,
    pub typed: Typed,
    pub doors: WindowDoors,
    pub like: WindowLike,
    pub queue: QueueLine,
    /// Field, sentence and code.
    pub error: Option<(&'static str, String, &'static str)>,
    /// What was done, as a sentence; empty if nothing was.
    pub did: String,
    /// Whether nothing was typed yet, so that a draft of the browser may stand there.
    pub fresh: bool,
    /// Whether that draft is thrown away.
    pub clear: bool,
}

impl WindowPage {
    /// What is wrong with a field.
    fn why(&self, field: &str) -> Option<(&str, &'static str)> {
        self.error.as_ref().filter(|(at, ..)| *at == field).map(|(_, said, code)| (said.as_str(), *code))
    }

    /// Whether something is.
    fn wrong(&self, field: &str) -> bool {
        self.why(field).is_some()
    }
}

/// window-doors.html: fetched while somebody types.
#[derive(Template, WebTemplate)]
#[template(path = "window-doors.html")]
pub struct WindowDoors {
    pub lang: Lang,
    pub doors: Vec<DoorLine>,
    /// Whether somebody looked and nothing was found.
    pub none: bool,
}

/// window-like.html: fetched while somebody types.
#[derive(Template, WebTemplate)]
#[template(path = "window-like.html")]
pub struct WindowLike {
    pub lang: Lang,
    pub lines: Vec<AlikeLine>,
    pub due: Vec<DueLine>,
    /// Who is proposed to handle it; empty for nobody.
    pub department: String,
}

/// window-slip.html: to be printed, shown once.
#[derive(Template, WebTemplate)]
#[template(path = "window-slip.html")]
pub struct WindowSlip {
    pub lang: Lang,
    pub community: String,
    pub matter: String,
    pub code: String,
    /// An SVG of our own making.
    pub qr: String,
    /// In two groups of three; empty where it stands on the slip that was handed out.
    pub pin: String,
    pub lines: Vec<PaperLine>,
    /// Whom to call; empty for nobody.
    pub phone: String,
}

impl WindowSlip {
    /// A sentence in Chinese.
    fn zh(&self, key: &str) -> String {
        say(Lang::Zh, key, &[])
    }

    /// The same in English.
    fn en(&self, key: &str) -> String {
        say(Lang::En, key, &[])
    }
}

/// window-number.html: to be printed.
#[derive(Template, WebTemplate)]
#[template(path = "window-number.html")]
pub struct WindowNumber {
    pub lang: Lang,
    pub community: String,
    pub n: u32,
    pub before: u32,
    pub when: String,
}

impl WindowNumber {
    /// A sentence in the page's language.
    fn here(&self, key: &str) -> String {
        self.of(self.lang, key)
    }

    /// The same in Chinese.
    fn zh(&self, key: &str) -> String {
        self.of(Lang::Zh, key)
    }

    /// The same in English.
    fn en(&self, key: &str) -> String {
        self.of(Lang::En, key)
    }

    fn of(&self, lang: Lang, key: &str) -> String {
        say(lang, key, &[("n", self.before.into())])
    }
}
