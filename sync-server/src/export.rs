//! Tables that leave the server: areas, households, visits, matters, row by row, in three formats.

mod cell;
mod delimited;
mod json;
mod rows;
mod sheet;

use std::io::Write;

pub use cell::Cell;
pub use delimited::is_formula;
use minqing_core::words::Lang;

use crate::{
    fault::Fault,
    storage::{Store, StoreError},
};

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// The area tree.
    Areas,
    /// Doors and who lives behind them, a row a resident: what the roster's import reads.
    Households,
    /// Visits.
    Visits,
    /// Matters.
    Matters,
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// CSV in UTF-8 with its mark, so that Excel reads the Chinese.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// An array of objects, keys in English, codes instead of words.
    Json,
}

/// Where rows go.
trait Table {
    fn row(&mut self, cells: &[Cell]) -> Result<(), Fault>;
    fn end(self: Box<Self>) -> Result<(), Fault>;
}

/// Writes everything of a kind, of one community or of all, to `to`; returns the number of rows.
///
/// # Errors
/// `community.unknown`, `export.failed` where `to` refuses, `export.too_many` for more rows than a sheet holds, `store.failed`, `store.damaged`.
pub fn export(store: &dyn Store, what: What, format: Format, community: Option<&str>, lang: Lang, to: &mut (dyn Write + Send)) -> Result<u64, Fault> {
    if let Some(code) = community.filter(|code| code.len() != 12) {
        return Err(Fault::new("community.unknown", code));
    }
    if let Some(code) = community
        && store.area(code)?.is_none()
    {
        return Err(Fault::new("community.unknown", code));
    }
    let columns = rows::columns(what);
    let mut table: Box<dyn Table + '_> = match format {
        Format::Csv => Box::new(delimited::Csv::begin(to, &columns, lang)?),
        Format::Xlsx => Box::new(sheet::Sheet::begin(to, &columns, lang)?),
        Format::Json => Box::new(json::Json::begin(to, columns)?),
    };
    let (mut count, mut refused) = (0, None);
    let mut take = |cells: Vec<Cell>| match table.row(&cells) {
        Ok(()) => {
            count += 1;
            Ok(())
        }
        Err(fault) => {
            refused = Some(fault);
            Err(StoreError::Backend("export".to_owned()))
        }
    };
    let read = rows::each(store, what, community, &mut take);
    match refused {
        Some(fault) => return Err(fault),
        None => read?,
    }
    table.end()?;
    Ok(count)
}

fn failed(e: impl std::fmt::Display) -> Fault {
    Fault::new("export.failed", e.to_string())
}

#[cfg(test)]
mod tests;
