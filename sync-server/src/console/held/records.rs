//! The records of a door that a print-out lists: visits, what was promised, surveys, matters, appointments, photos and voice notes.

use minqing_core::{
    Id,
    clock::local_date,
    document::{Content, form_answers::survey_of},
    ids::shown,
    model::{Answer, Category, Form, MatterState, Media, QuestionKind},
    view,
    words::{Lang, say},
};

use super::{HeldPart, HeldRow, said_day};
use crate::{
    app::App,
    console::{
        daybook::state,
        households::{matters_of, visit_said, volumes_of},
    },
    storage::Result,
};

/// How many years of visits are looked for.
const YEARS: i16 = 10;

/// All parts, in the order of the paper.
pub fn parts(app: &App, lang: Lang, doors: &[Id], now_ms: i64) -> Result<Vec<HeldPart>> {
    let volumes = volumes(app, doors, now_ms)?;
    let mut surveys = Vec::new();
    for (_, content) in &volumes {
        surveys.extend(surveys_in(app, lang, content)?);
    }
    let mut found = matters_of(app, doors, u32::MAX)?;
    found.sort_by_key(|row| row.id);
    let mut files: Vec<HeldRow> = volumes.iter().flat_map(|(id, content)| files_in(lang, *id, content)).collect();
    for matter in &found {
        if let Some(kept) = app.store.document(Id(matter.id))? {
            files.extend(files_in(lang, Id(matter.id), &kept.doc.content()));
        }
    }
    let matters = found.into_iter().map(|row| HeldRow {
        when: said_day(lang, local_date(row.at_ms)),
        what: format!("{} · {} · {}", shown(&row.code), say(lang, &Category::key_of(&row.category), &[]), say(lang, &MatterState::key_of(&row.state), &[])),
        said: row.text,
    });
    let part = |key, rows| HeldPart { title: say(lang, key, &[]), rows };
    Ok(vec![
        part("held-visits", volumes.iter().flat_map(|(_, content)| visits_in(lang, content)).collect()),
        part("held-promised", volumes.iter().flat_map(|(_, content)| promised_in(lang, content)).collect()),
        part("held-surveys", surveys),
        part("held-matters", matters.collect()),
        part("held-appointments", appointments(app, lang, doors)?),
        part("held-files", files),
    ])
}

/// The volumes of visits, the oldest first.
fn volumes(app: &App, doors: &[Id], now_ms: i64) -> Result<Vec<(Id, Content)>> {
    let year = local_date(now_ms).year();
    let mut volumes = Vec::new();
    for year in year - YEARS..=year {
        volumes.extend(volumes_of(app, doors, year)?);
    }
    Ok(volumes)
}

fn visits_in(lang: Lang, volume: &Content) -> Vec<HeldRow> {
    let row = |visit: view::VisitRow| HeldRow { when: said_day(lang, local_date(visit.at_ms)), what: visit_said(lang, &visit), said: visit.note };
    view::visits(volume).visits.into_iter().map(row).collect()
}

fn promised_in(lang: Lang, volume: &Content) -> Vec<HeldRow> {
    let row = |promised: view::FollowUpRow| HeldRow {
        when: promised.due.parse().map_or_else(|_| String::new(), |day| said_day(lang, day)),
        what: say(lang, if promised.done { "held-done" } else { "held-open" }, &[]),
        said: promised.what,
    };
    view::visits(volume).follow_ups.into_iter().map(row).collect()
}

fn surveys_in(app: &App, lang: Lang, volume: &Content) -> Result<Vec<HeldRow>> {
    let mut rows = Vec::new();
    for (_, visit) in volume.items_of("visit") {
        let Some(survey) = survey_of(visit) else { continue };
        let versions = app.store.form(Id::or_zero(&survey.form))?.unwrap_or_default();
        let form = versions.get(&survey.version);
        let answers: Vec<String> = survey.answers.iter().map(|answer| answered(lang, form, answer)).collect();
        rows.push(HeldRow {
            when: said_day(lang, local_date(visit.int("at"))),
            what: form.map_or_else(String::new, |form| form.title.of(lang).to_owned()),
            said: answers.join("\n"),
        });
    }
    Ok(rows)
}

/// A question with its answer, in the words of the form.
fn answered(lang: Lang, form: Option<&Form>, answer: &Answer) -> String {
    let question = form.and_then(|form| form.questions.iter().find(|question| question.id == answer.question));
    let Some(question) = question else { return answer.values.join(" ") };
    let choice = |word: &String| question.choices.iter().find(|choice| choice.word == *word).map_or_else(|| word.clone(), |c| c.title.of(lang).to_owned());
    let values: Vec<String> = match QuestionKind::from_word(&question.kind) {
        Some(QuestionKind::Photo) => vec![say(lang, "held-photo", &[])],
        _ => answer.values.iter().map(choice).collect(),
    };
    format!("{} {}", question.title.of(lang), values.join(&say(lang, "list-between", &[])))
}

fn appointments(app: &App, lang: Lang, doors: &[Id]) -> Result<Vec<HeldRow>> {
    let mut rows = Vec::new();
    for door in doors {
        let found = app.store.appointments_of(*door, u32::MAX)?;
        rows.extend(found.into_iter().filter_map(|(_, kept)| kept.appointment).map(|a| HeldRow {
            when: a.slot.as_ref().map_or_else(String::new, |slot| said_day(lang, local_date(slot.start_ms))),
            what: format!("{} · {}", say(lang, &a.purpose.key(), &[]), state(lang, &a)),
            said: String::new(),
        }));
    }
    Ok(rows)
}

/// The photos and voice notes of a document; what is in them is shown at the window.
fn files_in(lang: Lang, id: Id, content: &Content) -> Vec<HeldRow> {
    let row = |file: view::AttachmentRow| HeldRow {
        when: if file.taken_ms == 0 { String::new() } else { said_day(lang, local_date(file.taken_ms)) },
        what: say(lang, if Media::from_word(&file.media).is_some_and(Media::is_picture) { "held-photo" } else { "held-voice" }, &[]),
        said: String::new(),
    };
    view::attachments(id, content).into_iter().map(row).collect()
}
