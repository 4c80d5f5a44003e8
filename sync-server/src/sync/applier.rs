//! The thread that applies what was received, phone by phone in turn, for all exchanges together.

use std::{
    cell::RefCell,
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use minqing_core::ids::{Device, Name};
use tokio::{sync::oneshot, time::timeout};

mod lines;

use super::apply::{BATCH, apply_and};
use crate::app::App;
use lines::{Lines, Waiting};

/// Behind so many other phones one still waits for its own items. Behind more they are answered as received at once:
/// in a rush a phone gets its acknowledgement, and the next one its turn.
const BEHIND: usize = 8;
/// How long an exchange waits at most. Another one would cost the phone more than the rest of this wait.
const PATIENCE: Duration = Duration::from_secs(2);
/// How far this thread steps back, in the operating system's measure: of a busy processor it gets a tenth of what another gets.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// The applying thread's queue. It ends when nobody holds this any more.
pub struct Applier(Arc<Queue>);

#[derive(Default)]
struct Queue {
    /// The lines, and whether nobody queues any more.
    lines: Mutex<(Lines, bool)>,
    come: Condvar,
}

impl Queue {
    fn lines(&self) -> MutexGuard<'_, (Lines, bool)> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for items; none when there will be no more.
    fn wait(&self) -> VecDeque<Waiting> {
        let mut lines = self.lines();
        loop {
            let batch = lines.0.take(BATCH);
            if !batch.is_empty() || lines.1 {
                return batch;
            }
            lines = self.come.wait(lines).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// An exchange whose items are about to be applied.
pub(super) struct Queued(oneshot::Receiver<()>);

impl Queued {
    /// Waits, not for ever, until all its items were tried.
    pub(super) async fn tried(self) {
        let _ = timeout(PATIENCE, self.0).await;
    }
}

impl Applier {
    /// Starts the thread. `app`: without an applier of its own, else it never ends.
    pub fn start(app: App) -> Self {
        let queue: Arc<Queue> = Arc::default();
        let waiting = queue.clone();
        thread::spawn(move || {
            step_back();
            run(&app, &waiting);
        });
        Self(queue)
    }

    /// Queues the items of a phone's exchange. What is returned can be waited for; none where it is not worth waiting: then,
    /// or should it take long, the phone is told that they were received, and asks again. A phone whose own items are
    /// still in line waits in any case: it is to come no faster than they are applied.
    pub(super) fn queue(&self, device: Device, names: &[Name]) -> Option<Queued> {
        let mut lines = self.0.lines();
        let (phones, is_in_line) = lines.0.waiting(device);
        let tried = lines.0.queue(device, names);
        drop(lines);
        self.0.come.notify_one();
        (phones <= BEHIND || is_in_line).then_some(Queued(tried))
    }
}

impl Drop for Applier {
    fn drop(&mut self) {
        self.0.lines().1 = true;
        self.0.come.notify_all();
    }
}

/// Applying takes the processor time that is left: whoever brings something waits to hear that it is safe. On Linux this
/// is said of a thread, and those it starts; elsewhere only of whole processes.
fn step_back() {
    #[cfg(target_os = "linux")]
    if rustix::process::setpriority_process(None, NICE).is_err() {
        tracing::debug!("applying competes with receiving");
    }
}

fn run(app: &App, queue: &Queue) {
    // Batches that were handed out and not wholly tried: one that is written, and the next, on which trials are made.
    let hands: RefCell<VecDeque<VecDeque<Waiting>>> = RefCell::default();
    loop {
        if hands.borrow().is_empty() {
            let batch = queue.wait();
            if batch.is_empty() {
                return;
            }
            hands.borrow_mut().push_back(batch);
        }
        // First the one at the front; while that is written, always the one behind it.
        let mut index = 0;
        let mut next = || {
            let mut hands = hands.borrow_mut();
            if index == hands.len() {
                let batch = queue.lines().0.take(BATCH);
                hands.extend((!batch.is_empty()).then_some(batch));
            }
            let batch = hands.get(index).into_iter().flatten().map(|(_, name)| *name).collect();
            index = 1;
            batch
        };
        let done = |items: usize| {
            let mut hands = hands.borrow_mut();
            let Some(first) = hands.front_mut() else { return };
            let items = items.min(first.len());
            queue.lines().0.tried(first.drain(..items));
            if first.is_empty() {
                hands.pop_front();
            }
        };
        let applied = catch_unwind(AssertUnwindSafe(|| apply_and(app, &mut next, &done)));
        let failed = applied.map_or(Some("server.failed"), |done| done.err().map(|e| e.code()));
        if let Some(code) = failed {
            let items = hands.borrow().front().map_or(0, VecDeque::len);
            tracing::error!(code, items, "received items could not be applied; they are tried again when their phone asks");
            done(items);
        }
    }
}

#[cfg(test)]
mod tests {
    use minqing_core::ids::Opening;

    use super::*;

    #[test]
    fn behind_a_few_others_one_waits_and_in_a_rush_only_who_has_items_in_line() {
        let applier = Applier(Arc::default());
        let ask = |device| applier.queue(Device(device), &[Name { device: Device(device), opening: Opening([0; 5]), n: 1 }]).is_some();
        for device in 1..=9 {
            assert!(ask(device), "{device}");
        }
        assert_eq!([ask(10), ask(11), ask(1)], [false, false, true]);
        let batch = applier.0.lines().0.take(4);
        applier.0.lines().0.tried(batch);
        assert!(ask(12), "the rush is over");
    }
}
