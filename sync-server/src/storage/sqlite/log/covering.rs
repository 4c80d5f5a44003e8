//! Covered copies of photos, within a unit of work.

use minqing_core::{Id, envelope::Hash};

use super::{super::covers, unit::SqliteUnit};
use crate::{
    projection::CoverShown,
    storage::{Result, log::Covering},
};

impl Covering for SqliteUnit<'_> {
    fn has_photo(&mut self, matter: Id, photo: Hash) -> Result<bool> {
        covers::has_photo(self.tx, matter, photo)
    }

    fn covers_of(&mut self, matter: Id) -> Result<Vec<CoverShown>> {
        covers::of(self.tx, matter)
    }

    fn keep_copy(&mut self, copy: Hash) -> Result<bool> {
        covers::keep(self.tx, copy)
    }

    fn show_cover(&mut self, row: &CoverShown) -> Result<()> {
        covers::show(self.tx, row)
    }
}
