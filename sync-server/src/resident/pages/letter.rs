//! `/m/letter`: the electronic letter box (电子信箱). Whoever has no slip writes to a community and is given a code and a PIN, once.

use axum::{
    extract::{Form, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use minqing_core::{
    Id,
    clock::DAY_MS,
    ids::shown,
    model::{Affected, Channel, Check, EventCode, NewMatter, Role},
    speech::{Speech, Term},
    words::{Lang, say},
};
use serde::Deserialize;

use super::{
    porch::Porch,
    session,
    templates::{LetterPage, LetterSentPage},
};
use crate::{
    app::App,
    area,
    auth::tries::{Caller, Door, Limit},
    console::{
        matter::form::Fields,
        qr,
        session::{is_stale, with_form},
        tongue::Tongue,
    },
    fault::{Fault, sentence},
    pipeline::{Registration, Then, register},
    problem::Problem,
    site::Look,
    slip,
};

/// Most characters of a letter, and of how its writer can be reached.
pub(super) const MAX_LETTER: usize = 2_000;
pub(super) const MAX_REACH: usize = 100;

/// To which community.
#[derive(Deserialize)]
pub struct To {
    #[serde(default)]
    community: String,
}

/// What was typed; all of it stays in the form.
#[derive(Clone, Debug, Default)]
pub struct Letter {
    pub community: String,
    pub kind: String,
    pub category: String,
    pub text: String,
    pub place: String,
    pub reach: String,
    /// The id under which it will be registered, so that what is sent twice is there once.
    pub once: String,
}

impl Letter {
    fn of(fields: &Fields) -> Self {
        let text = |name| fields.text(name).to_owned();
        let (community, kind, category) = (text("community"), text("kind"), text("category"));
        Self { community, kind, category, text: text("text"), place: text("place"), reach: text("reach"), once: text("once") }
    }

    /// As a matter of nobody's door, under the code of a slip.
    fn matter(&self, code: &str, lang: Lang) -> Result<NewMatter, Fault> {
        let root = Check::root();
        root.field("text").some_text(&self.text, MAX_LETTER)?;
        root.field("reach").text(&self.reach, MAX_REACH)?;
        let reach = if self.reach.is_empty() { String::new() } else { format!("\n{}", say(lang, "letter-reached", &[("reach", self.reach.as_str().into())])) };
        let new = NewMatter {
            kind: self.kind.clone(),
            channel: Channel::Platform.word().to_owned(),
            category: self.category.clone(),
            text: format!("{}{reach}", self.text),
            place: self.place.clone(),
            community: self.community.clone(),
            affected: Affected::Household.word().to_owned(),
            slip: code.to_owned(),
            ..NewMatter::default()
        };
        new.check()?;
        Ok(new)
    }
}

/// The empty form.
pub async fn letter_page(State(app): State<App>, Tongue(lang): Tongue, look: Look, headers: HeaderMap, Query(to): Query<To>) -> Result<Response, Problem> {
    let letter = Letter { community: to.community, ..Letter::default() };
    form(&app, (lang, look), &headers, StatusCode::OK, letter, None).await
}

/// Registers it and shows code and PIN.
pub async fn send_letter(
    State(app): State<App>,
    Tongue(lang): Tongue,
    look: Look,
    caller: Caller,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let fields = Fields::of(fields);
    let (letter, seen) = (Letter::of(&fields), (lang, look));
    if is_stale(&headers, fields.text("token")) {
        return form(&app, seen, &headers, StatusCode::FORBIDDEN, letter, Some(Fault::new("form.stale", ""))).await;
    }
    // What is wrong with the form is said before a try is taken.
    if let Err(fault) = letter.matter("", lang) {
        return form(&app, seen, &headers, StatusCode::UNPROCESSABLE_ENTITY, letter, Some(fault)).await;
    }
    if let Err(wait) = app.tries.take(Door::Letter, Limit::Code, &[&caller.bytes()]) {
        let mut answer = form(&app, seen, &headers, StatusCode::TOO_MANY_REQUESTS, letter, Some(Fault::new("tries.too_many", ""))).await?;
        answer.headers_mut().insert(header::RETRY_AFTER, wait.0.into());
        return Ok(answer);
    }
    let sent = letter.clone();
    match app.work(move |app| post(app, seen, &sent)).await {
        Ok(page) => Ok(page.into_response()),
        Err(fault) if fault.is_failure() => Err(fault.into()),
        // It is registered, so nothing is lost: what is written next is another letter.
        Err(fault) if fault.code == "letter.sent" => {
            let next = Letter { community: letter.community, ..Letter::default() };
            form(&app, seen, &headers, StatusCode::CONFLICT, next, Some(fault)).await
        }
        Err(fault) if fault.code == "form.stale" => {
            form(&app, seen, &headers, StatusCode::FORBIDDEN, Letter { once: String::new(), ..letter }, Some(fault)).await
        }
        Err(fault) => form(&app, seen, &headers, StatusCode::UNPROCESSABLE_ENTITY, letter, Some(fault)).await,
    }
}

fn post(app: &App, (lang, look): (Lang, Look), letter: &Letter) -> Result<LetterSentPage, Fault> {
    let community = slip::community(app, Some(letter.community.as_str()).filter(|id| !id.is_empty()))?;
    // An id of this server's own making, as far as can be told, and of a form that lies open for a day at most.
    let (now_ms, id) = (app.clock.now_ms(), letter.once.parse::<Id>().ok());
    let is_ours = |id: &Id| id.made_ms().is_some_and(|made_ms| (now_ms - DAY_MS..=now_ms).contains(&made_ms));
    let matter = id.filter(is_ours).ok_or_else(|| Fault::new("form.stale", ""))?;
    let sent = || Fault::new("letter.sent", "");
    if app.store.matter_row(matter)?.is_some() {
        return Err(sent());
    }
    let made = slip::make_one(app, &community.id)?;
    let new = NewMatter { community: community.id.clone(), ..letter.matter(&made.code, lang)? };
    let (by, code) = (Id::resident(matter), made.code.clone());
    let registration = Registration { id: matter, community: community.id.clone(), by, role: Role::Resident, new, code, then: Then::Waits };
    register(app, &registration).map_err(|fault| if fault.code == "matter.registered" { sent() } else { fault })?;
    tracing::info!(%matter, event = EventCode::Register.word(), "a letter was registered");
    let qr = qr::svg(&slip::address(&app.config.public_url, &made.code))?;
    Ok(LetterSentPage { porch: Porch::of(app, (lang, look), Some(&community.id))?, lang, code: shown(&made.code), pin: made.pin, qr })
}

async fn form(
    app: &App,
    (lang, look): (Lang, Look),
    headers: &HeaderMap,
    status: StatusCode,
    letter: Letter,
    fault: Option<Fault>,
) -> Result<Response, Problem> {
    let made = app.work(move |app| {
        let open = app.store.open_communities("")?;
        let communities: Vec<Term> = open.iter().map(|area| Term { word: area.id.clone(), said: area::short_name(&area.name).to_owned() }).collect();
        let named = Some(letter.community.as_str()).filter(|id| communities.iter().any(|c| c.word == *id));
        let porch = Porch::of(app, (lang, look), named)?;
        let once = if letter.once.is_empty() { app.pen.id(&*app.entropy, app.clock.now_ms()).to_string() } else { letter.once.clone() };
        Ok::<_, Fault>(LetterPage {
            porch,
            lang,
            letter: Letter { once, ..letter },
            communities,
            kinds: Speech(lang).choices("matter-kind"),
            categories: Speech(lang).choices("category"),
            token: String::new(),
            error: fault.map(|fault| Wrong { field: field_of(&fault), said: sentence(lang, fault.code, &fault.what), code: fault.code }),
        })
    });
    let page = made.await?;
    Ok(with_form(app, headers, session::HERE, |token| (status, LetterPage { token, ..page })))
}

/// What is wrong, and with which field.
pub struct Wrong {
    /// The field's name; empty where it is about the whole.
    pub field: &'static str,
    pub said: String,
    pub code: &'static str,
}

fn field_of(fault: &Fault) -> &'static str {
    let fields = ["kind", "category", "text", "place", "reach"];
    let named = fields.into_iter().find(|field| *field == fault.what);
    named.unwrap_or(if matches!(fault.code, "community.unknown" | "area.malformed") { "community" } else { "" })
}
