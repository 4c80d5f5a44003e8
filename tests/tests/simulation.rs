//! SYNC.md's invariants over seeded stories. A failing seed names the command that replays it.

mod bad_item;
mod crash;
mod invariants;
mod verdicts;
