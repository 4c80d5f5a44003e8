//! `/office/matters/{id}/public`: what its resident and everybody read of a matter, or would if it were shown now.

use axum::extract::{Path, State};
use jiff::civil::Date;
use minqing_core::{
    envelope::Hash,
    model::{Address, PublicationState},
    speech::{Speech, said},
    words::{Lang, say},
};
use serde_json::Value;

use crate::{
    app::App,
    auth::rights::Right,
    console::{
        desk::AtDesk,
        line,
        pages::{MatterPublicPage, Place},
        tongue::Tongue,
    },
    fault::Fault,
    pipeline::leak,
    problem::Problem,
    projection::PublicShown,
    public,
};

/// The page.
pub async fn matter_public(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Path(id): Path<String>) -> Result<MatterPublicPage, Problem> {
    desk.need(Right::ReadResidents)?;
    let rail = desk.rail(&app, lang, Place::Line).await?;
    let matter = id.clone();
    let page = app.work(move |app| -> Result<_, Fault> {
        let id = line::of_desk(app, &desk, &matter)?;
        let mut kept = app.store.as_if_shown(id)?.ok_or_else(|| Fault::new("matter.unknown", &matter))?;
        let is_shown = kept.matter.publication.state == PublicationState::Shown;
        let content = app.store.document(id)?.map(|kept| kept.doc.content()).unwrap_or_default();
        let draft = kept.matter.publication.draft.map(|(event, _)| (event, content.root.text(&format!("text:{event}"))));
        let reply = kept.matter.result.as_ref().map(|result| (result.event, content.root.text(&format!("public:{}", result.event))));
        kept.texts = draft.into_iter().chain(reply.clone()).map(|(event, text)| PublicShown { matter: id.0, event: event.0, text }).collect();
        kept.matter.publication.state = PublicationState::Shown;
        let seen = public::view(&kept, &app.rules.get(), app.clock.now_ms());
        let photos: Vec<String> =
            seen.iter().flat_map(|seen| seen.photos.each()).map(|photo| format!("/office/attachments/{}", Hash(photo.sha256()))).collect();
        let seen = seen.and_then(|seen| serde_json::to_value(seen).ok());
        let all: String = kept.texts.iter().map(|text| text.text.as_str()).collect::<Vec<_>>().join("\n");
        let leak = leak(app, &kept.matter, &kept.row.community, &all)?;
        Ok((is_shown, seen, photos, reply.map(|(_, text)| text).unwrap_or_default(), leak, say(lang, &kept.matter.state.key(), &[])))
    });
    let (is_shown, seen, photos, reply, leak, state) = page.await.map_err(line::problem)?;
    let lines = seen.as_ref().map_or_else(Vec::new, |seen| lines(lang, seen));
    let leak = leak.map_or_else(String::new, |code| crate::fault::sentence(lang, code, ""));
    Ok(MatterPublicPage { lang, desk: rail, id, is_shown, may_be: seen.is_some(), lines, photos, reply, state, leak })
}

/// What everybody reads, field by field, in the order in which it is read.
fn lines(lang: Lang, seen: &Value) -> Vec<(String, String)> {
    const ORDER: [(&str, &str); 15] = [
        ("text", ""),
        ("reply", ""),
        ("place", ""),
        ("category", "category"),
        ("kind", "matter-kind"),
        ("channel", "channel"),
        ("state", "matter-state"),
        ("handling", "handling-type"),
        ("outcome", "matter-outcome"),
        ("received", ""),
        ("due", ""),
        ("closed", ""),
        ("shown", ""),
        ("department", ""),
        ("raised_by", ""),
    ];
    let said = |(field, list): &(&str, &str)| {
        let value = seen.get(field).filter(|value| !value.is_null())?;
        let word = value.as_str().unwrap_or_default();
        let told = match (*field, word.parse::<Date>()) {
            ("place", _) => plate(lang, value),
            (_, Ok(date)) => said::day(lang, date),
            _ if !list.is_empty() => Speech(lang).code(list, word),
            _ => value.as_str().map_or_else(|| parts(value), str::to_owned),
        };
        (!told.is_empty()).then(|| (say(lang, &format!("public-{}", field.replace('_', "-")), &[]), told))
    };
    ORDER.iter().filter_map(said).collect()
}

/// Where it is, as far as everybody may know.
fn plate(lang: Lang, place: &Value) -> String {
    let part = |name: &str| place.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    said::plate(lang, &Address { estate: part("estate"), lane: part("lane"), building: part("building"), ..Address::default() })
}

/// A value of several parts, as a name and an age.
fn parts(value: &Value) -> String {
    let texts = |value: &Value| value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|n| n.to_string()));
    let all = value.as_object().into_iter().flat_map(|parts| parts.values()).filter_map(texts);
    all.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
