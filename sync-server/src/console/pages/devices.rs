//! The templates of officers and their phones.

use askama::Template;
use askama_web::WebTemplate;
use minqing_core::words::Lang;

use super::{Desk, Place, filters};
use crate::console::{
    devices::{Days, Health, OfficerView},
    lines::DeviceLine,
};

/// devices.html
#[derive(Template, WebTemplate)]
#[template(path = "devices.html")]
pub struct DevicesPage {
    pub lang: Lang,
    pub desk: Desk,
    /// Each phone with its last days.
    pub lines: Vec<(DeviceLine, Days)>,
    /// How many lines have a lamp.
    pub lamps: usize,
    pub health: Health,
    /// Whether somebody was just moved.
    pub moved: bool,
}

/// officer.html
#[derive(Template, WebTemplate)]
#[template(path = "officer.html")]
pub struct OfficerPage {
    pub lang: Lang,
    pub desk: Desk,
    pub view: OfficerView,
}

/// enrol.html
#[derive(Template, WebTemplate)]
#[template(path = "enrol.html")]
pub struct EnrolPage {
    pub lang: Lang,
    pub desk: Desk,
    pub officers: Vec<OfficerChoice>,
    /// The community's grids: last three digits and name.
    pub grids: Vec<(String, String)>,
    pub may_add: bool,
    /// Whether no phone was enrolled here yet.
    pub is_first: bool,
    /// The name as typed.
    pub name: String,
    /// The grids as ticked.
    pub ticked: Vec<String>,
    /// Sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// An officer to choose.
pub struct OfficerChoice {
    pub id: String,
    pub name: String,
    /// Last three digits of each grid.
    pub grids: String,
}

/// code.html: to be printed or scanned, shown once.
#[derive(Template, WebTemplate)]
#[template(path = "code.html")]
pub struct CodePage {
    pub lang: Lang,
    pub desk: Desk,
    pub name: String,
    pub grids: String,
    pub code: String,
    pub server: String,
    /// Until when it is good.
    pub ends: String,
    /// An SVG of our own making.
    pub qr: String,
    /// Whether no phone was enrolled here yet.
    pub is_first: bool,
    /// Whether the server's address is one that no other machine reaches.
    pub only_here: bool,
    pub wait: Arrived,
}

/// arrived.html: fetched again and again until the phone is there.
#[derive(Template, WebTemplate)]
#[template(path = "arrived.html")]
pub struct Arrived {
    pub lang: Lang,
    pub officer: String,
    /// Since when a phone is waited for, milliseconds since 1970.
    pub since: i64,
    /// Which phone came and when, as a sentence; empty while none did.
    pub arrived: String,
}
