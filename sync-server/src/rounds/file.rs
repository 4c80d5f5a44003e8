//! What `minqing plan` reads: a day as JSON, or one of Solomon's files.

use std::{fs, path::Path};

use minqing_core::rounds::Problem;

use super::solomon;
use crate::fault::Fault;

/// The largest file, in bytes: a matrix between all stops of the largest problem fits.
const MOST_BYTES: u64 = 64 << 20;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A day: seconds are seconds.
    Doors,
    /// One of Solomon's: seconds are tenths of a distance.
    Solomon,
}

impl Kind {
    /// What walking costs, in the unit of the file.
    pub fn cost(self, walking_s: u64) -> f64 {
        match self {
            Self::Doors => walking_s as f64,
            Self::Solomon => walking_s as f64 / f64::from(solomon::TENTHS),
        }
    }
}

/// Reads a file.
///
/// # Errors
/// `plan.file` where it cannot be opened; `plan.too_large` over 64 MiB; `plan.malformed` with line and column;
/// `round.malformed`, `round.too_large` with the path of what does not fit.
pub fn read(file: &Path) -> Result<(Kind, Problem), Fault> {
    let cannot = |_| Fault::new("plan.file", file.display().to_string());
    if fs::metadata(file).map_err(cannot)?.len() > MOST_BYTES {
        return Err(Fault::new("plan.too_large", (MOST_BYTES >> 20).to_string()));
    }
    let bytes = fs::read(file).map_err(cannot)?;
    let text = String::from_utf8(bytes).map_err(|_| Fault::new("plan.malformed", ""))?;
    let (kind, problem) = parse(&text)?;
    problem.sound()?;
    Ok((kind, problem))
}

fn parse(text: &str) -> Result<(Kind, Problem), Fault> {
    if !text.trim_start().starts_with('{') {
        return Ok((Kind::Solomon, solomon::read(text)?));
    }
    // What the reader says may repeat what stands in the file, which may be about people.
    let problem = serde_json::from_str(text).map_err(|e| Fault::new("plan.malformed", format!("{}:{}", e.line(), e.column())))?;
    Ok((Kind::Doors, problem))
}
