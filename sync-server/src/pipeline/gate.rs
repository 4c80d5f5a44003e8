//! The last gate before a text is read outside of the office: it is looked through when it is written for that, when a second
//! person agrees to it, and when it is shown. Names may have become known since.

use minqing_core::{Id, model::EventCode, pipeline::Matter, view};

use super::{
    Deed,
    scan::{Leak, Scan},
};
use crate::{
    app::App,
    fault::Fault,
    projection,
    storage::{Result, log::KeptMatter},
    sync::{Applying, door_of},
};

/// Why a deed must not bring its text any nearer to the public: the code, and the field that has to be written in other words.
pub(super) fn refusal(a: &mut Applying<'_>, kept: &KeptMatter, deed: &Deed) -> Result<Option<Fault>> {
    let texts = on_their_way(a, kept, deed)?;
    if texts.iter().all(|(_, text)| text.is_empty()) {
        return Ok(None);
    }
    let community = projection::community_of(&a.unit.stream_name(kept.stream)?).to_owned();
    let names = a.unit.names_in(&community)?;
    let (scan, room) = (Scan::of(names.iter().map(String::as_str)), room(a, kept)?);
    let leak = |(field, text): &(&str, String)| scan.leaks(text, &room).first().map(|leak| Fault::new(code(*leak), *field));
    Ok(texts.iter().find_map(leak))
}

/// What a text holds that must not be read outside, for those who look before they show it: the code.
///
/// # Errors
/// `store.failed`.
pub fn leak(app: &App, matter: &Matter, community: &str, text: &str) -> Result<Option<&'static str>> {
    if text.is_empty() {
        return Ok(None);
    }
    let door = matter.about.household.or(app.store.matter_row(matter.id)?.and_then(|row| row.door).map(Id));
    let room = door.map(|door| door_of(app.store.as_ref(), door)).transpose()?.flatten().map(|door| door.room).unwrap_or_default();
    let names = app.store.names_in(community)?;
    let scan = Scan::of(names.iter().map(String::as_str));
    Ok(scan.leaks(text, &room).first().map(|leak| code(*leak)))
}

fn code(leak: Leak) -> &'static str {
    match leak {
        Leak::Name => "public.name",
        Leak::Number => "public.number",
        Leak::Room => "public.room",
    }
}

/// The texts that a deed brings nearer to the public, each with its field.
fn on_their_way(a: &mut Applying<'_>, kept: &KeptMatter, deed: &Deed) -> Result<Vec<(&'static str, String)>> {
    let mut texts = vec![("public", deed.texts.public.clone())];
    let Some(matter) = &kept.matter else { return Ok(texts) };
    match deed.code {
        EventCode::DraftPublic => texts.push(("text", deed.texts.text.clone())),
        EventCode::ApprovePublic | EventCode::ShowPublic => {
            let draft = matter.publication.draft.map(|(event, _)| event);
            texts.extend(written(a, deed.matter, "text", draft)?.map(|text| ("text", text)));
        }
        EventCode::Pass => {
            let result = matter.result.as_ref().map(|result| result.event);
            texts.extend(written(a, deed.matter, "public", result)?.map(|text| ("public", text)));
        }
        _ => {}
    }
    Ok(texts)
}

/// What lies in the matter's document under an event.
fn written(a: &mut Applying<'_>, matter: Id, kind: &str, event: Option<Id>) -> Result<Option<String>> {
    let Some(event) = event else { return Ok(None) };
    Ok(a.unit.document(matter)?.map(|kept| kept.doc.content().root.text(&format!("{kind}:{event}"))))
}

/// The room of the matter's door; empty where there is none.
fn room(a: &mut Applying<'_>, kept: &KeptMatter) -> Result<String> {
    let Some(matter) = &kept.matter else { return Ok(String::new()) };
    let found = a.unit.shown_matter(matter.id)?.and_then(|row| row.door).map(Id);
    let Some(door) = matter.about.household.or(found) else { return Ok(String::new()) };
    Ok(a.unit.document(door)?.map(|card| view::address(&card.doc.content().root).room).unwrap_or_default())
}
