//! Received → applied: each item takes its place in the log, waits for what is missing, or is put aside.

use std::collections::VecDeque;

use minqing_core::{
    envelope::{ItemKind, Quarantine},
    ids::Name,
};

use super::{Pen, change, event};
use crate::{
    entropy::Entropy,
    storage::{
        Result, Store,
        log::{Pending, Unit},
    },
};

/// What applying needs beside the store.
pub(crate) struct Applying<'a> {
    pub(crate) unit: &'a mut dyn Unit,
    pub(crate) pen: &'a Pen,
    pub(crate) entropy: &'a dyn Entropy,
    pub(crate) now_ms: i64,
}

/// What became of an item.
pub(crate) enum Outcome {
    /// It is in the log; what waited for one of these may go on.
    Applied(Vec<Vec<u8>>),
    /// It waits for this id or hash.
    Held(Vec<u8>),
    /// It is put aside.
    Aside(Quarantine),
}

/// Applies items in order, and whatever waited for them, in one transaction. One that must wait or is
/// put aside holds up no other document.
///
/// # Errors
/// `store.failed`; then all of them are still received.
pub fn apply(store: &dyn Store, pen: &Pen, entropy: &dyn Entropy, now_ms: i64, names: &[Name]) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    store.apply(&mut |unit| {
        let mut queue: VecDeque<Name> = names.iter().copied().collect();
        while let Some(name) = queue.pop_front() {
            let Some(pending) = unit.item(name)? else { continue };
            let mut applying = Applying { unit, pen, entropy, now_ms };
            match applying.one(&pending)? {
                Outcome::Applied(released) => {
                    unit.settle(name)?;
                    for missing in released {
                        queue.extend(unit.held_for(&missing)?);
                    }
                }
                Outcome::Held(missing) => unit.hold(name, &missing)?,
                Outcome::Aside(reason) => {
                    tracing::warn!(device = name.device.0, n = name.n, reason = reason.word(), "item put aside");
                    unit.put_aside(name, reason)?;
                }
            }
        }
        Ok(())
    })
}

/// Applies everything that was received and not looked at, as after a crash between the two. Returns how many.
///
/// # Errors
/// `store.failed`.
pub fn apply_waiting(store: &dyn Store, pen: &Pen, entropy: &dyn Entropy, now_ms: i64) -> Result<usize> {
    let names = store.waiting()?;
    for some in names.chunks(200) {
        apply(store, pen, entropy, now_ms, some)?;
    }
    Ok(names.len())
}

impl Applying<'_> {
    fn one(&mut self, pending: &Pending) -> Result<Outcome> {
        match ItemKind::from_number(pending.item.kind) {
            Some(ItemKind::Change) => change::apply(self, pending),
            Some(ItemKind::Event) => event::apply(self, pending),
            Some(ItemKind::Fact) | None => Ok(Outcome::Aside(Quarantine::Malformed)),
        }
    }
}
