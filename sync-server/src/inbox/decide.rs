//! Decisions: who decided what, and taking one back.

use minqing_core::{Id, document::every_value, ids::actor};

use super::{correct, doors, edits::Value, places};
use crate::{
    app::App,
    fault::Fault,
    projection::community_of,
    storage::{Decision, DecisionKind, Result, StoreError, log::KeptDocument},
    sync::{Applying, SERVER, in_one},
};

/// Who decides, and at which desk.
#[derive(Clone, Debug)]
pub struct Who {
    /// Somebody of the office.
    pub staff: Id,
    /// The community's 12 digits.
    pub community: String,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// By which it can be taken back.
    pub decision: Id,
}

/// What a decision is about, and what it changes.
pub(super) struct About<'a> {
    pub(super) kind: DecisionKind,
    pub(super) doc: Id,
    pub(super) other: String,
    pub(super) was: String,
    pub(super) became: &'a str,
}

pub(super) fn note(a: &mut Applying<'_>, who: &Who, about: About<'_>) -> Result<Decided> {
    let id = a.pen.id(a.entropy, a.now_ms);
    let About { kind, doc, other, was, became } = about;
    let (community, became) = (who.community.clone(), became.to_owned());
    a.unit.keep_decision(&Decision { id, community, kind, doc, other, was, became, staff: who.staff, at_ms: a.now_ms, undone_ms: None })?;
    Ok(Decided { decision: id })
}

/// A document of this desk.
pub(super) fn own(a: &mut Applying<'_>, who: &Who, doc: Id) -> Result<KeptDocument> {
    let unknown = || StoreError::Unknown { what: "card", id: doc.to_string() };
    let kept = a.unit.document(doc)?.ok_or_else(unknown)?;
    if community_of(&a.unit.stream_name(kept.head.stream)?) == who.community { Ok(kept) } else { Err(unknown()) }
}

/// The office's name on what it writes.
pub(super) fn pen(a: &Applying<'_>) -> [u8; 8] {
    actor(SERVER, a.pen.opening())
}

/// Does something in one transaction.
pub(super) fn once<T>(app: &App, work: impl Fn(&mut Applying<'_>) -> Result<T>) -> Result<T, Fault> {
    let mut done = None;
    in_one(app, &mut |a| {
        done = Some(work(a)?);
        Ok(())
    })?;
    done.ok_or_else(|| Fault::new("store.failed", ""))
}

/// Takes a decision back: what stood there before stands there again.
///
/// # Errors
/// `card.unknown` for none of this desk; `decision.undone` where it was taken back before; `decision.overtaken` where something
/// was written since that would be lost; `store.failed`.
pub fn undo(app: &App, who: &Who, id: Id) -> Result<Decision, Fault> {
    let unknown = || Fault::new("card.unknown", id.to_string());
    let decision = app.store.decision(id)?.filter(|d| d.community == who.community).ok_or_else(unknown)?;
    once(app, |a| {
        if !a.unit.undo_decision(id, a.now_ms)? {
            return Err(StoreError::Refused("decision.undone"));
        }
        match decision.kind {
            DecisionKind::Edit => dispute_again(a, who, &decision),
            DecisionKind::Door => doors::part(a, who, &decision),
            DecisionKind::Address => places::take_away(a, who, &decision),
            DecisionKind::Refused => Ok(()),
            DecisionKind::Correction => correct::take_back(a, who, &decision),
        }
    })?;
    Ok(decision)
}

pub(super) const OVERTAKEN: StoreError = StoreError::Refused("decision.overtaken");

/// What was decided as it was kept.
pub(super) fn read_was<T: serde::de::DeserializeOwned>(decision: &Decision) -> Result<T> {
    // After some days, and after an erasure, nobody knows it any more.
    if decision.was.is_empty() {
        return Err(OVERTAKEN);
    }
    serde_json::from_str(&decision.was).map_err(|_| StoreError::Damaged("decision".to_owned()))
}

fn dispute_again(a: &mut Applying<'_>, who: &Who, decision: &Decision) -> Result<()> {
    let (kept, was) = (own(a, who, decision.doc)?, read_was::<Vec<Value>>(decision)?);
    if every_value(&kept.doc).get(&decision.other).is_none_or(|now| now.iter().any(|value| *value != decision.became)) {
        return Err(OVERTAKEN);
    }
    correct::beside(a, decision.doc, kept, &decision.other, &was)
}
