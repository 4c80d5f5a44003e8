//! What happened, as sentences, day by day, the newest first.

use minqing_core::{
    clock::{local_clock, local_date},
    document::Content,
    model::{EventCode, RefusalCode, Role},
    pipeline::{TABLE, To},
    speech::{Speech, said},
    words::{Lang, say},
};
use serde_json::Value;

use super::names::Names;
use crate::{figures::yuan, pipeline::Happening, storage::Result};

/// A day.
pub struct DayLine {
    pub day: String,
    pub steps: Vec<StepLine>,
}

/// Something that happened.
pub struct StepLine {
    pub clock: String,
    /// `move` where it went on, `late` where a clock spoke, empty else.
    pub kind: &'static str,
    /// Who; empty for the system.
    pub who: String,
    pub role: String,
    /// What.
    pub what: String,
    /// What it says beside.
    pub facts: Vec<(String, String)>,
    /// What was written for it.
    pub text: String,
    /// What was written for everybody.
    pub public: String,
    /// Why it was refused; empty if it was not.
    pub refused: String,
    /// When it came in, where that was later than it was done; empty else.
    pub came: String,
}

/// From how late on it is said that something came in later, in milliseconds.
const LATER: i64 = 10 * 60_000;

/// The days of a matter's history.
pub fn days(lang: Lang, history: &[Happening], texts: &Content, names: &Names<'_>, now_ms: i64) -> Result<Vec<DayLine>> {
    let mut days: Vec<DayLine> = Vec::new();
    for h in history.iter().rev() {
        let day = said::date(lang, local_date(h.done_at), local_date(now_ms));
        let step = step(lang, h, texts, names, now_ms)?;
        match days.last_mut().filter(|last| last.day == day) {
            Some(last) => last.steps.push(step),
            None => days.push(DayLine { day, steps: vec![step] }),
        }
    }
    Ok(days)
}

fn step(lang: Lang, h: &Happening, texts: &Content, names: &Names<'_>, now_ms: i64) -> Result<StepLine> {
    let code = EventCode::from_word(h.event);
    let moves = code.is_some_and(|code| TABLE.iter().any(|row| row.event == code && !matches!(row.to, To::Stay)));
    let by_system = h.by.is_empty();
    let kind = match (h.refused, by_system, moves) {
        (Some(_), ..) => "",
        (None, true, _) => "late",
        (None, false, true) => "move",
        (None, false, false) => "",
    };
    let text = |kind: &str| texts.root.text(&format!("{kind}:{}", h.id));
    Ok(StepLine {
        clock: local_clock(h.done_at),
        kind,
        who: names.name(&h.by)?,
        role: if by_system { String::new() } else { say(lang, &Role::key_of(h.role), &[]) },
        what: code.map_or_else(|| say(lang, "event-undone", &[]), |code| say(lang, &code.key(), &[])),
        facts: facts(lang, &h.said, texts, names, now_ms)?,
        text: text("text"),
        public: text("public"),
        refused: h.refused.map_or_else(String::new, |word| say(lang, &RefusalCode::key_of(word), &[])),
        came: if h.judged_ms - h.done_at > LATER { said::when(lang, h.judged_ms, now_ms) } else { String::new() },
    })
}

/// What an event says beside, in words; codes and ids that say nothing to people are left out.
fn facts(lang: Lang, said: &Value, texts: &Content, names: &Names<'_>, now_ms: i64) -> Result<Vec<(String, String)>> {
    let Some(fields) = said.as_object() else { return Ok(Vec::new()) };
    let speech = Speech(lang);
    let mut facts = Vec::new();
    for (key, value) in fields {
        let word = value.as_str().unwrap_or_default();
        let number = value.as_i64().unwrap_or_default();
        let told = match key.as_str() {
            "handling" => speech.code("handling-type", word),
            "reason" => speech.code("refuse-reason", word),
            "way" => speech.code("feedback-way", word),
            "proof" => speech.code("proof", word),
            "result" => speech.code("call-back", word),
            "solved" => speech.code("solved", word),
            "clock" => speech.code("clock", word),
            "category" if value.is_string() => speech.code("category", word),
            "to" | "place" if value.is_string() => names.name(word)?,
            "days" if number > 0 => say(lang, "clock-days", &[("n", number.into())]),
            "stars" => say(lang, "step-stars", &[("n", number.into())]),
            "fen" if number > 0 => say(lang, "step-yuan", &[("n", yuan(number.unsigned_abs()).into())]),
            "reached" | "done" | "approved" if value.is_boolean() => say(lang, &format!("value-{value}"), &[]),
            "replied_on" | "due" if number > 0 => day(lang, number),
            "at_ms" => said::when(lang, number, now_ms),
            "items" => {
                let all = value.as_array().into_iter().flatten().filter_map(Value::as_str);
                all.map(|id| texts.root.text(&format!("text:{id}"))).filter(|name| !name.is_empty()).collect::<Vec<_>>().join("、")
            }
            _ => String::new(),
        };
        if !told.is_empty() {
            // As a question it is how many, as a fact for how long.
            let key = if key == "days" { "term" } else { key };
            facts.push((say(lang, &format!("said-{}", key.replace('_', "-")), &[]), told));
        }
    }
    Ok(facts)
}

/// 20260930 as a day.
fn day(lang: Lang, number: i64) -> String {
    let text = number.to_string();
    let date = text.parse::<jiff::civil::Date>();
    date.map_or(text, |date| said::day(lang, date))
}
