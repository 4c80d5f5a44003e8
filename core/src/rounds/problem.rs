//! What is to be planned: doors and officers of one day, in seconds since its midnight.

use serde::{Deserialize, Serialize};

use super::ground::{Ground, Place};
use crate::{Error, Result};

/// The most stops of one problem.
pub const MOST_STOPS: usize = 2_000;
/// The most officers of one problem.
pub const MOST_OFFICERS: usize = 500;
/// Times, lengths and walks that a problem may name, in seconds: so large that all of a day add up.
pub const MOST_SECONDS: u32 = 1_000_000;
/// Doors an officer visits on one day unless somebody says otherwise.
pub const USUAL_DOORS: u32 = 20;

/// A span of the day in which a visit may begin, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Seconds of the day.
    pub from_s: u32,
    /// Seconds of the day.
    pub until_s: u32,
}

/// Who comes first where there is not time for everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Old, ill and disabled people.
    First,
    /// Everybody else.
    #[default]
    Usual,
}

/// A door to knock at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// What it is called; of two that are otherwise alike the smaller comes first.
    pub id: String,
    /// Where it is.
    pub place: Place,
    /// How long the visit takes.
    pub service_s: u32,
    /// When it may begin, in any order; none at all means the whole day.
    #[serde(default)]
    pub windows: Vec<Window>,
    /// A confirmed appointment: the visit begins at this second, whatever `windows` says.
    #[serde(default)]
    pub fixed_s: Option<u32>,
    /// Who comes first; a confirmed appointment comes before both.
    #[serde(default)]
    pub priority: Priority,
    /// How many doors it counts as.
    #[serde(default = "one")]
    pub doors: u32,
    /// The officers of whom one must come; none named means any.
    #[serde(default)]
    pub officers: Vec<String>,
    /// What the officer must be able to do, all of it.
    #[serde(default)]
    pub skills: Vec<String>,
}

/// A stretch of work without a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Not before this second of the day the officer leaves `start`.
    pub from_s: u32,
    /// By this second of the day the last visit is over, and the officer at `end` if there is one.
    pub until_s: u32,
    /// Where it begins.
    pub start: Place,
    /// Where it must end; anywhere if there is none.
    #[serde(default)]
    pub end: Option<Place>,
}

/// Somebody who walks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Officer {
    /// What they are called.
    pub id: String,
    /// When they work, in the day's order.
    pub shifts: Vec<Shift>,
    /// What they are able to do.
    #[serde(default)]
    pub skills: Vec<String>,
    /// The most doors of their day.
    #[serde(default = "usual_doors")]
    pub most_doors: u32,
    /// How far they have come; nothing before the day begins.
    #[serde(default)]
    pub so_far: Option<SoFar>,
}

/// How far an officer has come with the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoFar {
    /// The stops that are over, whatever came of them.
    pub done: Vec<String>,
    /// The second of the day it is now.
    pub now_s: u32,
    /// Where the officer stands.
    pub here: Place,
}

/// One day of one grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// What is walked on.
    pub ground: Ground,
    /// The doors, in any order.
    pub stops: Vec<Stop>,
    /// The officers, in any order.
    pub officers: Vec<Officer>,
}

fn one() -> u32 {
    1
}

fn usual_doors() -> u32 {
    USUAL_DOORS
}

impl Stop {
    /// A usual visit at any time of the day.
    pub fn new(id: impl Into<String>, place: Place, service_s: u32) -> Self {
        let (windows, officers, skills) = Default::default();
        Self { id: id.into(), place, service_s, windows, fixed_s: None, priority: Priority::Usual, doors: 1, officers, skills }
    }

    /// When the visit may begin, as spans in the day's order.
    pub fn begins(&self) -> Vec<Window> {
        if let Some(at) = self.fixed_s {
            return vec![Window { from_s: at, until_s: at }];
        }
        if self.windows.is_empty() {
            return vec![Window { from_s: 0, until_s: MOST_SECONDS }];
        }
        let mut windows = self.windows.clone();
        windows.sort_by_key(|window| (window.from_s, window.until_s));
        windows
    }

    /// 0 for a confirmed appointment, 1 for who comes first, 2 for everybody else.
    pub fn class(&self) -> usize {
        match (self.fixed_s, self.priority) {
            (Some(_), _) => 0,
            (None, Priority::First) => 1,
            (None, Priority::Usual) => 2,
        }
    }

    /// Whether this officer may come.
    pub fn may_come(&self, officer: &Officer) -> bool {
        let named = self.officers.is_empty() || self.officers.contains(&officer.id);
        named && self.skills.iter().all(|skill| officer.skills.contains(skill))
    }
}

impl Officer {
    /// An officer of one shift.
    pub fn new(id: impl Into<String>, shift: Shift) -> Self {
        Self { id: id.into(), shifts: vec![shift], skills: Vec::new(), most_doors: USUAL_DOORS, so_far: None }
    }

    /// What is left of a shift: it begins here and now if it has begun. `None` where nothing is left.
    pub fn rest_of(&self, shift: &Shift) -> Option<Shift> {
        match &self.so_far {
            Some(so_far) if so_far.now_s > shift.until_s => None,
            Some(so_far) if so_far.now_s >= shift.from_s => Some(Shift { from_s: so_far.now_s, start: so_far.here, ..*shift }),
            _ => Some(*shift),
        }
    }
}

impl Problem {
    /// The same day after an officer has come so far with it.
    ///
    /// # Errors
    /// `round.malformed` where there is no such officer.
    pub fn after(&self, officer: &str, so_far: SoFar) -> Result<Self> {
        let mut rest = self.clone();
        let walks = rest.officers.iter_mut().find(|one| one.id == officer).ok_or_else(|| malformed("officer"))?;
        walks.so_far = Some(so_far);
        Ok(rest)
    }

    /// Whether a stop is over already.
    pub fn is_done(&self, stop: &str) -> bool {
        self.officers.iter().filter_map(|officer| officer.so_far.as_ref()).any(|so_far| so_far.done.iter().any(|done| done == stop))
    }
}

pub(super) fn malformed(path: impl Into<String>) -> Error {
    Error::invalid("round.malformed", path)
}
