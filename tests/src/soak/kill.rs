//! Real processes, killed with SIGKILL in the middle of uploads.

use std::path::Path;

use anyhow::{Result, bail};
use serde::Serialize;

/// How a program that can be a phone of this is called.
pub const PHONE: &str = "--as-soaked-phone";

/// What killing came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Killed {
    /// Processes killed.
    pub kills: u64,
    /// Items of which a phone was told that they are at the office.
    pub acknowledged: u64,
    /// Those of them, and saves that had returned, which are nowhere.
    pub lost: u64,
}

/// Kills.
///
/// # Errors
/// Of disk and network.
pub fn kill(_program: &Path, _seed: u64, _kills: u64) -> Result<Killed> {
    bail!("not yet")
}

/// The child's side.
///
/// # Errors
/// Of disk and network.
pub fn be_the_phone(_args: &[String]) -> Result<()> {
    bail!("not yet")
}
