//! The sheet of an officer's day: a stop a row, with boxes to tick and a QR to enter it by.

use askama::Template;
use jiff::civil::Date;
use minqing_core::{
    Id,
    clock::{DAY_MS, day_start, local_clock},
    model::Address,
    paper::Row,
    rounds::Planned,
    speech::said,
    words::{Lang, say},
};

use crate::{console::qr, fault::Fault, storage::OnCalendar};

/// Stops of a page.
const A_PAGE: usize = 9;
/// Most stops of a sheet.
const MOST: usize = 90;

/// Whose sheet, and of which day.
#[derive(Clone, Debug)]
pub struct Round {
    /// The community's name, as people say it.
    pub community: String,
    /// The officer's name.
    pub officer: String,
    /// The day.
    pub day: Date,
}

/// A stop, whatever it was planned for.
#[derive(Clone, Debug)]
pub struct RoundRow {
    /// Whose, which day, which door, and the appointment where there is one.
    pub what: Row,
    /// Where.
    pub place: Address,
    /// From and until when somebody was promised to come, milliseconds since 1970; `None` = any time.
    pub time: Option<(i64, i64)>,
    /// Why, as people read it.
    pub reasons: Vec<String>,
}

/// The stops of an officer's appointments of a day.
pub fn of_day(appointments: Vec<OnCalendar>, officer: Id, day: Date, lang: Lang) -> Vec<RoundRow> {
    let row = |on: OnCalendar| {
        let slot = on.appointment.slot.as_ref().filter(|slot| slot.officers.contains(&officer) && !on.appointment.state.is_over())?;
        let what = Row { officer, day, household: on.appointment.household, appointment: Some(on.appointment.id) };
        let reasons = vec![say(lang, &on.appointment.purpose.key(), &[]), say(lang, &on.appointment.state.key(), &[])];
        Some(RoundRow { what, place: on.address.unwrap_or_default(), time: Some((slot.start_ms, slot.end_ms())), reasons })
    };
    appointments.into_iter().filter_map(row).collect()
}

/// The stops of a round in the order in which it was planned, each with why; what was promised since comes behind. `place`: where a door is.
///
/// # Errors
/// What `place` returns.
pub fn as_planned<E>(mut promised: Vec<RoundRow>, planned: &Planned, lang: Lang, place: impl Fn(Id) -> Result<Option<Address>, E>) -> Result<Vec<RoundRow>, E> {
    let mut rows = Vec::new();
    for visit in planned.plan.visits() {
        let household = Id::or_zero(&visit.stop);
        let why = planned.errand(household).map_or(&[][..], |errand| &errand.reasons);
        let reasons = why.iter().map(|reason| said::why_visit(lang, reason.why, reason.days));
        match promised.iter().position(|row| row.what.household == household) {
            Some(at) => {
                let mut row = promised.remove(at);
                row.reasons.extend(reasons);
                rows.push(row);
            }
            // What was there for an appointment alone that is not to be kept any more.
            None if why.is_empty() => {}
            None => {
                let what = Row { officer: planned.officer, day: planned.day, household, appointment: None };
                rows.push(RoundRow { what, place: place(household)?.unwrap_or_default(), time: None, reasons: reasons.collect() });
            }
        }
    }
    rows.extend(promised);
    Ok(rows)
}

/// The first and the last moment of a day, milliseconds since 1970.
pub(crate) fn span(day: Date) -> (i64, i64) {
    (day_start(day), day_start(day) + DAY_MS)
}

/// paper-round.html
#[derive(Template)]
#[template(path = "paper-round.html")]
struct Page {
    lang: Lang,
    head: String,
    count: String,
    pages: Vec<Vec<Line>>,
}

struct Line {
    n: usize,
    time: String,
    place: String,
    why: String,
    qr: String,
}

impl Page {
    fn say(&self, key: &str) -> String {
        say(self.lang, key, &[])
    }
}

/// The sheet as HTML that loads its style sheet and nothing else.
///
/// # Errors
/// `paper.too_long` for more stops than anybody walks to on a day; `export.failed`.
pub fn page(round: &Round, rows: &[RoundRow], lang: Lang) -> Result<String, Fault> {
    if rows.len() > MOST {
        return Err(Fault::new("paper.too_long", MOST.to_string()));
    }
    let any_time = say(lang, "paper-any-time", &[]);
    let line = |(n, row): (usize, &RoundRow)| {
        let time = row.time.map_or_else(|| any_time.clone(), |(from, until)| format!("{}–{}", local_clock(from), local_clock(until)));
        let (place, why) = (said::plate(lang, &row.place), row.reasons.join(&say(lang, "list-between", &[])));
        Ok(Line { n: n + 1, time, place, why, qr: qr::svg(&row.what.code())? })
    };
    let lines = rows.iter().enumerate().map(line).collect::<Result<Vec<_>, Fault>>()?;
    let mut lines = lines.into_iter();
    let pages = std::iter::from_fn(|| Some(lines.by_ref().take(A_PAGE).collect::<Vec<_>>()).filter(|page| !page.is_empty())).collect();
    let head = [round.community.as_str(), round.officer.as_str(), &said::day(lang, round.day)].join(" · ");
    let page = Page { lang, head, count: say(lang, "paper-count", &[("n", rows.len().into())]), pages };
    page.render().map_err(|e| Fault::new("export.failed", e.to_string()))
}
