//! Documents' sums as they were: today's, without what came later.

use std::collections::{BTreeMap, BTreeSet};

use minqing_core::{
    Id,
    envelope::{item_term, read_back},
};
use rusqlite::{Connection, params};

use super::{
    bodies::Bodies,
    read::{end_of, log_row, rows_of},
};
use crate::storage::Result;

pub(super) fn doc_sums_at(c: &Connection, stream: &str, seq: u64, from: Id, to: Id) -> Result<Vec<(Id, u64)>> {
    let end = end_of(c, stream)?;
    let mut query = c.prepare_cached("SELECT doc, sum FROM doc_sum WHERE stream = ?1 AND doc BETWEEN ?2 AND ?3")?;
    let present = query.query_map(params![end.id, from.0, to.0], |row| Ok((Id(row.get(0)?), read_back(row.get(1)?))))?;
    let mut sums: BTreeMap<Id, u64> = present.collect::<rusqlite::Result<_>>()?;
    let mut query = c.prepare_cached("SELECT device, opening, n, kind, doc, body, seq, blank, hash FROM log WHERE stream = ?1 AND seq > ?2")?;
    let mut later = query.query(params![end.id, seq as i64])?;
    let (mut left, mut bodies) = (BTreeSet::new(), Bodies::of(c));
    while let Some(row) = later.next()? {
        let row = log_row(row, end.id, &mut bodies)?;
        if row.uncounts() && (from..=to).contains(&row.item.doc) {
            left.insert(row.item.doc);
        }
        if let Some(sum) = sums.get_mut(&row.item.doc).filter(|_| row.counts()) {
            *sum = sum.wrapping_sub(item_term(row.item.doc, row.hash()));
        }
    }
    // Of what has left since, nothing can be taken away from: it is added up.
    for doc in left {
        let rows = rows_of(c, stream, doc, seq)?;
        let counted = rows.iter().filter(|row| row.counts());
        sums.insert(doc, counted.fold(0u64, |sum, row| sum.wrapping_add(item_term(doc, row.hash()))));
    }
    Ok(sums.into_iter().filter(|(_, sum)| *sum != 0).collect())
}
