//! An array of objects, one a line.

use std::io::Write;

use serde_json::{Map, Value};

use super::{Cell, Table, failed, rows::Column};
use crate::fault::Fault;

pub(super) struct Json<W: Write> {
    to: W,
    columns: Vec<Column>,
    between: &'static str,
}

impl<W: Write> Json<W> {
    pub(super) fn begin(mut to: W, columns: Vec<Column>) -> Result<Self, Fault> {
        to.write_all(b"[").map_err(failed)?;
        Ok(Self { to, columns, between: "\n" })
    }
}

impl<W: Write> Table for Json<W> {
    fn row(&mut self, cells: &[Cell]) -> Result<(), Fault> {
        let object: Map<String, Value> = self.columns.iter().zip(cells).map(|(column, cell)| (column.0.to_owned(), cell.json())).collect();
        write!(self.to, "{}{}", self.between, Value::Object(object)).map_err(failed)?;
        self.between = ",\n";
        Ok(())
    }

    fn end(mut self: Box<Self>) -> Result<(), Fault> {
        self.to.write_all(b"\n]\n").and_then(|()| self.to.flush()).map_err(failed)
    }
}
