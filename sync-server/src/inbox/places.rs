//! Matters of a household whose door is not known: which it may be, and saying which it is.

use minqing_core::{Id, document::DocKind, view::HouseholdRow};

use super::decide::{About, Decided, OVERTAKEN, Who, note, once, own, pen};
use crate::{
    app::App,
    fault::Fault,
    storage::{Decision, DecisionKind, Result, StoreError},
    sync::{Applying, write_document},
};

/// From how many points on a door is named.
const ENOUGH: u32 = 3;

/// The doors that could be meant by what somebody said, best first, at most so many.
pub fn guess<'d>(doors: &'d [HouseholdRow], said: &str, most: usize) -> Vec<&'d HouseholdRow> {
    let said = Said::read(said);
    let mut found: Vec<(u32, &HouseholdRow)> = doors.iter().map(|door| (said.points(door), door)).filter(|(points, _)| *points >= ENOUGH).collect();
    found.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.id.cmp(&other.id)));
    found.truncate(most);
    found.into_iter().map(|(_, door)| door).collect()
}

/// What somebody said of a place: words, and numbers with what stands behind them.
struct Said {
    text: String,
    numbers: Vec<(String, Unit)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Building,
    Stairwell,
    Floor,
    Room,
}

impl Said {
    fn read(text: &str) -> Self {
        let mut numbers = Vec::new();
        let letters: Vec<char> = text.chars().collect();
        let mut at = 0;
        while at < letters.len() {
            let end = letters[at..].iter().position(|c| !is_numeral(*c)).map_or(letters.len(), |n| at + n);
            if end > at {
                let behind: String = letters[end..].iter().take(2).collect();
                numbers.extend(unit(&behind, end - at).map(|unit| (plain(&letters[at..end]), unit)));
            }
            at = end.max(at + 1);
        }
        Self { text: text.to_owned(), numbers }
    }

    fn points(&self, door: &HouseholdRow) -> u32 {
        let says = |unit: Unit, part: &str| !part.is_empty() && self.numbers.iter().any(|(n, u)| *u == unit && n == part);
        let holds = |part: &str| part.chars().count() > 1 && self.text.contains(part);
        let mut points = 0;
        points += 2 * u32::from(says(Unit::Building, &door.building) || holds(&door.building));
        points += u32::from(says(Unit::Stairwell, &door.stairwell));
        points += u32::from(says(Unit::Floor, &door.floor));
        points += 3 * u32::from(says(Unit::Room, &door.room) || holds(&door.room));
        points += 2 * u32::from(holds(&door.lane));
        points += 2 * u32::from(says(Unit::Room, &door.door) && (holds(&door.lane) || door.lane.is_empty()));
        points += u32::from(holds(&door.estate));
        points + 4 * u32::from(door.names.split('、').any(holds))
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

/// What a number counts, by what stands behind it; of a bare one by its length.
fn unit(behind: &str, digits: usize) -> Option<Unit> {
    let first = behind.chars().next();
    match first {
        Some('栋' | '幢' | '座') => Some(Unit::Building),
        Some('号') if behind.ends_with(['楼', '院']) => Some(Unit::Building),
        Some('单' | '门') => Some(Unit::Stairwell),
        Some('楼' | '层') => Some(Unit::Floor),
        Some('室' | '户' | '号') => Some(Unit::Room),
        _ if digits >= 3 => Some(Unit::Room),
        _ => None,
    }
}

/// Digits, also of 三, 十二, 二十.
fn plain(numeral: &[char]) -> String {
    let worth = |c: &char| "一二三四五六七八九".chars().position(|n| n == *c).map(|n| n + 1);
    let Some(ten) = numeral.iter().position(|c| *c == '十') else {
        return numeral.iter().map(|c| worth(c).map_or_else(|| c.to_string(), |n| n.to_string())).collect();
    };
    let tens = if ten == 0 { 1 } else { worth(&numeral[ten - 1]).unwrap_or(1) };
    let ones = numeral.get(ten + 1).and_then(worth).unwrap_or(0);
    (tens * 10 + ones).to_string()
}

/// Says at which door a matter is.
///
/// # Errors
/// `card.unknown` for a matter or a door of another desk; `card.settled` where a door is known by now; `store.failed`.
pub fn place(app: &App, who: &Who, matter: Id, household: Id) -> Result<Decided, Fault> {
    once(app, |a| {
        let door = own(a, who, household)?;
        if door.head.kind != DocKind::Card || !door.doc.content().root.text("into").is_empty() {
            return Err(StoreError::Unknown { what: "card", id: household.to_string() });
        }
        is_open(a, matter)?;
        put(a, who, matter, "", &household.to_string())?;
        let (was, became) = ("\"\"".to_owned(), household.to_string());
        note(a, who, About { kind: DecisionKind::Address, doc: matter, other: became.clone(), was, became: &became })
    })
}

/// Says that a matter is at no door.
///
/// # Errors
/// `card.unknown`; `card.settled` where somebody said so, or named a door; `store.failed`.
pub fn no_door(app: &App, who: &Who, matter: Id) -> Result<Decided, Fault> {
    once(app, |a| {
        is_open(a, matter)?;
        if !own(a, who, matter)?.doc.content().root.text("household").is_empty() {
            return Err(SETTLED);
        }
        note(a, who, About { kind: DecisionKind::Address, doc: matter, other: "none".to_owned(), was: "null".to_owned(), became: "" })
    })
}

/// Nobody has said that it has no door.
fn is_open(a: &mut Applying<'_>, matter: Id) -> Result<()> {
    if a.unit.standing(matter, "none")?.is_some() { Err(SETTLED) } else { Ok(()) }
}

/// Takes the door away again.
pub(super) fn take_away(a: &mut Applying<'_>, who: &Who, decision: &Decision) -> Result<()> {
    if decision.became.is_empty() { Ok(()) } else { put(a, who, decision.doc, &decision.became, "").map_err(|e| if e == SETTLED { OVERTAKEN } else { e }) }
}

const SETTLED: StoreError = StoreError::Refused("card.settled");

fn put(a: &mut Applying<'_>, who: &Who, matter: Id, before: &str, after: &str) -> Result<()> {
    let kept = own(a, who, matter)?;
    if kept.head.kind != DocKind::Matter || kept.doc.content().root.text("household") != before {
        return Err(SETTLED);
    }
    let (pen, time_s) = (pen(a), a.now_ms / 1_000);
    write_document(a, matter, kept, |doc| Ok(doc.change(pen, time_s, |w| w.put("household", after))?.into_iter().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(building: &str, stairwell: &str, floor: &str, room: &str, names: &str) -> HouseholdRow {
        let [building, stairwell, floor, room, names] = [building, stairwell, floor, room, names].map(str::to_owned);
        HouseholdRow { id: format!("{building}-{stairwell}-{room}"), building, stairwell, floor, room, names, ..HouseholdRow::default() }
    }

    #[test]
    fn what_people_say_finds_the_doors_that_they_mean() {
        let doors = [door("6", "1", "3", "301", "刘玉珍"), door("6", "2", "3", "301", ""), door("6", "1", "4", "401", ""), door("12", "1", "3", "302", "")];
        let found = |said: &str| guess(&doors, said, 3).into_iter().map(|d| d.id.clone()).collect::<Vec<_>>();
        assert_eq!(found("6号楼1单元301"), ["6-1-301", "6-2-301", "6-1-401"]);
        assert_eq!(found("粮店后头六号楼三楼东"), ["6-1-301", "6-2-301"]);
        assert_eq!(found("十二栋三层"), ["12-1-302"]);
        assert_eq!(found("刘玉珍家门口"), ["6-1-301"]);
        assert_eq!(found("菜市场东口"), Vec::<String>::new());
    }

    #[test]
    fn numbers_as_people_write_them() {
        let plain = |text: &str| plain(&text.chars().collect::<Vec<_>>());
        assert_eq!(["三", "十", "十二", "二十", "三十一", "301", "一二"].map(plain), ["3", "10", "12", "20", "31", "301", "12"]);
    }
}
