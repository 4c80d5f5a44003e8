//! How often something may be tried that could be guessed. Nobody is locked out for ever: tries come back with time,
//! and strangers' tries do not count against who has signed in from the own address before.

use std::{
    collections::HashMap,
    net::IpAddr,
    num::NonZeroU32,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::http::StatusCode;
use governor::{
    Quota, RateLimiter,
    clock::{Clock as _, Reference as _},
    middleware::NoOpMiddleware,
    nanos::Nanos,
    state::keyed::DashMapStateStore,
};

use super::sha256;
use crate::{clock::Clock, config, problem::Problem};

mod address;
mod guard;

pub use guard::{Caller, guard};

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// A password.
    SignIn,
    /// An enrolment code.
    Enrol,
    /// A refresh token.
    Refresh,
    /// A challenge, asked for or answered.
    Renew,
    /// A matter's code and PIN, or whatever else is looked up by something short.
    LookUp,
    /// A letter into the electronic letter box.
    Letter,
    /// A public matter that is not there, so that what was taken down is not asked for over and over.
    Public,
}

/// Which limit a key falls under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// One name from one address.
    Name,
    /// One name from all addresses that are strange to it, together.
    Stranger,
    /// One code or one device.
    Code,
    /// One slip's PIN.
    Pin,
}

/// After how many seconds the next try is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub u64);

impl From<Wait> for Problem {
    fn from(wait: Wait) -> Self {
        Self { retry_after_s: Some(wait.0), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "tries.too_many") }
    }
}

/// 16 bytes of a hash: strangers cannot fill the memory with long names.
type Key = [u8; 16];
type Buckets = RateLimiter<Key, DashMapStateStore<Key>, Ticks, NoOpMiddleware<Nanos>>;

/// The server's clock as governor reads it.
#[derive(Clone)]
struct Ticks(Arc<dyn Clock>);

impl governor::clock::Clock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(Duration::from_millis(self.0.monotonic_ms().unsigned_abs()))
    }
}

/// All limits of a server.
pub struct Tries {
    ticks: Ticks,
    name: Buckets,
    stranger: Buckets,
    code: Buckets,
    pin: Buckets,
    address: Buckets,
    /// Until when an address whose failures are used up waits.
    waiting: Mutex<HashMap<Key, Nanos>>,
    proxies: Vec<IpAddr>,
}

impl Tries {
    /// Makes the limits of the settings.
    pub fn new(settings: &config::Tries, clock: Arc<dyn Clock>) -> Self {
        let ticks = Ticks(clock);
        let buckets = |at_once: u32, an_hour: u32| {
            let quota = Quota::per_hour(at_least_one(an_hour)).allow_burst(at_least_one(at_once));
            RateLimiter::new(quota, DashMapStateStore::default(), ticks.clone())
        };
        Self {
            name: buckets(settings.name_at_once, settings.name_an_hour),
            stranger: buckets(settings.stranger_at_once, settings.stranger_an_hour),
            code: buckets(settings.code_at_once, settings.code_an_hour),
            pin: buckets(settings.pin_at_once, settings.pin_an_hour),
            address: buckets(settings.address_at_once, settings.address_an_hour),
            waiting: Mutex::default(),
            proxies: settings.proxies(),
            ticks,
        }
    }

    /// Takes one try of a key, before it is known how it ends.
    ///
    /// # Errors
    /// How long to wait, where there is none left.
    pub fn take(&self, door: Door, limit: Limit, key: &[&[u8]]) -> Result<(), Wait> {
        let buckets = match limit {
            Limit::Name => &self.name,
            Limit::Stranger => &self.stranger,
            Limit::Code => &self.code,
            Limit::Pin => &self.pin,
        };
        buckets.check_key(&hashed(door, key)).map_err(|not| wait(not.earliest_possible(), self.ticks.now()))
    }

    /// Notes that a try from an address failed. Successes are free: thousands of phones may share one address.
    pub fn failed(&self, door: Door, from: IpAddr) {
        let key = hashed(door, &[&address::bytes(from)]);
        if let Err(not) = self.address.check_key(&key) {
            self.waiting().insert(key, not.earliest_possible());
        }
    }

    /// Whether an address has failed too often.
    ///
    /// # Errors
    /// How long it has to wait.
    pub fn open(&self, door: Door, from: IpAddr) -> Result<(), Wait> {
        let (key, now) = (hashed(door, &[&address::bytes(from)]), self.ticks.now());
        match self.waiting().get(&key) {
            Some(until) if *until > now => Err(wait(*until, now)),
            _ => Ok(()),
        }
    }

    /// Forgets keys that have all their tries again. Called from a timer, else the maps grow for ever.
    pub fn tidy(&self) {
        for buckets in [&self.name, &self.stranger, &self.code, &self.pin, &self.address] {
            buckets.retain_recent();
        }
        let now = self.ticks.now();
        self.waiting().retain(|_, until| *until > now);
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<Key, Nanos>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn at_least_one(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN)
}

fn wait(until: Nanos, now: Nanos) -> Wait {
    Wait(Duration::from(until.duration_since(now)).as_secs() + 1)
}

/// Each part with its length, so that no two lists of parts are the same bytes.
fn hashed(door: Door, parts: &[&[u8]]) -> Key {
    let mut bytes = vec![door as u8];
    for part in parts {
        bytes.extend((part.len() as u64).to_be_bytes());
        bytes.extend(*part);
    }
    let [head @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = sha256(&bytes);
    head
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Hands;

    fn tries() -> (Tries, Arc<Hands>) {
        let hands = Arc::new(Hands::default());
        let settings = config::Tries {
            name_at_once: 3,
            name_an_hour: 60,
            stranger_at_once: 2,
            stranger_an_hour: 2,
            code_at_once: 1,
            code_an_hour: 1,
            pin_at_once: 1,
            pin_an_hour: 1,
            address_at_once: 2,
            address_an_hour: 4,
            trusted_proxies: Vec::new(),
        };
        (Tries::new(&settings, hands.clone()), hands)
    }

    #[test]
    fn tries_come_back_with_time() {
        let (tries, hands) = tries();
        let take = || tries.take(Door::SignIn, Limit::Name, &[b"Ma", b"here"]);
        assert!((0..3).all(|_| take().is_ok()));
        let Wait(seconds) = take().unwrap_err();
        assert!((60..=61).contains(&seconds), "{seconds}");
        hands.turn(60_000);
        assert!(take().is_ok() && take().is_err());
        hands.turn(3_600_000);
        assert!((0..3).all(|_| take().is_ok()) && take().is_err());
    }

    #[test]
    fn keys_doors_and_limits_are_apart() {
        let (tries, _) = tries();
        assert!(tries.take(Door::Enrol, Limit::Code, &[b"a"]).is_ok());
        assert!(tries.take(Door::Enrol, Limit::Code, &[b"a"]).is_err());
        assert!(tries.take(Door::Enrol, Limit::Code, &[b"b"]).is_ok());
        assert!(tries.take(Door::LookUp, Limit::Code, &[b"a"]).is_ok());
        assert!(tries.take(Door::Enrol, Limit::Name, &[b"a"]).is_ok());
        assert!(tries.take(Door::Enrol, Limit::Code, &[b"ab", b"c"]).is_ok());
        assert!(tries.take(Door::Enrol, Limit::Code, &[b"a", b"bc"]).is_ok());
    }

    #[test]
    fn only_failures_count_against_an_address() {
        let (tries, hands) = tries();
        let (bad, good) = (IpAddr::from([203, 0, 113, 7]), IpAddr::from([203, 0, 113, 8]));
        for _ in 0..2 {
            tries.failed(Door::Enrol, bad);
            assert_eq!(tries.open(Door::Enrol, bad), Ok(()));
        }
        tries.failed(Door::Enrol, bad);
        assert!((900..=901).contains(&tries.open(Door::Enrol, bad).unwrap_err().0));
        assert_eq!((tries.open(Door::Enrol, good), tries.open(Door::Refresh, bad)), (Ok(()), Ok(())));
        hands.turn(900_000);
        assert_eq!(tries.open(Door::Enrol, bad), Ok(()));
    }

    #[test]
    fn what_has_come_back_is_forgotten() {
        let (tries, hands) = tries();
        for n in 0..100u8 {
            let _ = tries.take(Door::SignIn, Limit::Name, &[&[n]]);
            (0..3).for_each(|_| tries.failed(Door::Enrol, IpAddr::from([10, 0, 0, n])));
        }
        tries.tidy();
        assert_eq!((tries.name.len(), tries.address.len(), tries.waiting().len()), (100, 100, 100));
        hands.turn(3_600_000);
        tries.tidy();
        assert_eq!((tries.name.len(), tries.address.len(), tries.waiting().len()), (0, 0, 0));
    }
}
