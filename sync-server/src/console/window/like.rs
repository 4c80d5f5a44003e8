//! While somebody types: what may be the same matter, and until when it is promised.

use minqing_core::{
    Id,
    document::matter::Home,
    ids::shown,
    model::{Allowance, Category, Clock, MatterState},
    speech::said,
    view::HouseholdRow,
    words::{Lang, say},
};

use super::Typed;
use crate::{
    app::App,
    console::{desk::AtDesk, doors, inbox::worded, matter::length, pages::WindowLike},
    storage::{Alike, Likeness, LineMatter, Result, log::StreamId},
};

/// Most matters that are named.
const MOST: usize = 4;
/// Longest title, in characters.
const TITLE: usize = 40;

/// A matter that may be the same.
pub struct AlikeLine {
    pub id: String,
    pub title: String,
    pub code: String,
    pub plate: String,
    pub state: String,
    /// 1 to 4, for its ticks.
    pub stage: u8,
    pub when: String,
    /// In what it is like.
    pub why: String,
    /// Whether what is typed may go with it, by one button.
    pub follows: bool,
    /// Why not, as a sentence.
    pub why_not: String,
}

/// When something is due, and by which rule.
pub struct DueLine {
    pub what: String,
    /// As somebody says it now, and milliseconds since 1970.
    pub when: String,
    pub due_ms: i64,
    pub rule: String,
}

/// Both.
pub fn part(app: &App, desk: &AtDesk, lang: Lang, typed: &Typed, found: &[HouseholdRow]) -> Result<WindowLike> {
    // Which door is meant is asked again when it is saved.
    let household = doors::chosen(&typed.who, &typed.household, found).ok().flatten();
    let here = household.map(|door| app.store.document(door)).transpose()?.flatten().map(|card| card.head.stream);
    let like = Likeness { community: desk.community.clone(), text: format!("{}\n{}", typed.text, typed.place), household, category: typed.category() };
    let found = app.store.matters_like(&like, MOST)?;
    let ids: Vec<Id> = found.iter().map(|alike| Id(alike.matter.id)).collect();
    let stand = app.store.line_matters(&ids)?;
    let lines = found.into_iter().filter_map(|alike| {
        let stands = stand.iter().find(|line| line.row.id == alike.matter.id)?;
        Some(line(lang, (&like, here), &alike, stands, app.clock.now_ms()))
    });
    let departments = app.store.departments(&desk.community)?;
    let department = typed.category().and_then(|category| departments.into_iter().find(|d| d.is_for(category))).map(|d| d.name);
    Ok(WindowLike { lang, lines: lines.collect(), due: due(app, lang, typed.category()), department: department.unwrap_or_default() })
}

fn line(lang: Lang, (like, here): (&Likeness, Option<StreamId>), alike: &Alike, stands: &LineMatter, now_ms: i64) -> AlikeLine {
    let row = &alike.matter;
    let state = MatterState::from_word(&row.state);
    let why = [
        (alike.same_door, "window-same-door"),
        (alike.same_building && !alike.same_door, "window-same-building"),
        (alike.same_category, "window-same-category"),
        (alike.shared > 0, "window-same-words"),
    ];
    let why: Vec<String> = why.into_iter().filter(|(is, _)| *is).map(|(_, key)| say(lang, key, &[])).collect();
    let why_not = match (like.category.is_none() || alike.same_category, is_beside(like, here, stands)) {
        (false, _) => say(lang, "window-other-category", &[]),
        (_, false) => say(lang, "window-other-grid", &[]),
        _ => String::new(),
    };
    AlikeLine {
        id: Id(row.id).to_string(),
        title: row.text.lines().next().unwrap_or_default().chars().take(TITLE).collect(),
        code: shown(&row.code),
        plate: worded(lang, stands.door.as_ref()).unwrap_or_else(|| row.place.clone()),
        state: state.map_or_else(String::new, |state| say(lang, &state.key(), &[])),
        stage: state.and_then(MatterState::stage).map_or(1, |stage| stage.number()),
        when: said::when(lang, row.at_ms, now_ms),
        why: why.join(say(lang, "list-between", &[]).as_str()),
        follows: why_not.is_empty(),
        why_not,
    }
}

/// Whether both lie in one place of the log: only then does one follow the other. `here`: where the door lies that is meant.
fn is_beside(like: &Likeness, here: Option<StreamId>, stands: &LineMatter) -> bool {
    let category = Category::from_word(&stands.row.category);
    let theirs = Home::of(category, stands.row.household.map(Id), &like.community);
    match (Home::of(category, like.household, &like.community), theirs) {
        (Home::Community(_), Home::Community(_)) => true,
        (Home::Household(_), Home::Household(_)) => here.is_some() && here == stands.kept.as_ref().map(|kept| kept.stream),
        _ => false,
    }
}

/// When it is accepted at the latest, and when it is done if it is handed on today.
pub fn due(app: &App, lang: Lang, category: Option<Category>) -> Vec<DueLine> {
    let (rules, now_ms) = (app.rules.get(), app.clock.now_ms());
    let clocks = [(Clock::Accept, "window-accept"), (Clock::Handling, "window-handle")];
    let line = |(clock, key): (Clock, &str)| {
        let allowance = rules.terms.of(clock, category)?;
        let (due_ms, provisional) = match allowance {
            Allowance::Days(days) => {
                let due = rules.calendar.due(now_ms, u32::from(days));
                (due.due_ms, due.provisional)
            }
            Allowance::Hours(hours) => (now_ms + i64::from(hours) * 3_600_000, false),
        };
        let whose = category.filter(|_| clock == Clock::Handling).map_or_else(String::new, |c| say(lang, &c.key(), &[]));
        let rule = say(lang, &format!("{key}-rule"), &[("whose", whose.into()), ("length", length(lang, allowance).into())]);
        let provisional = if provisional { format!(" {}", say(lang, "clock-provisional", &[])) } else { String::new() };
        Some(DueLine { what: say(lang, key, &[]), when: said::when(lang, due_ms, now_ms), due_ms, rule: format!("{}{provisional}", rule.trim()) })
    };
    // How long it takes depends on what it is.
    clocks.into_iter().filter(|(clock, _)| *clock == Clock::Accept || category.is_some()).filter_map(line).collect()
}
