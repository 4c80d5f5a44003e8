//! Which matters of the line somebody asks for: read from an address, and written into one.

use axum::http::StatusCode;
use minqing_core::{
    Id,
    clock::{day_start, local_date},
    model::{Category, Lamp, MatterState},
};
use serde::Deserialize;

use crate::{console::desk::AtDesk, problem::Problem, storage::OnLine};

/// The address's words; an empty one asks for nothing.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Words {
    mine: String,
    due: String,
    lamp: String,
    category: String,
    department: String,
    grid: String,
    state: String,
    after: String,
    /// What was just done, and with how many.
    pub did: String,
    pub n: u64,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// What is over already.
    Overdue,
    /// What is due before the day ends.
    Today,
}

impl Due {
    const ALL: [(Self, &str); 2] = [(Self::Overdue, "overdue"), (Self::Today, "today")];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(due, _)| *due == self).map_or("", |(_, word)| word)
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub mine: bool,
    pub due: Option<Due>,
    pub lamp: Option<Lamp>,
    pub category: Option<Category>,
    pub department: Option<Id>,
    pub grid: Option<String>,
    /// One state alone, as a list.
    pub state: Option<MatterState>,
    /// After this one of the list.
    pub after: Option<Id>,
}

impl Filter {
    /// Reads an address of this desk.
    ///
    /// # Errors
    /// 422 `code.unknown` with the part of the address that cannot be read; 404 `grid.unknown` for a grid of another community.
    pub fn read(words: &Words, desk: &AtDesk) -> Result<Self, Problem> {
        let unknown = |part: &str| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "code.unknown").at(part);
        let filter = Self {
            mine: part(&words.mine, |word| (word == "1").then_some(true)).map_err(|()| unknown("mine"))?.unwrap_or_default(),
            due: part(&words.due, |word| Due::ALL.iter().find(|(_, w)| *w == word).map(|(due, _)| *due)).map_err(|()| unknown("due"))?,
            lamp: part(&words.lamp, Lamp::from_word).map_err(|()| unknown("lamp"))?,
            category: part(&words.category, Category::from_word).map_err(|()| unknown("category"))?,
            department: part(&words.department, |word| word.parse().ok()).map_err(|()| unknown("department"))?,
            grid: part(&words.grid, |word| Some(word.to_owned())).map_err(|()| unknown("grid"))?,
            state: part(&words.state, MatterState::from_word).map_err(|()| unknown("state"))?,
            after: part(&words.after, |word| word.parse().ok()).map_err(|()| unknown("after"))?,
        };
        filter.grid.as_deref().map_or(Ok(()), |grid| desk.check_grid(grid))?;
        Ok(filter)
    }

    /// The same as a question to the store.
    pub fn on_line(&self, desk: &AtDesk, now_ms: i64) -> OnLine {
        let due = self.due.map(|due| match due {
            Due::Overdue => (i64::MIN, now_ms),
            Due::Today => (now_ms, tonight(now_ms)),
        });
        OnLine {
            mine: self.mine,
            due,
            lamp: self.lamp,
            category: self.category,
            department: self.department,
            grid: self.grid.clone(),
            ..OnLine::all(desk.community.clone(), desk.session.staff.id, now_ms)
        }
    }

    /// What stands behind the `?` of an address; empty where nothing is asked. Every word of it is plain ASCII.
    pub fn query(&self) -> String {
        self.pairs().iter().map(|(name, word)| format!("{name}={word}")).collect::<Vec<_>>().join("&")
    }

    /// Its parts by name.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut parts = Vec::new();
        let mut put = |name, word: Option<String>| parts.extend(word.map(|word| (name, word)));
        put("mine", self.mine.then(|| "1".to_owned()));
        put("due", self.due.map(|due| due.word().to_owned()));
        put("lamp", self.lamp.map(|lamp| lamp.word().to_owned()));
        put("category", self.category.map(|category| category.word().to_owned()));
        put("department", self.department.map(|id| id.to_string()));
        put("grid", self.grid.clone());
        put("state", self.state.map(|state| state.word().to_owned()));
        put("after", self.after.map(|id| id.to_string()));
        parts
    }

    /// The page's address.
    pub fn address(&self) -> String {
        format!("/office/line?{}", self.query())
    }
}

/// A part of an address; nothing where it is empty.
fn part<T>(word: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ()> {
    if word.is_empty() { Ok(None) } else { read(word).map(Some).ok_or(()) }
}

/// When the day ends, milliseconds since 1970.
pub fn tonight(now_ms: i64) -> i64 {
    local_date(now_ms).tomorrow().map_or(i64::MAX, day_start)
}
