//! Backups: one file that holds all of the data directory as of one moment, made while the server runs; and the way back.

mod restore;
mod save;

pub use restore::{Restored, restore};
pub use save::{Saved, save};

/// The database's name in a backup.
const DATABASE: &str = "minqing.db";
