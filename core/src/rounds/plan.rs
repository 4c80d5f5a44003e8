//! What was planned: who knocks where, in what order and when.

use serde::{Deserialize, Serialize};

use super::problem::Problem;

/// One stop of a round; all times in seconds of the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Which stop.
    pub stop: String,
    /// How long the walk to it takes, from the stop before or from where the shift begins.
    pub walk_s: u32,
    /// When the officer is there.
    pub arrive_s: u32,
    /// When the visit begins.
    pub start_s: u32,
    /// When it is over.
    pub leave_s: u32,
}

/// What an officer does in one shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Who.
    pub officer: String,
    /// Which of the officer's shifts, from 0.
    pub shift: usize,
    /// The stops in order, at least one.
    pub visits: Vec<Visit>,
    /// The walk from the last stop to where the shift must end, in seconds; 0 where it may end anywhere.
    pub back_s: u32,
}

/// Why nobody comes to a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// None of the officers may come, or none of them works.
    NoOfficer,
    /// It may begin only when no officer who may come can be there, even with nothing else to do.
    NoWindow,
    /// Somebody could come but for the limit on the doors of a day.
    TooManyDoors,
    /// The others take all the time there is.
    NoTime,
}

/// A stop to which nobody comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unserved {
    /// Which.
    pub stop: String,
    /// The reason.
    pub why: Why,
}

/// A plan of one day: of what is left of it, where it has begun.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Rounds, by officer and shift.
    pub rounds: Vec<Round>,
    /// Stops to which nobody comes, by id.
    pub unserved: Vec<Unserved>,
    /// All walking, in seconds.
    pub walking_s: u64,
}

/// What a plan costs; the smaller is the better one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cost {
    /// Stops to which nobody comes: confirmed appointments, then those who come first, then the others.
    pub unserved: [u32; 3],
    /// All walking, in seconds.
    pub walking_s: u64,
}

impl Why {
    /// The word, as `no_window`.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoOfficer => "no_officer",
            Self::NoWindow => "no_window",
            Self::TooManyDoors => "too_many_doors",
            Self::NoTime => "no_time",
        }
    }
}

impl Round {
    /// All walking of it, in seconds.
    pub fn walking_s(&self) -> u64 {
        self.visits.iter().map(|visit| u64::from(visit.walk_s)).sum::<u64>() + u64::from(self.back_s)
    }
}

impl Plan {
    /// All visits, round by round in the order in which they are made.
    pub fn visits(&self) -> impl Iterator<Item = &Visit> {
        self.rounds.iter().flat_map(|round| &round.visits)
    }

    /// How many stops are served.
    pub fn served(&self) -> usize {
        self.visits().count()
    }

    /// What it costs. Of two plans for one problem the better one is the smaller.
    pub fn cost(&self, problem: &Problem) -> Cost {
        let mut cost = Cost { walking_s: self.walking_s, ..Cost::default() };
        for stop in problem.stops.iter().filter(|stop| self.unserved.iter().any(|unserved| unserved.stop == stop.id)) {
            cost.unserved[stop.class()] += 1;
        }
        cost
    }
}
