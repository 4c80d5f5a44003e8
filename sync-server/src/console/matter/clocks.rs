//! Clocks as bars: what is used, where they stood still, what is left, and by which rule they are due.

use minqing_core::{
    model::{Allowance, Category, Clock},
    pipeline::{Matter, Running},
    speech::said,
    words::{Lang, say},
};

use crate::settings::Rules;

/// A clock.
pub struct ClockLine {
    pub name: String,
    /// Word of the lamp, for its colour and shape.
    pub lamp: &'static str,
    /// What the lamp says: 用了 81%.
    pub said: String,
    /// When it is due; empty where it is not.
    pub due: String,
    /// By which rule.
    pub rule: String,
    pub pieces: Vec<Piece>,
    /// Where now is, in per cent of the bar; empty once it is at its end.
    pub now: String,
    pub ended: bool,
}

/// A piece of a bar.
pub struct Piece {
    /// From and how long, in per cent.
    pub x: String,
    pub width: String,
    /// `used` or `pause`.
    pub kind: &'static str,
}

/// The clocks of a matter, those that run first.
pub fn lines(lang: Lang, rules: &Rules, matter: &Matter, now_ms: i64) -> Vec<ClockLine> {
    let mut lines: Vec<ClockLine> = matter.clocks.iter().map(|running| line(lang, rules, matter, running, now_ms)).collect();
    lines.sort_by_key(|line| line.ended);
    lines
}

fn line(lang: Lang, rules: &Rules, matter: &Matter, running: &Running, now_ms: i64) -> ClockLine {
    let reading = running.reading(now_ms, rules.calendar_for(running));
    let ended = running.ended.map(|end| end.at_ms);
    let until = ended.unwrap_or(now_ms);
    let end = reading.due_ms.map_or(until, |due| due.max(until)).max(running.started_ms + 1);
    let share = |ms: i64| format!("{:.1}%", (ms - running.started_ms).clamp(0, end - running.started_ms) as f64 * 100.0 / (end - running.started_ms) as f64);
    let piece = |from: i64, to: i64, kind| Piece { x: share(from), width: share(running.started_ms + (to - from).max(0)), kind };
    let mut pieces = Vec::new();
    let mut at = running.started_ms;
    for pause in &running.pauses {
        let to = pause.to_ms.unwrap_or(until).min(until);
        pieces.push(piece(at, pause.from_ms, "used"));
        pieces.push(piece(pause.from_ms, to, "pause"));
        at = to;
    }
    pieces.push(piece(at, until, "used"));
    let used = if let Some(left) = reading.left_ms { percent(reading.used_ms, reading.used_ms + left) } else { None };
    let said = match (running.is_paused(), ended.is_some(), used) {
        (true, _, _) => say(lang, "clock-paused", &[]),
        (_, true, _) => say(lang, "clock-ended", &[]),
        (_, _, Some(used)) => say(lang, "clock-used", &[("n", used.into())]),
        (_, _, None) => say(lang, "clock-always", &[]),
    };
    ClockLine {
        name: say(lang, &running.clock.key(), &[]),
        lamp: if ended.is_some() { "none" } else { reading.lamp.word() },
        said,
        due: reading.due_ms.filter(|_| ended.is_none()).map_or_else(String::new, |due| said::when(lang, due, now_ms)),
        rule: rule(lang, matter, running, reading.provisional, now_ms),
        pieces,
        now: if ended.is_some() { String::new() } else { share(now_ms) },
        ended: ended.is_some(),
    }
}

fn percent(used: i64, of: i64) -> Option<i64> {
    (of > 0).then(|| used * 100 / of)
}

/// 环境绿化 5 个工作日，从 11 月 16 日 10:05 起算.
pub(crate) fn rule(lang: Lang, matter: &Matter, running: &Running, provisional: bool, now_ms: i64) -> String {
    let start = said::when(lang, running.started_ms, now_ms);
    let category = matter.about.category.map_or_else(String::new, |c| say(lang, &Category::key_of(c.word()), &[]));
    let Some(allowance) = running.allowance else { return say(lang, "clock-rule-total", &[("start", start.into())]) };
    let length = length(lang, allowance);
    let whose = if running.clock == Clock::Handling { category } else { String::new() };
    let said = say(lang, "clock-rule", &[("whose", whose.into()), ("length", length.into()), ("start", start.into())]);
    let said = said.trim().to_owned();
    if provisional { format!("{said} {}", say(lang, "clock-provisional", &[])) } else { said }
}

/// How long a clock may run: 5 个工作日, 24 小时.
pub fn length(lang: Lang, allowance: Allowance) -> String {
    match allowance {
        Allowance::Days(n) => say(lang, "clock-days", &[("n", n.into())]),
        Allowance::Hours(n) => say(lang, "clock-hours", &[("n", n.into())]),
    }
}
