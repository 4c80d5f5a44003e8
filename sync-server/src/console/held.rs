//! `/office/households/{id}/held`: what the office holds about one person, as a print-out that is handed over at the window. Nobody else's record
//! stands on it; what is written of the door is read through by the clerk before it is handed over.

mod records;

use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use minqing_core::{
    clock::local_date,
    speech::{Speech, said},
    view::ResidentRow,
    words::{Lang, say},
};
use serde::Deserialize;

use super::{
    desk::AtDesk,
    households::{card_of, with_merged},
    line::problem,
    pages::HeldPage,
    tongue::Tongue,
};
use crate::{app::App, auth::rights::Right, fault::Fault, problem::Problem, storage::Result};

/// About whom.
#[derive(Deserialize)]
pub struct Whom {
    resident: Option<String>,
}

/// A row of the print-out.
pub struct HeldRow {
    pub when: String,
    pub what: String,
    pub said: String,
}

/// What is held about a person.
pub struct Held {
    pub name: String,
    /// Term and words.
    pub facts: Vec<(String, String)>,
    pub parts: Vec<HeldPart>,
}

/// One kind of record.
pub struct HeldPart {
    pub title: String,
    pub rows: Vec<HeldRow>,
}

/// The print-out, or whose it may be.
pub async fn held(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Path(id): Path<String>, Query(whom): Query<Whom>) -> Result<HeldPage, Problem> {
    desk.need(Right::ReadHouseholds)?;
    let made = app.work(move |app| make(app, &desk, lang, &id, whom.resident.as_deref()));
    made.await.map_err(problem)
}

fn make(app: &App, desk: &AtDesk, lang: Lang, id: &str, whom: Option<&str>) -> std::result::Result<HeldPage, Fault> {
    let (household, _, card) = card_of(app, desk, id)?;
    let now_ms = app.clock.now_ms();
    let chosen = match whom {
        Some(resident) => Some(card.residents.iter().find(|r| r.id == resident).ok_or_else(|| Fault::new("resident.unknown", resident))?),
        None => None,
    };
    let mut held = None;
    // What was written at a door that turned out to be this one is theirs, too.
    let doors = with_merged(app, household)?;
    if let Some(resident) = chosen {
        tracing::info!(staff = %desk.session.staff.id, resident = resident.id, "what is held about somebody was printed");
        held =
            Some(Held { name: resident.name.clone(), facts: facts(lang, resident, &card.household.note), parts: records::parts(app, lang, &doors, now_ms)? });
    }
    Ok(HeldPage {
        lang,
        household: id.to_owned(),
        community: desk.community_name().to_owned(),
        plate: said::plate(lang, &card.household.address()),
        residents: card.residents.iter().map(|r| (r.id.clone(), r.name.clone())).collect(),
        held,
        day: said_day(lang, local_date(now_ms)),
        by: desk.session.staff.name.clone(),
    })
}

fn facts(lang: Lang, resident: &ResidentRow, note: &str) -> Vec<(String, String)> {
    let speech = Speech(lang);
    let words = |list: &str, words: &[String]| words.iter().map(|word| speech.code(list, word)).collect::<Vec<_>>().join(&say(lang, "list-between", &[]));
    let nothing = || say(lang, "held-nothing", &[]);
    let or_nothing = |text: String| if text.is_empty() { nothing() } else { text };
    let year = if resident.birth_year == 0 { String::new() } else { resident.birth_year.to_string() };
    let facts = [
        ("held-name", resident.name.clone()),
        ("held-phone", resident.phone.clone()),
        ("held-year", year),
        ("held-languages", words("language", &resident.languages)),
        ("held-needs", words("need", &resident.needs)),
        ("held-refuses", words("consent", &resident.refuses)),
        ("held-moved", say(lang, &format!("value-{}", resident.moved_out), &[])),
        ("held-note", note.to_owned()),
    ];
    facts.into_iter().map(|(key, text)| (say(lang, key, &[]), or_nothing(text))).collect()
}

/// With the year: a print-out is read years later.
fn said_day(lang: Lang, day: Date) -> String {
    say(lang, "held-day", &[("year", day.year().to_string().into()), ("day", said::day(lang, day).into())])
}
