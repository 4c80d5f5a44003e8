//! What an officer does at a door, and the ledger rows of it.

use anyhow::{Context, Result};
use minqing_core::{
    envelope::ItemKind,
    model::{EventCode, HouseholdEdit, MatterEdit, NewMatter, NewVisit, Prepared, QuestionKind, Survey, VisitEdit},
};
use serde::{Deserialize, Serialize};

use crate::{
    ledger::{Entry, last_items},
    phone::Phone,
    world::camera::{photograph, voice},
};

/// One save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Deed {
    /// A knock at a door.
    Visit(NewVisit),
    /// A knock at a door, with the picture or voice note of this number.
    VisitWith(NewVisit, u64),
    /// A matter is registered.
    Matter(NewMatter),
    /// The picture or voice note of this number is added to the matter this phone registered last.
    MatterFile(u64),
    /// A note on the matter this phone registered last.
    Note(String),
    /// The matter this phone registered last is settled on the spot.
    Solve(String),
    /// What the office refused last is done once more, in other words.
    Again(String),
    /// The note of a visit is written anew.
    VisitNote {
        /// The visit.
        visit: String,
        /// The volume it lies in.
        volume: String,
        /// The note.
        note: String,
    },
    /// What a matter is about is written anew.
    MatterText {
        /// The matter.
        matter: String,
        /// The event whose text says it.
        event: String,
        /// The text.
        text: String,
    },
    /// A household's remark is written anew.
    Remark {
        /// The household.
        household: String,
        /// The remark.
        note: String,
    },
}

/// A complaint that any household could have: the lamp in the stairwell is broken.
pub fn broken_lamp(household: &str) -> NewMatter {
    NewMatter {
        kind: "complaint".into(),
        channel: "door".into(),
        category: "utilities".into(),
        text: "楼道灯坏了".into(),
        household: household.into(),
        affected: "household".into(),
        ..NewMatter::default()
    }
}

/// Saves, and returns the rows of the ledger once the save has returned.
pub fn carry_out(phone: &mut Phone, deed: &Deed) -> Result<Vec<Entry>> {
    let mut fields: Vec<Field> = Vec::new();
    match deed {
        Deed::Visit(new) => visit(phone, new, &mut fields)?,
        Deed::VisitWith(new, number) => {
            let attachments = vec![from_the_camera(phone, *number)?];
            visit(phone, &NewVisit { attachments, ..new.clone() }, &mut fields)?;
        }
        Deed::MatterFile(number) => {
            let matter = last_matter(phone)?;
            let file = from_the_camera(phone, *number)?;
            phone.client.add_attachment(matter.clone(), file.clone())?;
            files_of(phone, &matter, &[file], &mut fields)?;
        }
        Deed::Matter(new) => {
            let id = phone.client.register_matter(new.clone())?;
            let event = phone.client.matter(id.clone())?.events.first().map(|e| e.id.clone()).context("a matter without an event")?;
            fields.push(Field::of("matter", &id, "text", &new.text, format!("text:{event}")));
            fields.push(Field::of("matter", &id, "place", &new.place, "place".into()));
            fields.push(Field::of("event", &id, EventCode::Register.word(), "", event));
        }
        Deed::Note(text) => tell(phone, EventCode::Note, text, &mut fields)?,
        Deed::Solve(text) => tell(phone, EventCode::SolveOnSpot, text, &mut fields)?,
        Deed::Again(text) => {
            let refused = phone.client.refused_work("zh".into())?.into_iter().next().context("nothing was refused")?;
            let code = EventCode::from_word(&refused.what).context("an event of this version")?.word();
            let event = phone.client.send_refused_again(refused.event, Some(text.clone()))?;
            fields.push(Field::of("matter", &refused.matter, code, text, format!("text:{event}")));
            fields.push(Field::of("event", &refused.matter, code, "", event));
        }
        Deed::VisitNote { visit, note, .. } => {
            phone.client.edit_visit(visit.clone(), VisitEdit { note: Some(note.clone()), ..VisitEdit::default() })?;
            fields.push(Field::of("visit", visit, "note", note, format!("visit:{visit}/note")));
        }
        Deed::MatterText { matter, event, text } => {
            phone.client.edit_matter(matter.clone(), MatterEdit { text: Some(text.clone()), place: None })?;
            fields.push(Field::of("matter", matter, "text", text, format!("text:{event}")));
        }
        Deed::Remark { household, note } => {
            phone.client.edit_household(household.clone(), HouseholdEdit { note: Some(note.clone()), ..HouseholdEdit::default() })?;
            fields.push(Field::of("household", household, "note", note, "note".into()));
        }
    }
    let items = last_items(phone.file())?;
    let rows = fields.into_iter().filter(|f| !f.text.is_empty() || f.kind == "event").map(|f| {
        let wanted = if f.kind == "event" { ItemKind::Event } else { ItemKind::Change };
        let (_, doc, hash) = items.iter().find(|(kind, _, _)| *kind == wanted.number()).context("a save without its item")?;
        let (item, doc) = (hash.to_string(), doc.to_string());
        Ok(Entry { phone: phone.number, kind: f.kind.into(), record: f.record, field: f.field.into(), text: f.text, item, doc, path: f.path })
    });
    rows.collect()
}

struct Field {
    kind: &'static str,
    record: String,
    field: &'static str,
    text: String,
    path: String,
}

impl Field {
    fn of(kind: &'static str, record: &str, field: &'static str, text: &str, path: String) -> Self {
        Self { kind, record: record.to_owned(), field, text: text.to_owned(), path }
    }
}

fn visit(phone: &mut Phone, new: &NewVisit, fields: &mut Vec<Field>) -> Result<()> {
    let id = phone.client.record_visit(new.clone())?;
    for (field, text) in [("purpose", &new.purpose), ("outcome", &new.outcome), ("note", &new.note)] {
        fields.push(Field::of("visit", &id, field, text, format!("visit:{id}/{field}")));
    }
    if let Some(survey) = &new.survey {
        answers(phone, &id, survey, fields)?;
    }
    let door = phone.client.household(new.household.clone())?;
    for follow_up in door.follow_ups.iter().filter(|f| f.visit == id) {
        fields.push(Field::of("follow_up", &follow_up.id, "what", &follow_up.what, format!("followup:{}/what", follow_up.id)));
    }
    files_of(phone, &id, &new.attachments, fields)
}

fn answers(phone: &Phone, visit: &str, survey: &Survey, fields: &mut Vec<Field>) -> Result<()> {
    let form = phone.client.form(survey.form.clone(), survey.version)?;
    for answer in &survey.answers {
        let path = format!("visit:{visit}/answer:{}", answer.question);
        let chosen = form.question(&answer.question).is_some_and(|q| q.kind() == QuestionKind::Many);
        for value in &answer.values {
            // Of many choices each is a field of its own.
            let (text, path) = if chosen { ("true", format!("{path}:{value}")) } else { (value.as_str(), path.clone()) };
            fields.push(Field::of("survey", visit, "answer", text, path));
        }
    }
    Ok(())
}

/// The camera leaves a file somewhere and writes over it the next time; what counts is what was made ready from it.
fn from_the_camera(phone: &mut Phone, number: u64) -> Result<Prepared> {
    let path = phone.dir.join("from-the-camera");
    let bytes = if number.is_multiple_of(4) { voice(number, 40_000) } else { photograph(number, 240, 180) };
    std::fs::write(&path, bytes)?;
    Ok(phone.client.prepare(path.display().to_string(), number.is_multiple_of(3))?)
}

fn files_of(phone: &Phone, record: &str, files: &[Prepared], fields: &mut Vec<Field>) -> Result<()> {
    let rows = phone.client.attachments(record.to_owned())?;
    for file in files {
        let row = rows.iter().find(|row| row.sha256 == file.sha256).context("an attachment without its row")?;
        let kind = if row.media.starts_with("image/") { "photo" } else { "voice" };
        fields.push(Field::of("attachment", &row.id, "sha256", &row.sha256, format!("{kind}:{}/sha256", row.id)));
    }
    Ok(())
}

fn last_matter(phone: &Phone) -> Result<String> {
    let officer = phone.client.enrolment()?.officer;
    Ok(phone.client.matters(0, 1_000)?.into_iter().find(|m| m.officer == officer).context("no matter to tell of")?.id)
}

fn tell(phone: &mut Phone, code: EventCode, text: &str, fields: &mut Vec<Field>) -> Result<()> {
    let matter = last_matter(phone)?;
    let event = match code {
        EventCode::Note => phone.client.add_note(matter.clone(), text.to_owned())?,
        _ => phone.client.solve_on_spot(matter.clone(), text.to_owned())?,
    };
    fields.push(Field::of("matter", &matter, code.word(), text, format!("text:{event}")));
    fields.push(Field::of("event", &matter, code.word(), "", event));
    Ok(())
}
