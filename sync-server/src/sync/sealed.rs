//! Two persons answer for what is read outside of the office, so nobody writes it anew behind them: not a phone that may
//! write the matter's other texts, nor the office by adopting what a phone has written.

use minqing_core::{
    Id,
    document::{DocKind, Step, is_left_alone},
};

use super::apply::{Applying, Bringer};
use crate::storage::Result;

/// Whether a change writes a public reply, or the text that was drafted for everybody.
pub(super) fn is_touched(a: &mut Applying<'_>, id: Id, step: &Step<'_>, bringer: Bringer) -> Result<bool> {
    if step.kind != DocKind::Matter {
        return Ok(false);
    }
    // What the office itself had written comes back after a restore as it was.
    let comes_back = bringer == Bringer::Carrier && step.author.is_none();
    let draft = a.unit.matter(id)?.and_then(|kept| kept.matter).and_then(|matter| matter.publication.draft).map(|(event, _)| format!("text:{event}"));
    Ok(step.after.root.0.keys().any(|key| {
        let is_sealed = key.starts_with("public:") || draft.as_ref() == Some(key);
        is_sealed && !is_left_alone(step, key) && (step.before.root.0.contains_key(key) || !comes_back)
    }))
}
