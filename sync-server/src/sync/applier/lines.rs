//! Who waits to be applied: a line for each phone, and each in its turn gets a few of its items into a batch. So a phone that
//! brought thousands holds up nobody; its own items stay in their order.

use std::collections::{BTreeMap, VecDeque};

use minqing_core::ids::{Device, Name};
use tokio::sync::oneshot;

/// Items of one phone before the next one's.
const SHARE: usize = 10;

/// An item that waits, with the number of its exchange.
pub(super) type Waiting = (u64, Name);

/// The lines.
#[derive(Default)]
pub(super) struct Lines {
    /// Phones with items in their lines, whose turn it is first.
    turns: VecDeque<Device>,
    lines: BTreeMap<Device, VecDeque<Waiting>>,
    /// Of each exchange how many items were not tried, and who is told when none is left.
    left: BTreeMap<u64, (usize, oneshot::Sender<()>)>,
    exchanges: u64,
}

impl Lines {
    /// Queues what a phone brought; the end hears when all of it was tried.
    pub(super) fn queue(&mut self, device: Device, names: &[Name]) -> oneshot::Receiver<()> {
        let (tell, tried) = oneshot::channel();
        if names.is_empty() {
            let _ = tell.send(());
            return tried;
        }
        self.exchanges += 1;
        self.left.insert(self.exchanges, (names.len(), tell));
        let line = self.lines.entry(device).or_default();
        if line.is_empty() {
            self.turns.push_back(device);
        }
        line.extend(names.iter().map(|name| (self.exchanges, *name)));
        tried
    }

    /// How many phones wait, and whether this one is among them.
    pub(super) fn waiting(&self, device: Device) -> (usize, bool) {
        (self.turns.len(), self.lines.contains_key(&device))
    }

    /// The next batch, of at most so many items; empty if nobody waits.
    pub(super) fn take(&mut self, most: usize) -> VecDeque<Waiting> {
        let mut batch = VecDeque::new();
        while batch.len() < most {
            let Some(device) = self.turns.pop_front() else { break };
            let Some(line) = self.lines.get_mut(&device) else { continue };
            let some = SHARE.min(most - batch.len()).min(line.len());
            batch.extend(line.drain(..some));
            if line.is_empty() {
                self.lines.remove(&device);
            } else {
                self.turns.push_back(device);
            }
        }
        batch
    }

    /// Notes that items were tried, whatever came of it.
    pub(super) fn tried(&mut self, items: impl IntoIterator<Item = Waiting>) {
        for (exchange, _) in items {
            let Some((left, _)) = self.left.get_mut(&exchange) else { continue };
            *left -= 1;
            if *left == 0
                && let Some((_, tell)) = self.left.remove(&exchange)
            {
                // Whoever waited may have given up.
                let _ = tell.send(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use minqing_core::ids::Opening;

    use super::*;

    fn names(device: u32, from: u64, count: u64) -> Vec<Name> {
        (from..from + count).map(|n| Name { device: Device(device), opening: Opening([0; 5]), n }).collect()
    }

    #[test]
    fn a_phone_with_thousands_of_items_holds_nobody_up_and_keeps_its_order() {
        let mut lines = Lines::default();
        let mut heavy = lines.queue(Device(1), &names(1, 1, 5_000));
        let first = lines.take(50);
        assert!(first.len() == 50 && first.iter().all(|(_, name)| name.device == Device(1)), "alone it has all of a batch");
        let mut light: Vec<_> = (2..=4).map(|n| lines.queue(Device(n), &names(n, 1, 3))).collect();
        let second = lines.take(50);
        assert_eq!(second.iter().filter(|(_, name)| name.device != Device(1)).count(), 9, "all the others are in the very next batch");
        assert_eq!(second.len(), 50);
        lines.tried(first);
        assert!(light.iter_mut().all(|tried| tried.try_recv().is_err()));
        lines.tried(second.clone());
        assert!(light.iter_mut().all(|tried| tried.try_recv().is_ok()), "each is told when its own were tried");
        let mut seen: Vec<u64> = second.iter().filter(|(_, name)| name.device == Device(1)).map(|(_, name)| name.n).collect();
        while heavy.try_recv().is_err() {
            let batch = lines.take(50);
            assert!(!batch.is_empty());
            seen.extend(batch.iter().map(|(_, name)| name.n));
            lines.tried(batch);
        }
        assert_eq!(seen, (51..=5_000).collect::<Vec<_>>());
        assert!(lines.take(50).is_empty() && lines.left.is_empty());
    }

    #[test]
    fn two_heavy_phones_share_a_batch() {
        let mut lines = Lines::default();
        let _tried = [1, 2].map(|n| lines.queue(Device(n), &names(n, 1, 500)));
        let batch = lines.take(40);
        assert_eq!([1, 2].map(|n| batch.iter().filter(|(_, name)| name.device == Device(n)).count()), [20, 20]);
    }
}
