//! The fold: what was accepted is applied, and nothing is asked again.

use std::borrow::Cow;

use super::{About, Clocks, Counts, Happened, Matter, Proposal, Publication, Second, Step, judge::row};
use crate::{
    Id,
    event::Said,
    model::{Category, EventCode, MatterState, PublicationState},
};

impl Matter {
    /// Folds what was accepted, by ordinal; `None` until there is a registration. What no row of this version's table covers is left out.
    pub fn fold(id: Id, happened: impl IntoIterator<Item = Happened>) -> Option<Self> {
        happened.into_iter().fold(None, |matter, next| Self::and(matter.as_ref(), id, next).or(matter))
    }

    /// The matter after one more thing; `None` if no row of the table covers it.
    pub fn and(matter: Option<&Self>, id: Id, next: Happened) -> Option<Self> {
        let step = match next {
            Happened::Step(step) => step,
            Happened::Undone(timer) => {
                let mut m = matter?.clone();
                m.undo(timer);
                return Some(m);
            }
        };
        if let (Some(m), Said::Proposed(proposed)) = (matter, &step.said) {
            return m.and_second(proposed.proposal, &step);
        }
        let row = row(matter, &step).ok()?;
        let before = Self::before(matter, id, &step);
        Some(if row.second == Second::Nobody { before.moved_by(row, &step) } else { before.proposed(&step) })
    }

    fn and_second(&self, proposal: Id, step: &Step) -> Option<Self> {
        let first = self.proposals.iter().find(|p| p.event == proposal)?.step(step)?;
        let settled = self.settled(proposal);
        if step.code == EventCode::Decline {
            return Some(settled);
        }
        let row = row(Some(self), &first).ok()?;
        Some(settled.moved_by(row, &first))
    }

    /// The matter as it is before a step; before its registration, what that says it will be.
    pub(super) fn before<'m>(matter: Option<&'m Self>, id: Id, step: &Step) -> Cow<'m, Self> {
        matter.map_or_else(|| Cow::Owned(Self::unborn(id, step)), Cow::Borrowed)
    }

    /// What a matter is before its registration has moved it anywhere.
    fn unborn(id: Id, step: &Step) -> Self {
        let (category, household, proposed) = match &step.said {
            Said::Register(r) => (Category::from_number(r.category), r.household, r.proposed),
            _ => (None, None, None),
        };
        Self {
            id,
            state: MatterState::Registered,
            moved: (step.id, step.ordinal),
            about: About { register: step.id, registrar: step.by, category, household, proposed },
            handling: None,
            cycle: 1,
            clocks: Clocks::default(),
            first_handling: None,
            department: None,
            assigned: None,
            is_final: false,
            back: None,
            merged: None,
            members: Vec::new(),
            counts: Counts::default(),
            papers: Vec::new(),
            tasks: Vec::new(),
            result: None,
            outcome: None,
            refused: None,
            told: Vec::new(),
            ratings: Vec::new(),
            proposals: Vec::new(),
            publication: Publication { state: PublicationState::None, draft: None },
            alarms: Vec::new(),
            order_open: false,
            closed_ms: None,
            undo: None,
        }
    }

    /// With one more proposal; the same person's older one for the same gives way.
    pub(super) fn proposed(&self, step: &Step) -> Self {
        let mut next = self.clone();
        next.proposals.retain(|p| p.code != step.code || p.by != step.by);
        next.proposals.push(Proposal { event: step.id, by: step.by, role: step.role, code: step.code, payload: step.payload.clone() });
        next
    }

    /// Without a proposal.
    pub(super) fn settled(&self, proposal: Id) -> Self {
        let mut next = self.clone();
        next.proposals.retain(|p| p.event != proposal);
        next
    }
}

impl Proposal {
    /// What was proposed, as it would happen now.
    pub(super) fn step(&self, now: &Step) -> Option<Step> {
        let said = Said::read(self.code, &self.payload)?;
        Some(Step { code: self.code, by: self.by, role: self.role, said, payload: self.payload.clone(), ..now.clone() })
    }
}
