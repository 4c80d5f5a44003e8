//! `/office/households/{id}/residents/{resident}`: what somebody says of their own record at the window: what is wrong there, and what they
//! agree to.

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minqing_core::{
    Id,
    model::Consent,
    speech::said,
    view::ResidentRow,
    words::{Lang, say},
};
use serde::Deserialize;

use super::door::card_of;
use crate::{
    app::App,
    auth::rights::Right,
    console::{
        desk::AtDesk,
        fields,
        line::problem,
        matter::{Fields, why},
        pages::{PersonPage, Place, Toast},
        sent::Sent,
        tongue::Tongue,
    },
    fault::Fault,
    inbox::{self, Corrected, Own, Who},
    problem::Problem,
    storage::Result as StoreResult,
};

/// What was just done, for the line that says so.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Did {
    /// `consents`, or `corrected`.
    did: String,
    /// How many review cards, and how many fields that were empty.
    cards: u32,
    written: u32,
}

/// Somebody's record as a form.
pub struct PersonView {
    pub household: String,
    pub plate: String,
    pub id: String,
    pub name: String,
    /// What can be corrected.
    pub fields: Vec<FieldLine>,
    /// Word, what it is, whether they agree.
    pub consents: Vec<(&'static str, String, bool)>,
    /// What they do not agree to, as the form sends it back.
    pub refuses: String,
    /// Sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// A field.
pub struct FieldLine {
    pub key: &'static str,
    pub label: String,
    /// What stood there when the form was filled.
    pub was: String,
    /// What stands there, or was typed.
    pub value: String,
    /// Whether it waits as a review card.
    pub waits: bool,
}

/// The forms.
pub async fn person(
    State(app): State<App>,
    desk: AtDesk,
    Tongue(lang): Tongue,
    Path((id, resident)): Path<(String, String)>,
    Query(did): Query<Did>,
) -> Result<PersonPage, Problem> {
    page(&app, desk, lang, (id, resident), did, None).await
}

/// Writes down what they say.
pub async fn say_person(
    State(app): State<App>,
    Tongue(lang): Tongue,
    Path((id, resident)): Path<(String, String)>,
    Sent { desk, fields }: Sent,
) -> Result<Response, Problem> {
    desk.need(Right::Settle)?;
    let (by, at, whose, typed) = (desk.clone(), id.clone(), resident.clone(), fields.clone());
    let done = app.work(move |app| match typed.text("do") {
        "consents" => agree(app, &by, &at, &whose, &typed).map(|()| "did=consents".to_owned()),
        _ => correct(app, &by, &at, &whose, &typed),
    });
    match done.await {
        Ok(did) => Ok(Redirect::to(&format!("/office/households/{id}/residents/{resident}?{did}")).into_response()),
        Err(fault) if fault.is_failure() || matches!(fault.code, "household.unknown" | "resident.unknown") => Err(problem(fault)),
        Err(fault) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, desk, lang, (id, resident), Did::default(), Some((fault, fields))).await?).into_response())
        }
    }
}

async fn page(app: &App, desk: AtDesk, lang: Lang, (id, resident): (String, String), did: Did, wrong: Option<(Fault, Fields)>) -> Result<PersonPage, Problem> {
    desk.need(Right::Settle)?;
    let rail = desk.rail(app, lang, Place::Households).await?;
    let toast = match did.did.as_str() {
        "consents" => Some(say(lang, "did-consents", &[])),
        "corrected" => Some(say(lang, "did-corrected", &[("cards", did.cards.into()), ("written", did.written.into())])),
        _ => None,
    };
    let view = app.work(move |app| view(app, &desk, lang, &id, &resident, wrong)).await.map_err(problem)?;
    Ok(PersonPage { lang, desk: rail, view, toast: toast.map(|said| Toast { said, undo: None }) })
}

fn view(app: &App, desk: &AtDesk, lang: Lang, id: &str, resident: &str, wrong: Option<(Fault, Fields)>) -> Result<PersonView, Fault> {
    let (household, content, card) = card_of(app, desk, id)?;
    let row = row_of(&card.residents, resident)?;
    let typed = wrong.as_ref().filter(|(_, fields)| fields.text("do") == "correct").map(|(_, fields)| fields);
    let field = |own: Own| -> StoreResult<FieldLine> {
        let name = own.name();
        let field = format!("resident:{resident}/{name}");
        let waits = content.disputed.contains(&field) && inbox::card(app, household, &field)?.is_some();
        let typed = typed.and_then(|fields| typed_anew(fields, own));
        let (was, value) = typed.map_or_else(|| (standing(row, own), standing(row, own)), |(was, value)| (was.to_owned(), value.to_owned()));
        Ok(FieldLine { key: name, label: fields::name(lang, name), was, value, waits })
    };
    Ok(PersonView {
        household: id.to_owned(),
        plate: said::plate(lang, &card.household.address()),
        id: resident.to_owned(),
        name: row.name.clone(),
        fields: Own::ALL.into_iter().map(field).collect::<StoreResult<_>>()?,
        consents: Consent::ALL.iter().map(|c| (c.word(), say(lang, &c.key(), &[]), !c.is_among(&row.refuses))).collect(),
        refuses: row.refuses.join(" "),
        error: wrong.map(|(fault, _)| (why(lang, &fault), fault.code)),
    })
}

fn row_of<'r>(residents: &'r [ResidentRow], resident: &str) -> Result<&'r ResidentRow, Fault> {
    residents.iter().find(|row| row.id == resident).ok_or_else(|| Fault::new("resident.unknown", resident))
}

/// What stands in a field, as it is typed.
fn standing(row: &ResidentRow, own: Own) -> String {
    match own {
        Own::Name => row.name.clone(),
        Own::Phone => row.phone.clone(),
        Own::BirthYear if row.birth_year == 0 => String::new(),
        Own::BirthYear => row.birth_year.to_string(),
    }
}

/// What was typed over what the form showed: that, and the new text. What nobody touched is no correction, whatever stands there by now.
fn typed_anew(fields: &Fields, own: Own) -> Option<(&str, &str)> {
    let (was, value) = (fields.text(&format!("was_{}", own.name())), fields.text(own.name()));
    (was != value).then_some((was, value))
}

/// Whose record it is, for those who write into it.
fn whose(app: &App, desk: &AtDesk, id: &str, resident: &str) -> Result<(Who, Id, Id), Fault> {
    let (household, _, card) = card_of(app, desk, id)?;
    row_of(&card.residents, resident)?;
    let who = Who { staff: desk.session.staff.id, community: desk.community.clone() };
    Ok((who, household, resident.parse().map_err(|_| Fault::new("resident.unknown", resident))?))
}

/// Corrects what was typed differently; how many cards and how many empty fields that makes, as the address says it.
fn correct(app: &App, desk: &AtDesk, id: &str, resident: &str, fields: &Fields) -> Result<String, Fault> {
    let (who, household, resident) = whose(app, desk, id, resident)?;
    let typed = Own::ALL.into_iter().filter_map(|own| typed_anew(fields, own).map(|(_, value)| (own, value)));
    // 0 is what stands for a year that nobody knows.
    let said: Vec<(Own, &str)> = typed.map(|(own, value)| (own, if own == Own::BirthYear && value.is_empty() { "0" } else { value })).collect();
    let done = inbox::correct(app, &who, household, resident, &said)?;
    let cards = done.iter().filter(|done| matches!(done, Corrected::Card(_))).count();
    let written = done.iter().filter(|done| matches!(done, Corrected::Written)).count();
    tracing::info!(staff = %desk.session.staff.id, household = id, cards, written, "somebody's record was corrected at the window");
    Ok(format!("did=corrected&cards={cards}&written={written}"))
}

/// Writes down what they agree to: what is ticked, and nothing else.
fn agree(app: &App, desk: &AtDesk, id: &str, resident: &str, fields: &Fields) -> Result<(), Fault> {
    let (who, household, resident) = whose(app, desk, id, resident)?;
    let ticked: Vec<Consent> = Consent::ALL.iter().copied().filter(|c| fields.all("agrees").any(|word| word == c.word())).collect();
    let seen: Vec<String> = fields.text("seen").split_whitespace().map(str::to_owned).collect();
    inbox::agree(app, &who, household, resident, &seen, &ticked)?;
    tracing::info!(staff = %desk.session.staff.id, household = id, "what somebody agrees to was written down");
    Ok(())
}

#[cfg(test)]
mod tests;
