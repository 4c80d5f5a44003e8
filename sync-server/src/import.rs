//! Bringing a roster in: a table of doors and residents becomes the server's own changes in the log.
//!
//! A row that does not fit is refused alone, with its line and column; the others go on. The same table again changes
//! nothing, so that whoever was interrupted simply begins again.

mod column;
mod doors;
mod matched;
mod report;
mod row;
mod table;
mod write;

use std::{fs::File, io::Read, path::Path};

pub use report::{Refusal, Report};

use crate::{app::App, fault::Fault, storage::Store};

/// Imports a roster of a community from a CSV or XLSX file.
///
/// # Errors
/// `import.file`, `community.unknown`, what [`import_roster`] says.
pub fn import_file(app: &App, file: &Path, community: &str) -> Result<Report, Fault> {
    let failed = |_| Fault::new("import.file", file.display().to_string());
    let limit = app.config.import.file_bytes;
    let mut bytes = Vec::new();
    File::open(file).and_then(|f| f.take(limit + 1).read_to_end(&mut bytes)).map_err(failed)?;
    import_roster(app, &bytes, community)
}

/// Imports a roster from the bytes of a table.
///
/// # Errors
/// `table.…` where the table as a whole cannot be read, `column.…` where its header does not fit, `community.unknown`;
/// `store.failed`: then what was written before stays, and the same table again completes it.
pub fn import_roster(app: &App, bytes: &[u8], community: &str) -> Result<Report, Fault> {
    let limits = &app.config.import;
    if bytes.len() as u64 > limits.file_bytes {
        return Err(Fault::new("table.too_large", limits.file_bytes.to_string()));
    }
    let grids = grids_of(app.store.as_ref(), community)?;
    let table = table::read(bytes, limits.rows)?;
    let header = column::read(&table.header)?;
    let mut report = Report { read: table.rows.len() as u64, ..Report::default() };
    let mut entries = Vec::with_capacity(table.rows.len());
    for line in table.rows {
        match row::read(&header, &grids, community, line) {
            Ok(entry) => entries.push(entry),
            Err(refusal) => report.rows.push(refusal),
        }
    }
    write::write(app, &header, doors::by_door(entries), &mut report)?;
    Ok(report.settled())
}

/// The grids of an open community: what people write, and the code.
fn grids_of(store: &dyn Store, community: &str) -> Result<row::Grids, Fault> {
    let below = if community.len() == 12 { store.areas_below(community)? } else { Vec::new() };
    let (Some(area), false) = (store.area(community)?, below.is_empty()) else {
        return Err(Fault::new("community.unknown", community));
    };
    Ok(row::Grids::of(&area, &below))
}

#[cfg(test)]
mod tests;
