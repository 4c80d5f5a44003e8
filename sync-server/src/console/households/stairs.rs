//! A building as its stairwells, floor above floor: each door with where it stands, by a colour, a mark and a word.

use std::collections::{BTreeMap, BTreeSet};

use minqing_core::{
    Id,
    clock::local_date,
    model::{Address, Outcome, WhyVisit, by_number, storey},
    speech::said,
    words::{Lang, say},
};

use super::Words;
use crate::{
    app::App,
    console::{desk::AtDesk, matter::Choice},
    rounds::{WantedDoor, wanted_in},
    storage::{BuildingSeen, DoorSeen, Result},
};

/// Doors of a floor where nobody knows which floor they are on.
const A_ROW: usize = 4;

/// The page's middle.
pub struct Stairs {
    /// Doors, and how many of them were met in the office's cycle, as a sentence.
    pub summary: String,
    pub grids: Vec<Choice>,
    pub grid: String,
    pub buildings: Vec<BuildingLine>,
    /// The building that is shown; empty where there is none.
    pub name: String,
    /// How many doors of each kind: icon, word and count.
    pub legend: Vec<(&'static str, String, usize)>,
    pub wells: Vec<Well>,
    /// Sheets to take along: name and address.
    pub papers: Vec<(String, String)>,
}

/// A building to choose.
pub struct BuildingLine {
    pub name: String,
    pub address: String,
    /// Doors that were met of all: 27 / 36.
    pub said: String,
    pub width: String,
    pub is_here: bool,
}

/// A stairwell.
pub struct Well {
    pub name: String,
    /// From the top down: the floor in words, and its doors.
    pub floors: Vec<(String, Vec<Cell>)>,
}

/// A door.
pub struct Cell {
    pub id: String,
    pub room: String,
    /// Of its colour.
    pub is: &'static str,
    pub icon: &'static str,
    pub said: String,
}

/// Puts it together.
///
/// # Errors
/// `store.failed`, `store.damaged`.
pub fn view(app: &App, desk: &AtDesk, lang: Lang, words: &Words) -> Result<Stairs> {
    let grid = Some(&words.grid).filter(|grid| desk.check_grid(grid).is_ok());
    let rules = app.rules.get();
    let now_ms = app.clock.now_ms();
    let since_ms = now_ms - i64::from(rules.cycle.days) * 86_400_000;
    let mut all = app.store.buildings(&desk.community, grid.map(String::as_str), since_ms)?;
    all.sort_by(|a, b| by_number(&a.estate, &b.estate).then_with(|| by_number(&a.lane, &b.lane)).then_with(|| by_number(&a.building, &b.building)));
    let is_asked = |b: &&BuildingSeen| b.estate == words.estate && b.building == words.building && b.lane == words.lane;
    let here = all.iter().find(is_asked).or(all.first()).cloned();
    let (doors, met) = all.iter().fold((0, 0), |(doors, met), b| (doors + b.doors, met + b.met));
    let line = |b: &BuildingSeen| building_line(lang, b, grid.map_or("", String::as_str), here.as_ref() == Some(b));
    let mut stairs = Stairs {
        summary: say(lang, "homes-summary", &[("doors", doors.into()), ("met", met.into()), ("days", u32::from(rules.cycle.days).into())]),
        grids: desk.grids(app, lang)?,
        grid: grid.cloned().unwrap_or_default(),
        buildings: all.iter().map(line).collect(),
        name: here.as_ref().map(|b| named(lang, b)).unwrap_or_default(),
        legend: Vec::new(),
        wells: Vec::new(),
        papers: Vec::new(),
    };
    if let Some(here) = here {
        let wanted = wanted_of(app, &here)?;
        let seen = app.store.building(&desk.community, &here)?;
        let marks = Marks { lang, now_ms, wanted };
        (stairs.wells, stairs.papers) = wells(lang, &here, &seen, &marks);
        stairs.legend = legend(lang, &stairs.wells);
    }
    Ok(stairs)
}

/// What each door of the building's grids waits for.
fn wanted_of(app: &App, here: &BuildingSeen) -> Result<BTreeMap<Id, WantedDoor>> {
    let mut wanted = BTreeMap::new();
    for grid in &here.grids {
        wanted.extend(wanted_in(app, grid)?.into_iter().map(|door| (door.wanted.household, door)));
    }
    Ok(wanted)
}

fn building_line(lang: Lang, b: &BuildingSeen, grid: &str, is_here: bool) -> BuildingLine {
    BuildingLine {
        name: named(lang, b),
        address: address_of(grid, &b.estate, &b.building, &b.lane),
        said: format!("{} / {}", b.met, b.doors),
        width: format!("{}%", u64::from(b.met) * 100 / u64::from(b.doors.max(1))),
        is_here,
    }
}

/// The address of a building's page; what is empty is left out.
pub fn address_of(grid: &str, estate: &str, building: &str, lane: &str) -> String {
    let pairs = [("grid", grid), ("estate", estate), ("building", building), ("lane", lane)];
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs.iter().filter(|(_, value)| !value.is_empty()));
    format!("/office/households?{}", query.finish())
}

/// 槐荫 3 号楼; a lane by its name.
fn named(lang: Lang, b: &BuildingSeen) -> String {
    said::plate(lang, &Address { estate: b.estate.clone(), building: b.building.clone(), lane: b.lane.clone(), ..Address::default() })
}

/// Stairwells in their order, each with its floors from the top down; and the sheets to take along.
fn wells(lang: Lang, here: &BuildingSeen, seen: &[DoorSeen], marks: &Marks) -> (Vec<Well>, Vec<(String, String)>) {
    let mut names: Vec<&str> = seen.iter().map(|door| door.address.stairwell.as_str()).collect();
    names.sort_by(|a, b| by_number(a, b));
    names.dedup();
    let mut papers = Vec::new();
    // Every stairwell has all floors of the house, so that they stand beside each other as they do.
    let all: BTreeSet<i32> = seen.iter().filter_map(|door| storey(&door.address)).collect();
    let wells = names.into_iter().map(|stairwell| {
        let mut doors: Vec<&DoorSeen> = seen.iter().filter(|door| door.address.stairwell == stairwell).collect();
        doors.sort_by(|a, b| by_number(&a.address.room, &b.address.room).then_with(|| by_number(&a.address.door, &b.address.door)));
        let name = said::plate(lang, &Address { stairwell: stairwell.to_owned(), ..Address::default() });
        if let Some(grid) = here.grids.first().filter(|_| !here.building.is_empty()) {
            let pairs = [("grid", grid.as_str()), ("estate", &here.estate), ("building", &here.building), ("stairwell", stairwell)];
            let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
            papers.push((name.clone(), format!("/office/paper/stairwell?{query}")));
        }
        Well { name, floors: floors(lang, &all, &doors, marks) }
    });
    (wells.collect(), papers)
}

/// From the top down; what has no floor, as a lane's doors, stands beside each other below.
fn floors(lang: Lang, all: &BTreeSet<i32>, doors: &[&DoorSeen], marks: &Marks) -> Vec<(String, Vec<Cell>)> {
    let on = |floor: Option<i32>| doors.iter().filter(move |door| storey(&door.address) == floor).map(|door| marks.cell(door)).collect::<Vec<_>>();
    let named = |floor: i32| said::plate(lang, &Address { floor: floor.to_string(), ..Address::default() });
    let mut floors: Vec<(String, Vec<Cell>)> = all.iter().rev().map(|floor| (named(*floor), on(Some(*floor)))).collect();
    let mut rest = on(None).into_iter().peekable();
    while rest.peek().is_some() {
        floors.push((String::new(), rest.by_ref().take(A_ROW).collect()));
    }
    floors
}

/// What is known of doors beside where they are.
struct Marks {
    lang: Lang,
    now_ms: i64,
    wanted: BTreeMap<Id, WantedDoor>,
}

/// Kinds of doors: colour, icon and the word of the legend, in the order in which the legend has them.
const KINDS: [(&str, &str, &str); 6] = [
    ("visited", "tick", "homes-visited"),
    ("due", "clock", "homes-due"),
    ("feedback", "diamond", "homes-feedback"),
    ("nobody", "knock", "homes-nobody"),
    ("refused", "cross", "homes-refused"),
    ("empty", "empty", "homes-never"),
];

impl Marks {
    fn cell(&self, door: &DoorSeen) -> Cell {
        let (is, said) = self.stands(door);
        let icon = KINDS.iter().find(|(kind, ..)| *kind == is).map_or("none", |(_, icon, _)| icon);
        let room = [&door.address.room, &door.address.door].into_iter().find(|name| !name.is_empty()).cloned();
        Cell { id: door.household.to_string(), room: room.unwrap_or_else(|| said::plate(self.lang, &door.address)), is, icon, said }
    }

    /// What presses most comes first: what was agreed, an answer that is owed, how it was the last time, how long ago that is.
    fn stands(&self, door: &DoorSeen) -> (&'static str, String) {
        let wanted = self.wanted.get(&door.household);
        let reason = |of: &[WhyVisit]| wanted.and_then(|w| w.wanted.reasons.iter().find(|reason| of.contains(&reason.why)));
        if let Some(at_ms) = wanted.and_then(|w| w.appointment_ms) {
            return ("feedback", said::when(self.lang, at_ms, self.now_ms));
        }
        if let Some(owed) = reason(&[WhyVisit::FeedbackOverdue, WhyVisit::FeedbackDue, WhyVisit::Papers]) {
            return ("feedback", say(self.lang, &owed.why.key(), &[]));
        }
        match door.last.as_ref().map(|(at_ms, outcome)| (*at_ms, Outcome::from_word(outcome))) {
            Some((_, Some(Outcome::Refused))) => ("refused", say(self.lang, "homes-is-refused", &[])),
            Some((at_ms, Some(Outcome::NobodyIn))) => ("nobody", say(self.lang, "homes-is-nobody", &[("day", self.day(at_ms).into())])),
            last => match (reason(&[WhyVisit::FollowUp, WhyVisit::Untold, WhyVisit::Cycle]), last) {
                (Some(due), Some(_)) if due.why == WhyVisit::Cycle => ("due", say(self.lang, "homes-is-due", &[("n", due.days.unwrap_or(0).into())])),
                (Some(due), Some(_)) => ("due", say(self.lang, &due.why.key(), &[])),
                (None, Some((at_ms, _))) => ("visited", say(self.lang, "homes-is-visited", &[("day", self.day(at_ms).into())])),
                (_, None) => ("empty", say(self.lang, "homes-is-never", &[])),
            },
        }
    }

    fn day(&self, at_ms: i64) -> String {
        let (day, today) = (local_date(at_ms), local_date(self.now_ms));
        if day == today { said::date(self.lang, day, today) } else { format!("{:02}-{:02}", day.month(), day.day()) }
    }
}

fn legend(lang: Lang, wells: &[Well]) -> Vec<(&'static str, String, usize)> {
    let cells = || wells.iter().flat_map(|well| &well.floors).flat_map(|(_, cells)| cells);
    let kind = |(kind, icon, key): &(&'static str, &'static str, &'static str)| (*icon, say(lang, key, &[]), cells().filter(|cell| cell.is == *kind).count());
    KINDS.iter().map(kind).filter(|(_, _, n)| *n > 0).collect()
}
