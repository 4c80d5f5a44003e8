//! Compaction in SQLite: looked at by a reader, so that nobody waits, and written where nothing has moved since.

use std::collections::BTreeMap;

use minqing_core::{
    Id,
    envelope::{Hash, ItemKind},
    frame::{MAX_ITEM, unpack},
};
use rusqlite::{Connection, Transaction, params};

use super::{
    super::Sqlite,
    bodies::Bodies,
    document,
    read::{compacted, end_of},
};
use crate::storage::{Compacted, Compaction, Result, log::StreamId};

impl Compaction for Sqlite {
    fn compact(&self, stream: &str, before_ms: i64, rows: u32) -> Result<Compacted> {
        let look = self.read(|c| look(c, stream, before_ms, rows))?;
        if look.rows.is_empty() { Ok(Compacted { seq: look.begins, ..Compacted::default() }) } else { self.write(|tx| let_go(tx, &look)) }
    }

    fn compacted(&self, stream: &str) -> Result<u64> {
        self.read(|c| compacted(c, stream))
    }

    fn body_bytes(&self) -> Result<u64> {
        self.read(|c| Ok(c.query_row("SELECT coalesce(sum(length(body)), 0) FROM log", [], |row| row.get::<_, i64>(0))?.cast_unsigned()))
    }
}

/// A row that is old enough.
struct Old {
    seq: u64,
    doc: Id,
    /// How large its body is; 0 where there is none to let go.
    bytes: u64,
    fate: Fate,
}

#[derive(PartialEq, Eq)]
enum Fate {
    /// Its document gives it back.
    Given,
    /// Nobody would give it back.
    Kept,
    /// It is no change, or its bytes are gone already.
    Nothing,
}

/// What is to be let go of one stream.
struct Look {
    stream: StreamId,
    /// Up to where it was compacted.
    begins: u64,
    rows: Vec<Old>,
    /// The versions of the documents that were looked at.
    versions: BTreeMap<Id, u64>,
    more: bool,
}

fn look(c: &Connection, stream: &str, before_ms: i64, limit: u32) -> Result<Look> {
    let (stream, begins) = (end_of(c, stream)?.id, compacted(c, stream)?);
    let mut look = Look { stream, begins, rows: Vec::new(), versions: BTreeMap::new(), more: false };
    let mut query = c.prepare_cached("SELECT seq, kind, doc, hash, body, applied_ms FROM log WHERE stream = ?1 AND seq > ?2 ORDER BY seq")?;
    let mut rows = query.query(params![stream, begins.cast_signed()])?;
    let mut bodies = Bodies::of(c);
    while let Some(row) = rows.next()? {
        if row.get::<_, i64>(5)? >= before_ms {
            break;
        }
        if look.rows.len() >= limit as usize {
            look.more = true;
            break;
        }
        let (kind, doc, hash, body): (u8, _, _, Option<Vec<u8>>) = (row.get(1)?, Id(row.get(2)?), Hash(row.get(3)?), row.get(4)?);
        let body = body.filter(|_| kind == ItemKind::Change.number());
        let fate = match &body {
            None => Fate::Nothing,
            // What was damaged where it lies is for `rebuild --check` to find.
            Some(body) if bodies.given(doc, hash)?.is_some_and(|given| unpack(body, MAX_ITEM).is_ok_and(|stored| stored == given)) => Fate::Given,
            Some(_) => Fate::Kept,
        };
        if fate == Fate::Given && !look.versions.contains_key(&doc) {
            look.versions.insert(doc, document::version(c, doc)?);
        }
        look.rows.push(Old { seq: row.get::<_, i64>(0)?.cast_unsigned(), doc, bytes: body.map_or(0, |body| body.len() as u64), fate });
    }
    Ok(look)
}

fn let_go(tx: &Transaction<'_>, look: &Look) -> Result<Compacted> {
    let mut done = Compacted { seq: look.begins, more: look.more, ..Compacted::default() };
    let mut blank = tx.prepare_cached("UPDATE log SET body = NULL WHERE stream = ?1 AND seq = ?2 AND body IS NOT NULL")?;
    for row in &look.rows {
        if row.fate == Fate::Given {
            // A document that was kept anew meanwhile is looked at again.
            if look.versions.get(&row.doc) != Some(&document::version(tx, row.doc)?) {
                done.more = true;
                break;
            }
            if blank.execute(params![look.stream, row.seq.cast_signed()])? > 0 {
                (done.rows, done.bytes) = (done.rows + 1, done.bytes + row.bytes);
            }
        }
        done.kept += u64::from(row.fate == Fate::Kept);
        done.seq = row.seq;
    }
    tx.prepare_cached("UPDATE stream SET compacted = max(compacted, ?2) WHERE id = ?1")?.execute(params![look.stream, done.seq.cast_signed()])?;
    Ok(done)
}

#[cfg(test)]
mod tests {
    use minqing_core::{
        document::{Doc, DocKind},
        envelope::Item,
    };

    use super::*;
    use crate::{
        storage::{
            Store, StoreError,
            conformance::Office,
            log::{DocumentHead, Log},
        },
        testing::{Counting, Hands},
    };

    const STREAM: &str = "grid:620102001001001";
    const ID: Id = Id([1; 16]);

    /// A store whose log holds a document of two changes, and another look at it.
    fn office(dir: &std::path::Path) -> (Office, Sqlite) {
        let open = || Sqlite::open(dir, &Hands::default(), &Counting::default()).unwrap();
        let office = Office::of(&|| Box::new(open()) as Box<dyn Store>);
        let mut doc = Doc::empty();
        for n in 1..=2u64 {
            let bytes = doc.change([1; 8], 0, |w| w.put("note", &*n.to_string())).unwrap().unwrap();
            office.log(STREAM, n, &Item { kind: 1, doc: ID, bytes });
        }
        keep(&office, &doc);
        (office, open())
    }

    fn keep(office: &Office, doc: &Doc) {
        office.apply(|unit| {
            let stream = unit.stream(STREAM)?.expect("a stream");
            unit.keep_document(ID, &DocumentHead { kind: DocKind::Card, stream, creator: ID, version: 0 }, &doc.save())
        });
    }

    #[test]
    fn what_was_kept_anew_meanwhile_is_looked_at_again() {
        let dir = tempfile::tempdir().unwrap();
        let (office, store) = office(dir.path());
        let seen = store.read(|c| look(c, STREAM, i64::MAX, 9)).unwrap();
        assert_eq!(seen.rows.iter().filter(|row| row.fate == Fate::Given).count(), 2);
        // Somebody puts another document in its place, which gives nothing back.
        keep(&office, &Doc::empty());
        let done = store.write(|tx| let_go(tx, &seen)).unwrap();
        assert_eq!(done, Compacted { more: true, ..Compacted::default() });
        assert_eq!(store.compact(STREAM, i64::MAX, 9).unwrap(), Compacted { kept: 2, seq: 2, ..Compacted::default() });
    }

    #[test]
    fn a_document_that_is_damaged_afterwards_is_seen_and_gives_no_wrong_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let (office, store) = office(dir.path());
        assert_eq!(store.compact(STREAM, i64::MAX, 9).unwrap().rows, 2);
        keep(&office, &Doc::empty());
        assert!(matches!(store.rows_after(&[STREAM.into()], &[0], 9_999), Err(StoreError::Damaged(_))));
        let wrong = office.rows().iter().filter(|row| row.row.item.hash() != row.hash).count();
        assert_eq!(wrong, 2);
        let report = crate::rebuild::check(&store).unwrap();
        assert!(report.broken > 0 && !report.is_good());
    }
}
