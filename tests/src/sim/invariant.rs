//! The invariants of docs/SYNC.md by number and name, and the checks of them at the end of a story.

use std::fmt;

use anyhow::Result;

use super::Sim;

/// What each invariant says, by its number from 1.
pub const NAMES: [&str; 16] = [
    "an acknowledged item is on the server after any crash",
    "an item in a journal has a final state or is visibly waiting, refused or parked",
    "the same sequenced set gives the same heads, content and fold everywhere",
    "sending again changes nothing",
    "every prefix of a stream is causally closed",
    "a cursor moves only with its data, never backwards within a history",
    "after leave or erase no byte of the document is in the phone's file and none returns",
    "one bad item never holds up another document",
    "restoring any older database never gives two changes one name",
    "nothing new is small, a reconnect is one round trip",
    "snapshot and tail are the log",
    "wrong clocks change no merge, no order, no deadline",
    "an app two wire versions old still uploads and still reads",
    "what a person typed is found again after any merge",
    "after a restore of the server all that a phone still holds is there again",
    "what was taken back is nowhere, and nothing else is gone with it",
];

/// An invariant that a story broke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its number.
    pub invariant: usize,
    /// What was found.
    pub message: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invariant {:02}, {}: {}", self.invariant, NAMES[self.invariant - 1], self.message)
    }
}

impl std::error::Error for Broken {}

impl Broken {
    /// What an error says is broken. Whatever stopped an honest party and is no invariant of its own is one item that
    /// holds up others.
    pub(super) fn by(error: &anyhow::Error, invariant: usize) -> Self {
        let named = error.downcast_ref::<Self>().cloned();
        named.unwrap_or_else(|| Self { invariant, message: format!("{error:#}") })
    }
}

/// Fails because an invariant does not hold.
pub(super) fn broken<T>(invariant: usize, message: String) -> Result<T> {
    Err(Broken { invariant, message }.into())
}

/// An invariant with its check at the end of a story.
pub struct Invariant {
    /// Its number.
    pub number: usize,
    /// Looks for a story that breaks it.
    pub check: fn(&mut Sim) -> Result<()>,
}

/// All that can be checked at the end of any story; 6 and 8 are looked at on the way. What comes later may go on with
/// the story.
pub const AT_THE_END: &[Invariant] = &[
    Invariant { number: 15, check: |sim| if sim.was_restored() { sim.check_nothing_lost().and_then(|()| sim.check_acknowledged()) } else { Ok(()) } },
    Invariant { number: 1, check: |sim| sim.check_acknowledged() },
    Invariant { number: 14, check: |sim| sim.check_nothing_lost() },
    Invariant { number: 16, check: |sim| sim.check_taken_back() },
    Invariant { number: 2, check: |sim| sim.check_nothing_put_aside().and_then(|()| sim.check_fates()) },
    Invariant { number: 9, check: |sim| sim.check_actors() },
    Invariant { number: 5, check: |sim| sim.check_causally_closed() },
    Invariant { number: 4, check: |sim| sim.check_nothing_twice() },
    Invariant { number: 3, check: |sim| sim.check_same_everywhere() },
    Invariant { number: 12, check: |sim| sim.check_clocks() },
    Invariant { number: 10, check: |sim| sim.check_idle_is_small() },
    Invariant { number: 4, check: |sim| sim.check_resending_changes_nothing() },
    Invariant { number: 11, check: |sim| if sim.plot.packs { sim.check_a_new_phone() } else { Ok(()) } },
];
