//! Phones that listen: woken when a stream that they read grows. Nobody asks the database meanwhile.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use minqing_core::ids::Device;
use tokio::sync::Notify;

/// The listening phones of one server.
pub struct Pokes {
    open: Mutex<Open>,
    most: usize,
}

#[derive(Default)]
struct Open {
    phones: BTreeMap<Device, Listener>,
    /// Who reads a stream, of those who listen.
    readers: BTreeMap<String, BTreeSet<Device>>,
    numbers: u64,
}

struct Listener {
    number: u64,
    streams: Vec<String>,
    ear: Arc<Notify>,
}

/// A phone that listens, until this is dropped.
pub(super) struct Ear {
    pokes: Arc<Pokes>,
    device: Device,
    number: u64,
    ear: Arc<Notify>,
}

impl Pokes {
    /// For so many phones at most.
    pub fn new(most: usize) -> Self {
        Self { open: Mutex::default(), most }
    }

    /// Wakes who reads one of these streams. What comes before it was heard is one poke.
    pub fn grown(&self, streams: &[String]) {
        self.with(|open| {
            for device in streams.iter().filter_map(|stream| open.readers.get(stream)).flatten() {
                if let Some(phone) = open.phones.get(device) {
                    phone.ear.notify_one();
                }
            }
        });
    }

    /// All that listen hear that it is over, as when the server stops.
    pub fn end(&self) {
        self.with(|open| {
            open.readers.clear();
            std::mem::take(&mut open.phones).into_values().for_each(|phone| phone.ear.notify_one());
        });
    }

    /// A phone listens to these streams; what it opened before is over, for its line may be dead without anybody knowing.
    /// None where too many listen.
    pub(super) fn listen(self: &Arc<Self>, device: Device, streams: Vec<String>) -> Option<Ear> {
        self.with(|open| {
            open.forget(device);
            if open.phones.len() >= self.most {
                return None;
            }
            open.numbers += 1;
            for stream in &streams {
                open.readers.entry(stream.clone()).or_default().insert(device);
            }
            let (number, ear) = (open.numbers, Arc::new(Notify::new()));
            open.phones.insert(device, Listener { number, streams, ear: ear.clone() });
            Some(Ear { pokes: self.clone(), device, number, ear })
        })
    }

    /// How many phones listen.
    pub fn listening(&self) -> usize {
        self.with(|open| open.phones.len())
    }

    fn with<T>(&self, work: impl FnOnce(&mut Open) -> T) -> T {
        work(&mut self.open.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Open {
    fn forget(&mut self, device: Device) {
        let Some(gone) = self.phones.remove(&device) else { return };
        for stream in gone.streams {
            if let Some(readers) = self.readers.get_mut(&stream) {
                readers.remove(&device);
                if readers.is_empty() {
                    self.readers.remove(&stream);
                }
            }
        }
        gone.ear.notify_one();
    }
}

impl Ear {
    /// Waits for a poke; false when it is over.
    pub(super) async fn hears(&self) -> bool {
        self.ear.notified().await;
        self.pokes.with(|open| open.phones.get(&self.device).is_some_and(|phone| phone.number == self.number))
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.pokes.with(|open| {
            if open.phones.get(&self.device).is_some_and(|phone| phone.number == self.number) {
                open.forget(self.device);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[tokio::test]
    async fn only_who_reads_the_stream_is_poked_and_many_rows_are_one_poke() {
        let pokes = Arc::new(Pokes::new(9));
        let [a, b] = [(1, "grid:1"), (2, "grid:2")].map(|(n, grid)| pokes.listen(Device(n), names(&[grid, "commons"])).unwrap());
        pokes.grown(&names(&["grid:2"]));
        pokes.grown(&names(&["grid:2", "desk"]));
        assert!(b.hears().await);
        let silent = async |ear: &Ear| tokio::select! { biased; _ = ear.hears() => false, () = tokio::task::yield_now() => true };
        assert!(silent(&b).await && silent(&a).await);
        pokes.grown(&names(&["commons"]));
        assert!(a.hears().await && b.hears().await);
    }

    #[tokio::test]
    async fn a_phone_listens_once_and_all_together_not_more_than_so_many() {
        let pokes = Arc::new(Pokes::new(2));
        let first = pokes.listen(Device(1), names(&["a"])).unwrap();
        let second = pokes.listen(Device(1), names(&["b"])).unwrap();
        assert!(!first.hears().await, "the older one is over");
        drop(first);
        assert_eq!(pokes.listening(), 1, "its end ends not the newer one");
        let other = pokes.listen(Device(2), names(&["b"])).unwrap();
        assert!(pokes.listen(Device(3), names(&["b"])).is_none());
        drop(second);
        assert!(pokes.listen(Device(3), names(&["b"])).is_some());
        pokes.end();
        assert!(!other.hears().await);
        drop(other);
        assert!(pokes.listening() == 0 && pokes.with(|open| open.readers.is_empty()));
    }
}
