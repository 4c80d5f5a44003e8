//! The templates and what they are filled with.

use askama::Template;
use askama_web::WebTemplate;
use minqing_core::words::{self, Lang};

use super::{
    aside::AsideLine,
    held::Held,
    lines::{MatterLine, PhoneLine, VisitLine},
};
use crate::{site::Look, storage::CardCounts};

mod board;
mod daybook;
mod design;
mod devices;
mod households;
mod inbox;
mod matter;
mod photo;
mod window;

pub use board::{BoardLanes, BoardPage, LinePrint, PrintLine, SearchPage};
pub use daybook::{AskVisitPage, DaybookPage, VisitPage};
pub use design::{DesignPage, StairCell};
pub use devices::{Arrived, CodePage, DevicesPage, EnrolPage, OfficerChoice, OfficerPage};
pub use households::{ErasePage, ErasuresPage, HouseholdPage, HouseholdsPage, PersonPage};
pub use inbox::{InboxLeft, InboxPage, InboxTab, SettledLine};
pub use matter::{MatterPage, MatterPublicPage};
pub use photo::PhotoPage;
pub use window::{WindowDoors, WindowLike, WindowNumber, WindowPage, WindowSlip};

/// What was just done.
pub struct Toast {
    pub said: String,
    /// The decision that can be taken back.
    pub undo: Option<String>,
}

impl Toast {
    /// That an event was done, by its key.
    pub fn did(lang: Lang, event: &str) -> Self {
        Self { said: words::say(lang, "did-event", &[("event", words::say(lang, event, &[]).into())]), undo: None }
    }
}

/// sign-in.html
#[derive(Template, WebTemplate)]
#[template(path = "sign-in.html")]
pub struct SignInPage {
    pub lang: Lang,
    pub look: Look,
    /// The name as typed.
    pub name: String,
    /// Repeats the form cookie.
    pub token: String,
    /// Sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// second.html
#[derive(Template, WebTemplate)]
#[template(path = "second.html")]
pub struct SecondPage {
    pub lang: Lang,
    pub look: Look,
    /// Repeats the form cookie.
    pub token: String,
    /// That the password was right.
    pub half: String,
    /// Sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// first.html
#[derive(Template, WebTemplate)]
#[template(path = "first.html")]
pub struct FirstPage {
    pub lang: Lang,
    pub look: Look,
    /// What opens the page.
    pub code: String,
    /// What was looked for.
    pub q: String,
    pub chosen: Option<FoundCommunity>,
    pub found: Vec<FoundCommunity>,
    /// How many grids, as typed.
    pub grids: String,
    /// The name as typed.
    pub name: String,
    /// Sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// A community to choose.
pub struct FoundCommunity {
    pub id: String,
    pub name: String,
    /// District and street.
    pub above: String,
}

/// trouble.html
#[derive(Template, WebTemplate)]
#[template(path = "trouble.html")]
pub struct TroublePage {
    pub lang: Lang,
    pub look: Look,
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

/// aside.html
#[derive(Template, WebTemplate)]
#[template(path = "aside.html")]
pub struct AsidePage {
    pub lang: Lang,
    pub desk: Desk,
    pub lines: Vec<AsideLine>,
    /// Whether there are more than are shown.
    pub more: bool,
    /// Whether they may adopt and return here.
    pub settles: bool,
}

/// settle.html: once more before an item is adopted or returned.
#[derive(Template, WebTemplate)]
#[template(path = "settle.html")]
pub struct SettlePage {
    pub lang: Lang,
    pub desk: Desk,
    pub line: AsideLine,
    /// Whether it is to be adopted; else returned.
    pub adopts: bool,
    /// The tab of the inbox to go back to.
    pub kind: &'static str,
    /// Sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// account.html
#[derive(Template, WebTemplate)]
#[template(path = "account.html")]
pub struct AccountPage {
    pub lang: Lang,
    pub desk: Desk,
    pub sessions: Vec<SessionLine>,
    /// Sentence and code.
    pub error: Option<(String, &'static str)>,
    /// Whether the password was just changed.
    pub changed: bool,
    /// Whether the second step of signing in is on.
    pub has_second: bool,
    /// Sentence and code of why it was not turned off.
    pub second_error: Option<(String, &'static str)>,
}

/// account-second.html
#[derive(Template, WebTemplate)]
#[template(path = "account-second.html")]
pub struct SecondBeginPage {
    pub lang: Lang,
    pub desk: Desk,
    pub qr: String,
    /// As somebody types it.
    pub secret: String,
    /// Sentence and code of what is wrong with the password.
    pub error: Option<(String, &'static str)>,
    /// The same of the digits.
    pub second_error: Option<(String, &'static str)>,
}

/// A session of one's own.
pub struct SessionLine {
    pub id: String,
    pub browser: String,
    pub started: String,
    pub ends: String,
    pub is_here: bool,
}

/// held.html
#[derive(Template, WebTemplate)]
#[template(path = "held.html")]
pub struct HeldPage {
    pub lang: Lang,
    pub household: String,
    pub community: String,
    pub plate: String,
    /// Of whom it can be printed: id and name.
    pub residents: Vec<(String, String)>,
    /// `None` until somebody was chosen.
    pub held: Option<Held>,
    pub day: String,
    /// Who hands it over.
    pub by: String,
}

/// A page of the rail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Today,
    Inbox,
    Line,
    Window,
    Rounds,
    Households,
    Surveys,
    Aside,
    Devices,
    Enrol,
    Account,
}

/// Who sits at this desk, and what the rail offers them.
pub struct Desk {
    /// How pages look in this browser.
    pub look: Look,
    pub community: String,
    pub name: String,
    pub role: String,
    pub csrf: String,
    pub here: Place,
    /// The cards that are left, for those who settle them.
    pub cards: Option<CardCounts>,
    pub sees_line: bool,
    /// Whether they look through households.
    pub sees_households: bool,
    /// Whether they register matters at the window.
    pub registers: bool,
    pub sees_aside: bool,
    pub sees_phones: bool,
    pub manages_phones: bool,
    /// All desks they may choose.
    pub seats: Vec<Seat>,
}

/// A community to choose.
pub struct Seat {
    pub id: String,
    pub name: String,
    pub is_here: bool,
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
    /// The year whose decree lacks, as a sentence; empty if none does.
    pub missing: String,
    /// `None` for those who see no residents.
    pub doors: Option<Doors>,
    /// `None` for those who see no phones.
    pub phones: Option<Vec<PhoneLine>>,
    /// How many lines of phones have a lamp.
    pub lamps: usize,
}

/// What happened at the doors.
pub struct Doors {
    /// Whether names, rooms and texts are left out.
    pub masked: bool,
    pub visits: Vec<VisitLine>,
    /// How many visits are not shown, as a sentence; empty if all are.
    pub more_visits: String,
    pub matters: Vec<MatterLine>,
}

/// Filters of the templates.
pub(crate) mod filters {
    use minqing_core::words::{self, Lang};

    /// The catalogue's sentence of a key.
    #[askama::filter_fn]
    pub fn say(key: &str, _: &dyn askama::Values, lang: &Lang) -> askama::Result<String> {
        Ok(words::say(*lang, key, &[]))
    }
}
