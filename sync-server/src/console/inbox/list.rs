//! The page: what is left, and what was decided today.

use axum::extract::{Query, State};
use minqing_core::{
    Id,
    clock::{day_start, local_date},
    speech::said,
    view::HouseholdRow,
    words::{Lang, say},
};
use serde::Deserialize;

use super::{
    Kind,
    cards::{self, Body, CardLine},
};
use crate::{
    app::App,
    auth::rights::Right,
    console::{
        aside,
        desk::AtDesk,
        fields,
        pages::{InboxLeft, InboxPage, InboxTab, Place, SettledLine, Toast},
        tongue::Tongue,
    },
    inbox::{self, Field},
    problem::Problem,
    storage::{CardCounts, Decision, DecisionKind, Result},
};

/// Most cards of a page; the next come up as these are settled.
const SHOWN: u32 = 15;
/// Most decisions of its tab.
const DECISIONS: u32 = 100;

/// Which cards, and what was just done.
#[derive(Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub(super) kind: String,
    /// The decision that was just made.
    #[serde(default)]
    pub(super) did: String,
    /// The decision that was just taken back.
    #[serde(default)]
    pub(super) undid: String,
    /// What became of an item that was put aside.
    #[serde(default)]
    pub(super) aside: String,
    /// How many cards the page had.
    #[serde(default)]
    pub(super) had: Option<u64>,
    /// What was typed and not taken.
    #[serde(skip)]
    pub(super) kept: Option<Kept>,
}

/// What somebody typed into a card that was not taken: it stands there again.
#[derive(Clone)]
pub struct Kept {
    pub(super) doc: String,
    pub(super) field: String,
    pub(super) typed: String,
}

/// The whole page.
pub async fn inbox(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Query(asked): Query<Asked>) -> Result<InboxPage, Problem> {
    page(app, desk, lang, asked, None).await
}

/// How many are left, fetched again and again.
pub async fn inbox_left(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue, Query(asked): Query<Asked>) -> Result<InboxLeft, Problem> {
    desk.need(Right::Settle)?;
    let kind = Kind::of(&asked.kind);
    let (counts, done) = app.work(move |app| -> Result<_> { Ok((app.store.card_counts(&desk.community)?, decided(app, &desk.community)?)) }).await?;
    Ok(left(lang, kind, counts, done, asked.had))
}

/// The page, with why something was not done: sentence and code.
pub(super) async fn page(app: App, desk: AtDesk, lang: Lang, asked: Asked, error: Option<(String, &'static str)>) -> Result<InboxPage, Problem> {
    desk.need(Right::Settle)?;
    let rail = desk.rail(&app, lang, Place::Inbox).await?;
    let kind = Kind::of(&asked.kind);
    let read = app.work(move |app| -> Result<_> {
        let mut cards = if kind == Kind::Done { Vec::new() } else { collect(app, &desk.community, lang, kind)? };
        let anchors: Vec<String> = cards.iter().map(|card| card.anchor.clone()).collect();
        for (i, card) in cards.iter_mut().enumerate() {
            if let (Some(kept), Body::Edit { doc, field, together, .. }) = (&asked.kept, &mut card.body)
                && kept.doc == *doc
                && kept.field == *field
            {
                *together = Some(kept.typed.clone());
            }
            card.next = anchors.get(i + 1).or(anchors.first()).cloned().unwrap_or_default();
        }
        let settled = if kind == Kind::Done { settled(app, &desk.community, lang)? } else { Vec::new() };
        Ok((cards, settled, toast(app, lang, &desk.community, &asked)?, decided(app, &desk.community)?))
    });
    let (cards, settled, toast, done) = read.await?;
    let counts = rail.cards.unwrap_or_default();
    let tab = |(tab, word): (Kind, &'static str)| InboxTab {
        word,
        said: say(lang, &format!("inbox-tab-{word}"), &[]),
        count: if tab == Kind::Done { done } else { of_kind(counts, tab) },
        is_here: tab == kind,
    };
    let left = left(lang, kind, counts, done, None);
    let more = of_kind(counts, kind).saturating_sub(cards.len() as u64);
    let more = if kind == Kind::Done || more == 0 { String::new() } else { say(lang, "inbox-more", &[("n", more.into())]) };
    Ok(InboxPage { lang, desk: rail, kind: kind.word(), left, tabs: Kind::ALL.map(tab).into(), cards, more, settled, toast, error })
}

fn of_kind(counts: CardCounts, kind: Kind) -> u64 {
    match kind {
        Kind::All => counts.all(),
        Kind::Edit => counts.edits,
        Kind::Door => counts.doors,
        Kind::Parked => counts.aside + counts.refused,
        Kind::Address => counts.addresses,
        Kind::Done => 0,
    }
}

fn left(lang: Lang, kind: Kind, counts: CardCounts, done: u64, had: Option<u64>) -> InboxLeft {
    let open = of_kind(counts, Kind::All);
    let share = (done * 100).checked_div(open + done).unwrap_or(100);
    let said = say(lang, "inbox-left", &[("done", done.into()), ("left", open.into())]);
    let new = had.map_or(0, |had| open.saturating_sub(had));
    let news = if new == 0 { String::new() } else { say(lang, "inbox-news", &[("n", new.into())]) };
    InboxLeft { lang, kind: kind.word(), said, share, had: had.unwrap_or(open), news }
}

/// When today began.
fn today(app: &App) -> i64 {
    day_start(local_date(app.clock.now_ms()))
}

fn decided(app: &App, community: &str) -> Result<u64> {
    app.store.decided(community, today(app))
}

/// What waits longest first; doors, which nobody waits for, last.
fn collect(app: &App, community: &str, lang: Lang, kind: Kind) -> Result<Vec<CardLine>> {
    let now_ms = app.clock.now_ms();
    let wants = |of: Kind| kind == Kind::All || kind == of;
    let mut found: Vec<(i64, CardLine)> = Vec::new();
    if wants(Kind::Edit) {
        for (doc, field) in app.store.reviews(community, SHOWN)? {
            found.extend(inbox::card(app, doc, &field)?.map(|card| (card.newest_ms(), cards::edit(lang, &card, now_ms))));
        }
    }
    if wants(Kind::Parked) {
        for (row, officer, told) in aside::list(app, community, SHOWN)? {
            found.push((row.received_ms, cards::aside(aside::line(lang, &row, officer, told, now_ms))));
        }
        for row in app.store.refused(community, SHOWN)? {
            found.extend(cards::refused(app, lang, &row, now_ms)?.map(|card| (row.at_ms, card)));
        }
    }
    if wants(Kind::Address) {
        let matters = app.store.without_door(community, SHOWN)?;
        let doors: Vec<HouseholdRow> = if matters.is_empty() { Vec::new() } else { app.store.doors_of(community)? };
        for matter in matters {
            found.extend(cards::address(app, lang, matter, &doors, now_ms)?.map(|card| (matter.made_ms().unwrap_or_default(), card)));
        }
    }
    if wants(Kind::Door) {
        for (a, b) in app.store.twins(community, SHOWN)? {
            let (Some(a), Some(b)) = (inbox::door(app, a)?, inbox::door(app, b)?) else { continue };
            found.push((i64::MAX, cards::doors(lang, &a, &b, now_ms)));
        }
    }
    found.sort_by_key(|(at_ms, _)| *at_ms);
    Ok(found.into_iter().map(|(_, card)| card).take(SHOWN as usize).collect())
}

/// Today's decisions, newest first.
fn settled(app: &App, community: &str, lang: Lang) -> Result<Vec<SettledLine>> {
    let now_ms = app.clock.now_ms();
    let line = |d: Decision| -> Result<SettledLine> {
        let by = app.store.name_of_staff(d.staff)?.unwrap_or_default();
        let (when, undone) = (said::when(lang, d.at_ms, now_ms), d.undone_ms.is_some());
        Ok(SettledLine { said: told(app, lang, &d)?, id: d.id.to_string(), when, by, undone })
    };
    app.store.decisions(community, today(app), DECISIONS)?.into_iter().map(line).collect()
}

/// What a decision was, as a sentence.
fn told(app: &App, lang: Lang, d: &Decision) -> Result<String> {
    let plate = |id: Option<Id>| Ok::<_, crate::storage::StoreError>(cards::plate(app, lang, id)?.unwrap_or_default());
    let args = match d.kind {
        DecisionKind::Edit | DecisionKind::Correction => {
            let field = app.store.document(d.doc)?.map(|kept| Field::of(app, &kept, &d.other)).transpose()?;
            let door = field.as_ref().and_then(|field| cards::worded(lang, field.door.as_ref())).unwrap_or_default();
            let named = field.map_or_else(|| fields::name(lang, &d.other), |field| fields::field(lang, &field, app.clock.now_ms()));
            vec![("door", door), ("field", named), ("value", shortened(fields::value(lang, &d.other, &d.became)))]
        }
        DecisionKind::Door => vec![("door", plate(Some(d.doc))?), ("gone", plate(d.became.parse().ok())?)],
        DecisionKind::Address => vec![("door", plate(d.became.parse().ok())?)],
        DecisionKind::Refused => {
            let row = app.store.matter_row(d.doc)?;
            vec![("door", plate(row.and_then(|row| row.household.or(row.door)).map(Id))?)]
        }
    };
    let key = match (d.kind, d.became.as_str()) {
        (DecisionKind::Edit, _) => "did-edit",
        (DecisionKind::Correction, _) => "did-correction",
        (DecisionKind::Door, "apart") => "did-apart",
        (DecisionKind::Door, _) => "did-merge",
        (DecisionKind::Address, "") => "did-no-door",
        (DecisionKind::Address, _) => "did-place",
        (DecisionKind::Refused, _) => "did-refused",
    };
    let args: Vec<_> = args.into_iter().map(|(name, said)| (name, said.into())).collect();
    Ok(say(lang, key, &args).trim().to_owned())
}

/// As much of a text as a line takes.
fn shortened(text: String) -> String {
    if text.chars().count() > 40 { text.chars().take(39).chain(['…']).collect() } else { text }
}

fn toast(app: &App, lang: Lang, community: &str, asked: &Asked) -> Result<Option<Toast>> {
    if matches!(asked.aside.as_str(), "adopted" | "known" | "returned") {
        return Ok(Some(Toast { said: say(lang, &format!("aside-did-{}", asked.aside), &[]), undo: None }));
    }
    let (named, is_back) = if asked.did.is_empty() { (&asked.undid, true) } else { (&asked.did, false) };
    let decision = named.parse().ok().map(|id| app.store.decision(id)).transpose()?.flatten();
    let Some(decision) = decision.filter(|d| d.community == community) else { return Ok(None) };
    let said = told(app, lang, &decision)?;
    Ok(Some(match is_back {
        true => Toast { said: say(lang, "did-undone", &[("did", said.into())]), undo: None },
        false => Toast { said, undo: decision.undone_ms.is_none().then(|| decision.id.to_string()) },
    }))
}
