//! The area tree: city, district, street, community, grid. Ids are the statistics bureau's codes;
//! a grid is its community's code and three digits more.

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The level of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaKind {
    /// 市, 4 digits.
    City,
    /// 区县, 6 digits.
    District,
    /// 街道·镇·乡, 9 digits.
    Street,
    /// 社区·村, 12 digits.
    Community,
    /// 网格, 15 digits.
    Grid,
}

impl AreaKind {
    /// The level that a code's length says.
    pub fn of(id: &str) -> Option<Self> {
        match id.len() {
            4 => Some(Self::City),
            6 => Some(Self::District),
            9 => Some(Self::Street),
            12 => Some(Self::Community),
            15 => Some(Self::Grid),
            _ => None,
        }
    }
}

/// One area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// The code, digits only.
    pub id: String,
    /// The area above, `None` for the city.
    pub parent: Option<String>,
    /// The level.
    pub kind: AreaKind,
    /// The name as the bureau writes it; names repeat, ids do not.
    pub name: String,
}

/// The grid of a number in a community.
pub fn grid_id(community: &str, number: u16) -> String {
    format!("{community}{number:03}")
}

/// The community a grid lies in.
pub fn community_of_grid(grid: &str) -> &str {
    grid.get(..12).unwrap_or(grid)
}

/// Checks that a code is digits of a level's length.
///
/// # Errors
/// `area.malformed` at `path`.
pub fn check_area_id(id: &str, kind: AreaKind, path: &str) -> Result<()> {
    if AreaKind::of(id) == Some(kind) && id.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    Err(Error::invalid("area.malformed", path))
}
