//! XLSX: the first sheet of a workbook.

use std::{
    io::{Cursor, Read, copy, sink},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader, Xlsx};

use super::Growing;
use crate::fault::Fault;

/// Most bytes of a workbook when unpacked. Some KB of zip can claim gigabytes.
const MAX_UNPACKED: u64 = 256 << 20;
/// Most files in a workbook.
const MAX_FILES: usize = 10_000;
/// Most columns that are looked at.
const MAX_COLUMNS: u32 = 256;

fn damaged() -> Fault {
    Fault::new("table.format", "xlsx")
}

/// Reads the first sheet.
pub(super) fn read(bytes: &[u8], into: &mut Growing) -> Result<(), Fault> {
    has_room(bytes)?;
    // Whoever made the file decides what its reader meets: a panic in there is a damaged file.
    catch_unwind(AssertUnwindSafe(|| cells(bytes, into))).unwrap_or_else(|_| Err(damaged()))
}

/// Unpacks everything once without keeping it: what an archive says of its own size need not be true.
fn has_room(bytes: &[u8]) -> Result<(), Fault> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if zip.len() > MAX_FILES {
        return Err(damaged());
    }
    let mut room = MAX_UNPACKED;
    for i in 0..zip.len() {
        let file = zip.by_index(i).map_err(|_| damaged())?;
        let size = copy(&mut file.take(room + 1), &mut sink()).map_err(|_| damaged())?;
        room = room.checked_sub(size).ok_or_else(|| Fault::new("table.too_large", MAX_UNPACKED.to_string()))?;
    }
    Ok(())
}

fn cells(bytes: &[u8], into: &mut Growing) -> Result<(), Fault> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let Some(first) = book.sheet_names().first().cloned() else { return Err(Fault::new("table.empty", "")) };
    let mut sheet = book.worksheet_cells_reader(&first).map_err(|_| damaged())?;
    let (mut line, mut row) = (0, Vec::new());
    while let Some(cell) = sheet.next_cell().map_err(|_| damaged())? {
        let (at, column) = cell.get_position();
        if at != line {
            into.take(u64::from(line) + 1, std::mem::take(&mut row))?;
            line = at;
        }
        let value = said(cell.get_value());
        if column >= MAX_COLUMNS && !value.is_empty() {
            return Err(Fault::new("table.too_large", MAX_COLUMNS.to_string()));
        }
        if !value.is_empty() {
            let column = column as usize;
            row.resize(row.len().max(column + 1), String::new());
            row[column] = value;
        }
    }
    into.take(u64::from(line) + 1, row)
}

/// A cell as a person reads it. A sheet holds numbers as floats, telephone numbers too.
fn said(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Float(f) if f.fract() == 0.0 && f.abs() < 1e15 => format!("{f:.0}"),
        DataRef::Float(f) => f.to_string(),
        DataRef::Int(i) => i.to_string(),
        DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.trim().to_owned(),
        DataRef::SharedString(s) => s.trim().to_owned(),
        DataRef::Bool(b) => b.to_string(),
        DataRef::DateTime(d) => d.to_string(),
        DataRef::Error(e) => e.to_string(),
        DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Workbook, Worksheet};

    use super::super::{Table, read};

    fn table(fill: impl FnOnce(&mut Worksheet)) -> Table {
        let mut book = Workbook::new();
        fill(book.add_worksheet());
        book.add_worksheet().write(0, 0, "another sheet").unwrap();
        read(&book.save_to_buffer().unwrap(), 100).unwrap()
    }

    #[test]
    fn numbers_are_what_a_person_reads() {
        let table = table(|sheet| {
            sheet.write(0, 0, "电话").unwrap();
            sheet.write(0, 1, "网格").unwrap();
            sheet.write(2, 0, 13_900_000_000_f64).unwrap();
            sheet.write(2, 1, 620_102_001_001_001_f64).unwrap();
            sheet.write(3, 1, 0.5).unwrap();
            sheet.write(4, 0, " x ").unwrap();
            sheet.write(6, 3, true).unwrap();
        });
        assert_eq!((table.header.number, table.header.cells), (1, vec!["电话".to_owned(), "网格".to_owned()]));
        let rows: Vec<(u64, String)> = table.rows.iter().map(|r| (r.number, r.cells.join("|"))).collect();
        let row = |line, text: &str| (line, text.to_owned());
        assert_eq!(rows, [row(3, "13900000000|620102001001001"), row(4, "|0.5"), row(5, "x"), row(7, "|||true")]);
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        let code = |bytes: &[u8]| read(bytes, 100).unwrap_err().code;
        let mut book = Workbook::new();
        book.add_worksheet().write(0, 0, "a").unwrap();
        let good = book.save_to_buffer().unwrap();
        assert_eq!(code(&good[..good.len() / 2]), "table.format");
        assert_eq!(code(b"PK\x03\x04and nothing else"), "table.format");
        assert_eq!(code(&Workbook::new().save_to_buffer().unwrap()), "table.empty");
        let mut far = Workbook::new();
        far.add_worksheet().write(0, 300, "a").unwrap();
        assert_eq!(code(&far.save_to_buffer().unwrap()), "table.too_large");
    }

    #[test]
    fn a_small_file_that_unpacks_to_too_much_is_refused() {
        use std::io::{Cursor, Write};
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
        let zeros = vec![0; 1 << 20];
        for _ in 0..=super::MAX_UNPACKED >> 20 {
            zip.write_all(&zeros).unwrap();
        }
        let bomb = zip.finish().unwrap().into_inner();
        assert!(bomb.len() < 1 << 20);
        assert_eq!(read(&bomb, 100).unwrap_err().code, "table.too_large");
    }
}
