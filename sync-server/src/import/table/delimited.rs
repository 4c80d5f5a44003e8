//! CSV: fields between commas (or tabs, or semicolons), in quotes where they hold such marks or line breaks.

use csv::{ReaderBuilder, StringRecord};

use super::Growing;
use crate::fault::Fault;

/// Reads all records.
pub(super) fn read(text: &str, into: &mut Growing) -> Result<(), Fault> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let (mut number, mut at) = (1, 0);
    // The text is UTF-8 by now and lies in memory: nothing else can fail.
    while reader.read_record(&mut record).map_err(|_| Fault::new("table.format", "csv"))? {
        let end = usize::try_from(reader.position().byte()).unwrap_or(text.len()).min(text.len());
        // The reader stops between the two halves of a line break.
        let end = end + usize::from(text.as_bytes().get(end.saturating_sub(1)..).is_some_and(|rest| rest.starts_with(b"\r\n")));
        let whole = text.get(at..end).unwrap_or_default();
        let begin = whole.len() - whole.trim_start_matches(['\r', '\n']).len();
        number += breaks(&whole[..begin]);
        let raw = &whole[begin..];
        // A quote that is never closed swallows the rest of the file: what stood there would be missed in silence.
        if end == text.len() && raw.bytes().filter(|b| *b == b'"').count() % 2 == 1 && raw.trim_end().contains(['\r', '\n']) {
            return Err(Fault::new("table.quote", number.to_string()));
        }
        into.take(number, record.iter().map(|cell| cell.trim().to_owned()).collect())?;
        number += breaks(raw);
        at = end;
    }
    Ok(())
}

/// Line breaks, of all three kinds.
fn breaks(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let ends = |i: usize| bytes[i] == b'\n' || (bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
    (0..bytes.len()).filter(|i| ends(*i)).count() as u64
}

/// The mark that stands most often in the first line that is not blank.
fn delimiter(text: &str) -> u8 {
    let first = text.trim_start().lines().next().unwrap_or_default();
    let count = |mark: &u8| first.bytes().filter(|b| b == mark).count();
    [b';', b'\t', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::super::{Table, read};

    fn table(text: &str) -> Table {
        read(text.as_bytes(), 100).unwrap()
    }

    fn numbers(text: &str) -> Vec<u64> {
        table(text).rows.iter().map(|r| r.number).collect()
    }

    #[test]
    fn a_line_is_where_its_record_begins() {
        assert_eq!(numbers("a,b\n1,2\n3,4\n"), [2, 3]);
        assert_eq!(numbers("a,b\r\n\"x\r\ny\",2\r\n\r\n\r\n3,4"), [2, 6]);
        assert_eq!(numbers("\n\na,b\n,\n3,\"\"\"4\"\"\"\n"), [5]);
        assert_eq!(numbers("a,b\r1,2\r\"3\r\r\",4\r5,6"), [2, 3, 6]);
    }

    #[test]
    fn marks_between_fields() {
        for text in ["a,b\n1,\"2;3\"", "a;b\n1;2;3", "a\tb\n1\t\"2;3\""] {
            let table = table(text);
            assert_eq!(table.header.cells, ["a", "b"], "{text}");
            assert_eq!(table.rows[0].cells.concat(), if text.contains('"') { "12;3" } else { "123" });
        }
    }

    #[test]
    fn a_quote_left_open_is_no_row() {
        let fault = read("a,b\n1,2\n3,\"4\n5,6\n7,8\n".as_bytes(), 100).unwrap_err();
        assert_eq!((fault.code, fault.what.as_str()), ("table.quote", "3"));
        assert_eq!(table("a\n5\" tube\n").rows[0].cells, ["5\" tube"]);
    }

    #[test]
    fn empty_and_too_large() {
        let code = |text: &str, most| read(text.as_bytes(), most).unwrap_err().code;
        assert_eq!((code("", 9), code("\u{feff}\n , ,\n", 9)), ("table.empty", "table.empty"));
        assert_eq!(code("a\n1\n2\n", 1), "table.too_large");
        assert_eq!(read(b"\xd0\xcf\x11\xe0\xa1", 9).unwrap_err().code, "table.format");
    }
}
