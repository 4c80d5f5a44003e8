//! Errands run for residents from start to end (全程代理), as one list.

use serde::{Deserialize, Serialize};

use super::{LineRow, Lists};
use crate::{
    Id, Result,
    model::{MatterState, Stage},
    pipeline::{Happened, Matter},
    store::{events, lists},
    view::MatterRow,
};

/// An errand: where it stands, and what its officer does next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrandRow {
    /// What it is about.
    pub matter: MatterRow,
    /// Where it stands; what its officer does next is `expected`.
    pub line: LineRow,
    /// The way from start to end.
    pub stages: Vec<StageRow>,
}

/// A stage of the line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageRow {
    /// Word of the stage.
    pub stage: String,
    /// When the matter came to it, this cycle; 0 = still ahead.
    pub since_ms: i64,
}

impl Lists {
    /// This officer's errands that are not at their end, those first that wait for the officer, then the one due first.
    ///
    /// # Errors
    /// `device.not_enrolled`, `store.failed`.
    pub fn errands(&self) -> Result<Vec<ErrandRow>> {
        let mut errands = Vec::new();
        for matter in lists::errands_of(self.store.read(), self.me()?.officer)? {
            if MatterState::from_word(&matter.main_state).is_some_and(|state| !state.is_terminal()) {
                let line = self.line_of(matter.id.clone())?;
                let stages = self.stages(matter.id.parse()?)?;
                errands.push(ErrandRow { matter, line, stages });
            }
        }
        errands.sort_by_key(|e| (e.line.expected.is_empty(), e.line.due_ms == 0, e.line.due_ms));
        Ok(errands)
    }

    fn stages(&self, id: Id) -> Result<Vec<StageRow>> {
        let judged = events::of_matter(self.store.read(), id)?;
        let mut matter: Option<Matter> = None;
        let mut since: Vec<(Stage, i64)> = Vec::new();
        for next in events::happened(self.store.read(), id, &judged)? {
            let at_ms = if let Happened::Step(step) = &next { step.times.done_at } else { 0 };
            let after = Matter::and(matter.as_ref(), id, next);
            if let Some(stage) = after.as_ref().and_then(|m| m.state.stage()) {
                // Back on an earlier stage, the later ones are ahead once more.
                since.retain(|(reached, _)| *reached <= stage);
                if since.last().is_none_or(|(reached, _)| *reached < stage) {
                    since.push((stage, at_ms));
                }
            }
            matter = after.or(matter);
        }
        let of = |stage: &Stage| since.iter().find(|(reached, _)| reached == stage).map_or(0, |(_, at_ms)| *at_ms);
        Ok(Stage::ALL.iter().map(|stage| StageRow { stage: stage.word().to_owned(), since_ms: of(stage) }).collect())
    }
}
