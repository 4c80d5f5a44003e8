//! Received → applied: each item takes its place in the log, waits for what is missing, or is put aside.

use std::{collections::VecDeque, sync::Arc, thread};

use minqing_core::{
    document::hash_of_change,
    envelope::{ItemKind, Quarantine},
    event::Event,
    guards::Guards,
    ids::Name,
};

use super::{
    Pen, change, event,
    pen::SERVER,
    trial::{self, Trials},
};
use crate::{
    app::App,
    entropy::Entropy,
    settings::Rules,
    storage::{
        Result,
        log::{Attempt, Pending, Unit},
    },
};

/// Items begun in one transaction at most, with whatever they set free.
pub(super) const BATCH: usize = 50;
/// Items begun in one transaction before somebody else who waits gets his turn.
const AT_LEAST: usize = 4;

/// What applying needs beside the store.
pub(crate) struct Applying<'a> {
    pub(crate) unit: &'a mut dyn Unit,
    pub(super) trials: &'a mut Trials,
    pub(crate) rules: Arc<Rules>,
    pub(crate) pen: &'a Pen,
    pub(crate) entropy: &'a dyn Entropy,
    pub(crate) now_ms: i64,
    pub(super) guards: Guards,
}

/// What became of an item.
pub(crate) enum Outcome {
    /// It is in the log; what waited for one of these may go on.
    Applied(Vec<Vec<u8>>),
    /// It waits for this id or hash.
    Held(Vec<u8>),
    /// It was in the log before it came under this name.
    Known(u64),
    /// It rested on what was erased and was written anew, at this place; what waited for one of these may go on.
    Anew(u64, Vec<Vec<u8>>),
    /// It is put aside.
    Aside(Quarantine),
}

/// Who brings an item in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bringer {
    /// The device that signed it.
    Device,
    /// The office, in the officer's name: an officer's scope does not bind it, the community does.
    Office,
    /// A phone that had pulled it from the log of a server that was restored since.
    Carrier,
}

impl Bringer {
    /// The name and the envelope of the row in the log: the server's own, unless a device signed it.
    pub(super) fn signs(self, a: &Applying<'_>, p: &Pending) -> (Name, Option<i64>) {
        if self == Self::Device { (p.name, Some(p.envelope)) } else { (a.pen.name(), None) }
    }
}

/// What is in the log already. After a restore another phone may have brought it before its author did; else it is the
/// same item under a second name, and no honest phone writes one.
pub(super) fn known(a: &mut Applying<'_>, p: &Pending, bringer: Bringer) -> Result<Outcome> {
    Ok(match a.unit.logged(p.item.doc, p.item.hash())? {
        Some((device, seq)) if device == SERVER || bringer != Bringer::Device => Outcome::Known(seq),
        _ => Outcome::Aside(Quarantine::Malformed),
    })
}

/// Applies items in order, and whatever waited for them, some in a transaction. One that must wait or is
/// put aside holds up no other document.
///
/// # Errors
/// `store.failed`; then all of that transaction and of those after it are still received.
pub(crate) fn apply(app: &App, names: &[Name]) -> Result<()> {
    let mut batches = names.chunks(BATCH);
    apply_and(app, &mut || batches.next().map(<[Name]>::to_vec).unwrap_or_default(), &|_| ())
}

/// The same for batches that `next` gives until it gives an empty one; after each transaction `done` hears how many items it
/// had. While one batch is written, the next one is tried.
pub(super) fn apply_and(app: &App, next: &mut dyn FnMut() -> Vec<Name>, done: &dyn Fn(usize)) -> Result<()> {
    let mut batch = next();
    let mut trials = trial::ahead(app, &batch)?;
    while !batch.is_empty() {
        let following = next();
        trials = thread::scope(|scope| {
            let ahead = (!following.is_empty()).then(|| scope.spawn(|| trial::ahead(app, &following)));
            let mut rest = &batch[..];
            while !rest.is_empty() {
                let applied = apply_some(app, rest, &mut trials)?;
                done(applied);
                rest = &rest[applied..];
            }
            // Where trying panicked each change is tried again in its transaction, where a panic is caught.
            ahead.and_then(|ahead| ahead.join().ok()).unwrap_or_else(|| Ok(Trials::default()))
        })?;
        batch = following;
    }
    Ok(())
}

/// Applies items in one transaction: all of a batch, or fewer where somebody else waits to write. Returns how many.
fn apply_some(app: &App, batch: &[Name], trials: &mut Trials) -> Result<usize> {
    let now_ms = app.clock.now_ms();
    let mut applied = 0;
    app.store.apply(&mut |unit| {
        while applied < batch.len() && (applied < AT_LEAST || !app.store.is_awaited()) {
            apply_one(app, unit, trials, batch[applied], now_ms)?;
            applied += 1;
        }
        Ok(())
    })?;
    trials.hand_over(&app.recent);
    Ok(applied)
}

/// Applies one item, and whatever waited for it.
fn apply_one(app: &App, unit: &mut dyn Unit, trials: &mut Trials, name: Name, now_ms: i64) -> Result<()> {
    let mut queue = VecDeque::from([name]);
    while let Some(name) = queue.pop_front() {
        let Some(pending) = unit.item(name)? else { continue };
        let own = own_name(&pending);
        let mut released = Vec::new();
        let kept = trials.kept();
        let mut work = |unit: &mut dyn Unit| {
            let outcome = Applying::new(app, unit, trials, now_ms).one(&pending)?;
            released = settle(unit, name, outcome, own.as_deref())?;
            Ok(())
        };
        let attempt = if app.guards.savepoint { unit.attempt(&mut work)? } else { work(unit).map(|()| Attempt::Done)? };
        if attempt != Attempt::Done {
            trials.undo(kept);
        }
        // What is kept must be mended first; until then the item stays received.
        if attempt == Attempt::Unreadable {
            continue;
        }
        if attempt == Attempt::Undone {
            tracing::error!(device = name.device.0, n = name.n, "an item could not be applied");
            unit.put_aside(name, Quarantine::Failed, own.as_deref())?;
            released.clear();
        }
        for missing in released.into_iter().filter(|_| app.guards.released) {
            queue.extend(unit.held_for(&missing)?);
        }
    }
    Ok(())
}

/// Notes what became of an item; returns what others may have waited for.
fn settle(unit: &mut dyn Unit, name: Name, outcome: Outcome, own: Option<&[u8]>) -> Result<Vec<Vec<u8>>> {
    match outcome {
        Outcome::Applied(released) => unit.settle(name).map(|()| released),
        Outcome::Held(missing) => unit.hold(name, &missing, own).map(|()| Vec::new()),
        Outcome::Known(seq) => unit.note_known(name, seq).map(|()| Vec::new()),
        Outcome::Anew(seq, released) => unit.settle_as(name, seq).map(|()| released),
        Outcome::Aside(reason) => {
            tracing::warn!(device = name.device.0, n = name.n, reason = reason.word(), "item put aside");
            unit.put_aside(name, reason, own).map(|()| Vec::new())
        }
    }
}

/// What others may wait for in an item: a change's hash, an event's id.
fn own_name(pending: &Pending) -> Option<Vec<u8>> {
    match ItemKind::from_number(pending.item.kind)? {
        ItemKind::Change => hash_of_change(&pending.item.bytes).map(|hash| hash.to_vec()),
        ItemKind::Event => Event::decode(&pending.item.bytes).ok().map(|event| event.id.0.to_vec()),
        ItemKind::Fact => None,
    }
}

/// Applies everything that was received and not looked at, as after a crash between the two. Returns how many.
///
/// # Errors
/// `store.failed`.
pub fn apply_waiting(app: &App) -> Result<usize> {
    let names = app.store.waiting()?;
    apply(app, &names)?;
    Ok(names.len())
}

impl<'a> Applying<'a> {
    /// What a transaction of this server has.
    pub(crate) fn new(app: &'a App, unit: &'a mut dyn Unit, trials: &'a mut Trials, now_ms: i64) -> Self {
        Self { unit, trials, rules: app.rules.get(), pen: &app.pen, entropy: &*app.entropy, now_ms, guards: app.guards }
    }

    fn one(&mut self, pending: &Pending) -> Result<Outcome> {
        match ItemKind::from_number(pending.item.kind) {
            Some(ItemKind::Change) => change::apply(self, pending, Bringer::Device),
            Some(ItemKind::Event) => event::apply(self, pending, Bringer::Device),
            Some(ItemKind::Fact) | None => Ok(Outcome::Aside(Quarantine::Malformed)),
        }
    }
}
