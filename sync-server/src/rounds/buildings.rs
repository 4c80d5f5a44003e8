//! Where buildings are: a table of coordinates that an office has brought in. Without it walks are estimated by the order of buildings.

use std::{collections::BTreeMap, fs, path::Path};

use minqing_core::{model::normal_part, rounds::Point};
use serde::Deserialize;

use super::kept_file::replace;
use crate::fault::Fault;

/// Its name.
const FILE: &str = "buildings.csv";
/// The largest table, in bytes: some 100,000 buildings.
const MOST_BYTES: u64 = 8 << 20;

/// A row of the table.
#[derive(Deserialize)]
struct Row {
    /// As doors have it; a lane's name where there is no estate.
    estate: String,
    /// As doors have it; a door's number of a lane.
    building: String,
    /// Degrees, WGS 84.
    lat: f64,
    lon: f64,
}

/// Where buildings are, by estate and building.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Buildings(BTreeMap<(String, String), Point>);

impl Buildings {
    /// Where one is, if somebody knows.
    pub fn at(&self, estate: &str, building: &str) -> Option<Point> {
        self.0.get(&(normal_part(estate), normal_part(building))).copied()
    }
}

/// Takes a table for the office's own, in the place of one that was there; how many buildings it has.
///
/// # Errors
/// `buildings.file` where it cannot be opened, `buildings.too_large`, `buildings.malformed` with the line: then nothing has changed; `store.failed`.
pub fn import(file: &Path, data: &Path) -> Result<usize, Fault> {
    let (bytes, buildings) = read(file)?;
    replace(data, FILE, &bytes)?;
    Ok(buildings.0.len())
}

/// The office's buildings; none where none were imported.
///
/// # Errors
/// As [`import`].
pub fn load(data: &Path) -> Result<Buildings, Fault> {
    let file = data.join(FILE);
    if file.exists() { read(&file).map(|(_, buildings)| buildings) } else { Ok(Buildings::default()) }
}

fn read(file: &Path) -> Result<(Vec<u8>, Buildings), Fault> {
    let cannot = |_| Fault::new("buildings.file", file.display().to_string());
    if fs::metadata(file).map_err(cannot)?.len() > MOST_BYTES {
        return Err(Fault::new("buildings.too_large", format!("{} MiB", MOST_BYTES >> 20)));
    }
    let bytes = fs::read(file).map_err(cannot)?;
    let malformed = |line: usize| Fault::new("buildings.malformed", line.to_string());
    let mut buildings = BTreeMap::new();
    // The first line names the columns.
    for (row, line) in csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).deserialize::<Row>().zip(2..) {
        let Row { estate, building, lat, lon } = row.map_err(|_| malformed(line))?;
        let (estate, building) = (normal_part(&estate), normal_part(&building));
        let is_place = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon) && !building.is_empty();
        if !is_place {
            return Err(malformed(line));
        }
        buildings.insert((estate, building), Point::Degrees { lat_e6: (lat * 1e6).round() as i32, lon_e6: (lon * 1e6).round() as i32 });
    }
    if buildings.is_empty() { Err(malformed(1)) } else { Ok((bytes, Buildings(buildings))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imported(table: &str) -> Result<(usize, Buildings), Fault> {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("table.csv");
        fs::write(&file, table).unwrap();
        Ok((import(&file, dir.path())?, load(dir.path())?))
    }

    #[test]
    fn a_building_is_found_as_its_doors_write_it_and_others_are_not() {
        let (n, buildings) = imported("\u{feff}estate,building,lat,lon\n槐荫小区,3号楼,36.0611,103.8343\n,7,36.06,103.83\n").unwrap();
        assert_eq!(n, 2);
        assert_eq!(buildings.at(" 槐荫小区 ", "3号楼"), Some(Point::Degrees { lat_e6: 36_061_100, lon_e6: 103_834_300 }));
        assert_eq!((buildings.at("槐荫小区", "4号楼"), buildings.at("", "7").is_some()), (None, true));
        let empty = tempfile::tempdir().unwrap();
        assert_eq!(load(empty.path()).unwrap(), Buildings::default());
    }

    #[test]
    fn a_table_that_does_not_read_names_its_line_and_changes_nothing() {
        for (table, line) in [
            ("estate,building,lat,lon\n", "1"),
            ("estate,building\n槐荫,3\n", "2"),
            ("estate,building,lat,lon\n槐荫,3,36,103\n槐荫,4,north,103\n", "3"),
            ("estate,building,lat,lon\n槐荫,3,96,103\n", "2"),
            ("estate,building,lat,lon\n槐荫,,36,103\n", "2"),
        ] {
            let fault = imported(table).unwrap_err();
            assert_eq!((fault.code, fault.what.as_str()), ("buildings.malformed", line), "{table}");
        }
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(import(&dir.path().join("none"), dir.path()).unwrap_err().code, "buildings.file");
    }
}
