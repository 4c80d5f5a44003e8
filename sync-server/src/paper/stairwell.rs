//! A stairwell as a grid to take along: floors as rows, a cell a door, with boxes to tick and what is known of the last visit.

use std::{cmp::Ordering, collections::BTreeMap};

use askama::Template;
use minqing_core::{
    clock::local_date,
    model::{Address, by_number, storey},
    words::{Lang, say},
};

use crate::{fault::Fault, storage::DoorSeen};

/// Which stairwell.
#[derive(Clone, Debug)]
pub struct Doors {
    /// The community's name, as people say it.
    pub community: String,
    /// Its estate, building and stairwell; the rest is empty.
    pub place: Address,
}

/// paper-stairwell.html
#[derive(Template)]
#[template(path = "paper-stairwell.html")]
struct Page {
    lang: Lang,
    head: String,
    count: String,
    floors: Vec<(String, Vec<Cell>)>,
}

struct Cell {
    label: String,
    /// What came of the last visit, and when; empty where there was none.
    mark: String,
}

impl Page {
    fn say(&self, key: &str) -> String {
        say(self.lang, key, &[])
    }
}

/// The grid as HTML that loads its style sheet and nothing else; the highest floor first, as the house stands.
///
/// # Errors
/// `export.failed`.
pub fn page(of: &Doors, doors: &[DoorSeen], lang: Lang) -> Result<String, Fault> {
    let mut floors: BTreeMap<Floor, Vec<&DoorSeen>> = BTreeMap::new();
    for door in doors {
        floors.entry(Floor::of(&door.address)).or_default().push(door);
    }
    let row = |(floor, mut doors): (Floor, Vec<&DoorSeen>)| {
        doors.sort_by(|a, b| by_number(&a.address.room, &b.address.room));
        (floor.said(lang), doors.into_iter().map(|door| Cell { label: door.address.room.clone(), mark: mark(door, lang) }).collect())
    };
    let head = [of.community.as_str(), &minqing_core::speech::said::plate(lang, &of.place)].join(" · ");
    let page = Page { lang, head, count: say(lang, "paper-count", &[("n", doors.len().into())]), floors: floors.into_iter().rev().map(row).collect() };
    page.render().map_err(|e| Fault::new("export.failed", e.to_string()))
}

fn mark(door: &DoorSeen, lang: Lang) -> String {
    let Some((at_ms, outcome)) = &door.last else { return String::new() };
    let day = local_date(*at_ms).strftime("%m-%d").to_string();
    let outcome = say(lang, &minqing_core::model::key_in("outcome", outcome), &[]);
    say(lang, "paper-last", &[("day", day.into()), ("outcome", outcome.into())])
}

/// A floor in the order of the house; those without a number lie below all others.
#[derive(PartialEq, Eq)]
struct Floor(Option<i32>, String);

impl Floor {
    fn of(address: &Address) -> Self {
        let number = storey(address);
        Self(number, if number.is_some() { String::new() } else { address.floor.clone() })
    }

    fn said(&self, lang: Lang) -> String {
        match self.0 {
            Some(number) => say(lang, "plate-floor", &[("n", number.to_string().into())]),
            None => self.1.clone(),
        }
    }
}

impl Ord for Floor {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0).then_with(|| by_number(&self.1, &other.1))
    }
}

impl PartialOrd for Floor {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
