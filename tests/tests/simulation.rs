//! SYNC.md's invariants over seeded stories. A failing seed names the command that replays it.

mod accidents;
mod aside;
mod bad_item;
mod cloned;
mod clusters;
mod crash;
mod full_disk;
mod hostile;
mod intruder;
mod invariants;
mod limits;
mod moves;
mod notices;
mod packs;
mod remade;
mod repaired;
mod restored;
mod reviews;
mod revoked;
mod salvage;
mod sealed;
mod server_crash;
mod shared;
mod surveys;
mod verdicts;
mod wal;
