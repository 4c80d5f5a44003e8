//! `/v1/resident/matter`: where a resident's matter stands, and what they do with it: rate, object, have it taken up once more, take it back.

use axum::{Json, extract::State, http::StatusCode};
use minqing_core::{
    Id,
    event::{Rate, Said},
    model::{Check, EventCode, RefusalCode, Role},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FromResident, standing::Standing};
use crate::{
    app::App,
    auth::tries::{Door, Limit},
    fault::Fault,
    pipeline::{Deed, Texts, act},
    problem::{In, Problem},
};

/// Longest text of a resident about a step, in characters.
pub(super) const MAX_WHY: usize = 500;

/// A matter as its resident sees it.
#[derive(Serialize, ToSchema)]
pub struct ResidentMatter {
    /// Its code, without the dash.
    code: String,
    /// What it is about.
    category: String,
    /// Where it stands; of one that follows another, `merged`.
    state: &'static str,
    /// Where the matter stands whose steps count for it: the one that it follows, else its own.
    line: &'static str,
    /// What came of it; none until then.
    outcome: Option<&'static str>,
    /// 办理轮次
    cycle: u16,
    /// Who handles it; empty until somebody does.
    department: String,
    /// The reply, once it is to be told; empty until then.
    reply: String,
    /// The papers that lack.
    lacks: Vec<String>,
    /// The stars that were given in this cycle.
    stars: Option<u8>,
    /// What may be done with it now, as the words of `event`.
    may: Vec<MaySeen>,
}

/// Something that may be done.
#[derive(Serialize, ToSchema)]
pub struct MaySeen {
    /// The word of `event`.
    event: &'static str,
    /// Whether somebody of the office has to agree.
    proposal: bool,
    /// To be sent as `saw`.
    saw: u64,
}

/// What a resident does with their matter.
#[derive(Deserialize, ToSchema)]
pub struct ResidentMatterDeed {
    /// `rate`, `appeal` against a refusal, `reopen`, `detach` from the matter that it follows, `withdraw`, `ask_order` of what is late.
    pub(super) event: String,
    /// Of `rate`: 1 to 5.
    pub(super) stars: Option<u8>,
    /// Of `rate` with two stars at most: still not to be taken up once more.
    #[serde(default)]
    pub(super) accept: bool,
    /// What they say about it, at most 500 characters; may be empty.
    #[serde(default)]
    pub(super) text: String,
    /// The highest ordinal that was seen.
    #[serde(default)]
    pub(super) saw: u64,
}

/// The matter.
pub async fn matter(State(app): State<App>, resident: FromResident) -> Result<Json<ResidentMatter>, Problem> {
    let found = app.work(move |app| Standing::find(app, resident));
    Ok(Json(seen(&found.await.map_err(problem)?)))
}

/// Does something with it.
pub async fn do_matter(State(app): State<App>, resident: FromResident, In(deed): In<ResidentMatterDeed>) -> Result<Json<ResidentMatter>, Problem> {
    let done = carry_out(&app, resident, deed).await?.map_err(problem)?;
    Ok(Json(seen(&done)))
}

/// Does it, and says how the matter stands then.
///
/// # Errors
/// Outside `tries.too_many`; inside `matter.unknown`, `line.refused` with the word of the refusal, `code.unknown`, `request.malformed`,
/// `text.too_long`, `store.failed`.
pub(super) async fn carry_out(app: &App, resident: FromResident, deed: ResidentMatterDeed) -> Result<Result<Standing, Fault>, Problem> {
    app.tries.take(Door::LookUp, Limit::Code, &[&resident.matter.0])?;
    Ok(app.work(move |app| act_on(app, resident, &deed, false)).await)
}

/// The same at a window's screen, which staff have opened: what is rated there is asked about again, and never counts as given alone.
pub(super) fn rate_at_window(app: &App, resident: FromResident, deed: &ResidentMatterDeed) -> Result<Standing, Fault> {
    act_on(app, resident, deed, true)
}

fn act_on(app: &App, resident: FromResident, deed: &ResidentMatterDeed, assisted: bool) -> Result<Standing, Fault> {
    Check::root().field("text").text(&deed.text, MAX_WHY)?;
    let before = Standing::find(app, resident)?;
    let code = meant(&before, &deed.event)?;
    let (matter, said) = match code {
        EventCode::Rate => (before.line.id, Said::Rate(rate(&before, deed, assisted)?)),
        _ => (before.own.id, Said::Nothing),
    };
    let texts = Texts { text: deed.text.trim().to_owned(), ..Texts::default() };
    let by = Id::resident(resident.matter);
    act(app, &Deed { matter, by, role: Role::Resident, works_for: Vec::new(), code, payload: said.encode(), texts, saw: deed.saw })?;
    Standing::find(app, resident)
}

/// The event that is meant. What may not be done now is refused by the rules themselves, but for what they leave open to all times.
fn meant(before: &Standing, word: &str) -> Result<EventCode, Fault> {
    let code = EventCode::from_word(word).ok_or_else(|| Fault::new("code.unknown", "event"))?;
    match code {
        EventCode::Rate | EventCode::Appeal | EventCode::Reopen | EventCode::Detach | EventCode::Withdraw => Ok(code),
        EventCode::AskOrder if before.may(code).is_some() => Ok(code),
        EventCode::AskOrder => Err(Fault::new("line.refused", RefusalCode::NotAllowed.word())),
        _ => Err(Fault::new("code.unknown", "event")),
    }
}

fn rate(before: &Standing, deed: &ResidentMatterDeed, assisted: bool) -> Result<Rate, Fault> {
    let stars = deed.stars.ok_or_else(|| Fault::new("request.malformed", "stars"))?;
    Ok(Rate { of: before.own.id, token: Id::resident(before.own.id), stars, accept: deed.accept, assisted })
}

fn seen(standing: &Standing) -> ResidentMatter {
    let Standing { own, row, line, .. } = standing;
    let may = standing.may.iter().map(|m| MaySeen { event: m.code.word(), proposal: m.is_proposal, saw: standing.saw(m.code) });
    ResidentMatter {
        code: row.code.clone(),
        category: row.category.clone(),
        state: own.state.word(),
        line: line.state.word(),
        outcome: line.outcome.map(|outcome| outcome.word()),
        cycle: line.cycle,
        department: standing.department.as_ref().map_or_else(String::new, |d| d.name.clone()),
        reply: standing.reply.clone(),
        lacks: standing.lacks.clone(),
        stars: standing.stars,
        may: may.collect(),
    }
}

fn problem(fault: Fault) -> Problem {
    let status = match fault.code {
        "matter.unknown" => StatusCode::NOT_FOUND,
        "line.refused" => StatusCode::CONFLICT,
        _ if fault.is_failure() => return fault.into(),
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Problem::new(status, fault.code).at(fault.what)
}
