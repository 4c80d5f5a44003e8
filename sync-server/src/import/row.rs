//! One row: which door, and who lives behind it. Every cell is held against the core's own checks.

use std::collections::BTreeMap;

use minqing_core::{
    Id,
    model::{Address, Area, Language, Need, NewHousehold, NewResident, address_name, grid_id},
    words::{Lang, say},
};
use unicode_normalization::UnicodeNormalization;

use super::{
    column::{Column, Header},
    report::Refusal,
    table::Line,
};

/// A row that can be taken.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it stands.
    pub line: u64,
    /// The door's id.
    pub door: Id,
    /// Whether the id follows from the address; else the door must be there already.
    pub named: bool,
    /// The door, and the resident where the row has one.
    pub household: NewHousehold,
}

/// A community's name and grids as people write them.
pub struct Grids {
    community: [String; 2],
    grids: BTreeMap<String, Option<String>>,
}

impl Grids {
    /// Takes down codes and names; a name that two grids have says nothing.
    pub fn of(community: &Area, below: &[Area]) -> Self {
        let mut grids: BTreeMap<String, Option<String>> = BTreeMap::new();
        for grid in below {
            grids.entry(bare(&grid.name)).and_modify(|id| *id = None).or_insert_with(|| Some(grid.id.clone()));
        }
        grids.extend(below.iter().map(|grid| (grid.id.clone(), Some(grid.id.clone()))));
        Self { community: [community.id.clone(), bare(&community.name)], grids }
    }

    /// The code of a grid by its code, its name, or its number as `001` or `1`.
    fn find(&self, written: &str) -> Option<&str> {
        let written = bare(written);
        let by_number = || self.grids.get(&grid_id(&self.community[0], written.parse().ok()?));
        self.grids.get(&written).or_else(by_number)?.as_deref()
    }

    fn is_community(&self, written: &str) -> bool {
        let written = bare(written);
        let [id, name] = &self.community;
        written == *id || written == *name || written == crate::area::short_name(name)
    }
}

/// Reads a row.
///
/// # Errors
/// The first cell that does not fit.
pub fn read(header: &Header, grids: &Grids, community: &str, line: Line) -> Result<Entry, Refusal> {
    let refuse = |column: Option<Column>, code| Refusal { line: line.number, column: column.map_or_else(String::new, |c| header.name(c)), code };
    let cell = |column| unguarded(header.cell(&line, column));
    if header.overflows(&line) {
        return Err(refuse(None, "row.width"));
    }
    let written = cell(Column::Community);
    if !written.is_empty() && !grids.is_community(written) {
        return Err(refuse(Some(Column::Community), "area.mismatch"));
    }
    let grid = grids.find(cell(Column::Grid)).ok_or_else(|| refuse(Some(Column::Grid), "grid.unknown"))?;
    let part = |column| cell(column).to_owned();
    let address = Address {
        community: community.to_owned(),
        estate: part(Column::Estate),
        building: part(Column::Building),
        stairwell: part(Column::Stairwell),
        floor: part(Column::Floor),
        room: part(Column::Room),
        lane: part(Column::Lane),
        door: part(Column::Door),
    };
    let person = person(cell).map_err(|(column, code)| refuse(Some(column), code))?;
    let household = NewHousehold { grid: grid.to_owned(), address, residents: person.into_iter().collect(), ..NewHousehold::default() };
    household.check().map_err(|e| refuse(e.path().and_then(column_of), e.code()))?;
    let named = address_name(&household.address);
    let door = match (named, cell(Column::Id)) {
        (Some(id), _) => id,
        // Without a full address nobody can tell whether the same door is meant.
        (None, "") => return Err(refuse(None, "address.incomplete")),
        (None, id) => id.parse().map_err(|_| refuse(Some(Column::Id), "id.malformed"))?,
    };
    Ok(Entry { line: line.number, door, named: named.is_some(), household })
}

fn person<'l>(cell: impl Fn(Column) -> &'l str) -> Result<Option<NewResident>, (Column, &'static str)> {
    let text = |column| cell(column).to_owned();
    let year: String = cell(Column::BirthYear).nfkc().collect();
    let year = year.strip_suffix('年').unwrap_or(&year).trim();
    let birth_year = if year.is_empty() { 0 } else { year.parse().map_err(|_| (Column::BirthYear, "year.malformed"))? };
    let languages = words(cell(Column::Language), |w| Language::from_word(w).map(Language::word), Language::ALL.iter().map(|l| (l.word(), l.key())))
        .ok_or((Column::Language, "code.unknown"))?;
    let needs = words(cell(Column::Needs), |w| Need::from_word(w).map(Need::word), Need::ALL.iter().map(|n| (n.word(), n.key())))
        .ok_or((Column::Needs, "code.unknown"))?;
    let phone = cell(Column::Phone).nfkc().collect();
    let person = NewResident { name: text(Column::Name), phone, birth_year, languages, needs, ..NewResident::default() };
    if person == NewResident::default() { Ok(None) } else { Ok(Some(person)) }
}

/// Codes or the catalogue's words, with one of the usual marks between them; `None` where one is not in the list.
fn words(cell: &str, from_word: impl Fn(&str) -> Option<&'static str>, list: impl Iterator<Item = (&'static str, String)> + Clone) -> Option<Vec<String>> {
    let mut found = Vec::new();
    for written in cell.split(['、', ';', '；', ',', '，', '\n']).map(str::trim).filter(|w| !w.is_empty()) {
        let said = |key: &str| [Lang::Zh, Lang::En].iter().any(|lang| say(*lang, key, &[]).eq_ignore_ascii_case(written));
        let word = from_word(written).or_else(|| list.clone().find(|(_, key)| said(key)).map(|(word, _)| word))?;
        if !found.iter().any(|f| f == word) {
            found.push(word.to_owned());
        }
    }
    Some(found)
}

/// The column of a field that the core names, as `address.room` or `residents[0].phone`.
fn column_of(path: &str) -> Option<Column> {
    let field = path.rsplit('.').next().unwrap_or_default();
    let field = field.split('[').next().unwrap_or_default();
    match field {
        "languages" => Some(Column::Language),
        "address" => None,
        _ => Column::ALL.into_iter().find(|c| c.word() == field),
    }
}

/// Takes off the mark that an export puts before what a spreadsheet would calculate.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if crate::export::is_formula(rest) => rest,
        _ => cell,
    }
}

fn bare(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_by_code_name_or_number() {
        let area = |id: &str, name: &str| Area { id: id.into(), parent: None, kind: minqing_core::model::AreaKind::of(id).unwrap(), name: name.into() };
        let community = area("620102001001", "畅家巷社区居委会");
        let below = [area("620102001001001", "第 1 网格"), area("620102001001002", "东"), area("620102001001003", "东")];
        let grids = Grids::of(&community, &below);
        for written in ["620102001001001", "001", "1", "第1网格", " 第 １ 网格 "] {
            assert_eq!(grids.find(written), Some("620102001001001"), "{written}");
        }
        for written in ["东", "", "004", "620102001002001", "70000"] {
            assert_eq!(grids.find(written), None, "{written}");
        }
        assert!(grids.is_community("畅家巷社区") && grids.is_community("620102001001") && !grids.is_community("别的社区"));
    }

    #[test]
    fn words_of_a_list() {
        let needs = |cell: &str| words(cell, |w| Need::from_word(w).map(Need::word), Need::ALL.iter().map(|n| (n.word(), n.key())));
        assert_eq!(needs("独居、hard_of_hearing；婴幼儿; Lives Alone").unwrap(), ["lives_alone", "hard_of_hearing", "infant"]);
        assert_eq!(needs("").unwrap(), Vec::<String>::new());
        assert_eq!(needs("独居、有钱"), None);
    }
}
