//! Walking rounds: who knocks where in what order, so that every appointment is kept, the old, ill and disabled come first,
//! and nobody walks further than need be (docs/ROUNDS.md).
//!
//! Phones plan with this alone, and again at each door: [`plan`] and [`replan`] take a moment and give the same plan
//! everywhere. The office has seconds and lets [`search`] go on from there. Whoever planned, [`check`] proves it.
//!
//! ```
//! use minqing_core::rounds::{Ground, Officer, Place, Problem, Shift, Spot, Stop, check, plan};
//!
//! let house = |order| Spot { order, ..Spot::default() };
//! let office = Place::street(0);
//! let door = |id: &str, spot, floor| Stop::new(id, Place { spot, floor, lift: false }, 600);
//! let problem = Problem {
//!     ground: Ground::Spots(vec![house(0), house(1), house(2)]),
//!     stops: vec![door("far", 2, 1), door("near", 1, 6), Stop { fixed_s: Some(9 * 3600), ..door("promised", 1, 2) }],
//!     officers: vec![Officer::new("Ma", Shift { from_s: 8 * 3600 + 1800, until_s: 11 * 3600, start: office, end: None })],
//! };
//! let plan = plan(&problem, &mut || true)?;
//! assert_eq!(check(&problem, &plan), Ok(()));
//! let promised = plan.rounds[0].visits.iter().find(|visit| visit.stop == "promised").map(|visit| visit.start_s);
//! assert_eq!((promised, plan.served()), (Some(9 * 3600), 3));
//! # Ok::<(), minqing_core::Error>(())
//! ```

pub mod bring;
mod chance;
mod check;
mod cycle;
mod door;
mod draft;
mod entrances;
mod field;
mod ground;
mod improve;
mod insertion;
mod or_opt;
mod plan;
mod planned;
mod problem;
mod recreate;
mod route;
mod ruin;
mod search;
mod sound;
mod two_opt;
mod walk;
mod wanted;
mod why;

pub use check::{Broken, check};
pub use cycle::Cycle;
pub use door::{Awaited, DoorFacts};
pub use entrances::{Entrances, house};
pub use ground::{Ground, Matrix, Place, Point, Spot, Unit};
pub use plan::{Cost, Plan, Round, Unserved, Visit, Why};
pub use planned::{Call, Errand, MAX_PLANNED, Planned, day_officer, day_problem, day_shifts, second_of};
pub use problem::{MOST_OFFICERS, MOST_SECONDS, MOST_STOPS, Officer, Priority, Problem, Shift, SoFar, Stop, USUAL_DOORS, Window};
pub use search::search;
pub use wanted::{Reason, Urgency, Wanted, all_wanted, wanted};

use crate::Result;
use draft::Draft;
use field::Field;

/// Plans by cheapest insertion and local search, until nothing gets better or `go_on` says that time is up; what is not
/// placed by then is unserved. The same problem gives the same plan, in whatever order its stops and officers are told.
///
/// # Errors
/// As [`Problem::sound`].
pub fn plan(problem: &Problem, go_on: &mut dyn FnMut() -> bool) -> Result<Plan> {
    let field = Field::new(problem)?;
    let mut draft = Draft::empty(&field);
    while insertion::insert_all(&field, &mut draft, go_on) {
        improve::improve(&field, &mut draft, go_on);
    }
    Ok(draft.plan(&field))
}

/// A plan with the same orders for this problem, its times worked out anew; what does not fit any more is unserved. So a
/// plan of yesterday, or one that somebody else made, becomes a beginning.
///
/// # Errors
/// As [`Problem::sound`].
pub fn mend(problem: &Problem, plan: &Plan) -> Result<Plan> {
    let field = Field::new(problem)?;
    Ok(Draft::of(&field, plan).plan(&field))
}

/// Plans what is left of a day, at each door anew: from where the officer stands, from now on. What is done stays done.
/// Whoever shows the plan holds it against `problem.after(officer, so_far)`.
///
/// # Errors
/// As [`Problem::sound`] and [`Problem::after`].
pub fn replan(problem: &Problem, officer: &str, so_far: SoFar) -> Result<Plan> {
    plan(&problem.after(officer, so_far)?, &mut || true)
}
