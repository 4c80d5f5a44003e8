//! A phone's file of the version before search, filled with rows: opening it fills the index as an update would.

use std::path::Path;

use anyhow::Result;
use minqing_core::Id;
use minqing_tests::world::{Names, doors, person};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rusqlite::{Connection, Transaction, params};

use super::words::Words;

const FIRST_VERSION: &str = include_str!("../../../core/migrations/0001_phone.sql");
/// Friday, 18 September 2026, noon.
pub const NOW_MS: i64 = 1_789_704_000_000;
/// Its community and grid.
pub const COMMUNITY: &str = "620102001001";
pub const GRID: &str = "620102001001001";
/// Who made all visits of the file.
const OFFICER: Id = Id([7; 16]);
const YEAR_MS: i64 = 365 * 86_400_000;

/// What the office would answer to an enrolment.
pub fn enrolment() -> Vec<u8> {
    let streams = [format!("person:{OFFICER}"), format!("grid:{GRID}")];
    serde_json::json!({
        "device": 1, "officer": { "id": OFFICER, "name": "-" }, "community": COMMUNITY, "scope": { "version": 1, "streams": streams },
        "history": "AAAA", "server_time": NOW_MS, "certificate": "AAAA", "access": "-", "refresh": "AAAA"
    })
    .to_string()
    .into_bytes()
}

/// Writes the file and says how many records it holds.
pub fn old_file(dir: &Path, records: usize) -> Result<usize> {
    let mut db = Connection::open(dir.join("minqing.db"))?;
    db.execute_batch(FIRST_VERSION)?;
    db.pragma_update(None, "user_version", 1)?;
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let words = Words::load();
    let tx = db.transaction()?;
    let households = cards(&tx, records / 10, records / 4, &mut rng)?;
    let count = |table: &str| tx.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, u32>(0)).map(|n| n as usize);
    let rest = records.saturating_sub(records / 10 + count("resident_row")?);
    let (matters, follow_ups) = (records / 20, records / 50);
    let written = rest - follow_ups;
    for n in 0..rest {
        let household = households[rng.random_range(0..households.len())];
        let id = Id::timed(NOW_MS, &random(&mut rng));
        if n < matters {
            matter(&tx, id, household, &words, &mut rng)?;
            action(&tx, id, "matter", n, written)?;
        } else if n < matters + follow_ups {
            let sql = "INSERT INTO follow_up_row VALUES (?, ?, zeroblob(16), zeroblob(16), ?, ?, '2026-09-21', ?)";
            tx.execute(sql, params![id.0, household.0, OFFICER.0, words.note(15, &mut rng), n % 2 == 0])?;
        } else {
            visit(&tx, id, household, &words, &mut rng)?;
            action(&tx, id, "visit", n, written)?;
        }
    }
    let tables = ["household_row", "resident_row", "visit_row", "matter_row", "follow_up_row"];
    let filled = tables.into_iter().map(count).sum::<rusqlite::Result<usize>>()?;
    tx.commit()?;
    Ok(filled)
}

/// Doors with the residents behind them.
fn cards(tx: &Transaction<'_>, count: usize, residents: usize, rng: &mut ChaCha8Rng) -> Result<Vec<Id>> {
    let names = Names::load(&[]);
    let mut ids = Vec::new();
    for (n, door) in doors(count).into_iter().enumerate() {
        let id = Id::named(&["bench", &n.to_string()]);
        let at_home = residents * (n + 1) / count - residents * n / count;
        let mut all = Vec::new();
        for r in 0..at_home {
            let p = person(&names, rng);
            tx.prepare_cached("INSERT INTO resident_row VALUES (?, ?, ?, ?, ?, ?, ?, 0)")?.execute(params![
                Id::named(&["bench", &n.to_string(), &r.to_string()]).0,
                id.0,
                p.name.full,
                p.phone,
                p.birth_year,
                p.languages.join(" "),
                p.needs.join(" ")
            ])?;
            all.push(p.name.full);
        }
        let sql = "INSERT INTO household_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', '', ?, ?)";
        let values = params![id.0, GRID, COMMUNITY, door.estate, door.building, door.stairwell, door.floor, door.room, all.join("、"), all.len() as i64];
        tx.prepare_cached(sql)?.execute(values)?;
        ids.push(id);
    }
    Ok(ids)
}

fn visit(tx: &Transaction<'_>, id: Id, household: Id, words: &Words, rng: &mut ChaCha8Rng) -> Result<()> {
    let outcome = ["talked", "talked", "talked", "nobody_in", "refused"][rng.random_range(0..5)];
    let at_ms = NOW_MS - rng.random_range(0..YEAR_MS);
    let values = params![id.0, household.0, Id::visits(household, 2026).0, OFFICER.0, outcome, words.note(60, rng), at_ms];
    tx.prepare_cached("INSERT INTO visit_row VALUES (?, ?, ?, ?, '', 'routine', ?, ?, ?)")?.execute(values)?;
    Ok(())
}

fn matter(tx: &Transaction<'_>, id: Id, household: Id, words: &Words, rng: &mut ChaCha8Rng) -> Result<()> {
    let code = minqing_core::ids::crockford(&random::<8>(rng));
    let state = ["registered", "feedback"][rng.random_range(0..2)];
    let values = params![id.0, household.0, code, words.note(60, rng), state, OFFICER.0, NOW_MS - rng.random_range(0..YEAR_MS)];
    tx.prepare_cached("INSERT INTO matter_row VALUES (?, ?, ?, 'complaint', 'door', 'utilities', 'building', ?, '', ?, 0, ?, ?)")?.execute(values)?;
    Ok(())
}

/// What was done on this phone: the last thousandth is not at the office, nor is one in a thousand of the rest.
fn action(tx: &Transaction<'_>, record: Id, word: &str, n: usize, of: usize) -> Result<()> {
    let is_final = n < of - of / 1_000 && !n.is_multiple_of(1_000);
    tx.prepare_cached("INSERT INTO journal (record, action, typed, at_ms) VALUES (?, ?, '{}', ?)")?.execute(params![record.0, word, NOW_MS])?;
    let journal = tx.last_insert_rowid();
    tx.prepare_cached("INSERT INTO touched VALUES (?, ?)")?.execute(params![record.0, journal])?;
    let item = "INSERT INTO outbox (opening, n, journal, kind, doc, hash, bytes, state, argument, final) VALUES (zeroblob(5), ?, ?, 1, ?, zeroblob(32), x'01', ?, zeroblob(8), ?)";
    tx.prepare_cached(item)?.execute(params![journal, journal, record.0, is_final.then_some(0), is_final])?;
    Ok(())
}

fn random<const N: usize>(rng: &mut ChaCha8Rng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}
