//! What is due is done: a batch at a time, each thing in a transaction of its own, by one process, and after a restart too.

use minqing_core::Id;

use crate::{
    app::App,
    lease::Lease,
    storage::Result,
    sync::{Applying, Trials},
};

/// Things looked at in one go.
const BATCH: u32 = 200;

/// Does what is due by now, unless another process is at it. `due`: what is, the earliest first, at most so many; `one` does it, and
/// says how much that was. Returns how much was done.
///
/// # Errors
/// `store.failed`; then what was done before stays done, and the rest is done the next time.
pub(crate) fn run(app: &App, lease: &'static str, due: impl Fn(u32) -> Result<Vec<Id>>, one: impl Fn(&mut Applying<'_>, Id) -> Result<usize>) -> Result<usize> {
    // Whoever only looks writes nothing.
    if due(1)?.is_empty() {
        return Ok(0);
    }
    let Some(lease) = Lease::take(app, lease)? else { return Ok(0) };
    let mut done = 0;
    while lease.renew()? {
        let ids = due(BATCH)?;
        if ids.is_empty() {
            lease.give_back()?;
            break;
        }
        for id in ids {
            let now_ms = app.clock.now_ms();
            app.store.apply(&mut |unit| {
                done += one(&mut Applying::new(app, unit, &mut Trials::default(), now_ms), id)?;
                Ok(())
            })?;
        }
    }
    Ok(done)
}
