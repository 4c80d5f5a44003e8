//! Events and facts: what happened to a matter, and what the server decided (docs/WIRE.md).

#[allow(clippy::module_inception, reason = "the file's one idea is the event itself")]
mod event;
mod fact;
mod said;

pub use event::{Event, SYSTEM};
pub use fact::{Archived, CalendarPart, Copied, Covered, Fact, FactKind, RoundPlan, Settled, SettledHow, Timer, Undone, Verdict};
pub use said::*;
pub(crate) use said::{payloads, said};
