//! CSV, with the mark by which Excel knows UTF-8.

use std::io::Write;

use csv::{Terminator, Writer, WriterBuilder};
use minqing_core::words::Lang;

use super::{Cell, Table, failed, rows::Column};
use crate::fault::Fault;

/// Whether a spreadsheet would calculate a cell, marks of an earlier guarding aside.
pub fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// The text as a spreadsheet shows it: what a resident said must not be calculated. The roster's import takes the mark off.
fn guarded(text: String) -> String {
    if is_formula(&text) { format!("'{text}") } else { text }
}

pub(super) struct Csv<W: Write> {
    to: Writer<W>,
    lang: Lang,
}

impl<W: Write> Csv<W> {
    pub(super) fn begin(mut to: W, columns: &[Column], lang: Lang) -> Result<Self, Fault> {
        to.write_all("\u{feff}".as_bytes()).map_err(failed)?;
        let mut to = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(to);
        to.write_record(columns.iter().map(|c| c.header(lang))).map_err(failed)?;
        Ok(Self { to, lang })
    }
}

impl<W: Write> Table for Csv<W> {
    fn row(&mut self, cells: &[Cell]) -> Result<(), Fault> {
        self.to.write_record(cells.iter().map(|c| guarded(c.say(self.lang)))).map_err(failed)
    }

    fn end(mut self: Box<Self>) -> Result<(), Fault> {
        self.to.flush().map_err(failed)
    }
}
