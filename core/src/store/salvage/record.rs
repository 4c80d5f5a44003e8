//! A record: SQLite's serial types and the values after them.

use rusqlite::types::Value;

use super::cells::varint;

/// Reads a record that takes up all of `bytes`. Text that is no UTF-8 is none of ours.
pub(super) fn read(bytes: &[u8]) -> Option<Vec<Value>> {
    let mut at = 0;
    let head = usize::try_from(varint(bytes, &mut at)?).ok()?;
    let mut body = bytes.get(head..)?;
    let mut values = Vec::new();
    while at < head {
        let kind = varint(bytes, &mut at)?;
        let (value, rest) = value(kind, body)?;
        values.push(value);
        body = rest;
    }
    (at == head && body.is_empty()).then_some(values)
}

fn value(kind: i64, body: &[u8]) -> Option<(Value, &[u8])> {
    let length = match kind {
        0 | 8 | 9 => 0,
        1..=4 => usize::try_from(kind).ok()?,
        5 => 6,
        6 | 7 => 8,
        12.. => usize::try_from((kind - 12) / 2).ok()?,
        _ => return None,
    };
    let (bytes, rest) = body.split_at_checked(length)?;
    let value = match kind {
        0 => Value::Null,
        7 => Value::Real(f64::from_be_bytes(bytes.try_into().ok()?)),
        8 | 9 => Value::Integer(kind - 8),
        1..=6 => Value::Integer(integer(bytes)),
        _ if kind % 2 == 0 => Value::Blob(bytes.to_vec()),
        _ => Value::Text(String::from_utf8(bytes.to_vec()).ok()?),
    };
    Some((value, rest))
}

/// A big-endian number with its sign.
fn integer(bytes: &[u8]) -> i64 {
    let sign = if bytes.first().is_some_and(|first| *first >= 0x80) { -1 } else { 0 };
    bytes.iter().fold(sign, |value, byte| (value << 8) | i64::from(*byte))
}
