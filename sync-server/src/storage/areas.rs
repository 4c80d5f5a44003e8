//! The area tree and the streams that hang on it.

use minqing_core::model::Area;

use super::Result;

/// What opening a community added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Opened {
    /// New grids.
    pub grids: usize,
    /// New streams.
    pub streams: usize,
}

/// A community that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaFound {
    /// The community.
    pub area: Area,
    /// The names of district and street above it, in this order, as far as they are known.
    pub above: Vec<String>,
}

/// The area tree.
pub trait Areas: Send + Sync {
    /// Whether no area was ever loaded.
    fn no_areas(&self) -> Result<bool>;

    /// Adds areas; those already there stay as they are.
    fn add_areas(&self, areas: &[Area]) -> Result<()>;

    /// One area.
    fn area(&self, id: &str) -> Result<Option<Area>>;

    /// The areas right below one, ascending.
    fn areas_below(&self, id: &str) -> Result<Vec<Area>>;

    /// The communities of whose name this is a part, or whose number it is, ascending.
    fn communities_like(&self, part: &str, limit: u32) -> Result<Vec<AreaFound>>;

    /// The open communities that are an area or lie below it, ascending.
    fn open_communities(&self, area: &str) -> Result<Vec<Area>>;

    /// Gives a community its grids and the streams commons, desk and one a grid. Repeating adds only what lacks.
    ///
    /// # Errors
    /// `community.unknown`.
    fn open_community(&self, community: &str, grids: &[Area]) -> Result<Opened>;
}
