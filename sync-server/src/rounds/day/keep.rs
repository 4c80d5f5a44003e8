//! What was planned is kept, and sent to each officer's phones as a fact of their own stream.

use minqing_core::{
    Id,
    event::{FactKind, RoundPlan},
    frame::to_cbor,
    rounds::Planned,
};

use crate::{
    app::App,
    fault::Fault,
    pipeline::log_fact,
    storage::RoundKept,
    sync::{Applying, Trials, person},
};

/// Keeps rounds and sends them, all or none.
///
/// # Errors
/// `round.too_large`, `store.failed`.
pub(super) fn keep(app: &App, community: &str, rounds: &[Planned]) -> Result<(), Fault> {
    let kept = rounds.iter().map(|round| kept(community, round)).collect::<Result<Vec<_>, Fault>>()?;
    let now_ms = app.clock.now_ms();
    app.store.apply(&mut |unit| {
        let mut trials = Trials::default();
        let a = &mut Applying::new(app, unit, &mut trials, now_ms);
        for round in &kept {
            let Some(own) = a.unit.stream(&person(round.officer))? else { continue };
            let doc = Id::round(round.officer, &round.day.to_string());
            let item = a.pen.fact(a.entropy, now_ms, FactKind::Round, doc, to_cbor(&RoundPlan { json: round.json.clone() }));
            log_fact(a, own, &item, None)?;
            a.unit.keep_round(round)?;
        }
        Ok(())
    })?;
    Ok(())
}

/// What is kept of a round.
fn kept(community: &str, round: &Planned) -> Result<RoundKept, Fault> {
    Ok(RoundKept {
        officer: round.officer,
        community: community.to_owned(),
        day: round.day,
        made_ms: round.made_ms,
        doors: u32::try_from(round.plan.served()).unwrap_or(u32::MAX),
        walking_s: u32::try_from(round.plan.walking_s).unwrap_or(u32::MAX),
        json: round.encode()?,
    })
}
