//! The page of a day put together: what waits for a time, what cannot be had, the table, and a round.

use jiff::ToSpan;
use minqing_core::{
    Id,
    appointment::{Appointment, Slot},
    clock::{DAY_MS, local_clock, local_date},
    model::{AppointmentEvent, AppointmentState, NoRoomReason},
    speech::said,
    words::{Lang, say},
};

use super::{
    asked::{Asked, Words},
    day::{Day, Walker, Wish},
    round::{RoundView, Week, rounds},
    table::{Hand, MOST, Table, has_no_room, joined, state, table, takes_another_time},
    visit::time,
};
use crate::{
    app::App,
    auth::rights::Right,
    console::{
        appointments::{of_desk, role_for},
        desk::AtDesk,
        inbox::{plate, worded},
        lines::short_plate,
        matter::Choice,
    },
    fault::Fault,
    storage::OnCalendar,
};

/// Most lines of those that wait.
const WAITING: u32 = 50;
/// How long a visit that was missed waits for another time, in milliseconds.
const MISSED_MS: i64 = 14 * DAY_MS;

/// A day.
pub struct DaybookView {
    /// 11 月 25 日 周三
    pub title: String,
    pub day: String,
    /// Doors and what is not agreed yet, as a sentence.
    pub summary: String,
    pub before: String,
    pub after: String,
    pub today: String,
    /// What is shown, without what is moved.
    pub back: String,
    pub grids: Vec<Choice>,
    pub grid: String,
    /// Whether there are more officers than columns.
    pub more: bool,
    pub table: Table,
    /// What whoever looks may do.
    pub hand: Hand,
    pub refused: Vec<RefusedLine>,
    pub waiting: Vec<WaitLine>,
    /// The appointment for which a time is looked for.
    pub moving: Option<WaitLine>,
    pub round: Option<RoundView>,
    pub week: Week,
    /// What was just done; empty if nothing was.
    pub did: String,
    pub undo: Option<Undo>,
}

/// A time that cannot be had, and those that can in its place.
pub struct RefusedLine {
    pub id: String,
    pub seen: u64,
    pub said: String,
    /// As a form sends it, and how it is said.
    pub offers: Vec<(String, String)>,
}

/// An appointment without an agreed time.
pub struct WaitLine {
    pub id: String,
    pub seen: u64,
    pub plate: String,
    pub what: String,
    pub state: String,
    pub time: String,
    pub moves: bool,
}

/// What it was before it was moved.
pub struct Undo {
    pub id: String,
    pub seen: u64,
    /// As a form sends it.
    pub to: String,
}

/// Puts it together.
///
/// # Errors
/// `appointment.unknown` where one of another community is to be moved; `store.failed` and the like.
pub fn view(app: &App, desk: &AtDesk, lang: Lang, asked: &Asked, words: &Words) -> Result<DaybookView, Fault> {
    let hand = Hand { names: role_for(desk, AppointmentEvent::Reschedule).is_ok(), asks: desk.may(Right::Register) };
    let moves = asked.moves.filter(|_| hand.names);
    let wish = moves.map(|id| wish(app, desk, id)).transpose()?;
    let day = Day::read(app, &desk.community, asked.day, moves)?;
    let in_grid = |walker: &&Walker| asked.grid.as_ref().is_none_or(|grid| walker.grids.contains(grid));
    let mut shown: Vec<&Walker> = day.walkers.iter().filter(in_grid).collect();
    let more = shown.len() > MOST;
    if more {
        // Those who have something that day, in the order of their grids.
        shown.sort_by_key(|walker| day.of(walker.id).next().is_none());
        shown.truncate(MOST);
    }
    let (round, week) = rounds(app, lang, &desk.community, &day, asked.officer)?;
    let lines = Lines { app, lang, now_ms: day.now_ms, hand };
    let back = Asked { moves: None, ..asked.clone() };
    let (seen, wished) = wish.unzip();
    let span = |days: i64| asked.day.saturating_add(days.days());
    Ok(DaybookView {
        title: said::day(lang, asked.day),
        day: asked.day.to_string(),
        summary: summary(lang, &day),
        before: asked.on(span(-1)),
        after: asked.on(span(1)),
        today: asked.on(local_date(day.now_ms)),
        back: back.address(),
        grids: desk.grids(app, lang)?,
        grid: asked.grid.clone().unwrap_or_default(),
        more,
        table: table(lang, &day, &shown, wished.as_ref(), hand),
        hand,
        refused: day.booked.iter().filter_map(|on| lines.refused(&day, on)).collect(),
        waiting: if wished.is_some() { Vec::new() } else { lines.waiting(&desk.community)? },
        moving: seen.zip(wished.as_ref()).map(|(seen, wish)| lines.wait(seen, &wish.appointment)).transpose()?,
        round,
        week,
        did: did(lang, words),
        undo: undo(app, desk, words)?,
    })
}

/// The appointment that is to be moved, if another time can be named for it, and its highest ordinal.
fn wish(app: &App, desk: &AtDesk, id: Id) -> Result<(u64, Wish), Fault> {
    let kept = of_desk(app, desk, id)?;
    let movable = kept.appointment.clone().filter(takes_another_time);
    let appointment = movable.ok_or_else(|| Fault::new("appointment.unknown", id.to_string()))?;
    Ok((kept.judged, Wish::of(app, appointment)?))
}

/// 38 户，1 个约不成，2 个待确认.
fn summary(lang: Lang, day: &Day) -> String {
    let n = |of: &dyn Fn(&Appointment) -> bool| day.booked.iter().filter(|on| of(&on.appointment)).count();
    let doors = say(lang, "daybook-doors", &[("n", day.booked.len().into())]);
    let refused = n(&has_no_room);
    let asked = n(&|a| matches!(a.state, AppointmentState::Proposed | AppointmentState::Held) && !has_no_room(a));
    let counts = [("daybook-n-refused", refused), ("daybook-n-asked", asked)];
    let more = counts.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| say(lang, key, &[("n", n.into())]));
    std::iter::once(doors).chain(more).collect::<Vec<_>>().join(&say(lang, "list-between", &[]))
}

fn did(lang: Lang, words: &Words) -> String {
    match words.did.as_str() {
        "planned" => say(lang, "daybook-did-planned", &[]),
        "moved" => say(lang, "daybook-did-moved", &[]),
        _ => String::new(),
    }
}

/// What takes back a move: only where it had a time before, and stands as it was left.
fn undo(app: &App, desk: &AtDesk, words: &Words) -> Result<Option<Undo>, Fault> {
    let (Some((start_ms, _)), Ok(id)) = (time(&words.was).filter(|_| words.did == "moved"), words.of.parse::<Id>()) else { return Ok(None) };
    let kept = of_desk(app, desk, id)?;
    let still = kept.appointment.as_ref().is_some_and(takes_another_time) && start_ms > app.clock.now_ms();
    Ok(still.then(|| Undo { id: id.to_string(), seen: kept.judged, to: words.was.clone() }))
}

struct Lines<'a> {
    app: &'a App,
    lang: Lang,
    now_ms: i64,
    hand: Hand,
}

impl Lines<'_> {
    fn waiting(&self, community: &str) -> Result<Vec<WaitLine>, Fault> {
        let found = self.app.store.appointments_waiting(community, self.now_ms - MISSED_MS, WAITING)?;
        let lines = found.iter().filter_map(|(_, kept)| Some(self.wait(kept.judged, kept.appointment.as_ref()?)));
        lines.collect()
    }

    fn wait(&self, seen: u64, a: &Appointment) -> Result<WaitLine, Fault> {
        Ok(WaitLine {
            id: a.id.to_string(),
            seen,
            plate: plate(self.app, self.lang, Some(a.household))?.unwrap_or_default(),
            what: say(self.lang, &a.purpose.key(), &[]),
            state: state(self.lang, a),
            time: a.slot.as_ref().map_or_else(String::new, |slot| said::when(self.lang, slot.start_ms, self.now_ms)),
            moves: self.hand.names && takes_another_time(a),
        })
    }

    /// Why a time cannot be had, and which can.
    fn refused(&self, day: &Day, on: &OnCalendar) -> Option<RefusedLine> {
        let a = &on.appointment;
        let (slot, (why, offers)) = a.slot.as_ref().zip(a.no_room.as_ref()).filter(|_| has_no_room(a))?;
        let time = |slot: &Slot| said::when(self.lang, slot.start_ms, self.now_ms);
        let offer = |slot: &Slot| {
            let names: Vec<&str> = slot.officers.iter().map(|officer| day.name(*officer)).collect();
            (joined(slot), format!("{} {}", time(slot), names.join("、")))
        };
        let door = worded(self.lang, on.address.as_ref()).unwrap_or_default();
        let why = why_not(self.lang, day, slot, a.id, *why);
        let said = say(self.lang, "daybook-refused", &[("door", door.into()), ("time", time(slot).into()), ("why", why.into())]);
        let offers = offers.iter().filter(|slot| slot.start_ms > self.now_ms).map(offer).collect();
        Some(RefusedLine { id: a.id.to_string(), seen: on.judged, said, offers })
    }
}

/// Why a time cannot be had; where somebody has it already, whom they go to.
pub fn why_not(lang: Lang, day: &Day, slot: &Slot, but: Id, why: NoRoomReason) -> String {
    let plain = say(lang, &why.key(), &[]);
    let clash = day.clash(slot, but).filter(|_| why == NoRoomReason::Taken);
    let Some((walker, on)) = clash else { return plain };
    let Some(taken) = &on.appointment.slot else { return plain };
    let door = on.address.as_ref().map(|door| short_plate(lang, door)).unwrap_or_default();
    let (from, until) = (local_clock(taken.start_ms), local_clock(taken.end_ms()));
    say(lang, "daybook-taken", &[("name", walker.name.as_str().into()), ("from", from.into()), ("until", until.into()), ("door", door.into())])
}
