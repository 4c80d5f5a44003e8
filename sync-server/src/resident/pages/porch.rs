//! What surrounds each of these pages: which community it is, how one reads best, whom to call, and where to go.

use minqing_core::{
    appointment::Opening,
    speech::said,
    words::{Lang, say},
};

use crate::{app::App, area, booking::next_openings, site::Look, storage::Result};

/// How many openings of windows and halls stand at the foot.
const OPENINGS: usize = 2;

/// What surrounds a page.
pub struct Porch {
    pub look: Look,
    /// As people say it; empty where it is not known yet.
    pub community: String,
    /// Whom to call, as people read it and as a phone dials it; empty for nobody.
    pub phone: String,
    pub dial: String,
    /// When windows and halls are open next.
    pub openings: Vec<String>,
    /// What forms repeat once a slip was shown; empty until then.
    pub csrf: String,
}

impl Porch {
    /// That of a community, or of the only one where none is named.
    ///
    /// # Errors
    /// `store.failed`.
    pub(super) fn of(app: &App, (lang, look): (Lang, Look), community: Option<&str>) -> Result<Self> {
        let mut open = app.store.open_communities(community.unwrap_or_default())?;
        let only = if open.len() == 1 { open.pop() } else { None };
        let phone = app.config.office.phone.trim().to_owned();
        Ok(Self {
            look,
            community: only.map_or_else(String::new, |area| area::short_name(&area.name).to_owned()),
            dial: phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
            phone,
            openings: next_openings(app, None, OPENINGS)?.iter().map(|opening| said_opening(lang, opening)).collect(),
            csrf: String::new(),
        })
    }
}

fn said_opening(lang: Lang, opening: &Opening) -> String {
    let when = said::span(lang, opening.from_ms, opening.until_ms);
    say(lang, "home-opening", &[("place", opening.place.as_str().into()), ("when", when.into())])
}
