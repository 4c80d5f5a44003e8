//! One door: who lives there, what was agreed and what waits, and everything that happened, the newest first.

use minqing_core::{
    Id,
    clock::local_date,
    document::wishes::wishes,
    ids::shown,
    model::{Category, MatterState},
    speech::{Speech, said},
    view::{self, ResidentRow, VisitRow},
    words::{Lang, say},
};

use super::{
    door::{card_of, matters_of, visit_said, volumes_of, with_merged},
    stairs::address_of,
};
use crate::{
    app::App,
    console::{
        daybook::{state, wish_facts},
        desk::AtDesk,
        matter::Names,
    },
    fault::Fault,
    projection::MatterShown,
    storage::{Result, log::KeptAppointment},
};

/// How many years of visits are shown.
const YEARS: i16 = 3;
/// Most matters, and most appointments.
const MATTERS: u32 = 100;
const VISITS: u32 = 10;

/// A door.
pub struct HouseholdView {
    pub id: String,
    pub plate: String,
    /// Its building on the page of stairwells.
    pub building: String,
    pub note: String,
    pub residents: Vec<PersonLine>,
    /// What it asks of whoever comes: term and words.
    pub facts: Vec<(String, String)>,
    pub appointments: Vec<AgreedLine>,
    pub matters: Vec<OwnMatter>,
    pub years: Vec<YearLine>,
}

/// Somebody who lives there.
pub struct PersonLine {
    pub id: String,
    pub name: String,
    /// Age, telephone, languages, needs, what they do not agree to.
    pub more: Vec<String>,
    pub moved_out: bool,
}

/// A visit that was asked for or agreed.
pub struct AgreedLine {
    pub id: String,
    pub what: String,
    pub time: String,
    pub state: String,
}

/// A matter of the door.
pub struct OwnMatter {
    pub id: String,
    pub code: String,
    pub category: String,
    pub text: String,
    pub state: String,
    pub when: String,
}

/// A year of visits.
pub struct YearLine {
    pub year: i16,
    pub visits: Vec<VisitLine>,
}

/// A visit.
pub struct VisitLine {
    pub day: String,
    pub iso: String,
    pub officer: String,
    pub what: String,
    pub note: String,
}

/// Puts it together.
///
/// # Errors
/// As [`card_of`].
pub fn view(app: &App, desk: &AtDesk, lang: Lang, id: &str) -> std::result::Result<HouseholdView, Fault> {
    let (household, content, card) = card_of(app, desk, id)?;
    let now_ms = app.clock.now_ms();
    let doors = with_merged(app, household)?;
    let address = card.household.address();
    let lane = if address.building.is_empty() { address.lane.as_str() } else { "" };
    Ok(HouseholdView {
        id: id.to_owned(),
        plate: said::plate(lang, &address),
        building: address_of("", &address.estate, &address.building, lane),
        note: card.household.note.clone(),
        residents: card.residents.iter().map(|resident| person(lang, resident, now_ms)).collect(),
        facts: wish_facts(lang, &wishes(&content)),
        appointments: appointments(app, lang, household, now_ms)?,
        matters: matters(app, lang, &doors, now_ms)?,
        years: years(app, desk, lang, &doors, now_ms)?,
    })
}

fn person(lang: Lang, resident: &ResidentRow, now_ms: i64) -> PersonLine {
    let speech = Speech(lang);
    let words = |list: &str, words: &[String]| words.iter().map(|word| speech.code(list, word)).collect::<Vec<_>>();
    let age = i64::from(local_date(now_ms).year()) - i64::from(resident.birth_year);
    let age = if resident.birth_year == 0 { String::new() } else { say(lang, "homes-age", &[("n", age.into())]) };
    let mut more = vec![age, resident.phone.clone()];
    more.extend(words("language", &resident.languages));
    more.extend(words("need", &resident.needs));
    more.extend(resident.refuses.iter().map(|word| said::refused(lang, word)));
    more.retain(|word| !word.is_empty());
    PersonLine { id: resident.id.clone(), name: resident.name.clone(), more, moved_out: resident.moved_out }
}

fn appointments(app: &App, lang: Lang, household: Id, now_ms: i64) -> Result<Vec<AgreedLine>> {
    let found = app.store.appointments_of(household, VISITS)?;
    let line = |(id, kept): (Id, KeptAppointment)| {
        let a = kept.appointment?;
        let time = a.slot.as_ref().map_or_else(String::new, |slot| said::when(lang, slot.start_ms, now_ms));
        Some(AgreedLine { id: id.to_string(), what: say(lang, &a.purpose.key(), &[]), time, state: state(lang, &a) })
    };
    Ok(found.into_iter().filter_map(line).collect())
}

fn matters(app: &App, lang: Lang, doors: &[Id], now_ms: i64) -> Result<Vec<OwnMatter>> {
    let mut found = matters_of(app, doors, MATTERS)?;
    found.sort_by_key(|row| std::cmp::Reverse(row.at_ms));
    let line = |row: MatterShown| OwnMatter {
        id: Id(row.id).to_string(),
        code: shown(&row.code),
        category: say(lang, &Category::key_of(&row.category), &[]),
        text: row.text,
        state: say(lang, &MatterState::key_of(&row.state), &[]),
        when: said::date(lang, local_date(row.at_ms), local_date(now_ms)),
    };
    Ok(found.into_iter().map(line).collect())
}

fn years(app: &App, desk: &AtDesk, lang: Lang, doors: &[Id], now_ms: i64) -> Result<Vec<YearLine>> {
    let (today, names) = (local_date(now_ms), Names::of(app, &desk.community)?);
    let mut years = Vec::new();
    for year in (today.year() - YEARS + 1..=today.year()).rev() {
        let mut found: Vec<VisitRow> = volumes_of(app, doors, year)?.iter().flat_map(|(_, volume)| view::visits(volume).visits).collect();
        found.sort_by_key(|visit| std::cmp::Reverse(visit.at_ms));
        let mut visits = Vec::new();
        for visit in found {
            let day = local_date(visit.at_ms);
            visits.push(VisitLine {
                day: said::date(lang, day, today),
                iso: day.to_string(),
                officer: names.name(&visit.officer)?,
                what: visit_said(lang, &visit),
                note: visit.note,
            });
        }
        if !visits.is_empty() {
            years.push(YearLine { year, visits });
        }
    }
    Ok(years)
}
