//! What clocks come to: done once, whoever does it and however often, after a restart too.

use minqing_core::{
    Id,
    calendar::Calendar,
    event::{Fact, FactKind, Said, Timer as TimerFact},
    frame::to_cbor,
    pipeline::{Around, Judgement, Matter, Timer, happened, judge_timer, timers},
};

use super::{verdict::log_fact, visit};
use crate::{
    app::App,
    due,
    figures::follow,
    storage::{
        Result,
        log::{Ahead, KeptMatter},
    },
    sync::{Applying, Pen, show_matter},
};

/// Working days that a timer waits for phones at most.
const PHONES: u32 = 2;
/// How soon a timer that waits for phones is looked at again, in milliseconds.
const AGAIN: i64 = 10 * 60_000;

/// Does what is due by now, unless another process is at it. Returns how many timers were done.
///
/// # Errors
/// `store.failed`; then what was done before stays done, and the rest is done the next time.
pub fn run_due(app: &App) -> Result<usize> {
    due::run(app, "timers", |limit| app.store.matters_due(app.clock.now_ms(), limit), of_matter)
}

/// Does what is due about one matter, and notes when to look at it next.
fn of_matter(a: &mut Applying<'_>, id: Id) -> Result<usize> {
    let Some(mut kept) = a.unit.matter(id)? else { return Ok(0) };
    let mut done = 0;
    let mut look_again = None;
    while let Some(timer) = next(a, &kept) {
        if timer.waits_for_phones && !phones_heard(a, &kept, &timer)? {
            look_again = Some(a.now_ms + AGAIN);
            break;
        }
        if !fire(a, id, &mut kept, &timer)? {
            // Nothing moved: not to be tried for ever.
            look_again = Some(a.now_ms + AGAIN);
            break;
        }
        done += 1;
    }
    if done > 0 {
        show_matter(a, id, &kept)?;
    }
    let ahead = ahead(&kept, &a.rules.calendar);
    a.unit.keep_matter(id, &kept, Ahead { next_ms: look_again.or(ahead.next_ms), ..ahead })?;
    Ok(done)
}

/// Keeps a matter, with what is ahead of it.
pub(crate) fn keep(a: &mut Applying<'_>, id: Id, kept: &KeptMatter) -> Result<()> {
    let ahead = ahead(kept, &a.rules.calendar);
    a.unit.keep_matter(id, kept, ahead)
}

fn ahead(kept: &KeptMatter, calendar: &Calendar) -> Ahead {
    let of = |m: &Matter| Ahead { next_ms: timers(m, calendar).first().map(|timer| timer.at_ms), due_ms: m.next_due(calendar).map(|(_, due_ms)| due_ms) };
    kept.matter.as_ref().map(of).unwrap_or_default()
}

fn next(a: &Applying<'_>, kept: &KeptMatter) -> Option<Timer> {
    kept.matter.iter().flat_map(|m| timers(m, &a.rules.calendar)).find(|timer| timer.at_ms <= a.now_ms)
}

/// Whether each phone that carries the matter has exchanged since the moment, or two working days are over.
fn phones_heard(a: &mut Applying<'_>, kept: &KeptMatter, timer: &Timer) -> Result<bool> {
    if a.now_ms >= a.rules.calendar.due(timer.alarm.at_ms, PHONES).due_ms {
        return Ok(true);
    }
    Ok(a.unit.last_heard(kept.stream)?.is_none_or(|ms| ms >= timer.alarm.at_ms))
}

/// Does one timer; whether anything was done.
fn fire(a: &mut Applying<'_>, id: Id, kept: &mut KeptMatter, timer: &Timer) -> Result<bool> {
    let Some(matter) = &kept.matter else { return Ok(false) };
    let name = timer.id(matter);
    if a.unit.event_known(name)? {
        return Ok(false);
    }
    let ordinal = kept.judged + 1;
    let around = Around { id, calendar: &a.rules.calendar, terms: &a.rules.terms, works_for: &[], other: None, now_ms: a.now_ms };
    let Judgement::Accepted { matter, .. } = judge_timer(matter, ordinal, (name, timer.code, Said::Alarm(timer.alarm.clone())), &around) else {
        return Ok(false);
    };
    let said = TimerFact { ordinal, code: timer.code, alarm: timer.alarm.clone(), calendar: a.rules.calendar.version() };
    let payload = to_cbor(&said);
    let item = Pen::fact_of(name, a.now_ms, FactKind::Timer, id, payload.clone());
    log_fact(a, kept.stream, &item, None)?;
    a.unit.keep_event(name, id)?;
    let fact = Fact { id: name, kind: FactKind::Timer.number(), server_ms: a.now_ms, payload };
    kept.tally = follow(kept, id, &happened([], [fact]), &*a.rules);
    kept.judged = ordinal;
    let before = kept.matter.replace(*matter).map(|m| m.state);
    visit::ask(a, kept, before)?;
    Ok(true)
}
