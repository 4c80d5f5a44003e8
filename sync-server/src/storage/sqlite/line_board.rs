//! The board of the line in SQLite.

use minqing_core::{
    Id,
    model::{Category, Lamp, MatterState},
};
use rusqlite::{Connection, OptionalExtension, Row, ToSql};

use super::{
    Sqlite, damaged,
    log::{
        matter::{self, NEVER},
        shown,
    },
    overview::read_address,
};
use crate::storage::{LineBoard, LineMatter, OnLine, Result, StateCount, is_on_line};

/// In the hands of who asks.
const MINE: &str = "(m.hand IS :staff OR (m.department IS NOT NULL AND m.department IN (SELECT department FROM works_for WHERE staff = :staff)))";
/// Red where it is overdue, whatever its clocks have come to.
const LAMP: &str = "(CASE WHEN m.due_ms < :now THEN 'red' ELSE m.lamp END)";
/// What is asked of the rest.
const SUCH: &str = "m.community = :community AND (:category IS NULL OR m.category = :category) AND (:department IS NULL OR m.department = :department)
    AND (:grid IS NULL OR EXISTS (SELECT 1 FROM household_row g WHERE g.id = coalesce(m.household, m.found_door) AND g.grid = :grid))";

/// A matter with its door.
const MATTER: &str = "SELECT h.community AS of_community, h.estate, h.building, h.stairwell, h.floor, h.room, h.lane, h.door, m.*
    FROM matter_row m LEFT JOIN household_row h ON h.id = coalesce(m.household, m.found_door)";

/// What is asked of hands, due dates and lamps.
fn asked() -> String {
    format!("(:mine = 0 OR {MINE}) AND (:lamp IS NULL OR {LAMP} = :lamp) AND (:from IS NULL OR (m.due_ms >= :from AND m.due_ms < :until))")
}

impl LineBoard for Sqlite {
    fn line_counts(&self, which: &OnLine, tonight_ms: i64) -> Result<Vec<StateCount>> {
        let states: Vec<String> = MatterState::ALL.iter().filter(|s| is_on_line(**s)).map(|s| format!("'{}'", s.word())).collect();
        let sql = format!(
            "SELECT m.state, sum({}) AS asked, count(*) AS whole, sum({MINE}) AS mine, sum(m.due_ms < :now) AS overdue,
                    sum(m.due_ms >= :now AND m.due_ms < :tonight) AS today, sum({LAMP} = 'yellow') AS yellow, sum({LAMP} = 'red') AS red
             FROM matter_row m WHERE {SUCH} AND m.state IN ({}) GROUP BY m.state",
            asked(),
            states.join(",")
        );
        self.read(|c| {
            let mut query = c.prepare_cached(&sql)?;
            let bound = Bound::of(which);
            let rows = query.query_map(&*bound.and(&[(":tonight", &tonight_ms)]), read_count)?;
            rows.map(|row| row?.ok_or_else(|| damaged("matter_row"))).collect()
        })
    }

    fn on_line(&self, which: &OnLine, state: MatterState, after: Option<Id>, limit: u32) -> Result<Vec<LineMatter>> {
        let (order, past) = if state.is_terminal() { ("DESC", "<") } else { ("ASC", ">") };
        let sql = format!(
            "{MATTER} WHERE {SUCH} AND m.state = :state AND {} AND (:at IS NULL OR (m.due_ms, m.id) {past} (:at, :after))
             ORDER BY m.due_ms {order}, m.id {order} LIMIT :limit",
            asked()
        );
        self.read(|c| {
            let mut due = c.prepare_cached("SELECT due_ms FROM matter_row WHERE id = ?1")?;
            let at: Option<i64> = after.map(|after| due.query_row([after.0], |row| row.get(0)).optional()).transpose()?.flatten();
            let (bound, word, after) = (Bound::of(which), state.word(), after.map(|id| id.0));
            let mut query = c.prepare_cached(&sql)?;
            let bound = bound.and(&[(":state", &word), (":at", &at), (":after", &after), (":limit", &limit)]);
            query.query_and_then(&*bound, |row| read_matter(c, row))?.collect()
        })
    }

    fn line_matters(&self, ids: &[Id]) -> Result<Vec<LineMatter>> {
        self.read(|c| {
            let mut query = c.prepare_cached(&format!("{MATTER} WHERE m.id = ?1"))?;
            let found = ids.iter().map(|id| query.query_and_then([id.0], |row| read_matter(c, row))?.next().transpose());
            found.filter_map(Result::transpose).collect()
        })
    }
}

/// What is asked for, as values of a statement.
struct Bound<'a> {
    which: &'a OnLine,
    lamp: Option<&'static str>,
    category: Option<&'static str>,
    department: Option<[u8; 16]>,
    from_ms: Option<i64>,
    until_ms: Option<i64>,
}

impl<'a> Bound<'a> {
    fn of(which: &'a OnLine) -> Self {
        Self {
            which,
            lamp: which.lamp.map(Lamp::word),
            category: which.category.map(Category::word),
            department: which.department.map(|d| d.0),
            from_ms: which.due.map(|(from, _)| from),
            until_ms: which.due.map(|(_, until)| until),
        }
    }

    /// By name, with what one statement has beside.
    fn and<'s>(&'s self, more: &[(&'s str, &'s dyn ToSql)]) -> Vec<(&'s str, &'s dyn ToSql)> {
        let common: [(&str, &dyn ToSql); 10] = [
            (":community", &self.which.community),
            (":now", &self.which.now_ms),
            (":staff", &self.which.staff.0),
            (":mine", &self.which.mine),
            (":from", &self.from_ms),
            (":until", &self.until_ms),
            (":lamp", &self.lamp),
            (":category", &self.category),
            (":department", &self.department),
            (":grid", &self.which.grid),
        ];
        common.iter().chain(more).copied().collect()
    }
}

/// `None` where the state is none that this version knows.
fn read_count(row: &Row<'_>) -> rusqlite::Result<Option<StateCount>> {
    let n = |column: &str| row.get(column).map(|n: i64| n.cast_unsigned());
    let Some(state) = MatterState::from_word(&row.get::<_, String>("state")?) else { return Ok(None) };
    let (asked, all, mine) = (n("asked")?, n("whole")?, n("mine")?);
    Ok(Some(StateCount { state, asked, all, mine, overdue: n("overdue")?, today: n("today")?, yellow: n("yellow")?, red: n("red")? }))
}

fn read_matter(c: &Connection, row: &Row<'_>) -> Result<LineMatter> {
    let due_ms: i64 = row.get("due_ms")?;
    let (door, row) = (read_address(row, 0)?, shown::read_matter(row)?);
    Ok(LineMatter { kept: matter::one(c, Id(row.id))?, row, due_ms: (due_ms != NEVER).then_some(due_ms), door })
}
