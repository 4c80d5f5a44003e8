//! Cards as the page shows them.

use minqing_core::{
    Id,
    model::{Address, Category, EventCode, RefusalCode},
    speech::said,
    view::{HouseholdRow, texts},
    words::{Lang, say},
};
use similar::{ChangeTag, TextDiff};

use crate::{
    app::App,
    console::{aside::AsideLine, fields},
    inbox::{self, Card, Door, Value},
    storage::{RefusedShown, Result},
    sync::door_of,
};

/// Longest text in which what differs is marked, in characters.
const MOST_MARKED: usize = 1_000;
/// Doors that are proposed for a place.
const GUESSES: usize = 3;

/// A card: where it stands on the page, and what it shows.
pub struct CardLine {
    /// Its anchor.
    pub anchor: String,
    /// The anchor of the one after it.
    pub next: String,
    /// The door; `None` where there is none.
    pub plate: Option<String>,
    /// What it is about.
    pub title: String,
    /// When it came up, as people say it; empty where nobody knows.
    pub when: String,
    /// An icon's name.
    pub icon: &'static str,
    pub body: Body,
}

/// What a card shows.
pub enum Body {
    Edit { doc: String, field: String, seen: String, values: Vec<ValueColumn>, long: bool, together: Option<String> },
    Door { a: DoorColumn, b: DoorColumn, rows: Vec<DoorRow> },
    Aside(AsideLine),
    Refused { matter: String, event: String, officer: String, said: String, reason: String, about: String },
    Address { matter: String, place: String, about: String, category: String, guesses: Vec<Guessed> },
}

/// One of the values of a field.
pub struct ValueColumn {
    /// By which it is chosen.
    pub hash: String,
    /// As people say it, with what differs marked.
    pub marks: Vec<Mark>,
    pub by: String,
    pub when: String,
}

/// A piece of a text.
pub struct Mark {
    pub text: String,
    /// Whether the other value has something else there.
    pub differs: bool,
}

/// A door beside another one.
pub struct DoorColumn {
    pub id: String,
    pub plate: String,
}

/// What is held against each other.
pub struct DoorRow {
    pub what: String,
    pub a: String,
    pub b: String,
    pub same: bool,
}

/// A door that may be meant.
pub struct Guessed {
    pub id: String,
    pub plate: String,
    /// Who lives there.
    pub names: String,
    /// The key that chooses it.
    pub key: usize,
}

/// A field with two values.
pub fn edit(lang: Lang, card: &Card, now_ms: i64) -> CardLine {
    let name = &card.field.name;
    let said: Vec<String> = card.values.iter().map(|v| fields::value(lang, name, &v.value)).collect();
    let values = card.values.iter().enumerate().map(|(i, v)| ValueColumn {
        hash: inbox::short_hash(&v.value),
        // The first is held against the second, each other against the first.
        marks: marks(&said[i], said.get(usize::from(i == 0)).map_or("", String::as_str)),
        by: by(lang, v),
        when: if v.at_ms == 0 { String::new() } else { said::when(lang, v.at_ms, now_ms) },
    });
    let raw: Vec<String> = card.values.iter().map(|v| v.value.clone()).collect();
    let long = fields::is_long(name);
    let together = fields::is_free(name).then(|| if long { fields::together(&raw) } else { raw[0].clone() });
    CardLine {
        anchor: format!("e-{}-{}", card.doc, name.replace([':', '/'], "-")),
        next: String::new(),
        plate: worded(lang, card.field.door.as_ref()),
        title: say(lang, "card-two-values", &[("field", fields::field(lang, &card.field, now_ms).into())]),
        when: said::when(lang, card.newest_ms(), now_ms),
        icon: "two",
        body: Body::Edit { doc: card.doc.to_string(), field: name.clone(), seen: card.seen.clone(), values: values.collect(), long, together },
    }
}

fn by(lang: Lang, v: &Value) -> String {
    match (v.at_office, v.by.is_empty()) {
        (true, true) => say(lang, "card-by-office", &[]),
        (true, false) => say(lang, "card-by-resident", &[("name", v.by.as_str().into())]),
        (false, true) => say(lang, "card-by-unknown", &[]),
        (false, false) => say(lang, "card-by-officer", &[("name", v.by.as_str().into())]),
    }
}

/// A text with what the other one does not have marked.
fn marks(text: &str, other: &str) -> Vec<Mark> {
    // Letter by letter, as far as anybody looks at letters.
    if text.chars().count().max(other.chars().count()) > MOST_MARKED {
        return vec![Mark { text: text.to_owned(), differs: false }];
    }
    let diff = TextDiff::from_chars(other, text);
    let mut marks: Vec<Mark> = Vec::new();
    for change in diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Delete) {
        let differs = change.tag() == ChangeTag::Insert;
        match marks.last_mut().filter(|last| last.differs == differs) {
            Some(last) => last.text.push_str(change.value()),
            None => marks.push(Mark { text: change.value().to_owned(), differs }),
        }
    }
    marks
}

/// The plate of a door; `None` where it is not known.
pub fn plate(app: &App, lang: Lang, household: Option<Id>) -> Result<Option<String>> {
    let door = household.map(|id| door_of(app.store.as_ref(), id)).transpose()?.flatten();
    Ok(worded(lang, door.as_ref()))
}

/// A plate in words; `None` where nothing stands on it.
pub fn worded(lang: Lang, door: Option<&Address>) -> Option<String> {
    door.map(|door| said::plate(lang, door)).filter(|plate| !plate.is_empty())
}

/// Two doors that may be one.
pub fn doors(lang: Lang, a: &Door, b: &Door, now_ms: i64) -> CardLine {
    let row = |key: &str, of: &dyn Fn(&Door) -> String| {
        let (a, b) = (of(a), of(b));
        // A number is the same however it is parted.
        let bare = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '-')).collect::<String>();
        DoorRow { what: say(lang, key, &[]), same: bare(&a) == bare(&b), a, b }
    };
    let people = |d: &Door| d.card.household.names.clone();
    let phones = |d: &Door| joined(lang, d.card.residents.iter().filter(|r| !r.moved_out).map(|r| r.phone.clone()));
    let visits = |d: &Door| match d.facts.last_ms {
        Some(last) => say(lang, "card-door-visits", &[("n", d.facts.visits.into()), ("when", said::when(lang, last, now_ms).into())]),
        None => say(lang, "card-door-no-visit", &[]),
    };
    let matters = |d: &Door| say(lang, "card-door-matters", &[("n", d.facts.matters.into()), ("open", d.facts.open.into())]);
    let column = |d: &Door| DoorColumn { id: d.card.household.id.clone(), plate: said::plate(lang, &d.card.household.address()) };
    let rows = vec![
        row("card-door-people", &people),
        row("field-phone", &phones),
        row("card-door-visited", &visits),
        row("office-matters", &matters),
        row("field-note", &|d| d.card.household.note.clone()),
        row("column-grids", &|d| d.card.household.grid.get(12..).unwrap_or_default().to_owned()),
    ];
    CardLine {
        anchor: format!("d-{}-{}", a.card.household.id, b.card.household.id),
        next: String::new(),
        plate: None,
        title: say(lang, "card-one-door", &[]),
        when: String::new(),
        icon: "house",
        body: Body::Door { a: column(a), b: column(b), rows },
    }
}

fn joined(lang: Lang, words: impl Iterator<Item = String>) -> String {
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(&say(lang, "list-between", &[]))
}

/// An item that was put aside.
pub fn aside(line: AsideLine) -> CardLine {
    CardLine {
        anchor: format!("a-{}", line.name),
        next: String::new(),
        plate: line.plate.clone(),
        title: line.reason.clone(),
        when: line.when.clone(),
        icon: "box",
        body: Body::Aside(line),
    }
}

/// An officer's event that was refused; `None` where its matter is gone.
pub fn refused(app: &App, lang: Lang, row: &RefusedShown, now_ms: i64) -> Result<Option<CardLine>> {
    let Some(matter) = app.store.matter_row(Id(row.matter))? else { return Ok(None) };
    let event = EventCode::from_number(row.code).map_or_else(String::new, |code| say(lang, &code.key(), &[]));
    let officer = app.store.officer(Id(row.officer))?.map(|officer| officer.name).unwrap_or_default();
    let doc = app.store.document(Id(row.matter))?;
    let typed = doc.map(|kept| texts(&kept.doc.content()).of(Id(row.event))).unwrap_or_default();
    let reason = say(lang, &RefusalCode::key_of(&row.reason), &[]);
    Ok(Some(CardLine {
        anchor: format!("r-{}", Id(row.event)),
        next: String::new(),
        plate: plate(app, lang, matter.household.or(matter.door).map(Id))?,
        title: say(lang, "card-refused", &[("event", event.into())]),
        when: said::when(lang, row.at_ms, now_ms),
        icon: "back",
        body: Body::Refused { matter: Id(row.matter).to_string(), event: Id(row.event).to_string(), officer, said: typed, reason, about: matter.text },
    }))
}

/// A matter of a household whose door is not known; `None` where it is gone.
pub fn address(app: &App, lang: Lang, matter: Id, doors: &[HouseholdRow], now_ms: i64) -> Result<Option<CardLine>> {
    let Some(row) = app.store.matter_row(matter)? else { return Ok(None) };
    let found = inbox::guess(doors, &row.place, GUESSES).into_iter().zip(1..);
    let guesses = found.map(|(door, key)| Guessed { id: door.id.clone(), plate: said::plate(lang, &door.address()), names: door.names.clone(), key }).collect();
    let category = say(lang, &Category::key_of(&row.category), &[]);
    Ok(Some(CardLine {
        anchor: format!("p-{matter}"),
        next: String::new(),
        plate: None,
        title: say(lang, "card-no-door", &[("place", row.place.as_str().into())]),
        when: said::when(lang, row.at_ms, now_ms),
        icon: "pin",
        body: Body::Address { matter: matter.to_string(), place: row.place, about: row.text, category, guesses },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_marked_and_nothing_is_lost() {
        let told =
            |text: &str, other: &str| marks(text, other).into_iter().map(|m| if m.differs { format!("[{}]", m.text) } else { m.text }).collect::<String>();
        assert_eq!(told("13800002741", "13800002714"), "138000027[4]1");
        assert_eq!(told("耳背，女儿周日来", "耳背"), "耳背[，女儿周日来]");
        assert_eq!(told("同", "同"), "同");
        assert_eq!(told("", "x"), "");
    }
}
