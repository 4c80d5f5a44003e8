//! The clocks of a matter as instants: started, paused, resumed, ended. What they come to, a calendar says (`due.rs`).

use minicbor::{Decode, Encode};

use crate::model::{Allowance, Clock};

/// A time in which a clock stood still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Pause {
    /// From, milliseconds since 1970.
    #[n(0)]
    pub from_ms: i64,
    /// Until; `None` while it lasts.
    #[n(1)]
    pub to_ms: Option<i64>,
}

/// The end of a clock, which never runs again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Ended {
    /// When the server heard of it, milliseconds since 1970.
    #[n(0)]
    pub at_ms: i64,
    /// When that was done which ended it; says whether it was in time.
    #[n(1)]
    pub done_at: i64,
    /// The calendar by which it is counted from now on.
    #[n(2)]
    pub calendar: u32,
}

/// One clock that was started.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Running {
    /// Which.
    #[n(0)]
    pub clock: Clock,
    /// When, milliseconds since 1970.
    #[n(1)]
    pub started_ms: i64,
    /// How long it may run; `None` for K0.
    #[n(2)]
    pub allowance: Option<Allowance>,
    /// When it stood still, in order.
    #[n(3)]
    pub pauses: Vec<Pause>,
    /// From an instant on it has at least so many working days.
    #[n(4)]
    pub at_least: Option<(i64, u16)>,
    /// Its end.
    #[n(5)]
    pub ended: Option<Ended>,
}

impl Running {
    /// Whether it stands still, to go on later.
    pub fn is_paused(&self) -> bool {
        self.ended.is_none() && self.pauses.last().is_some_and(|p| p.to_ms.is_none())
    }
}

/// The clocks of a matter: of each the one that was started last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Clocks(#[n(0)] Vec<Running>);

impl Clocks {
    /// A clock that was started.
    pub fn get(&self, clock: Clock) -> Option<&Running> {
        self.0.iter().find(|r| r.clock == clock)
    }

    /// One that is not at its end.
    pub fn open(&self, clock: Clock) -> Option<&Running> {
        self.get(clock).filter(|r| r.ended.is_none())
    }

    /// All that were started, in the order K0–K9.
    pub fn iter(&self) -> impl Iterator<Item = &Running> {
        self.0.iter()
    }

    /// Starts a clock, anew if it was started before.
    pub(super) fn start(&mut self, clock: Clock, started_ms: i64, allowance: Option<Allowance>) {
        let new = Running { clock, started_ms, allowance, pauses: Vec::new(), at_least: None, ended: None };
        match self.0.binary_search_by_key(&clock, |r| r.clock) {
            Ok(i) => self.0[i] = new,
            Err(i) => self.0.insert(i, new),
        }
    }

    /// Ends a clock that runs or is paused; anything else is left as it is.
    pub(super) fn end(&mut self, clock: Clock, end: Ended) {
        if let Some(running) = self.change(clock) {
            running.ended = Some(end);
        }
    }

    /// Ends all of them but K9: what is shown to the public stays so.
    pub(super) fn end_all(&mut self, end: Ended) {
        self.0.iter_mut().filter(|r| r.ended.is_none() && r.clock != Clock::Publicity).for_each(|r| r.ended = Some(end));
    }

    /// As they were before, but for K9.
    pub(super) fn put_back(&mut self, before: Self) {
        let public = std::mem::replace(self, before).0.into_iter().find(|r| r.clock == Clock::Publicity);
        self.0.retain(|r| r.clock != Clock::Publicity);
        self.0.extend(public);
    }

    /// Lets a clock stand still that runs.
    pub(super) fn pause(&mut self, clock: Clock, from_ms: i64) {
        if let Some(running) = self.change(clock).filter(|r| !r.is_paused()) {
            running.pauses.push(Pause { from_ms, to_ms: None });
        }
    }

    /// Lets it go on; `at_least`: with so many working days left.
    pub(super) fn resume(&mut self, clock: Clock, at_ms: i64, at_least: Option<u16>) {
        if let Some(running) = self.change(clock) {
            if let Some(pause) = running.pauses.last_mut().filter(|p| p.to_ms.is_none()) {
                pause.to_ms = Some(at_ms);
            }
            running.at_least = at_least.map(|days| (at_ms, days)).or(running.at_least);
        }
    }

    /// Lets K0 go on as if it had never ended: what the resident feels.
    pub(super) fn go_on(&mut self) {
        self.0.iter_mut().filter(|r| r.clock == Clock::Total).for_each(|r| r.ended = None);
    }

    /// Gives a clock another length; what was used and its pauses stay.
    pub(super) fn retime(&mut self, clock: Clock, allowance: Allowance) {
        if let Some(running) = self.change(clock) {
            running.allowance = Some(allowance);
        }
    }

    /// Gives a clock more working days, also where it has so many at least.
    pub(super) fn extend(&mut self, clock: Clock, days: u16) {
        if let Some(running) = self.change(clock) {
            running.allowance = running.allowance.map(|length| length.and_days(days));
            running.at_least = running.at_least.map(|(from_ms, least)| (from_ms, least.saturating_add(days)));
        }
    }

    fn change(&mut self, clock: Clock) -> Option<&mut Running> {
        self.0.iter_mut().find(|r| r.clock == clock && r.ended.is_none())
    }
}
