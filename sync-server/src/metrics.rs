//! What operators measure: counts and times, never whose. Each server counts for itself, so that two in one process do
//! not add up.

mod count;
mod serve;

use minqing_core::{envelope::Quarantine, wire::ItemState};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::Registry,
};

pub use count::count;
pub use serve::metrics;

use crate::storage::Inbox;

/// Upper ends of the times' classes, in seconds: from an idle poll to the limit of a request.
const SECONDS: [f64; 11] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Request {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct State {
    state: &'static str,
    reason: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Waiting {
    state: &'static str,
}

/// The counters of one server.
pub struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    exchanges: Counter,
    exchange_seconds: Histogram,
    received: Counter,
    items: Family<State, Counter>,
    rows: Counter,
    inbox: Family<Waiting, Gauge>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut all = Self {
            registry: Registry::with_prefix("minqing"),
            requests: Family::default(),
            exchanges: Counter::default(),
            exchange_seconds: Histogram::new(SECONDS),
            received: Counter::default(),
            items: Family::default(),
            rows: Counter::default(),
            inbox: Family::default(),
        };
        let r = &mut all.registry;
        r.register("http_requests", "Requests answered, by method, route and status", all.requests.clone());
        r.register("exchanges", "Exchanges answered in full", all.exchanges.clone());
        r.register("exchange_seconds", "Time of a request to /v1/sync, whatever its answer", all.exchange_seconds.clone());
        r.register("items_received", "Items that phones brought, repeated ones too", all.received.clone());
        r.register("items_answered", "States answered for them, with the reason where one was put aside", all.items.clone());
        r.register("rows_sent", "Log rows sent to phones", all.rows.clone());
        r.register("inbox_items", "Items at the office and not in the log, as of this moment", all.inbox.clone());
        r.register("build", "The server's version", Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]));
        all
    }
}

impl Metrics {
    /// Counts an exchange: what was answered for each item, and how many rows went down.
    pub fn exchange(&self, states: &[ItemState], rows: usize) {
        self.exchanges.inc();
        self.received.inc_by(states.len() as u64);
        self.rows.inc_by(rows as u64);
        for state in states {
            self.items.get_or_create(&label(state)).inc();
        }
    }

    /// All of it as text, in the OpenMetrics format.
    pub fn text(&self, inbox: &Inbox) -> String {
        let waiting = [("received", inbox.received), ("held", inbox.held), ("parked", inbox.parked), ("aside", inbox.aside), ("unsigned", inbox.unsigned)];
        for (state, n) in waiting {
            self.inbox.get_or_create(&Waiting { state }).set(i64::try_from(n).unwrap_or(i64::MAX));
        }
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

fn label(state: &ItemState) -> State {
    let (state, reason) = match state {
        ItemState::Seq(_) => ("applied", ""),
        ItemState::Duplicate(_) => ("duplicate", ""),
        ItemState::Quarantined(reason) => ("aside", Quarantine::word(*reason)),
        ItemState::Escrowed => ("escrowed", ""),
        ItemState::Superseded => ("superseded", ""),
        ItemState::Reused => ("reused", ""),
        ItemState::Received => ("received", ""),
        ItemState::Held(_) => ("held", ""),
        ItemState::ParkedWith(_) => ("parked", ""),
        ItemState::Unknown(_) => ("unknown", ""),
    };
    State { state, reason }
}
