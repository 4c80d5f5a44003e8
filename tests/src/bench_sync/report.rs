//! The figures, and what they must be.

use serde::Serialize;
use serde_json::json;

/// A phone that was cut off comes back; means of one exchange.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Reconnect {
    pub requests: u64,
    /// Times of coming back in which the server was so busy that it said received first, so that another request followed.
    pub late: u64,
    pub body_bytes: u64,
    pub entropy_bytes: u64,
    pub ratio: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub client_cpu_ms: Option<f64>,
    pub server_cpu_ms: Option<f64>,
}

/// Nothing new: bytes of bodies at about 3,000 and about 30,000 documents.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Idle {
    pub up_3k: u64,
    pub down_3k: u64,
    pub up_30k: u64,
    pub down_30k: u64,
}

/// A new phone.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct FirstSync {
    pub requests: u64,
    pub bytes: u64,
    pub entropy_bytes: u64,
    pub ratio: f64,
    pub list_s: f64,
    pub verified_s: f64,
    pub phone_rss_mib: Option<f64>,
}

/// Many phones upload at once.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Ingest {
    pub uploads: u64,
    pub upload_bytes: u64,
    pub received_per_s: f64,
    pub applied_per_s: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub server_cpu_us: Option<f64>,
    pub client_cpu_us: Option<f64>,
    pub lost: u64,
}

/// Matters go along the line.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Pipeline {
    pub events: u64,
    pub matters: u64,
    /// Through checks, inbox, verdict, lists, figures and log.
    pub events_per_s: f64,
}

/// Appointments are confirmed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Claims {
    /// At doors and at the office.
    pub confirmed: u64,
    /// At doors: time named, held with its claims, confirmed; brought by phones, through checks, inbox and log.
    pub per_s: f64,
    /// At the office, by sixteen at once: confirmed, each in a transaction of its own.
    pub desk_per_s: f64,
}

/// All figures, by all ways of telling matters apart, in one reading.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Counting {
    pub matters: u64,
    pub ms: f64,
}

/// A phone plans the rest of a day of 30 doors again.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Replan {
    /// The day in the middle.
    pub ms: f64,
    pub p99_ms: f64,
}

/// Rounds of a grid: 10 officers, 100 doors.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Rounds {
    /// Until the first plan that keeps every promise, the slowest day.
    pub feasible_s: f64,
    /// How much more is walked than in the best plan known: the day in the middle, and the same in a hurry.
    pub gap_pct: f64,
    pub hurried_gap_pct: f64,
    /// Doors left out in all days, more than in the best plans known.
    pub unserved: i64,
    /// Walking of a day by insertion and in the end, means.
    pub insertion_minutes: f64,
    pub minutes: f64,
    /// Days on which the crate's process answered in time.
    pub child_answered: u64,
}

/// Solomon's instances: how much longer the routes are than the best known.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Solomon {
    pub c101_gap_pct: f64,
    pub r101_gap_pct: f64,
    pub rc101_gap_pct: f64,
    pub unserved: u64,
    /// How much longer than its limit planning took, at most; below 0 where it never did.
    pub overrun_pct: f64,
}

/// Clerks click through the office's pages.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Pages {
    pub matters: u64,
    pub clerks: u64,
    pub clicks: u64,
    pub board_p95_ms: f64,
    pub inbox_p95_ms: f64,
    pub search_p95_ms: f64,
    pub matter_p95_ms: f64,
    /// The largest of them with all that it loads, in 1,000 bytes, uncompressed.
    pub first_load_kb: f64,
}

/// Everything that was measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Figures {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reconnect: Option<Reconnect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idle: Option<Idle>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_sync: Option<FirstSync>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ingest: Option<Ingest>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pipeline: Option<Pipeline>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims: Option<Claims>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figures: Option<Counting>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replan: Option<Replan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rounds: Option<Rounds>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub solomon: Option<Solomon>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<Pages>,
}

/// What a figure must be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Target {
    /// Of which figure.
    pub name: &'static str,
    /// The figure.
    pub is: f64,
    /// What it must be.
    pub must: &'static str,
    /// Whether it is.
    pub ok: bool,
    /// Whether this was reached once and must stay so. Times are none of these: they are the machine's, too.
    pub held: bool,
}

/// All targets of what was measured.
pub fn targets(figures: &Figures) -> Vec<Target> {
    let mut all = Vec::new();
    let mut add = |name, is: f64, must, ok, held| all.push(Target { name, is, must, ok, held });
    if let Some(r) = &figures.reconnect {
        add("reconnect.requests", r.requests as f64, "= 1", r.requests == 1, true);
        add("reconnect.ratio", r.ratio, "<= 4.5", r.ratio <= 4.5, true);
    }
    if let Some(i) = &figures.idle {
        let (up, down) = (i.up_3k.max(i.up_30k), i.down_3k.max(i.down_30k));
        add("idle.up", up as f64, "<= 64", up <= 64, true);
        add("idle.down", down as f64, "<= 64", down <= 64, true);
        let apart = i.up_3k.abs_diff(i.up_30k) + i.down_3k.abs_diff(i.down_30k);
        add("idle.apart", apart as f64, "= 0", apart == 0, true);
    }
    if let Some(f) = &figures.first_sync {
        // Of a full size: small, packs have less that repeats, and tests/tests/figures.rs holds that by its own measure.
        add("first_sync.ratio", f.ratio, "<= 2.7", f.ratio <= 2.7, false);
        add("first_sync.list_s", f.list_s, "<= 1", f.list_s <= 1.0, false);
    }
    if let Some(i) = &figures.ingest {
        add("ingest.received_per_s", i.received_per_s, ">= 3000", i.received_per_s >= 3_000.0, false);
        add("ingest.applied_per_s", i.applied_per_s, ">= 1000", i.applied_per_s >= 1_000.0, false);
        add("ingest.lost", i.lost as f64, "= 0", i.lost == 0, true);
    }
    if let Some(p) = &figures.pipeline {
        add("pipeline.events_per_s", p.events_per_s, ">= 1000", p.events_per_s >= 1_000.0, false);
    }
    if let Some(c) = &figures.claims {
        add("claims.per_s", c.per_s, ">= 1000", c.per_s >= 1_000.0, false);
    }
    if let Some(f) = &figures.figures {
        add("figures.ms", f.ms, "<= 300", f.ms <= 300.0, false);
    }
    if let Some(r) = &figures.replan {
        add("replan.ms", r.ms, "<= 1", r.ms <= 1.0, false);
    }
    if let Some(r) = &figures.rounds {
        add("rounds.feasible_s", r.feasible_s, "<= 1", r.feasible_s <= 1.0, false);
        add("rounds.gap_pct", r.gap_pct, "<= 4", r.gap_pct <= 4.0, false);
        add("rounds.unserved", r.unserved as f64, "= 0", r.unserved <= 0, true);
    }
    if let Some(s) = &figures.solomon {
        add("solomon.unserved", s.unserved as f64, "= 0", s.unserved == 0, true);
        add("solomon.overrun_pct", s.overrun_pct, "<= 5", s.overrun_pct <= 5.0, false);
    }
    if let Some(p) = &figures.pages {
        add("pages.board_p95_ms", p.board_p95_ms, "<= 100", p.board_p95_ms <= 100.0, false);
        add("pages.inbox_p95_ms", p.inbox_p95_ms, "<= 100", p.inbox_p95_ms <= 100.0, false);
        add("pages.search_p95_ms", p.search_p95_ms, "<= 100", p.search_p95_ms <= 100.0, false);
        add("pages.matter_p95_ms", p.matter_p95_ms, "<= 100", p.matter_p95_ms <= 100.0, false);
        add("pages.first_load_kb", p.first_load_kb, "<= 150", p.first_load_kb <= 150.0, true);
    }
    all
}

/// Prints one line of JSON, or a line for each figure and each target.
pub fn print(figures: &Figures, as_json: bool) {
    let (mut line, targets) = (json!(figures), targets(figures));
    if as_json {
        line["targets"] = json!(targets);
        println!("{line}");
        return;
    }
    for (scenario, values) in line.as_object().into_iter().flatten() {
        for (name, value) in values.as_object().into_iter().flatten() {
            println!("{:<28} {value}", format!("{scenario}.{name}"));
        }
    }
    for t in targets {
        println!("{} {:<26} {} {}", if t.ok { "✓" } else { "✗" }, t.name, t.is, t.must);
    }
}
