//! The thread that applies what was received, in order of arrival, for all exchanges together.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use minqing_core::ids::Name;
use tokio::{sync::watch, time::timeout};

use super::apply::{BATCH, apply_and};
use crate::app::App;

/// Behind so many other exchanges one still waits for its own items. Behind more they are answered as received at once:
/// in a rush a phone gets its acknowledgement, and the next one its turn.
const BEHIND: u64 = 8;
/// How long an exchange waits at most. Another one would cost the phone more than the rest of this wait.
const PATIENCE: Duration = Duration::from_secs(2);
/// How far this thread steps back, in the operating system's measure: of a busy processor it gets a tenth of what another gets.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;
/// So many items are taken from the queue at least, where there are so many: while some are written, the next are tried.
const TOGETHER: usize = 1_000;

/// The applying thread's queue. It ends when nobody holds this any more.
pub struct Applier {
    /// The sender, and how many exchanges were ever queued.
    queue: Mutex<(Sender<Vec<Name>>, u64)>,
    /// Of how many of them all items were tried.
    tried: watch::Receiver<u64>,
}

impl Applier {
    /// Starts the thread. `app`: without an applier of its own, else it never ends.
    pub fn start(app: App) -> Self {
        let (queue, waiting) = channel();
        let (tell, tried) = watch::channel(0);
        thread::spawn(move || {
            step_back();
            run(&app, &waiting, &tell);
        });
        Self { queue: Mutex::new((queue, 0)), tried }
    }

    /// Queues the items of an exchange. [`Applier::tried`] takes the number returned; none where it is not worth waiting:
    /// then, or should it be never, the phone is told that they were received, and asks again.
    pub(super) fn queue(&self, names: Vec<Name>) -> Option<u64> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let before = queue.1 - *self.tried.borrow();
        queue.1 += 1;
        // The thread only ends after this sender; were it gone, the items would stay received until asked for again.
        let _ = queue.0.send(names);
        (before <= BEHIND).then_some(queue.1)
    }

    /// Waits, not for ever, until the items of an exchange were tried.
    pub(super) async fn tried(&self, number: u64) {
        let mut tried = self.tried.clone();
        let _ = timeout(PATIENCE, tried.wait_for(|tried| *tried >= number)).await;
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

fn run(app: &App, waiting: &Receiver<Vec<Name>>, tell: &watch::Sender<u64>) {
    while let Ok(mut names) = waiting.recv() {
        // Where the items of each exchange end.
        let mut ends = vec![names.len()];
        while names.len() < TOGETHER
            && let Ok(more) = waiting.try_recv()
        {
            names.extend(more);
            ends.push(names.len());
        }
        let (before, tried) = (*tell.borrow(), Cell::new(0));
        let done = |some: usize| {
            tried.set(tried.get() + some);
            tell.send_replace(before + ends.partition_point(|end| *end <= tried.get()) as u64);
        };
        while tried.get() < names.len() {
            let applied = catch_unwind(AssertUnwindSafe(|| apply_and(app, &names[tried.get()..], &done)));
            let failed = applied.map_or(Some("server.failed"), |done| done.err().map(|e| e.code()));
            if let Some(code) = failed {
                let items = BATCH.min(names.len() - tried.get());
                tracing::error!(code, items, "received items could not be applied; they are tried again when their phone asks");
                done(items);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_a_few_others_one_waits_and_in_a_rush_nobody() {
        let ((send, _queued), (tell, tried)) = (channel(), watch::channel(0));
        let applier = Applier { queue: Mutex::new((send, 0)), tried };
        let ask = || applier.queue(Vec::new());
        for number in 1..=BEHIND + 1 {
            assert_eq!(ask(), Some(number));
        }
        assert_eq!([ask(), ask()], [None, None]);
        tell.send_replace(BEHIND + 3);
        assert_eq!(ask(), Some(BEHIND + 4), "the rush is over");
    }
}
