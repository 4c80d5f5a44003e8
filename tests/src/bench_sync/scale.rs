//! How much is measured.

use clap::ValueEnum;

/// What can be measured alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Scenario {
    /// A phone that was cut off exchanges again.
    Reconnect,
    /// Nothing new on either side.
    Idle,
    /// A new phone is filled.
    FirstSync,
    /// Many phones upload at once.
    Ingest,
    /// Matters go along the line.
    Pipeline,
    /// Appointments are held and confirmed.
    Claims,
    /// Figures of many matters.
    Figures,
    /// A phone plans the rest of a day again.
    Replan,
    /// A grid's rounds, against the best plans known.
    Rounds,
    /// Solomon's instances, against the best plans known.
    Solomon,
    /// Clerks click through the office's pages.
    Pages,
}

/// The sizes of everything.
#[derive(Clone, Debug)]
pub struct Scale {
    /// Doors of the community.
    pub households: usize,
    /// Visits at each.
    pub visits: usize,
    /// Matters of the community.
    pub matters: usize,
    /// Events on each.
    pub events: usize,
    /// Officers who wrote all that.
    pub officers: usize,
    /// Grids of the community.
    pub grids: u16,
    /// How often a phone is cut off and comes back.
    pub reconnects: usize,
    /// Documents changed on the phone meanwhile.
    pub here: usize,
    /// Documents changed by others meanwhile.
    pub there: usize,
    /// Documents on the two phones that have nothing to say.
    pub idle: [usize; 2],
    /// Grids of each of them.
    pub idle_grids: u16,
    /// Phones that upload at once, each on one connection in a grid of its own.
    pub uploaders: usize,
    /// Doors in each of these grids.
    pub doors: usize,
    /// Visits at each door before the uploads.
    pub before: usize,
    /// Uploads of each phone.
    pub uploads: usize,
    /// Matters that go along the line.
    pub line_matters: usize,
    /// Officers whose time is booked.
    pub bookers: usize,
    /// Appointments of each, twenty a day.
    pub bookings: usize,
    /// Matters over which figures are added up.
    pub counted: usize,
    /// Days that a phone plans again.
    pub replans: u64,
    /// Days of a grid, of those of which the best plan is known.
    pub round_days: usize,
    /// Matters through which clerks click.
    pub paged: usize,
    /// Clerks who click.
    pub clerks: usize,
    /// Clicks of each.
    pub clicks: usize,
    /// How long each is planned: in a hurry, and as the office does, in seconds.
    pub plan_s: [f64; 2],
}

impl Scale {
    /// A community and its year.
    pub fn full() -> Self {
        Self {
            households: 2_000,
            visits: 20,
            matters: 1_000,
            events: 10,
            officers: 12,
            grids: 5,
            reconnects: 20,
            here: 30,
            there: 50,
            idle: [3_000, 30_000],
            idle_grids: 8,
            uploaders: 64,
            doors: 16,
            before: 10,
            uploads: 150,
            line_matters: 4_000,
            bookers: 20,
            bookings: 200,
            counted: 100_000,
            replans: 200,
            round_days: 5,
            paged: 100_000,
            clerks: 20,
            clicks: 60,
            plan_s: [1.0, 5.0],
        }
    }

    /// As small as the exact figures allow: they hold at any size.
    pub fn small() -> Self {
        Self {
            households: 100,
            visits: 3,
            matters: 10,
            events: 3,
            officers: 3,
            // So that one stream has rows enough for a pack.
            grids: 1,
            reconnects: 1,
            // From 256 rows on, as many bytes tell a stream's place: docs/PERFORMANCE.md.
            idle: [520, 1_040],
            idle_grids: 2,
            uploaders: 8,
            doors: 3,
            before: 1,
            uploads: 6,
            line_matters: 20,
            bookers: 2,
            bookings: 24,
            counted: 500,
            replans: 5,
            round_days: 1,
            paged: 200,
            clerks: 3,
            clicks: 4,
            plan_s: [0.3, 0.3],
            ..Self::full()
        }
    }
}
