//! Whether what was told at a door is a notice of its community's office.

use minqing_core::document::{DocKind, Step};

use super::{apply::Applying, survey::Fit};
use crate::storage::{Result, log::Pending};

/// Holds what a change says was told against the notices.
pub(super) fn fit(a: &mut Applying<'_>, p: &Pending, step: &Step<'_>) -> Result<Fit> {
    let new = step.after.items_of("told").filter(|(id, _)| step.kind == DocKind::Visits && step.before.item("told", *id).is_none());
    for (id, _) in new {
        let Some(head) = a.unit.document_head(id)? else { return Ok(Fit::Waits(id)) };
        let commons = a.unit.stream(&format!("commons:{}", p.community))?;
        if head.kind != DocKind::Notice || commons != Some(head.stream) {
            return Ok(Fit::Not);
        }
    }
    Ok(Fit::Fits)
}
