//! How many exchanges are let in: so many at work, so many that wait, of one phone one at work. All others are told to come
//! again a little later, each after another time, so that they do not come together.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use minqing_core::ids::Device;
use tokio::sync::Semaphore;

use crate::{
    app::App,
    config::Limits,
    entropy::{self, Entropy},
};

/// Requests of one phone that are let in: the one under way, and those whose line was cut and which nobody has told us of.
const OF_ONE: u32 = 3;
/// Seconds after which a phone is to come again, from and to: in a crowd, and while its own exchange is under way.
const LATER: [(u64, u64); 2] = [(5, 35), (1, 4)];

/// The exchanges of one server.
pub struct Crowd {
    inside: Mutex<Inside>,
    at_work: Arc<Semaphore>,
    /// Most requests that are read, wait or are at work.
    most: usize,
}

#[derive(Default)]
struct Inside {
    all: usize,
    of: BTreeMap<Device, Phone>,
}

#[derive(Default)]
struct Phone {
    requests: u32,
    is_at_work: bool,
}

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Full {
    /// There are too many.
    Crowded,
    /// Another exchange of this phone is under way.
    UnderWay,
}

impl Full {
    /// After how many seconds it is worth coming again.
    pub(super) fn later_s(self, entropy: &dyn Entropy) -> u64 {
        let (from, to) = LATER[usize::from(self == Self::UnderWay)];
        entropy::between(entropy, from, to)
    }
}

/// A request that is let in, until this is dropped.
pub(super) struct Place {
    crowd: Arc<Crowd>,
    device: Device,
}

/// The one exchange of a phone that is at work, until this is dropped.
pub(super) struct Turn(Place);

impl Crowd {
    /// With these limits.
    pub fn new(limits: &Limits) -> Self {
        let most = limits.exchanges_at_once + limits.exchanges_waiting;
        Self { inside: Mutex::default(), at_work: Arc::new(Semaphore::new(limits.exchanges_at_once)), most }
    }

    /// Lets a request of a phone in, before its body is read.
    pub(super) fn enter(self: &Arc<Self>, device: Device) -> Result<Place, Full> {
        self.with(|inside| {
            if inside.all >= self.most {
                return Err(Full::Crowded);
            }
            let phone = inside.of.entry(device).or_default();
            if phone.requests >= OF_ONE {
                return Err(Full::UnderWay);
            }
            phone.requests += 1;
            inside.all += 1;
            Ok(Place { crowd: self.clone(), device })
        })
    }

    /// How many requests are let in.
    pub fn inside(&self) -> usize {
        self.with(|inside| inside.all)
    }

    /// How many phones' exchanges have begun: at work, or waiting for room.
    pub fn at_work(&self) -> usize {
        self.with(|inside| inside.of.values().filter(|phone| phone.is_at_work).count())
    }

    fn with<T>(&self, work: impl FnOnce(&mut Inside) -> T) -> T {
        work(&mut self.inside.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Place {
    /// Begins the phone's exchange, if none is at work.
    pub(super) fn begin(self) -> Result<Arc<Turn>, Full> {
        let is_free = self.crowd.with(|inside| inside.of.get_mut(&self.device).is_some_and(|phone| !std::mem::replace(&mut phone.is_at_work, true)));
        if is_free { Ok(Arc::new(Turn(self))) } else { Err(Full::UnderWay) }
    }
}

impl Turn {
    /// Does some of the exchange on a worker thread, when there is room. Whoever hangs up meanwhile frees nothing before it is done.
    pub(super) async fn work<T: Send + 'static>(self: &Arc<Self>, app: &App, job: impl FnOnce(&App) -> T + Send + 'static) -> T {
        let room = self.0.crowd.at_work.clone().acquire_owned().await;
        let turn = self.clone();
        app.work(move |app| {
            let _held = (room, turn);
            job(app)
        })
        .await
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.crowd.with(|inside| inside.of.entry(self.0.device).or_default().is_at_work = false);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.crowd.with(|inside| {
            inside.all -= 1;
            let phone = inside.of.entry(self.device).or_default();
            phone.requests = phone.requests.saturating_sub(1);
            if phone.requests == 0 {
                inside.of.remove(&self.device);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::Config, testing::Counting};

    fn crowd(at_once: usize, waiting: usize) -> Arc<Crowd> {
        let limits = Config::load(None, []).unwrap().limits;
        Arc::new(Crowd::new(&Limits { exchanges_at_once: at_once, exchanges_waiting: waiting, ..limits }))
    }

    #[test]
    fn so_many_are_let_in_and_each_that_leaves_lets_another_in() {
        let crowd = crowd(1, 2);
        let mut inside: Vec<_> = (1..=3).map(|n| crowd.enter(Device(n)).unwrap_or_else(|full| panic!("{n}: {full:?}"))).collect();
        assert_eq!(crowd.enter(Device(4)).err(), Some(Full::Crowded));
        inside.pop();
        assert!(crowd.enter(Device(4)).is_ok());
        drop(inside);
        assert!(crowd.inside.lock().unwrap().of.is_empty(), "nothing is remembered of who has left");
    }

    #[test]
    fn a_phone_has_one_exchange_at_work_and_a_few_requests() {
        let crowd = crowd(4, 40);
        let enter = |n| crowd.enter(Device(n));
        let turn = enter(1).ok().unwrap().begin().ok().unwrap();
        assert_eq!(enter(1).ok().unwrap().begin().err(), Some(Full::UnderWay));
        assert!(enter(2).ok().unwrap().begin().is_ok(), "another phone is not held up");
        let cut: Vec<_> = (1..OF_ONE).map(|_| enter(1).ok().unwrap()).collect();
        assert_eq!(enter(1).err(), Some(Full::UnderWay));
        drop((turn, cut));
        assert!(enter(1).ok().unwrap().begin().is_ok());
    }

    #[test]
    fn phones_do_not_come_back_together() {
        let entropy = Counting::default();
        for (full, (from, to)) in [Full::Crowded, Full::UnderWay].into_iter().zip(LATER) {
            let mut times: Vec<u64> = (0..2_000).map(|_| full.later_s(&entropy)).collect();
            times.sort_unstable();
            assert_eq!((times.first(), times.last()), (Some(&from), Some(&to)));
            times.dedup();
            assert_eq!(times.len() as u64, to - from + 1, "every second between them");
        }
    }
}
