//! XLSX: one sheet, rows written as they come and not kept in memory. Everything is text: a code of 15 digits, a telephone
//! number and a formula stay what was typed.

use std::io::Write;

use minqing_core::words::Lang;
use rust_xlsxwriter::{Workbook, XlsxError};

use super::{Cell, Table, failed, rows::Column};
use crate::fault::Fault;

/// The sheet's own limit of characters in a cell.
const MAX_CELL: usize = 32_767;

pub(super) struct Sheet<W: Write + Send> {
    to: W,
    book: Workbook,
    next: u32,
    lang: Lang,
}

impl<W: Write + Send> Sheet<W> {
    pub(super) fn begin(to: W, columns: &[Column], lang: Lang) -> Result<Self, Fault> {
        let mut book = Workbook::new();
        book.add_worksheet_with_constant_memory().map_err(failed)?;
        let mut sheet = Self { to, book, next: 0, lang };
        sheet.write(columns.iter().map(|c| c.header(lang)))?;
        Ok(sheet)
    }

    fn write(&mut self, cells: impl Iterator<Item = String>) -> Result<(), Fault> {
        let sheet = self.book.worksheet_from_index(0).map_err(failed)?;
        for (text, column) in cells.zip(0..) {
            let text: String = text.chars().take(MAX_CELL).collect();
            sheet.write_string(self.next, column, text).map_err(|e| match e {
                XlsxError::RowColumnLimitError => Fault::new("export.too_many", self.next.to_string()),
                e => failed(e),
            })?;
        }
        self.next += 1;
        Ok(())
    }
}

impl<W: Write + Send> Table for Sheet<W> {
    fn row(&mut self, cells: &[Cell]) -> Result<(), Fault> {
        let lang = self.lang;
        self.write(cells.iter().map(|c| c.say(lang)))
    }

    fn end(mut self: Box<Self>) -> Result<(), Fault> {
        let bytes = self.book.save_to_buffer().map_err(failed)?;
        self.to.write_all(&bytes).and_then(|()| self.to.flush()).map_err(failed)
    }
}
