//! The rules as all handlers share them: read whole, changed whole.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use super::{Rules, calendars::of_this_build};
use crate::{
    app::App,
    storage::{Result, Store, StoreError},
};

/// The rules in force.
#[derive(Default)]
pub struct InForce {
    rules: RwLock<Arc<Rules>>,
    turn: Mutex<()>,
}

impl InForce {
    /// Begins with these.
    pub fn new(rules: Rules) -> Self {
        Self { rules: RwLock::new(Arc::new(rules)), turn: Mutex::default() }
    }

    /// Those of this moment.
    pub fn get(&self) -> Arc<Rules> {
        self.rules.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets others hold. Called while the store's writer is held, so that no transaction sees two.
    pub(super) fn set(&self, rules: Arc<Rules>) {
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = rules;
    }

    /// One change after the other.
    pub(super) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The rules of a store that is opened; notes the decrees of this build where it does not know them.
///
/// # Errors
/// `store.failed`.
pub fn begin(store: &dyn Store, now_ms: i64) -> Result<Rules> {
    if let Some(build) = of_this_build(&store.settings()?, now_ms) {
        let noted = store.apply(&mut |unit| {
            unit.put_setting(&build)?;
            unit.look_again(now_ms)
        });
        // Another process may have noted it a moment before.
        noted.or_else(|e| if matches!(e, StoreError::Refused(_)) { Ok(()) } else { Err(e) })?;
    }
    Ok(Rules::of(&store.settings()?, now_ms))
}

/// Lets hold what another process has set, or what was set before to hold from now on; whether there was any.
///
/// # Errors
/// `store.failed`.
pub fn refresh(app: &App) -> Result<bool> {
    let now_ms = app.clock.now_ms();
    if app.store.settings_begun(now_ms)? == app.rules.get().begun {
        return Ok(false);
    }
    let _turn = app.rules.turn();
    let rules = Arc::new(Rules::of(&app.store.settings()?, now_ms));
    app.store.apply(&mut |_| {
        app.rules.set(rules.clone());
        Ok(())
    })?;
    tracing::info!(calendar = rules.calendar.version(), "other settings hold from now on");
    Ok(true)
}
