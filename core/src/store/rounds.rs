//! This officer's rounds as planned.

use jiff::{ToSpan, civil::Date};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Result, rounds::Planned};

/// Rounds are kept for so many days behind the one that is planned.
const DAYS: i32 = 14;

/// Keeps a round, unless a later one of its maker is known. One of another version of the app is not understood, and not kept.
pub(crate) fn put(db: &Connection, json: &str) -> Result<()> {
    let Ok(planned) = Planned::read(json) else { return Ok(()) };
    let mut put =
        db.prepare_cached("INSERT INTO round VALUES (?1, ?2, ?3, ?4) ON CONFLICT (day, by_office) DO UPDATE SET made_ms = ?3, json = ?4 WHERE made_ms <= ?3")?;
    put.execute(params![planned.day.to_string(), planned.by_office, planned.made_ms, json])?;
    let oldest = planned.day.saturating_sub(DAYS.days());
    db.prepare_cached("DELETE FROM round WHERE day < ?")?.execute([oldest.to_string()])?;
    Ok(())
}

/// The round of a day: what this phone made of it, until the office has planned it anew.
pub(crate) fn of_day(db: &Connection, day: Date) -> Result<Option<Planned>> {
    let mut query = db.prepare_cached("SELECT json FROM round WHERE day = ? ORDER BY made_ms DESC, by_office LIMIT 1")?;
    let json: Option<String> = query.query_row([day.to_string()], |row| row.get(0)).optional()?;
    json.map(|json| Planned::read(&json)).transpose()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        Id,
        rounds::{Ground, Plan, Problem},
        store::migrations,
    };

    #[test]
    fn of_a_day_the_round_made_last_counts_and_old_ones_go() {
        let mut db = Connection::open_in_memory().unwrap();
        migrations::run(&mut db).unwrap();
        let problem = Problem { ground: Ground::Spots(Vec::new()), stops: Vec::new(), officers: Vec::new() };
        let planned = |day: i8, made_ms, by_office| Planned {
            day: date(2026, 9, day),
            officer: Id([1; 16]),
            made_ms,
            by_office,
            problem: problem.clone(),
            plan: Plan::default(),
            errands: Vec::new(),
        };
        let keep = |one: Planned| put(&db, &one.encode().unwrap()).unwrap();
        [planned(1, 10, true), planned(14, 10, true), planned(14, 30, false), planned(14, 20, true), planned(14, 15, true)].into_iter().for_each(keep);
        put(&db, "{}").unwrap();
        let made = |day: i8| of_day(&db, date(2026, 9, day)).unwrap().map(|one| (one.made_ms, one.by_office));
        assert_eq!((made(14), made(1), made(2)), (Some((30, false)), Some((10, true)), None));
        keep(planned(16, 40, true));
        assert_eq!((made(1), made(14)), (None, Some((30, false))));
    }
}
