//! The rows of a damaged file that make sense, and their way into a new one. Of two with one key the first counts.

use rusqlite::{Connection, params_from_iter, types::Value};

use super::{
    cells::{Cell, TreePage},
    pages::Pages,
    places::Places,
    record,
    tables::{self, TABLES, table_of},
};
use crate::{
    Id, Result,
    document::Doc,
    envelope::{Hash, Item, ItemKind},
    event::Event,
    store::meta,
};

/// Single values that are true of the phone whatever file they lie in.
const CARRIED: [&str; 5] = [meta::ENROLLED, meta::REFRESH, meta::TIME_BASE, meta::EXCHANGE, meta::OFFERS];

/// What reading the pages came to.
pub(super) struct Read {
    pub(super) pages: u32,
    pub(super) unreadable: u32,
}

/// Takes over all rows that make sense.
pub(super) fn take_over(db: &Connection, pages: &Pages) -> Result<Read> {
    let places = Places::of(pages);
    // What is no page of a tree, no part of a row and not free was overwritten.
    let mut unexplained = vec![true; pages.count() as usize + 1];
    unexplained[0] = false;
    for number in places.in_order(pages) {
        let Some(page) = TreePage::of(pages, number) else { continue };
        unexplained[number as usize] = false;
        for cell in page.cells(pages) {
            cell.chain.iter().for_each(|part| unexplained[*part as usize] = false);
            let Some(values) = record::read(&cell.payload) else { continue };
            if let Some((table, row)) = table_of(page.kind, places.owner(number), &cell, &values).filter(|(table, row)| makes_sense(table, row)) {
                insert(db, table, &cell, row)?;
            }
        }
    }
    let unreadable = (1..=pages.count()).filter(|page| unexplained[*page as usize] && !places.is_free(*page)).count();
    Ok(Read { pages: pages.count(), unreadable: u32::try_from(unreadable).unwrap_or(u32::MAX) })
}

fn insert(db: &Connection, table: &str, cell: &Cell, row: Vec<Value>) -> Result<()> {
    // The order of events is that of their row numbers.
    let (columns, row) = if table == "event" {
        let names = tables::columns(table).collect::<Vec<_>>().join(", ");
        (format!("(rowid, {names})"), std::iter::once(Value::Integer(cell.rowid)).chain(row).collect())
    } else {
        (String::new(), row)
    };
    let places = vec!["?"; row.len()].join(", ");
    db.prepare_cached(&format!("INSERT OR IGNORE INTO {table} {columns} VALUES ({places})"))?.execute(params_from_iter(row))?;
    Ok(())
}

/// Whether a row that has the shape of its table also says something that its table may say.
fn makes_sense(table: &str, row: &[Value]) -> bool {
    debug_assert!(TABLES.iter().any(|(name, _)| *name == table));
    match (table, row) {
        ("meta", [Value::Text(key), ..]) => CARRIED.contains(&key.as_str()),
        ("document", [_, _, Value::Blob(bytes), ..]) => Doc::load(bytes).is_ok(),
        ("event", [Value::Blob(id), _, Value::Blob(bytes), ..]) => Event::decode(bytes).is_ok_and(|event| event.id.0 == id[..]),
        ("journal", [_, _, _, Value::Text(typed), _]) => serde_json::from_str::<serde_json::Value>(typed).is_ok(),
        // What was taken back has no bytes to prove it by.
        ("outbox", [_, _, _, _, _, _, _, Value::Blob(bytes), Value::Integer(5), ..]) if bytes.is_empty() => true,
        ("outbox", [_, _, _, _, Value::Integer(kind), Value::Blob(doc), Value::Blob(hash), Value::Blob(bytes), ..]) => {
            let kind = u8::try_from(*kind).ok().filter(|kind| ItemKind::from_number(*kind).is_some());
            let item = kind.zip(Id::from_slice(doc).ok()).map(|(kind, doc)| Item { kind, doc, bytes: bytes.clone() });
            item.is_some_and(|item| item.hash().0 == hash[..])
        }
        ("attachment", [Value::Blob(hash), _, Value::Integer(bytes), Value::Integer(0..=2), ..]) => hash[..] != Hash::of(&[]).0 && *bytes > 0,
        ("attachment", _) => false,
        _ => true,
    }
}
