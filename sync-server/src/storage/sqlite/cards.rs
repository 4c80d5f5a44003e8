//! The office's inbox in SQLite.

use minqing_core::{Id, view::HouseholdRow};
use rusqlite::{Connection, Params, Row, Transaction, params};

use super::{Sqlite, damaged, log::shown};
use crate::{
    projection::{HouseholdShown, ReviewShown},
    storage::{CardCounts, Cards, Decision, DecisionKind, DoorFacts, RefusedShown, Result},
};

/// The states in which the line has ended, as SQL.
macro_rules! over {
    () => {
        "('closed', 'void', 'withdrawn', 'refused')"
    };
}

/// Where a document lies.
const OF_COMMUNITY: &str = "JOIN document d ON d.id = r.doc JOIN stream s ON s.id = d.stream WHERE s.community = ?1";
/// Doors that share a key which not many share (the keys first: CROSS JOIN keeps SQLite from reading every door's), and of which nobody has said that they are two.
const TWINS: &str = "(SELECT DISTINCT x.household AS a, y.household AS b
    FROM (SELECT key FROM who_count WHERE community = ?1 AND n BETWEEN 2 AND 5) k
    CROSS JOIN who_key x ON x.community = ?1 AND x.key = k.key CROSS JOIN who_key y ON y.community = ?1 AND y.key = k.key AND y.household > x.household) t
    WHERE NOT EXISTS(SELECT 1 FROM decision d WHERE d.doc = t.a AND d.kind = 'door' AND d.undone_ms IS NULL AND d.other = 'apart:' || hex(t.b))";
/// Nobody has said that it has no door. What is over needs none.
const WITHOUT_DOOR: &str = concat!(
    "FROM matter_row m WHERE m.community = ?1 AND m.household IS NULL AND m.found_door IS NULL AND m.affected = 'household' AND m.place <> ''
    AND m.state NOT IN ",
    over!(),
    "
    AND NOT EXISTS(SELECT 1 FROM decision d WHERE d.doc = m.id AND d.kind = 'address' AND d.undone_ms IS NULL)"
);
/// Nobody has looked at it, and its matter is not over.
pub(super) const REFUSED: &str = concat!(
    "FROM refused_row r JOIN matter_row m ON m.id = r.matter WHERE r.community = ?1
    AND m.state NOT IN ",
    over!(),
    "
    AND NOT EXISTS(SELECT 1 FROM decision d WHERE d.doc = r.matter AND d.kind = 'refused' AND d.other = hex(r.event) AND d.undone_ms IS NULL)"
);
const DECISION: &str = "SELECT id, community, kind, doc, other, was, became, staff, at_ms, undone_ms FROM decision";

impl Cards for Sqlite {
    fn cards_to_fill(&self) -> Result<bool> {
        self.read(|c| Ok(c.query_row("SELECT EXISTS(SELECT 1 FROM meta WHERE key = 'fill_inbox')", [], |r| r.get(0))?))
    }

    fn cards_filled(&self) -> Result<()> {
        self.write(|tx| Ok(tx.execute("DELETE FROM meta WHERE key = 'fill_inbox'", []).map(drop)?))
    }

    fn all_ids(&self) -> Result<Vec<Id>> {
        self.read(|c| all(c, "SELECT id FROM document UNION SELECT id FROM matter", [], |r| r.get(0).map(Id)))
    }

    fn names_in(&self, community: &str) -> Result<Vec<String>> {
        self.read(|c| names_in(c, community))
    }

    fn card_counts(&self, community: &str) -> Result<CardCounts> {
        self.read(|c| {
            let count = |what: String| -> Result<u64> {
                Ok(c.prepare_cached(&format!("SELECT count(*) {what}"))?.query_row([community], |r| r.get::<_, i64>(0))?.unsigned_abs())
            };
            Ok(CardCounts {
                edits: count(format!("FROM review_row r {OF_COMMUNITY}"))?,
                doors: count(format!("FROM {TWINS}"))?,
                aside: super::log::aside::count(c, community)?,
                refused: count(REFUSED.to_owned())?,
                addresses: count(WITHOUT_DOOR.to_owned())?,
            })
        })
    }

    fn reviews(&self, community: &str, limit: u32) -> Result<Vec<(Id, String)>> {
        let sql = format!("SELECT r.doc, r.field FROM review_row r {OF_COMMUNITY} ORDER BY r.newest_s, r.doc, r.field LIMIT ?2");
        self.read(|c| all(c, &sql, params![community, limit], |r| Ok((Id(r.get(0)?), r.get(1)?))))
    }

    fn twins(&self, community: &str, limit: u32) -> Result<Vec<(Id, Id)>> {
        self.read(|c| {
            all(c, &format!("SELECT t.a, t.b FROM {TWINS} ORDER BY t.a, t.b LIMIT ?2"), params![community, limit], |r| Ok((Id(r.get(0)?), Id(r.get(1)?))))
        })
    }

    fn without_door(&self, community: &str, limit: u32) -> Result<Vec<Id>> {
        self.read(|c| all(c, &format!("SELECT m.id {WITHOUT_DOOR} ORDER BY m.at_ms, m.id LIMIT ?2"), params![community, limit], |r| r.get(0).map(Id)))
    }

    fn refused(&self, community: &str, limit: u32) -> Result<Vec<RefusedShown>> {
        let sql = format!("SELECT r.event, r.matter, r.community, r.officer, r.code, r.reason, r.at_ms {REFUSED} ORDER BY r.at_ms, r.event LIMIT ?2");
        self.read(|c| all(c, &sql, params![community, limit], read_refused))
    }

    fn decisions(&self, community: &str, since_ms: i64, limit: u32) -> Result<Vec<Decision>> {
        let sql = format!("{DECISION} WHERE community = ?1 AND at_ms >= ?2 ORDER BY at_ms DESC, id DESC LIMIT ?3");
        self.read(|c| c.prepare_cached(&sql)?.query_and_then(params![community, since_ms, limit], read_decision)?.collect())
    }

    fn decided(&self, community: &str, since_ms: i64) -> Result<u64> {
        // A correction makes a card, it settles none.
        let sql = "SELECT count(*) FROM decision WHERE community = ?1 AND at_ms >= ?2 AND undone_ms IS NULL AND kind <> 'correction'";
        self.read(|c| Ok(c.prepare_cached(sql)?.query_row(params![community, since_ms], |r| r.get::<_, i64>(0))?.unsigned_abs()))
    }

    fn decision(&self, id: Id) -> Result<Option<Decision>> {
        self.read(|c| c.prepare_cached(&format!("{DECISION} WHERE id = ?1"))?.query_and_then([id.0], read_decision)?.next().transpose())
    }

    fn decided_of(&self, doc: Id, other: &str) -> Result<Option<Decision>> {
        self.read(|c| newest(c, doc, other, ""))
    }

    fn doors_of(&self, community: &str) -> Result<Vec<HouseholdRow>> {
        let sql = "SELECT * FROM household_row WHERE community = ?1 AND merged_into IS NULL ORDER BY id";
        self.read(|c| all(c, sql, [community], |r| shown::read_household(r).map(|h| h.row)))
    }

    fn door_facts(&self, household: Id) -> Result<DoorFacts> {
        let sql = format!(
            "SELECT (SELECT count(*) FROM visit_row WHERE household = ?1), (SELECT max(at_ms) FROM visit_row WHERE household = ?1),
                          count(*), coalesce(sum(state <> 'merged' AND state NOT IN {}), 0)
                   FROM matter_row WHERE household = ?1 OR found_door = ?1",
            over!()
        );
        let count = |r: &Row<'_>, column| r.get::<_, i64>(column).map(i64::unsigned_abs);
        let read = |r: &Row<'_>| Ok(DoorFacts { visits: count(r, 0)?, last_ms: r.get(1)?, matters: count(r, 2)?, open: count(r, 3)? });
        self.read(|c| Ok(c.prepare_cached(&sql)?.query_row([household.0], read)?))
    }

    fn merged_into(&self, household: Id) -> Result<Vec<Id>> {
        self.read(|c| all(c, "SELECT id FROM household_row WHERE merged_into = ?1 ORDER BY id", [household.0], |r| r.get(0).map(Id)))
    }
}

fn all<T>(c: &Connection, sql: &str, given: impl Params, read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
    Ok(c.prepare_cached(sql)?.query_map(given, read)?.collect::<rusqlite::Result<_>>()?)
}

/// The names of all who live in a community.
pub(super) fn names_in(c: &Connection, community: &str) -> Result<Vec<String>> {
    let doors: Vec<String> = all(c, "SELECT names FROM household_row WHERE community = ?1 AND names <> ''", [community], |r| r.get(0))?;
    Ok(doors.iter().flat_map(|names| names.split('、')).map(str::to_owned).collect())
}

/// Shows the review cards of a document.
pub(super) fn put_reviews(c: &Connection, doc: Id, reviews: &[ReviewShown]) -> Result<()> {
    c.prepare_cached("DELETE FROM review_row WHERE doc = ?1")?.execute([doc.0])?;
    let mut put = c.prepare_cached("INSERT INTO review_row(doc, field, newest_s) VALUES(?1, ?2, ?3)")?;
    reviews.iter().try_for_each(|r| put.execute(params![r.doc, r.field, r.newest_s]).map(drop))?;
    Ok(())
}

/// Shows by what doors are found behind which the same people live.
pub(super) fn put_who(c: &Connection, h: &HouseholdShown) -> Result<()> {
    let known: Vec<([u8; 16], String)> =
        all(c, "SELECT key, community FROM who_key WHERE household = ?1 ORDER BY key", [h.id], |r| Ok((r.get(0)?, r.get(1)?)))?;
    if known.iter().map(|(key, _)| key).eq(&h.who) && known.iter().all(|(_, community)| *community == h.row.community) {
        return Ok(());
    }
    c.prepare_cached("DELETE FROM who_key WHERE household = ?1")?.execute([h.id])?;
    for (key, community) in &known {
        c.prepare_cached("UPDATE who_count SET n = n - 1 WHERE community = ?1 AND key = ?2")?.execute(params![community, key])?;
        c.prepare_cached("DELETE FROM who_count WHERE community = ?1 AND key = ?2 AND n = 0")?.execute(params![community, key])?;
    }
    for key in &h.who {
        c.prepare_cached("INSERT INTO who_key(community, key, household) VALUES(?1, ?2, ?3)")?.execute(params![h.row.community, key, h.id])?;
        let count = "INSERT INTO who_count(community, key, n) VALUES(?1, ?2, 1) ON CONFLICT(community, key) DO UPDATE SET n = n + 1";
        c.prepare_cached(count)?.execute(params![h.row.community, key])?;
    }
    Ok(())
}

/// Shows a refused event.
pub(super) fn put_refused(c: &Connection, r: &RefusedShown) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO refused_row(event, matter, community, officer, code, reason, at_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    c.prepare_cached(sql)?.execute(params![r.event, r.matter, r.community, r.officer, r.code, r.reason, r.at_ms])?;
    Ok(())
}

/// Notes a decision.
pub(super) fn put_decision(c: &Connection, d: &Decision) -> Result<()> {
    let sql = "INSERT INTO decision(id, community, kind, doc, other, was, became, staff, at_ms, undone_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let Decision { id, community, kind, doc, other, was, became, staff, at_ms, undone_ms } = d;
    c.prepare_cached(sql)?.execute(params![id.0, community, kind.word(), doc.0, other, was, became, staff.0, at_ms, undone_ms])?;
    forget_old(c, community, *at_ms)
}

/// Notes that it was taken back.
pub(super) fn undo(c: &Connection, id: Id, at_ms: i64) -> Result<bool> {
    Ok(c.prepare_cached("UPDATE decision SET undone_ms = ?2 WHERE id = ?1 AND undone_ms IS NULL")?.execute(params![id.0, at_ms])? == 1)
}

/// The newest decision about it that stands.
pub(super) fn standing(c: &Connection, doc: Id, other: &str) -> Result<Option<Decision>> {
    newest(c, doc, other, "AND undone_ms IS NULL")
}

/// The newest decision about it of those that are asked for.
fn newest(c: &Connection, doc: Id, other: &str, which: &str) -> Result<Option<Decision>> {
    let sql = format!("{DECISION} WHERE doc = ?1 AND other = ?2 {which} ORDER BY at_ms DESC, id DESC LIMIT 1");
    c.prepare_cached(&sql)?.query_and_then(params![doc.0, other], read_decision)?.next().transpose()
}

/// Doors that are or were one with this one.
pub(super) fn merged_with(c: &Connection, household: Id) -> Result<Vec<Id>> {
    let sql = "SELECT id FROM household_row WHERE merged_into = ?1
               UNION SELECT merged_into FROM household_row WHERE id = ?1 AND merged_into IS NOT NULL
               UNION SELECT unhex(substr(other, 6)) FROM decision WHERE doc = ?1 AND other LIKE 'into:%'
               UNION SELECT doc FROM decision WHERE other = 'into:' || hex(?1)";
    all(c, sql, [household.0], |r| r.get(0).map(Id))
}

/// The matters for which the office found this door.
pub(super) fn placed_at(c: &Connection, household: Id) -> Result<Vec<Id>> {
    all(c, "SELECT id FROM matter_row WHERE found_door = ?1 ORDER BY id", [household.0], |r| r.get(0).map(Id))
}

/// How long a decision can be taken back, in milliseconds: then nobody needs to know what stood there before.
const KNOWN_MS: i64 = 2 * 24 * 3_600_000;

/// Forgets the words of decisions that nobody takes back any more. A correction whose card waits still says whose word it is.
fn forget_old(c: &Connection, community: &str, now_ms: i64) -> Result<()> {
    let waits = "kind = 'correction' AND undone_ms IS NULL AND EXISTS (SELECT 1 FROM review_row r WHERE r.doc = decision.doc AND r.field = decision.other)";
    let sql = format!("UPDATE decision SET {BLANK} WHERE community = ?1 AND at_ms < ?2 AND was <> '' AND NOT ({waits})");
    c.prepare_cached(&sql)?.execute(params![community, now_ms - KNOWN_MS])?;
    Ok(())
}

/// Words go; that a matter has no door, or that two doors are two, holds none.
const BLANK: &str = "was = CASE WHEN kind IN ('edit', 'door', 'correction') THEN '' ELSE was END,
                     became = CASE WHEN kind IN ('edit', 'correction') THEN '' ELSE became END";

/// An erasure ends what can be taken back in its community: what stood anywhere before may hold the words.
pub(super) fn forget(tx: &Transaction<'_>, doc: Id) -> Result<()> {
    let of = "(SELECT s.community FROM document d JOIN stream s ON s.id = d.stream WHERE d.id = ?1)";
    tx.execute(&format!("UPDATE decision SET {BLANK} WHERE was <> '' AND (community = {of} OR doc = ?1)"), [doc.0])?;
    Ok(())
}

pub(super) fn all_reviews(c: &Connection) -> Result<Vec<ReviewShown>> {
    all(c, "SELECT doc, field, newest_s FROM review_row ORDER BY doc, field", [], |r| Ok(ReviewShown { doc: r.get(0)?, field: r.get(1)?, newest_s: r.get(2)? }))
}

pub(super) fn all_refused(c: &Connection) -> Result<Vec<RefusedShown>> {
    all(c, "SELECT event, matter, community, officer, code, reason, at_ms FROM refused_row ORDER BY event", [], read_refused)
}

/// By what a door's twins are found.
pub(super) fn who(c: &Connection, household: [u8; 16]) -> rusqlite::Result<Vec<[u8; 16]>> {
    c.prepare_cached("SELECT key FROM who_key WHERE household = ?1")?.query_map([household], |r| r.get(0))?.collect()
}

fn read_refused(r: &Row<'_>) -> rusqlite::Result<RefusedShown> {
    Ok(RefusedShown { event: r.get(0)?, matter: r.get(1)?, community: r.get(2)?, officer: r.get(3)?, code: r.get(4)?, reason: r.get(5)?, at_ms: r.get(6)? })
}

fn read_decision(r: &Row<'_>) -> Result<Decision> {
    let word: String = r.get(2)?;
    let kind = DecisionKind::ALL.iter().find(|(_, w)| *w == word).map(|(kind, _)| *kind).ok_or_else(|| damaged("decision"))?;
    Ok(Decision {
        id: Id(r.get(0)?),
        community: r.get(1)?,
        kind,
        doc: Id(r.get(3)?),
        other: r.get(4)?,
        was: r.get(5)?,
        became: r.get(6)?,
        staff: Id(r.get(7)?),
        at_ms: r.get(8)?,
        undone_ms: r.get(9)?,
    })
}

#[cfg(test)]
mod tests {
    use minqing_core::model::MatterState;

    #[test]
    fn what_is_over_is_what_the_line_says() {
        for state in MatterState::ALL {
            assert_eq!(over!().contains(&format!("'{}'", state.word())), state.is_terminal(), "{state:?}");
        }
    }
}
