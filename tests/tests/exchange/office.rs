//! What lies in the server's file, read past the server.

use minqing_core::{Id, document::Doc, envelope::Item};

use minqing_tests::sim::Sim;
use rusqlite::{Connection, OptionalExtension};

pub fn file(sim: &Sim) -> Connection {
    Connection::open(sim.server_dir().join("minqing.db")).unwrap()
}

/// One number.
pub fn count(sim: &Sim, sql: &str) -> i64 {
    file(sim).query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Rows of the log, of the inbox, and of what nobody signed.
pub fn rows(sim: &Sim) -> [i64; 3] {
    ["log", "inbox", "unsigned"].map(|table| count(sim, &format!("SELECT count(*) FROM {table}")))
}

/// The places in the log of an item.
pub fn places(sim: &Sim, item: &Item) -> Vec<u64> {
    let db = file(sim);
    let mut query = db.prepare("SELECT seq FROM log WHERE hash = ? ORDER BY stream, seq").unwrap();
    query.query_map([item.hash().0], |row| row.get::<_, i64>(0)).unwrap().map(|seq| seq.unwrap() as u64).collect()
}

/// A document as the server keeps it, empty if it has none.
pub fn document(sim: &Sim, id: Id) -> Doc {
    let bytes: Option<Vec<u8>> = file(sim).query_row("SELECT bytes FROM document WHERE id = ?", [id.0], |row| row.get(0)).optional().unwrap();
    bytes.map_or_else(Doc::empty, |bytes| Doc::load(&bytes).unwrap())
}
