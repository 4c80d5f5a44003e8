//! Whether the surveys of a change fit their forms: what the phone checked is checked again.

use minqing_core::{
    Id,
    document::{DocKind, Step, form::versions, form_answers::survey_of},
    model::Check,
};

use super::apply::Applying;
use crate::storage::{Result, log::Pending};

/// How a change stands to what the office wrote and it names: forms of its surveys, notices that were told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// Each survey answers a form of its author's community, in a version of it, as the form asks, each notice is one of it; or there is none.
    Fits,
    /// The form or notice is not here, as after a restore.
    Waits(Id),
    /// One does not.
    Not,
}

impl Fit {
    /// What else has to fit, where this does.
    pub(super) fn and(self, next: impl FnOnce() -> Result<Self>) -> Result<Self> {
        if self == Self::Fits { next() } else { Ok(self) }
    }
}

/// Holds the surveys of new visits against their forms.
pub(super) fn fit(a: &mut Applying<'_>, p: &Pending, step: &Step<'_>) -> Result<Fit> {
    if step.kind != DocKind::Visits {
        return Ok(Fit::Fits);
    }
    let new = step.after.items_of("visit").filter(|(id, _)| step.before.item("visit", *id).is_none());
    for survey in new.filter_map(|(_, fields)| survey_of(fields)) {
        let Ok(id) = survey.form.parse() else { return Ok(Fit::Not) };
        let Some(kept) = a.unit.document(id)? else { return Ok(Fit::Waits(id)) };
        let commons = a.unit.stream(&format!("commons:{}", p.community))?;
        let versions = versions(&kept.doc.content());
        let asked = versions.get(&survey.version).filter(|_| kept.head.kind == DocKind::Form && commons == Some(kept.head.stream));
        if asked.is_none_or(|form| form.check_answers(&survey, &Check::root()).is_err()) {
            return Ok(Fit::Not);
        }
    }
    Ok(Fit::Fits)
}
