//! For a while after a restore phones bring what other people wrote and the backup lacks. Nobody signed it to this
//! request, so the log keeps it as the server's own row, and says who brought it.

use minqing_core::{
    Id,
    document::actor_of_change,
    envelope::{Item, ItemKind, Quarantine},
    event::Event,
    ids::{Device, Name, Opening, device_of_actor},
};

use super::{
    apply::{Applying, Bringer, Outcome, apply},
    change, event,
    trial::Trials,
};
use crate::{
    app::App,
    fault::Fault,
    storage::{
        Result,
        log::{Attempt, Pending},
    },
};

/// How long after a restore what was lost may be brought back, milliseconds: as long as phones may have been away.
const WHILE_MS: i64 = 35 * 24 * 3_600_000;

/// Whether the server takes what others wrote.
pub(super) fn is_open(app: &App) -> Result<bool> {
    let now_ms = app.clock.now_ms();
    Ok(app.store.restored_ms()?.is_some_and(|at| (at..at + WHILE_MS).contains(&now_ms)))
}

/// Brings items in, each after what it rests on, as far as the carrier's streams hold them. What is there already
/// changes nothing; what cannot come in yet is offered again.
///
/// # Errors
/// `store.failed`.
pub(super) fn recover(app: &App, carrier: Device, officer: Id, streams: &[String], items: Vec<Item>) -> Result<usize, Fault> {
    let now_ms = app.clock.now_ms();
    let community = app.store.officer(officer)?.map(|officer| officer.community).unwrap_or_default();
    let mut waiting = Vec::new();
    for item in items {
        if let Some((name, author)) = whose(app, &item)? {
            let scope = streams.to_vec();
            waiting.push(Pending { name, item, received_ms: now_ms, envelope: 0, officer: author, community: community.clone(), enrolled_ms: 0, scope });
        }
    }
    let mut came = 0;
    let mut released = Vec::new();
    app.store.apply(&mut |unit| {
        (came, released) = (0, Vec::new());
        let mut left: Vec<&Pending> = waiting.iter().collect();
        loop {
            let before = left.len();
            let mut next = Vec::new();
            for p in left {
                let mut outcome = Outcome::Aside(Quarantine::Failed);
                let attempt = unit.attempt(&mut |unit| {
                    let mut trials = Trials::default();
                    let mut a = Applying::new(app, unit, &mut trials, now_ms);
                    outcome = match ItemKind::from_number(p.item.kind) {
                        Some(ItemKind::Event) => event::apply(&mut a, p, Bringer::Carrier)?,
                        _ => change::apply(&mut a, p, Bringer::Carrier)?,
                    };
                    Ok(())
                })?;
                match outcome {
                    Outcome::Applied(frees) | Outcome::Anew(_, frees) if attempt == Attempt::Done => {
                        unit.note_recovered(p.item.hash(), carrier, now_ms)?;
                        came += 1;
                        for missing in frees {
                            released.extend(unit.held_for(&missing)?);
                        }
                    }
                    Outcome::Held(_) => next.push(p),
                    _ => {}
                }
            }
            if next.is_empty() || next.len() == before {
                return Ok(());
            }
            left = next;
        }
    })?;
    apply(app, &released)?;
    tracing::info!(carrier = carrier.0, items = came, "recovered what the restored server lacked");
    Ok(came)
}

/// Who wrote an item, as it says itself: its device and opening, and that device's officer. Nobody = the office.
fn whose(app: &App, item: &Item) -> Result<Option<(Name, Id)>> {
    let nobody = Id([0; 16]);
    match ItemKind::from_number(item.kind) {
        Some(ItemKind::Change) => {
            let Some(actor) = actor_of_change(&item.bytes) else { return Ok(None) };
            let Some((device, opening)) = device_of_actor(&actor) else { return Ok(None) };
            let officer = if device.0 == 0 { Some(nobody) } else { app.store.device(device)?.map(|known| known.officer) };
            Ok(Some((Name { device, opening, n: 0 }, officer.unwrap_or(nobody))))
        }
        Some(ItemKind::Event) => {
            let event = Event::decode(&item.bytes).ok();
            Ok(event.map(|event| (Name { device: Device(0), opening: Opening([0; 5]), n: 0 }, event.by)))
        }
        Some(ItemKind::Fact) | None => Ok(None),
    }
}
