//! The thread that applies what was received, in order of arrival, for all exchanges together.

use std::{
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

use super::apply::{BATCH, apply};
use crate::app::App;

/// How long an exchange waits for its own items; then they are answered as received.
const PATIENCE: Duration = Duration::from_millis(200);

/// The applying thread's queue. It ends when nobody holds this any more.
pub struct Applier {
    /// The sender, and how many items were ever queued.
    queue: Mutex<(Sender<Vec<Name>>, u64)>,
    /// How many of them were tried.
    tried: watch::Receiver<u64>,
}

impl Applier {
    /// Starts the thread. `app`: without an applier of its own, else it never ends.
    pub fn start(app: App) -> Self {
        let (queue, waiting) = channel();
        let (tell, tried) = watch::channel(0);
        thread::spawn(move || run(&app, &waiting, &tell));
        Self { queue: Mutex::new((queue, 0)), tried }
    }

    /// Queues items; [`Applier::tried`] takes the number returned.
    pub(super) fn queue(&self, names: Vec<Name>) -> u64 {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.1 += names.len() as u64;
        // The thread only ends after this sender; were it gone, the items would stay received until asked for again.
        let _ = queue.0.send(names);
        queue.1
    }

    /// Waits a while until everything up to a number was tried.
    pub(super) async fn tried(&self, number: u64) {
        let mut tried = self.tried.clone();
        // Too late or never: the phone is told that the items were received, and asks again.
        let _ = timeout(PATIENCE, tried.wait_for(|tried| *tried >= number)).await;
    }
}

fn run(app: &App, waiting: &Receiver<Vec<Name>>, tell: &watch::Sender<u64>) {
    while let Ok(mut names) = waiting.recv() {
        while names.len() < BATCH
            && let Ok(more) = waiting.try_recv()
        {
            names.extend(more);
        }
        for some in names.chunks(BATCH) {
            let applied = catch_unwind(AssertUnwindSafe(|| apply(app, some)));
            let failed = applied.map_or(Some("server.failed"), |done| done.err().map(|e| e.code()));
            if let Some(code) = failed {
                tracing::error!(code, items = some.len(), "received items could not be applied; they are tried again when their phone asks");
            }
            tell.send_modify(|tried| *tried += some.len() as u64);
        }
    }
}
