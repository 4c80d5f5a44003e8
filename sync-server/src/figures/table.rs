//! All figures of an area and a period, in one pass over its matters: in total, and by each way of telling them apart.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use minqing_core::{
    Id,
    clock::{DAY_MS, day_start, local_date},
    model::{Category, Channel, HandlingType},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Counted, Counts, Totals, totals::Sums};
use crate::storage::{Result, Store};

/// Whose figures, and of which days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// First digits of an area's id: all that begin with them.
    pub area: String,
    /// The first day; from the beginning where it is not said.
    pub from: Option<Date>,
    /// The last day; until now where it is not said.
    pub to: Option<Date>,
}

/// All figures. Keys: areas and departments by id, codes by word, months as `2026-09`; the empty key holds what belongs to none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Table {
    /// All together.
    pub total: Totals,
    /// By grid where the area is one community, else by community.
    pub by_area: BTreeMap<String, Totals>,
    /// By the department that answers.
    pub by_department: BTreeMap<String, Totals>,
    /// By channel.
    pub by_channel: BTreeMap<String, Totals>,
    /// By category.
    pub by_category: BTreeMap<String, Totals>,
    /// By type.
    pub by_type: BTreeMap<String, Totals>,
    /// By month, in Lanzhou's days; the empty key holds what is on the line still.
    pub by_period: BTreeMap<String, Totals>,
}

/// Digits of a community's id.
const COMMUNITY: usize = 12;

/// All figures.
///
/// # Errors
/// `store.failed`.
pub fn table(store: &dyn Store, asked: &Asked) -> Result<Table> {
    let mut adding = Adding::new(asked);
    store.each_counted(&asked.area, &mut |row| adding.add(row))?;
    Ok(adding.table())
}

impl Table {
    /// Figures of these matters.
    pub fn of<'c>(rows: impl IntoIterator<Item = &'c Counted>, asked: &Asked) -> Self {
        let mut adding = Adding::new(asked);
        rows.into_iter().for_each(|row| adding.add(row));
        adding.table()
    }
}

/// The figures while matters are added.
struct Adding {
    by_grid: bool,
    from_ms: i64,
    to_ms: i64,
    total: Sums,
    area: HashMap<String, Sums>,
    department: HashMap<[u8; 16], Sums>,
    channel: Vec<Sums>,
    category: Vec<Sums>,
    handling: Vec<Sums>,
    month: BTreeMap<i64, Sums>,
}

impl Adding {
    fn new(asked: &Asked) -> Self {
        let after = |day: Date| day.tomorrow().map_or(i64::MAX, day_start);
        Self {
            by_grid: asked.area.len() >= COMMUNITY,
            from_ms: asked.from.map_or(i64::MIN, day_start),
            to_ms: asked.to.map_or(i64::MAX, after),
            total: Sums::default(),
            area: HashMap::new(),
            department: HashMap::new(),
            channel: codes(),
            category: codes(),
            handling: codes(),
            month: BTreeMap::new(),
        }
    }

    /// Adds a matter.
    fn add(&mut self, row: &Counted) {
        let is_within = |ms: i64| (self.from_ms..self.to_ms).contains(&ms);
        let has_period = self.from_ms != i64::MIN || self.to_ms != i64::MAX;
        let (came, ended) = (is_within(row.received_ms), row.ended_ms.is_some_and(is_within));
        let open = row.ended_ms.is_none() && !has_period;
        let received = Sums { received: u64::from(came), ..Sums::default() };
        let rest = Sums { ended: u64::from(ended), open: u64::from(open), received: 0, counts: if ended || open { row.counts } else { Counts::default() } };
        if !came && !ended && !open {
            return;
        }
        let both = Sums { received: received.received, ..rest };
        self.total.add(&both);
        let area = if self.by_grid { &row.grid } else { &row.community };
        match self.area.get_mut(area) {
            Some(sums) => sums.add(&both),
            None => drop(self.area.insert(area.clone(), both)),
        }
        self.department.entry(row.department.unwrap_or_default()).or_default().add(&both);
        self.channel[usize::from(row.channel)].add(&both);
        self.category[usize::from(row.category)].add(&both);
        self.handling[usize::from(row.handling)].add(&both);
        if came {
            self.in_month(Some(row.received_ms)).add(&received);
        }
        if ended || open {
            self.in_month(row.ended_ms).add(&rest);
        }
    }

    /// The sums of the month of an instant, by the month's first moment; of no month.
    fn in_month(&mut self, at_ms: Option<i64>) -> &mut Sums {
        let first = at_ms.map_or(i64::MIN, |ms| {
            // Months are few, and most instants lie in one that is known.
            let known = self.month.range(..=ms).next_back().map(|(first, _)| *first);
            known.filter(|first| *first != i64::MIN && ms - first < SHORTEST_MONTH).unwrap_or_else(|| day_start(local_date(ms).first_of_month()))
        });
        self.month.entry(first).or_default()
    }

    fn table(self) -> Table {
        let words = |sums: &[Sums], word: fn(u8) -> &'static str| named(sums.iter().zip(0u8..=255).map(|(sums, n)| (word(n).to_owned(), *sums)));
        let department = |id: [u8; 16]| if id == [0; 16] { String::new() } else { Id(id).to_string() };
        let month = |first: i64| if first == i64::MIN { String::new() } else { local_date(first).strftime("%Y-%m").to_string() };
        Table {
            total: self.total.into(),
            by_area: named(self.area),
            by_department: named(self.department.into_iter().map(|(id, sums)| (department(id), sums))),
            by_channel: words(&self.channel, |n| Channel::from_number(n).map_or("", Channel::word)),
            by_category: words(&self.category, |n| Category::from_number(n).map_or("", Category::word)),
            by_type: words(&self.handling, |n| HandlingType::from_number(n).map_or("", HandlingType::word)),
            by_period: named(self.month.into_iter().map(|(first, sums)| (month(first), sums))),
        }
    }
}

/// Sums by the number of a code.
fn codes() -> Vec<Sums> {
    vec![Sums::default(); 256]
}

/// Milliseconds of the shortest month.
const SHORTEST_MONTH: i64 = 28 * DAY_MS;

impl Sums {
    fn add(&mut self, other: &Self) {
        self.received += other.received;
        self.ended += other.ended;
        self.open += other.open;
        self.counts.add(&other.counts);
    }
}

/// With what was counted.
fn named(all: impl IntoIterator<Item = (String, Sums)>) -> BTreeMap<String, Totals> {
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    for (key, some) in all {
        if some != Sums::default() {
            sums.entry(key).or_default().add(&some);
        }
    }
    sums.into_iter().map(|(key, sums)| (key, sums.into())).collect()
}
