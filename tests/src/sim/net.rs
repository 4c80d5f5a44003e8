//! A network that drops, doubles, delays, reorders and cuts messages.

use std::{cmp::Reverse, collections::BinaryHeap};

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// What the network does, in percent of messages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults {
    /// Lost on the way.
    pub drop: u32,
    /// Delivered twice.
    pub double: u32,
    /// Cut somewhere.
    pub truncate: u32,
    /// Delayed, so that others overtake it.
    pub delay: u32,
    /// Answers handed to any phone, as by a cache that mixes them up.
    pub astray: u32,
}

impl Faults {
    /// A bad stairwell.
    pub fn rough() -> Self {
        Self { drop: 25, double: 15, truncate: 10, delay: 40, astray: 0 }
    }
}

/// A message on its way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Message {
    /// A phone's request.
    Up(usize, Vec<u8>),
    /// The server's answer.
    Down(usize, Vec<u8>),
}

/// Messages by the moment of their arrival.
#[derive(Default)]
pub(super) struct Net {
    now: u64,
    sent: u64,
    /// Messages that were lost, doubled, delayed or cut.
    pub(super) faults: u64,
    queue: BinaryHeap<Reverse<(u64, u64, Message)>>,
}

impl Net {
    pub(super) fn send(&mut self, rng: &mut ChaCha8Rng, faults: Faults, message: Message) {
        if rng.random_ratio(faults.drop, 100) {
            self.faults += 1;
            return;
        }
        let copies = 1 + u32::from(rng.random_ratio(faults.double, 100));
        self.faults += u64::from(copies - 1);
        for _ in 0..copies {
            let late = if rng.random_ratio(faults.delay, 100) { rng.random_range(1..12) } else { 0 };
            let is_cut = rng.random_ratio(faults.truncate, 100);
            let message = if is_cut { cut(rng, message.clone()) } else { message.clone() };
            self.faults += u64::from(late > 0) + u64::from(is_cut);
            self.sent += 1;
            self.queue.push(Reverse((self.now + late, self.sent, message)));
        }
    }

    /// The next message, if one has arrived by now.
    pub(super) fn next(&mut self) -> Option<Message> {
        self.now += 1;
        let arrived = self.queue.peek().is_some_and(|Reverse((at, _, _))| *at <= self.now);
        if arrived { self.queue.pop().map(|Reverse((_, _, message))| message) } else { None }
    }

    /// Loses everything that is on its way.
    pub(super) fn clear(&mut self) {
        self.queue.clear();
    }
}

fn cut(rng: &mut ChaCha8Rng, message: Message) -> Message {
    let mut shorter = |mut bytes: Vec<u8>| {
        bytes.truncate(rng.random_range(0..bytes.len().max(1)));
        bytes
    };
    match message {
        Message::Up(phone, bytes) => Message::Up(phone, shorter(bytes)),
        Message::Down(phone, bytes) => Message::Down(phone, shorter(bytes)),
    }
}
