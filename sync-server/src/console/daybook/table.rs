//! A day as a table: a row for each quarter of an hour, a column for each officer.

use minqing_core::{
    Id,
    appointment::{Appointment, Door, Slot, TABLE},
    clock::{MINUTE_MS, day_start, local_clock},
    model::AppointmentState,
    words::{Lang, say},
};

use super::day::{Day, Walker, Wish};
use crate::{console::lines::short_plate, storage::OnCalendar};

/// Minutes of a row.
const STEP: u16 = 15;
/// Rows from which on a free span is worth saying: half an hour.
const WORTH: usize = 2;
/// Most columns; the rest is shown by grid.
pub const MOST: usize = 8;

/// What whoever looks may do.
#[derive(Clone, Copy)]
pub struct Hand {
    /// Whether they name times.
    pub names: bool,
    /// Whether they ask for visits.
    pub asks: bool,
}

/// The table.
pub struct Table {
    pub heads: Vec<Head>,
    pub rows: Vec<Row>,
}

/// Whose a column is.
pub struct Head {
    pub id: String,
    pub name: String,
    /// Grids and doors of the day, as words.
    pub said: String,
}

/// A quarter of an hour, or the time in which nobody is disturbed.
pub struct Row {
    /// `10:15`.
    pub start: String,
    /// When it begins, milliseconds since 1970.
    pub start_ms: i64,
    /// At a full hour: how many rows it stands beside.
    pub hour: Option<usize>,
    /// What is said of a time in which nobody is disturbed; empty else.
    pub rest: String,
    pub cells: Vec<Cell>,
}

/// What stands in a column.
pub enum Cell {
    Empty,
    /// Appointments, and how many rows they take.
    Booked(usize, Vec<SlotLine>),
    /// Nobody is called on.
    Off(usize, String),
    /// A time that can be had: how many rows, what is said of it, and where it is asked for; empty for those who do not ask.
    Free(usize, String, String),
    /// A time for the appointment that is moved: its start, the officers, what is said of it, whether nobody is in then.
    To(ToLine),
}

/// A time to choose.
pub struct ToLine {
    pub clock: String,
    /// As a form sends it.
    pub to: String,
    /// Who comes.
    pub who: String,
    /// Whether nobody is in then, as far as is known.
    pub is_out: bool,
    /// Whether it is the time that it has.
    pub is_now: bool,
}

/// An appointment in its column.
pub struct SlotLine {
    pub id: String,
    pub clock: String,
    pub place: String,
    pub what: String,
    pub who: String,
    /// `asked`, `done`, `clash`; empty where it is agreed.
    pub is: &'static str,
    /// Of the sprite; empty for none.
    pub icon: &'static str,
    /// The state in words, where it is not simply agreed.
    pub state: String,
    /// Whether another time can be named for it.
    pub moves: bool,
}

/// Rows that belong together in a column.
#[derive(PartialEq, Eq)]
enum Part {
    Empty,
    Booked(usize),
    Off,
    Free,
    To(Slot),
}

/// A row of the day by its minute, or a span that is folded.
#[derive(Clone, Copy)]
enum Band {
    Row(u16),
    Rest(u16, u16),
}

/// Lays it out. `wish`: the appointment for which a time is looked for.
pub fn table(lang: Lang, day: &Day, shown: &[&Walker], wish: Option<&Wish>, hand: Hand) -> Table {
    let bands = bands(day);
    let columns: Vec<Vec<Option<Cell>>> = shown.iter().map(|walker| Column { lang, day, walker, wish, bands: &bands, hand }.cells()).collect();
    let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
    let mut rows: Vec<Row> = Vec::new();
    for band in &bands {
        let mut cells: Vec<Cell> = columns.iter_mut().filter_map(|column| column.next().flatten()).collect();
        let (minute, rest) = match band {
            Band::Row(minute) => (*minute, String::new()),
            Band::Rest(from, until) => (*from, say(lang, "daybook-rest", &[("from", clock(*from).into()), ("until", clock(*until).into())])),
        };
        if !rest.is_empty() {
            cells.clear();
        }
        let hour = (minute % 60 == 0 || rows.is_empty() || !rest.is_empty() || rows.last().is_some_and(|row| !row.rest.is_empty())).then_some(1);
        if hour.is_none()
            && let Some(rows) = rows.iter_mut().rev().find_map(|row| row.hour.as_mut())
        {
            *rows += 1;
        }
        rows.push(Row { start: clock(minute), start_ms: day.at(minute), hour, rest, cells });
    }
    Table { heads: shown.iter().map(|walker| head(lang, day, walker)).collect(), rows }
}

fn head(lang: Lang, day: &Day, walker: &Walker) -> Head {
    let grids: Vec<String> = walker.grids.iter().filter_map(|grid| grid.get(12..)).map(|digits| digits.trim_start_matches('0').to_owned()).collect();
    let doors = day.of(walker.id).count();
    let said = say(lang, "daybook-head", &[("grids", grids.join(&say(lang, "list-between", &[])).into()), ("n", doors.into())]);
    Head { id: walker.id.to_string(), name: walker.name.clone(), said }
}

/// `09:05`.
pub fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// From the first to the last minute at which somebody may be called on or is; the quiet between folded where nothing is in it.
fn bands(day: &Day) -> Vec<Band> {
    let quiet = &day.rules.appointments.quiet;
    let booked: Vec<(u16, u16)> = day.booked.iter().filter_map(|on| on.appointment.slot.as_ref()).map(|slot| minutes(day, slot)).collect();
    let is_booked = |minute: u16| booked.iter().any(|(from, until)| *from < minute + STEP && minute < *until);
    let is_quiet = |minute: u16| quiet.iter().any(|(from, until)| *from < minute + STEP && minute < *until);
    let all = || (0..24 * 60).step_by(usize::from(STEP));
    let open = |minute: &u16| !is_quiet(*minute) || is_booked(*minute);
    let (Some(first), Some(last)) = (all().find(open), all().rfind(open)) else { return Vec::new() };
    let mut bands: Vec<Band> = Vec::new();
    for minute in (first..=last).step_by(usize::from(STEP)) {
        match bands.last_mut() {
            _ if open(&minute) => bands.push(Band::Row(minute)),
            Some(Band::Rest(_, until)) => *until = minute + STEP,
            _ => bands.push(Band::Rest(minute, minute + STEP)),
        }
    }
    bands
}

/// From and until when on its day, in minutes.
fn minutes(day: &Day, slot: &Slot) -> (u16, u16) {
    let minute = |ms: i64| u16::try_from((ms - day_start(day.date)) / MINUTE_MS).unwrap_or(24 * 60).min(24 * 60);
    (minute(slot.start_ms), minute(slot.end_ms()))
}

struct Column<'a> {
    lang: Lang,
    day: &'a Day,
    walker: &'a Walker,
    wish: Option<&'a Wish>,
    bands: &'a [Band],
    hand: Hand,
}

impl Column<'_> {
    /// The cell that begins in each row; `None` where one from above reaches down.
    fn cells(&self) -> Vec<Option<Cell>> {
        let groups = self.groups();
        let parts: Vec<Part> = self.bands.iter().map(|band| self.part(&groups, *band)).collect();
        let mut cells: Vec<Option<Cell>> = Vec::new();
        for (n, part) in parts.iter().enumerate() {
            let reaches = n > 0 && parts[n - 1] == *part && matches!(part, Part::Booked(_) | Part::Off | Part::Free) && self.is_row(n) && self.is_row(n - 1);
            let rows = parts[n..].iter().enumerate().take_while(|(more, other)| *other == part && self.is_row(n + more)).count();
            cells.push((!reaches).then(|| self.cell(part, n, rows.max(1), &groups)));
        }
        cells
    }

    fn is_row(&self, n: usize) -> bool {
        matches!(self.bands.get(n), Some(Band::Row(_)))
    }

    /// Appointments that meet in a row stand in one cell.
    fn groups(&self) -> Vec<(u16, u16, Vec<&OnCalendar>)> {
        let moves = self.wish.map(|wish| wish.appointment.id);
        let mut groups: Vec<(u16, u16, Vec<&OnCalendar>)> = Vec::new();
        for on in self.day.of(self.walker.id).filter(|on| moves != Some(on.appointment.id)) {
            let Some(slot) = &on.appointment.slot else { continue };
            let (from, until) = minutes(self.day, slot);
            let (from, until) = (from / STEP * STEP, until.next_multiple_of(STEP));
            match groups.last_mut().filter(|(_, over, _)| from < *over) {
                Some((_, over, all)) => {
                    *over = until.max(*over);
                    all.push(on);
                }
                None => groups.push((from, until, vec![on])),
            }
        }
        groups
    }

    fn part(&self, groups: &[(u16, u16, Vec<&OnCalendar>)], band: Band) -> Part {
        let Band::Row(minute) = band else { return Part::Empty };
        if let Some(group) = groups.iter().position(|(from, until, _)| *from <= minute && minute < *until) {
            return Part::Booked(group);
        }
        if !self.day.works(self.walker.id, minute) {
            return Part::Off;
        }
        let start_ms = self.day.at(minute);
        match self.wish {
            Some(wish) => match self.day.time(wish, self.walker.id, start_ms) {
                (slot, None) => Part::To(slot),
                _ => Part::Empty,
            },
            None => {
                let slot = Slot { start_ms, minutes: STEP, officers: vec![self.walker.id] };
                if self.day.refuses(&slot, &Door::unknown(Id([0; 16]))).is_none() { Part::Free } else { Part::Empty }
            }
        }
    }

    fn cell(&self, part: &Part, n: usize, rows: usize, groups: &[(u16, u16, Vec<&OnCalendar>)]) -> Cell {
        let Some(Band::Row(minute)) = self.bands.get(n) else { return Cell::Empty };
        match part {
            Part::Booked(group) => {
                Cell::Booked(rows, groups[*group].2.iter().filter_map(|on| slot_line(self.lang, on, &self.walker.name, self.hand.names)).collect())
            }
            Part::Off => Cell::Off(rows, say(self.lang, "daybook-off", &[])),
            Part::Free if rows >= WORTH => {
                let length = rows * usize::from(STEP);
                let said = say(self.lang, "daybook-free", &[("clock", clock(*minute).into()), ("length", length_said(self.lang, length).into())]);
                Cell::Free(rows, said, if self.hand.asks { format!("/office/appointments/new?day={}", self.day.date) } else { String::new() })
            }
            Part::To(slot) => self.wish.map_or(Cell::Empty, |wish| Cell::To(self.to(wish, slot))),
            Part::Free | Part::Empty => Cell::Empty,
        }
    }

    fn to(&self, wish: &Wish, slot: &Slot) -> ToLine {
        let names: Vec<&str> = slot.officers.iter().map(|id| self.day.name(*id)).collect();
        ToLine {
            clock: local_clock(slot.start_ms),
            to: joined(slot),
            who: names.join(&say(self.lang, "list-between", &[])),
            is_out: !wish.is_wanted(slot),
            is_now: wish.appointment.slot.as_ref().is_some_and(|now| now.start_ms == slot.start_ms && now.officers.contains(&self.walker.id)),
        }
    }
}

/// A time and who comes, as a form sends it.
pub fn joined(slot: &Slot) -> String {
    let officers: Vec<String> = slot.officers.iter().map(Id::to_string).collect();
    format!("{}~{}", slot.start_ms, officers.join(","))
}

/// 45 分, 4 小时 30 分.
fn length_said(lang: Lang, minutes: usize) -> String {
    let (hours, minutes) = (minutes / 60, minutes % 60);
    match (hours, minutes) {
        (0, _) => say(lang, "length-minutes", &[("n", minutes.into())]),
        (_, 0) => say(lang, "length-hours", &[("n", hours.into())]),
        _ => say(lang, "length-both", &[("hours", hours.into()), ("minutes", minutes.into())]),
    }
}

/// An appointment as a column shows it.
fn slot_line(lang: Lang, on: &OnCalendar, who: &str, moves: bool) -> Option<SlotLine> {
    let a = &on.appointment;
    let slot = a.slot.as_ref()?;
    let (is, icon) = standing(a);
    Some(SlotLine {
        id: a.id.to_string(),
        clock: local_clock(slot.start_ms),
        place: on.address.as_ref().map(|door| short_plate(lang, door)).unwrap_or_default(),
        what: say(lang, &a.purpose.key(), &[]),
        who: who.to_owned(),
        is,
        icon,
        state: if is.is_empty() { String::new() } else { state(lang, a) },
        moves: moves && takes_another_time(a),
    })
}

/// Whether another time can be named for it.
pub fn takes_another_time(a: &Appointment) -> bool {
    TABLE.iter().any(|row| row.event == a.state.naming() && row.from.contains(&a.state))
}

/// Whether the time that was named cannot be had.
pub fn has_no_room(a: &Appointment) -> bool {
    a.state == AppointmentState::Proposed && a.no_room.is_some()
}

/// Where it stands, in words.
pub fn state(lang: Lang, a: &Appointment) -> String {
    if has_no_room(a) { say(lang, "daybook-no-room", &[]) } else { say(lang, &a.state.key(), &[]) }
}

/// How it is drawn.
fn standing(a: &Appointment) -> (&'static str, &'static str) {
    use AppointmentState::{Arrived, Done, Held, Missed, NoShow, Proposed, Requested};
    match a.state {
        _ if has_no_room(a) => ("clash", "red"),
        Done => ("done", "tick"),
        NoShow => ("done", "knock"),
        Missed => ("clash", "red"),
        Requested | Proposed | Held => ("asked", "clock"),
        Arrived => ("", "door"),
        _ => ("", ""),
    }
}
