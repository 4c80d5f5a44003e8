//! A lease: work that one process does at a time, and that another takes over when the first has died.

use crate::{app::App, storage::Result};

/// How long a lease is good unless it is renewed, in milliseconds.
const LENGTH: i64 = 60_000;

/// A lease that is held.
pub struct Lease<'a> {
    app: &'a App,
    name: &'static str,
}

impl<'a> Lease<'a> {
    /// Takes it; `None` while another process holds it.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn take(app: &'a App, name: &'static str) -> Result<Option<Self>> {
        let lease = Self { app, name };
        Ok(lease.renew()?.then_some(lease))
    }

    /// Holds it for longer; `false` where it ran out and another process has taken it.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn renew(&self) -> Result<bool> {
        let now_ms = self.app.clock.now_ms();
        self.app.store.hold_lease(self.name, self.app.pen.opening().0, now_ms, now_ms + LENGTH)
    }

    /// Gives it back before it runs out.
    ///
    /// # Errors
    /// `store.failed`; then it runs out by itself.
    pub fn give_back(self) -> Result<()> {
        self.app.store.give_lease_back(self.name, self.app.pen.opening().0)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::testing::{Counting, World};

    /// Another process on the same directory.
    fn beside(world: &World) -> App {
        App::open((*world.app.config).clone(), world.clock.clone(), Arc::new(Counting::from(7))).unwrap()
    }

    #[test]
    fn one_process_at_a_time_and_another_when_the_first_has_died() {
        let world = World::open();
        let other = beside(&world);
        let held = Lease::take(&world.app, "timers").unwrap().unwrap();
        assert!(Lease::take(&other, "timers").unwrap().is_none());
        assert!(Lease::take(&other, "packs").unwrap().is_some(), "other work is no matter");
        world.clock.turn(LENGTH - 1);
        assert!(held.renew().unwrap());
        world.clock.turn(LENGTH - 1);
        assert!(Lease::take(&other, "timers").unwrap().is_none(), "it was renewed");
        world.clock.turn(1);
        let taken = Lease::take(&other, "timers").unwrap().expect("the first has not been heard of");
        assert!(!held.renew().unwrap());
        held.give_back().unwrap();
        assert!(Lease::take(&world.app, "timers").unwrap().is_none(), "nobody gives back what another holds");
        taken.give_back().unwrap();
        assert!(Lease::take(&world.app, "timers").unwrap().is_some());
    }

    #[test]
    fn timers_are_done_by_who_holds_their_lease() {
        let world = World::open();
        // One that dies while it holds the lease.
        assert!(Lease::take(&beside(&world), "timers").unwrap().is_some());
        world.sql("INSERT INTO matter(id, stream, registrar, judged, next_ms) SELECT zeroblob(16), id, zeroblob(16), 1, 5 FROM stream LIMIT 1");
        let due = || world.store().matters_due(world.app.clock.now_ms(), 9).unwrap().len();
        crate::pipeline::run_due(&world.app).unwrap();
        assert_eq!(due(), 1, "it was looked at under another's lease");
        world.clock.turn(LENGTH);
        crate::pipeline::run_due(&world.app).unwrap();
        assert_eq!(due(), 0);
    }
}
