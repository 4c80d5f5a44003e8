//! The header: which column says what, in Chinese or English, in any order.

use minqing_core::words::{Lang, say};
use unicode_normalization::UnicodeNormalization;

use super::table::Line;
use crate::fault::Fault;

/// What a column says. The catalogue has its header under `roster-<word>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The household's id, as an export writes it.
    Id,
    /// The community; every row must be of the one that is imported.
    Community,
    /// 网格, by code, number or name.
    Grid,
    /// 小区
    Estate,
    /// 楼栋
    Building,
    /// 单元
    Stairwell,
    /// 楼层
    Floor,
    /// 室
    Room,
    /// 巷
    Lane,
    /// 门牌
    Door,
    /// 姓名
    Name,
    /// 电话
    Phone,
    /// 出生年
    BirthYear,
    /// 语言
    Language,
    /// 需求
    Needs,
}

impl Column {
    /// All of them, in the order of an export.
    pub const ALL: [Self; 15] = [
        Self::Id,
        Self::Community,
        Self::Grid,
        Self::Estate,
        Self::Building,
        Self::Stairwell,
        Self::Floor,
        Self::Room,
        Self::Lane,
        Self::Door,
        Self::Name,
        Self::Phone,
        Self::BirthYear,
        Self::Language,
        Self::Needs,
    ];

    /// The stable word, which is also its English header.
    pub fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Community => "community",
            Self::Grid => "grid",
            Self::Estate => "estate",
            Self::Building => "building",
            Self::Stairwell => "stairwell",
            Self::Floor => "floor",
            Self::Room => "room",
            Self::Lane => "lane",
            Self::Door => "door",
            Self::Name => "name",
            Self::Phone => "phone",
            Self::BirthYear => "birth_year",
            Self::Language => "language",
            Self::Needs => "needs",
        }
    }

    /// The header in a language.
    pub fn header(self, lang: Lang) -> String {
        say(lang, &format!("roster-{}", self.word().replace('_', "-")), &[])
    }

    fn of(header: &str) -> Option<Self> {
        let header = tidy(header).replace(' ', "_");
        Self::ALL.into_iter().find(|c| header == c.word() || header == tidy(&c.header(Lang::Zh)))
    }
}

/// A header as people mean it: full-width letters, capitals and blanks do not matter.
fn tidy(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_lowercase()
}

/// Where each column stands.
#[derive(Debug)]
pub struct Header {
    /// The header of each column as it stands in the file; what it says, where it says something.
    columns: Vec<(String, Option<Column>)>,
}

impl Header {
    /// A row's cell of a column; empty where either lacks.
    pub fn cell<'l>(&self, line: &'l Line, column: Column) -> &'l str {
        let index = self.columns.iter().position(|(_, c)| *c == Some(column));
        index.and_then(|i| line.cells.get(i)).map_or("", String::as_str)
    }

    /// A column's header as it stands in the file; the Chinese word where the file has no such column.
    pub fn name(&self, column: Column) -> String {
        let found = self.columns.iter().find(|(_, c)| *c == Some(column));
        found.map_or_else(|| column.header(Lang::Zh), |(name, _)| name.clone())
    }

    /// Whether a row says something where the header is empty or has ended.
    pub fn overflows(&self, line: &Line) -> bool {
        let nameless = |i: usize| self.columns.get(i).is_none_or(|(_, column)| column.is_none());
        line.cells.iter().enumerate().any(|(i, cell)| !cell.is_empty() && nameless(i))
    }

    fn has(&self, column: Column) -> bool {
        self.columns.iter().any(|(_, c)| *c == Some(column))
    }
}

/// Reads a header.
///
/// # Errors
/// `column.unknown`, `column.repeated`, `column.missing`, each naming the column.
pub fn read(line: &Line) -> Result<Header, Fault> {
    let mut header = Header { columns: Vec::new() };
    for name in &line.cells {
        if name.is_empty() {
            header.columns.push((String::new(), None));
            continue;
        }
        let column = Column::of(name).ok_or_else(|| Fault::new("column.unknown", name))?;
        if header.has(column) {
            return Err(Fault::new("column.repeated", name));
        }
        header.columns.push((name.clone(), Some(column)));
    }
    let about_people = [Column::Phone, Column::BirthYear, Column::Language, Column::Needs].into_iter().any(|c| header.has(c));
    let missing = |needed: &[Column]| {
        let names = needed.iter().filter(|c| !header.has(**c)).map(|c| format!("{} {}", c.header(Lang::Zh), c.word()));
        names.collect::<Vec<_>>().join("、")
    };
    let lacks = match () {
        () if !header.has(Column::Grid) => missing(&[Column::Grid]),
        () if !header.has(Column::Room) && !header.has(Column::Lane) && !header.has(Column::Door) => missing(&[Column::Room]),
        () if header.has(Column::Lane) != header.has(Column::Door) => missing(&[Column::Lane, Column::Door]),
        () if about_people => missing(&[Column::Name]),
        () => String::new(),
    };
    if lacks.is_empty() { Ok(header) } else { Err(Fault::new("column.missing", lacks)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> Result<Header, Fault> {
        read(&Line { number: 1, cells: text.split(',').map(|c| c.trim().to_owned()).collect() })
    }

    #[test]
    fn in_both_languages_in_any_order() {
        let line = Line { number: 2, cells: ["马", "501", "1", "1944", ""].map(str::to_owned).to_vec() };
        for text in ["姓名,室,网格,出生年,", "name,room,Grid,Birth Year", "ＮＡＭＥ, 室 ,grid,birth_year,,"] {
            let header = header(text).unwrap();
            let cells = [Column::Grid, Column::Room, Column::Name, Column::BirthYear, Column::Phone].map(|c| header.cell(&line, c));
            assert_eq!(cells, ["1", "501", "马", "1944", ""], "{text}");
            assert!(!header.overflows(&line));
        }
        assert_eq!(header("name,room,Grid").unwrap().name(Column::Grid), "Grid");
        assert!(header("name,room,grid").unwrap().overflows(&line));
        assert!(header("name,room,grid,,birth_year").unwrap().overflows(&line));
    }

    #[test]
    fn an_error_names_the_column() {
        let fault = |text: &str| {
            let fault = header(text).unwrap_err();
            (fault.code, fault.what)
        };
        let is = |code, what: &str| (code, what.to_owned());
        assert_eq!(fault("网格,室,属相"), is("column.unknown", "属相"));
        assert_eq!(fault("网格,室,姓名,Name"), is("column.repeated", "Name"));
        assert_eq!(fault("室,姓名"), is("column.missing", "网格 grid"));
        assert_eq!(fault("grid,name"), is("column.missing", "室 room"));
        assert_eq!(fault("grid,lane,name"), is("column.missing", "门牌 door"));
        assert_eq!(fault("grid,room,phone"), is("column.missing", "姓名 name"));
        assert!(header("网格,室").is_ok(), "doors alone");
    }

    #[test]
    fn every_column_has_its_header() {
        for column in Column::ALL {
            assert_eq!(column.header(Lang::En), column.word());
            assert_eq!(Column::of(&column.header(Lang::Zh)), Some(column));
        }
    }
}
