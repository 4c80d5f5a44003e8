//! Every table of the phone's file: whether its rows are carried over or come from elsewhere.

use rusqlite::types::Value;

use super::cells::{Cell, Kind};

/// What a column holds, as a row is known by where nothing else says which table it is of.
#[derive(Clone, Copy)]
pub(super) enum Is {
    /// The row's number, which stands before the record.
    Number,
    /// So many bytes.
    Bytes(usize),
    Blob,
    Text,
    Int,
    MaybeBlob,
    MaybeText,
    MaybeInt,
}

use Is::{Blob, Bytes, Int, MaybeBlob, MaybeInt, MaybeText, Number, Text};

/// Where the rows of a table come from.
pub(super) enum From {
    /// Out of the damaged file: rows of these columns.
    File(&'static [(&'static str, Is)]),
    /// Out of the log, which is read again.
    Log,
    /// Out of documents and events, as always.
    Documents,
}

/// All tables.
pub(super) const TABLES: &[(&str, From)] = &[
    ("meta", From::File(&[("key", Text), ("value", Blob)])),
    ("cursor", From::File(&[("position", Number), ("stream", Text), ("seq", Int), ("sum", Int)])),
    ("doc_sum", From::Log),
    ("behind", From::Log),
    ("pack_sum", From::Log),
    ("archived", From::Log),
    ("history", From::Log),
    // What this phone planned itself is planned again.
    ("round", From::Log),
    ("erased", From::Log),
    ("document", From::File(&[("id", Bytes(16)), ("kind", Int), ("bytes", Blob), ("home", MaybeText), ("damaged", Int)])),
    ("change", From::Documents),
    (
        "event",
        From::File(&[
            ("id", Bytes(16)),
            ("matter", Bytes(16)),
            ("bytes", Blob),
            ("mine", Int),
            ("ordinal", MaybeInt),
            ("refused", MaybeInt),
            ("overtaken_by", MaybeBlob),
            ("done_at", MaybeInt),
        ]),
    ),
    ("replaced", From::File(&[("event", Bytes(16)), ("by", Bytes(16))])),
    ("fact", From::Log),
    ("later", From::Log),
    ("journal", From::File(&[("id", Number), ("record", Bytes(16)), ("action", Text), ("typed", Text), ("at_ms", Int)])),
    (
        "outbox",
        From::File(&[
            ("id", Number),
            ("opening", Bytes(5)),
            ("n", Int),
            ("journal", Int),
            ("kind", Int),
            ("doc", Bytes(16)),
            ("hash", Bytes(32)),
            ("bytes", Blob),
            ("state", MaybeInt),
            ("argument", MaybeBlob),
            ("final", Int),
            ("tries", Int),
            ("due", Int),
        ]),
    ),
    ("draft", From::File(&[("id", Bytes(16)), ("kind", Text), ("household", Bytes(16)), ("content", Text), ("at_ms", Int)])),
    ("touched", From::File(&[("record", Bytes(16)), ("journal", Int)])),
    ("courier", From::File(&[("id", Number), ("hash", Bytes(32)), ("device", Int), ("at_ms", Int), ("bytes", MaybeBlob), ("problem", MaybeText)])),
    (
        "carried",
        From::File(&[
            ("id", Number),
            ("device", Int),
            ("opening", Bytes(5)),
            ("first", Int),
            ("items", Int),
            ("size", Int),
            ("bytes", Blob),
            ("certificate", Blob),
            ("tries", Int),
            ("due", Int),
        ]),
    ),
    (
        "carried_item",
        From::File(&[
            ("id", Number),
            ("device", Int),
            ("opening", Bytes(5)),
            ("n", Int),
            ("officer", Bytes(16)),
            ("kind", Int),
            ("doc", Bytes(16)),
            ("hash", Bytes(32)),
            ("bytes", Blob),
            ("state", MaybeInt),
        ]),
    ),
    ("carried_touch", From::File(&[("id", Number), ("record", Bytes(16)), ("doc", Bytes(16))])),
    ("household_row", From::Documents),
    ("resident_row", From::Documents),
    ("visit_row", From::Documents),
    ("follow_up_row", From::Documents),
    ("notice_row", From::Documents),
    ("told_row", From::Documents),
    ("matter_row", From::Documents),
    ("appointment_row", From::Documents),
    ("review_row", From::Documents),
    ("find_row", From::Documents),
    ("find", From::Documents),
    ("find_data", From::Documents),
    ("find_idx", From::Documents),
    ("find_docsize", From::Documents),
    ("find_config", From::Documents),
    (
        "attachment",
        From::File(&[("sha256", Bytes(32)), ("media", Text), ("bytes", Int), ("state", Int), ("upload", MaybeText), ("anew", Int), ("problem", MaybeText)]),
    ),
    ("attachment_row", From::Documents),
    ("claim", From::File(&[("opening", Bytes(5)), ("first", Int), ("last", Int), ("scope", Int)])),
    ("shared", From::Log),
    ("leaving", From::Log),
    ("leaving_file", From::Log),
    ("pack", From::Log),
    ("pack_piece", From::Log),
];

/// The columns of a table whose rows are carried over.
pub(super) fn columns<'t>(table: &'t str) -> impl Iterator<Item = &'static str> + use<'t> {
    let listed = TABLES.iter().filter(move |(name, _)| *name == table).map(|(_, from)| match from {
        From::File(columns) => *columns,
        _ => &[],
    });
    listed.flatten().map(|(column, _)| *column)
}

/// Tables without row numbers: their rows lie where those of indexes do.
const INDEXED: [&str; 3] = ["meta", "touched", "attachment"];
/// Its rows look like those of several indexes: they are taken only where a tree says whose they are.
const LIKE_AN_INDEX: &str = "touched";

/// The table a row is of, and the row with its number in its place.
pub(super) fn table_of(kind: Kind, owner: Option<&str>, cell: &Cell, values: &[Value]) -> Option<(&'static str, Vec<Value>)> {
    let is_index = kind != Kind::TableLeaf;
    let fits = |(name, from): &&(&'static str, From)| match from {
        From::File(columns) if owner.map_or(*name != LIKE_AN_INDEX, |owner| owner == *name) && INDEXED.contains(name) == is_index => {
            columns.len() == values.len() && columns.iter().zip(values).all(|((_, is), value)| is.fits(value))
        }
        _ => false,
    };
    let (name, From::File(columns)) = TABLES.iter().find(fits)? else { return None };
    let row = columns.iter().zip(values).map(|((_, is), value)| if matches!(is, Number) { Value::Integer(cell.rowid) } else { value.clone() });
    Some((name, row.collect()))
}

impl Is {
    fn fits(self, value: &Value) -> bool {
        match (self, value) {
            (Number | MaybeBlob | MaybeText | MaybeInt, Value::Null) => true,
            (Bytes(length), Value::Blob(bytes)) => bytes.len() == length,
            (Blob | MaybeBlob, Value::Blob(_)) | (Text | MaybeText, Value::Text(_)) | (Int | MaybeInt, Value::Integer(_)) => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rusqlite::Connection;

    use super::*;

    #[test]
    fn every_table_is_carried_over_or_comes_from_elsewhere() {
        let mut db = Connection::open_in_memory().unwrap();
        crate::store::migrations::run(&mut db).unwrap();
        let names = |sql: &str| -> Vec<String> { db.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(std::result::Result::unwrap).collect() };
        let mut here = names("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
        let listed: BTreeMap<&str, &From> = TABLES.iter().map(|(name, from)| (*name, from)).collect();
        assert_eq!(here, listed.keys().copied().collect::<Vec<_>>(), "say of a new table where a salvaged phone has its rows from");
        here.retain(|name| matches!(listed[name.as_str()], From::File(_)));
        for name in here {
            let From::File(columns) = listed[name.as_str()] else { unreachable!() };
            let listed: Vec<&str> = columns.iter().map(|(column, _)| *column).collect();
            assert_eq!(names(&format!("SELECT name FROM pragma_table_info('{name}')")), listed, "the columns of {name}");
            let sql = names(&format!("SELECT sql FROM sqlite_schema WHERE name = '{name}'")).remove(0);
            assert_eq!(sql.contains("WITHOUT ROWID"), INDEXED.contains(&name.as_str()), "{name}");
        }
    }
}
