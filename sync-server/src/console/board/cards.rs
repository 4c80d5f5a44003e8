//! A matter as a small card of the board.

use std::sync::Arc;

use minqing_core::{
    Id,
    calendar::Calendar,
    ids::shown,
    model::{Category, Channel, MatterState},
    pipeline::Matter,
    speech::said,
    words::{Lang, say},
};

use crate::{console::lines::short_plate, settings::Rules, storage::LineMatter};

/// A card.
pub struct Card {
    pub id: String,
    /// The highest ordinal, so that nobody does twice what somebody else has done meanwhile.
    pub saw: u64,
    pub title: String,
    pub code: String,
    /// Where, or how it came: 3-2-501, 北门, 来电.
    pub place: String,
    pub category: String,
    /// Word of the lamp, for its colour and shape; `pause` where its clock stands still.
    pub lamp: &'static str,
    /// What is next: 剩 1 个工作日, 周五 10:30, 9 / 12 户.
    pub next: String,
    /// Where it stands.
    pub state: String,
    /// Whether it has just come.
    pub is_new: bool,
}

/// Longest title, in characters.
const TITLE: usize = 30;
/// As long as a matter is new, in milliseconds.
const NEW_MS: i64 = 10 * 60_000;

/// What cards are made with.
pub struct Maker {
    pub lang: Lang,
    pub now_ms: i64,
    pub rules: Arc<Rules>,
}

impl Maker {
    /// The card of a matter.
    pub fn card(&self, line: LineMatter) -> Card {
        let LineMatter { row, due_ms, door, kept } = line;
        let saw = kept.as_ref().map_or(0, |kept| kept.judged);
        let matter = kept.and_then(|kept| kept.matter);
        let line = row.text.lines().next().unwrap_or_default();
        let mut title: String = line.chars().take(TITLE).collect();
        if title.len() < line.len() {
            title.push('…');
        }
        let where_from = || say(self.lang, &Channel::key_of(&row.channel), &[]);
        let door = door.as_ref().map(|door| short_plate(self.lang, door)).filter(|door| !door.is_empty());
        let paused = matter.as_ref().is_some_and(|m| m.clocks.iter().any(|clock| clock.is_paused()));
        Card {
            saw,
            title: if title.is_empty() { say(self.lang, "matter-untitled", &[]) } else { title },
            code: shown(&row.code),
            place: door.or(Some(row.place.clone()).filter(|place| !place.is_empty())).unwrap_or_else(where_from),
            category: say(self.lang, &Category::key_of(&row.category), &[]),
            lamp: match row.lamp.as_str() {
                _ if due_ms.is_some_and(|due_ms| due_ms < self.now_ms) => "red",
                "red" => "red",
                "yellow" => "yellow",
                _ if paused => "pause",
                _ => "none",
            },
            next: self.next(matter.as_ref(), due_ms, paused),
            state: say(self.lang, &MatterState::key_of(&row.state), &[]),
            is_new: row.state == MatterState::Registered.word() && self.now_ms - row.at_ms < NEW_MS,
            id: Id(row.id).to_string(),
        }
    }

    fn next(&self, matter: Option<&Matter>, due_ms: Option<i64>, paused: bool) -> String {
        let (lang, now_ms) = (self.lang, self.now_ms);
        let due = due_ms.map(|due_ms| due_said(lang, &self.rules.calendar, due_ms, now_ms));
        match (matter, matter.map(|m| m.state), due, due_ms) {
            (Some(m), Some(MatterState::Feedback), due, _) if !m.members.is_empty() => {
                let told = m.cluster().filter(|of| m.told.iter().any(|told| told.of == *of && told.reached)).count();
                let told = say(lang, "line-told", &[("n", told.into()), ("of", (m.members.len() + 1).into())]);
                due.map_or(told.clone(), |due| format!("{told} · {due}"))
            }
            (Some(m), Some(MatterState::FollowUp), ..) => match m.ratings.iter().rev().find(|rated| rated.cycle == m.cycle) {
                Some(rated) => say(lang, "line-rated", &[("n", rated.stars.into())]),
                None => say(lang, "line-unrated", &[]),
            },
            (_, Some(MatterState::Papers), _, Some(due_ms)) => say(lang, "line-papers-until", &[("due", said::when(lang, due_ms, now_ms).into())]),
            (_, _, Some(due), _) => due,
            _ if paused => say(lang, "clock-paused", &[]),
            _ => String::new(),
        }
    }
}

/// How far off a due date is: 超 2 个工作日, 超 3 个工作小时, 今天 17:30, 周五 10:30.
fn due_said(lang: Lang, calendar: &Calendar, due_ms: i64, now_ms: i64) -> String {
    if due_ms > now_ms {
        return said::when(lang, due_ms, now_ms);
    }
    let late_ms = calendar.working_ms(due_ms, now_ms);
    let day_ms = calendar.hours().length_ms().max(1);
    match (late_ms / day_ms, late_ms / 3_600_000) {
        (0, 0) => say(lang, "line-late-now", &[]),
        (0, hours) => say(lang, "line-late-hours", &[("n", hours.into())]),
        (days, _) => say(lang, "line-late-days", &[("n", days.into())]),
    }
}
