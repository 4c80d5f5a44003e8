//! Where a resident's matter stands: their own, and the one that it follows, whose steps count for it too.

use minqing_core::{
    Id,
    model::{Category, EventCode, Lamp, MatterState, Role},
    pipeline::{Around, Matter, Move, moves},
    public::Approved,
};

use super::FromResident;
use crate::{app::App, fault::Fault, projection::MatterShown, storage::Department};

/// What a resident may do with their matter, as far as the line allows it now, in this order.
const DEEDS: [EventCode; 6] = [EventCode::Rate, EventCode::AskOrder, EventCode::Detach, EventCode::Appeal, EventCode::Reopen, EventCode::Withdraw];

/// A resident's matter as it stands.
pub(super) struct Standing {
    /// Their own.
    pub(super) own: Matter,
    /// As it is shown in the office.
    pub(super) row: MatterShown,
    /// The matter whose steps count: the one that theirs follows, else their own.
    pub(super) line: Matter,
    /// Who answers for it.
    pub(super) department: Option<Department>,
    /// The reply, once a second person found it good and it is to be told.
    pub(super) reply: String,
    /// The papers that lack, as the letter calls them.
    pub(super) lacks: Vec<String>,
    /// What may be done now.
    pub(super) may: Vec<Move>,
    /// How many stars were given in this cycle.
    pub(super) stars: Option<u8>,
}

impl Standing {
    /// Looks it up.
    ///
    /// # Errors
    /// `matter.unknown`, `store.failed`.
    pub(super) fn find(app: &App, resident: FromResident) -> Result<Self, Fault> {
        let unknown = || Fault::new("matter.unknown", "");
        let kept = |id: Id| app.store.kept_matter(id).map(|kept| kept.and_then(|kept| kept.matter));
        let own = kept(resident.matter)?.ok_or_else(unknown)?;
        let row = app.store.matter_row(own.id)?.ok_or_else(unknown)?;
        let master = own.merged.map(|(master, _)| kept(master)).transpose()?.flatten();
        let line = master.clone().unwrap_or_else(|| own.clone());
        let texts = app.store.document(line.id)?.map(|kept| kept.doc.content()).unwrap_or_default();
        let reply = Approved::reply(&line, |event| texts.root.text(&format!("public:{event}")));
        let answers = line.department.or(line.assigned);
        let department = app.store.departments(&row.community)?.into_iter().find(|d| Some(d.id) == answers);
        let is_own = own.merged.is_none() && own.state == MatterState::Papers;
        let lacking = own.papers.iter().filter(|paper| is_own && !paper.ticked);
        let lacks = lacking.map(|paper| texts.root.text(&format!("text:{}", paper.id))).filter(|name| !name.is_empty()).collect();
        let stars = line.ratings.iter().rfind(|rated| rated.of == own.id && rated.cycle == line.cycle).map(|rated| rated.stars);
        let may = allowed(app, &own, master.as_ref(), stars);
        Ok(Self { reply: reply.map_or_else(String::new, |reply| reply.as_str().to_owned()), own, row, line, department, lacks, may, stars })
    }

    /// Whether something may be done now.
    pub(super) fn may(&self, code: EventCode) -> Option<&Move> {
        self.may.iter().find(|m| m.code == code)
    }

    /// The highest ordinal that a deed has seen: of the matter to which it happens.
    pub(super) fn saw(&self, code: EventCode) -> u64 {
        if code == EventCode::Rate { self.line.moved.1 } else { self.own.moved.1 }
    }

    /// What it is about; `None` for one of a newer version.
    pub(super) fn category(&self) -> Option<Category> {
        self.own.about.category
    }

    /// Whether what was asked for waits for a second person.
    pub(super) fn waits_for_second(&self, code: EventCode) -> bool {
        self.own.proposals.iter().any(|p| p.code == code)
    }
}

fn allowed(app: &App, own: &Matter, master: Option<&Matter>, stars: Option<u8>) -> Vec<Move> {
    let (rules, now_ms, by) = (app.rules.get(), app.clock.now_ms(), Id::resident(own.id));
    let around = |id, other| Around { id, calendar: &rules.calendar, terms: &rules.terms, works_for: &[], other, now_ms };
    let mut may = moves(own, by, Role::Resident, &around(own.id, master));
    if let Some(master) = master {
        // The result is the master's, so is the rating.
        let rate = moves(master, by, Role::Resident, &around(master.id, None)).into_iter().filter(|m| m.code == EventCode::Rate);
        may.extend(rate);
    }
    let line = master.unwrap_or(own);
    may.retain(|m| match m.code {
        EventCode::Rate => stars.is_none(),
        // Somebody is asked to look into what is late, not into what is on its way.
        EventCode::AskOrder => line.lamp() == Lamp::Red && !line.state.is_terminal(),
        code => DEEDS.contains(&code) && !own.proposals.iter().any(|p| p.code == code),
    });
    // Of safety alone: which row of the table it will be, only the event itself says.
    may.iter_mut().for_each(|m| m.is_proposal = m.code == EventCode::Withdraw && own.about.category == Some(Category::Safety));
    may.sort_by_key(|m| DEEDS.iter().position(|code| *code == m.code));
    may
}
