//! A table as lines of cells, whatever file it came in.

mod delimited;
mod sheet;
mod text;

use crate::fault::Fault;

/// One line of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Where it begins in the file, from 1.
    pub number: u64,
    /// Its cells, without blanks around them.
    pub cells: Vec<String>,
}

/// A header and the lines below it that are not blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The first line that is not blank.
    pub header: Line,
    /// The lines below.
    pub rows: Vec<Line>,
}

/// What begins every XLSX file, which is a zip archive.
const ZIP: &[u8] = b"PK\x03\x04";
/// What begins the older XLS files.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// Reads a table of at most `most` rows from a file's bytes.
///
/// # Errors
/// `table.empty`, `table.encoding`, `table.format`, `table.quote`, `table.too_large`.
pub fn read(bytes: &[u8], most: u64) -> Result<Table, Fault> {
    let mut growing = Growing { table: Table::default(), most };
    match bytes {
        _ if bytes.starts_with(ZIP) => sheet::read(bytes, &mut growing)?,
        _ if bytes.starts_with(COMPOUND) => return Err(Fault::new("table.format", "xls")),
        _ => delimited::read(&text::decode(bytes)?, &mut growing)?,
    }
    if growing.table.header.cells.is_empty() { Err(Fault::new("table.empty", "")) } else { Ok(growing.table) }
}

/// A table while it is read.
struct Growing {
    table: Table,
    most: u64,
}

impl Growing {
    /// Takes a line; a blank one is passed over.
    fn take(&mut self, number: u64, cells: Vec<String>) -> Result<(), Fault> {
        if cells.iter().all(String::is_empty) {
            return Ok(());
        }
        if self.table.header.cells.is_empty() {
            self.table.header = Line { number, cells };
        } else if self.table.rows.len() as u64 >= self.most {
            return Err(Fault::new("table.too_large", self.most.to_string()));
        } else {
            self.table.rows.push(Line { number, cells });
        }
        Ok(())
    }
}
