//! Rounds for a grid, for an office that has seconds: a search of our own on one core, and beside it the crate
//! `vrp-pragmatic` in a process of its own, from whose answer a second search goes on. The better plan wins, and nothing is
//! given out that [`check`](minqing_core::rounds::check) has not proved (docs/ROUNDS.md).

pub mod buildings;
pub mod child;
mod day;
pub mod file;
pub mod footways;
mod kept_file;
mod morning;
mod planner;
mod pragmatic;
mod solomon;
mod wanted;

pub use day::{Asked, DayPlan, plan_day, week_of};
pub use morning::plan_mornings;
pub use planner::{Child, Planned, insertion, plan};
pub use wanted::{WantedDoor, wanted_in};
