//! Volumes of visits of years that are over leave the phones; who writes on one later finds it there again.

use minqing_core::{
    Id,
    clock::{DAY_MS, local_date},
    document::{Doc, DocKind},
    event::{Archived, FactKind},
    frame::to_cbor,
    view,
};
use serde::Serialize;

use super::{
    apply::Applying,
    moved::in_one,
    share::{control, like_household, say_rows},
};
use crate::{
    app::App,
    fault::Fault,
    lease::Lease,
    storage::{Result, log::StreamId},
};

/// Volumes that are looked at between two looks at the lease.
const LOOK: u32 = 500;
/// Volumes of one transaction.
const AT_ONCE: usize = 20;

/// What was archived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shelved {
    /// Volumes of visits.
    pub volumes: u64,
}

/// Archives the volumes of all years that ended so many days ago, but those in which something is still to be done. While another
/// process does it, nothing.
///
/// # Errors
/// `store.failed`.
pub fn archive_all(app: &App, grace_days: u32) -> Result<Shelved, Fault> {
    let mut all = Shelved::default();
    let Some(lease) = Lease::take(app, "archive")? else { return Ok(all) };
    let year = local_date(app.clock.now_ms() - i64::from(grace_days) * DAY_MS).year();
    let mut after = Id([0; 16]);
    loop {
        let volumes = app.store.volumes(after, LOOK)?;
        let Some(last) = volumes.last() else { break };
        after = *last;
        let mut over = Vec::new();
        for id in volumes {
            over.extend(app.store.document(id)?.filter(|kept| is_over(&kept.doc, year)).map(|_| id));
        }
        for some in over.chunks(AT_ONCE) {
            let mut shelved = 0;
            in_one(app, &mut |a| {
                shelved = 0;
                for id in some {
                    shelved += u64::from(archive(a, *id, year)?);
                }
                Ok(())
            })?;
            all.volumes += shelved;
        }
        if !lease.renew()? {
            return Ok(all);
        }
    }
    lease.give_back()?;
    if all.volumes > 0 {
        tracing::info!(volumes = all.volumes, "volumes of years that are over leave the phones");
    }
    Ok(all)
}

/// Whether it is a volume of a year before this one, in which nothing is left to be done.
fn is_over(doc: &Doc, year: i16) -> bool {
    let content = doc.content();
    let is_volume = doc.header().is_some_and(|(kind, _)| kind == DocKind::Visits);
    is_volume && content.root.int("year") < i64::from(year) && view::visits(&content).follow_ups.iter().all(|follow_up| follow_up.done)
}

/// Whether it was: somebody may have written on it since it was looked at.
fn archive(a: &mut Applying<'_>, id: Id, year: i16) -> Result<bool> {
    let Some(kept) = a.unit.document(id)?.filter(|kept| is_over(&kept.doc, year)) else { return Ok(false) };
    if a.unit.archived(id)? {
        return Ok(false);
    }
    for stream in [vec![kept.head.stream], a.unit.shares(id)?].concat() {
        end(a, id, &kept.doc, stream)?;
    }
    a.unit.set_archived(id, true)?;
    Ok(true)
}

/// Says in a stream that a volume is archived.
pub(super) fn end(a: &mut Applying<'_>, id: Id, doc: &Doc, stream: StreamId) -> Result<()> {
    let content = doc.content();
    let year = i16::try_from(content.root.int("year")).unwrap_or_default();
    let payload = to_cbor(&Archived { household: Id::or_zero(&content.root.text("home")), year });
    control(a, FactKind::Archive, id, stream, payload)
}

/// Before something is written on an archived volume it is in its streams again, as it stood.
pub(super) fn take_back(a: &mut Applying<'_>, id: Id, home: StreamId, household: Option<Id>) -> Result<()> {
    if !a.unit.archived(id)? {
        return Ok(());
    }
    let rows = a.unit.rows_to_move(id, home)?;
    a.unit.set_archived(id, false)?;
    for stream in [vec![home], a.unit.shares(id)?].concat() {
        control(a, FactKind::Enter, id, stream, Vec::new())?;
        say_rows(a, &rows, stream)?;
    }
    // Its household may have been shared meanwhile.
    like_household(a, home, id, household)
}
