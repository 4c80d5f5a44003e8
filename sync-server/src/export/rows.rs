//! Which columns each kind has, and its rows.

use minqing_core::{
    Id,
    model::Address,
    view::ResidentRow,
    words::{Lang, say},
};

use super::{Cell, What};
use crate::storage::{HouseholdOut, MatterOut, Result, Store, VisitOut};

/// A column's key in JSON; its header is in the catalogue under `roster-<key>` or `export-<key>`.
pub(super) struct Column(pub(super) &'static str);

impl Column {
    pub(super) fn header(&self, lang: Lang) -> String {
        let tail = self.0.replace('_', "-");
        let key = format!("roster-{tail}");
        let said = say(lang, &key, &[]);
        if said == key { say(lang, &format!("export-{tail}"), &[]) } else { said }
    }
}

const AREAS: &[&str] = &["code", "parent", "level", "area_name"];
/// What [`door`] gives.
const DOOR: &[&str] = &["community", "estate", "building", "stairwell", "floor", "room", "lane", "door"];

/// The columns of a kind. Those of households are the roster's, so that its import reads them (a test holds them together).
pub(super) fn columns(what: What) -> Vec<Column> {
    let keys = match what {
        What::Areas => AREAS.to_vec(),
        What::Households => [&["id", "community", "grid"], &DOOR[1..], &["name", "phone", "birth_year", "language", "needs"]].concat(),
        What::Visits => [&["id", "household", "time"], DOOR, &["officer", "purpose", "outcome", "note"]].concat(),
        What::Matters => {
            let rest = &["officer", "code", "kind", "channel", "category", "state", "text", "place", "officer_id"];
            [&["id", "household", "time"], DOOR, rest].concat()
        }
    };
    keys.into_iter().map(Column).collect()
}

/// Gives each row to `take`.
pub(super) fn each(store: &dyn Store, what: What, community: Option<&str>, take: &mut dyn FnMut(Vec<Cell>) -> Result<()>) -> Result<()> {
    match what {
        What::Areas => store.each_area(community, &mut |area| {
            let level = serde_json::to_value(area.kind).ok().and_then(|v| v.as_str().map(str::to_owned));
            let parent = area.parent.as_deref().unwrap_or_default();
            take(vec![text(&area.id), text(parent), code("level", &level.unwrap_or_default()), text(&area.name)])
        }),
        What::Households => store.each_household(community, &mut |household| household_rows(&household, take)),
        What::Visits => store.each_visit(community, &mut |visit| take(visit_row(&visit))),
        What::Matters => store.each_matter(community, &mut |matter| take(matter_row(&matter))),
    }
}

/// A row a resident; a door where nobody lives has one row without a name.
fn household_rows(h: &HouseholdOut, take: &mut dyn FnMut(Vec<Cell>) -> Result<()>) -> Result<()> {
    let nobody = [ResidentRow::default()];
    let residents = if h.residents.is_empty() { &nobody[..] } else { &h.residents };
    let grid = if h.grid_name.is_empty() { &h.grid } else { &h.grid_name };
    residents.iter().try_for_each(|r| {
        let mut row = vec![text(&Id(h.id).to_string())];
        let [community, parts @ ..] = door(&h.address);
        row.extend([community, text(grid)]);
        row.extend(parts);
        row.extend([text(&r.name), text(&r.phone), Cell::Number(r.birth_year.into())]);
        row.extend([Cell::Codes("language", r.languages.clone()), Cell::Codes("need", r.needs.clone())]);
        take(row)
    })
}

fn visit_row(v: &VisitOut) -> Vec<Cell> {
    let mut row = vec![text(&Id(v.visit.id).to_string()), text(&Id(v.visit.household).to_string()), Cell::Time(v.visit.at_ms)];
    row.extend(door(&v.address));
    row.extend([text(&v.officer), code("purpose", &v.visit.purpose), code("outcome", &v.visit.outcome), text(&v.visit.note)]);
    row
}

fn matter_row(m: &MatterOut) -> Vec<Cell> {
    let matter = &m.matter;
    let household = matter.household.map(|h| Id(h).to_string()).unwrap_or_default();
    let mut row = vec![text(&Id(matter.id).to_string()), text(&household), Cell::Time(matter.at_ms)];
    row.extend(door(&m.address));
    row.extend([text(&m.officer), text(&matter.code), code("matter-kind", &matter.kind), code("channel", &matter.channel)]);
    row.extend([code("category", &matter.category), code("matter-state", &matter.state), text(&matter.text), text(&matter.place)]);
    row.push(text(&Id(matter.officer).to_string()));
    row
}

fn door(a: &Address) -> [Cell; 8] {
    [&a.community, &a.estate, &a.building, &a.stairwell, &a.floor, &a.room, &a.lane, &a.door].map(|part| text(part))
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn code(list: &'static str, word: &str) -> Cell {
    Cell::Code(list, word.to_owned())
}
