//! One officer's round of a day as it is kept: what is needed to walk it, and to plan what is left of it anew without a network.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Entrances, Officer, Place, Plan, Point, Priority, Problem, Reason, Shift, Stop, Window};
use crate::{
    Error, Id, Result,
    clock::{DAY_MS, day_start},
    model::{Address, WeekSpan},
};

/// Longest kept, in bytes of JSON: what fits one fact.
pub const MAX_PLANNED: usize = 40_000;

/// A door that somebody is to be called on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The household.
    pub household: Id,
    /// Where it is.
    pub address: Address,
    /// Whether there is a lift.
    pub lift: bool,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// Whether somebody there is old, ill or disabled.
    pub first: bool,
    /// When somebody is in; none = not known.
    pub spans: Vec<WeekSpan>,
    /// The appointment, and when it begins, milliseconds since 1970.
    pub promised: Option<(Id, i64)>,
    /// Why, beside that.
    pub reasons: Vec<Reason>,
    /// The officers of whom one must come; none named means any.
    pub officers: Vec<Id>,
}

/// What a stop is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Errand {
    /// The household, which is the stop's id.
    pub household: Id,
    /// The appointment that is kept there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<Id>,
    /// Why, beside that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
}

/// A round as planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// Of which day.
    pub day: Date,
    /// Whose.
    pub officer: Id,
    /// When it was planned, milliseconds since 1970.
    pub made_ms: i64,
    /// By the office; else by the officer's phone.
    pub by_office: bool,
    /// What was planned: this officer's stops and time.
    pub problem: Problem,
    /// The plan.
    pub plan: Plan,
    /// What each stop is for.
    pub errands: Vec<Errand>,
}

impl Planned {
    /// Reads what was kept.
    ///
    /// # Errors
    /// `round.malformed`.
    pub fn read(json: &str) -> Result<Self> {
        serde_json::from_str(json).map_err(|_| Error::Malformed("round.malformed"))
    }

    /// What is kept of it.
    ///
    /// # Errors
    /// `round.too_large` where it is longer than [`MAX_PLANNED`].
    pub fn encode(&self) -> Result<String> {
        let json = serde_json::to_string(self).map_err(|_| Error::Malformed("round.malformed"))?;
        if json.len() > MAX_PLANNED { Err(Error::Malformed("round.too_large")) } else { Ok(json) }
    }

    /// What a stop is for.
    pub fn errand(&self, household: Id) -> Option<&Errand> {
        self.errands.iter().find(|errand| errand.household == household)
    }

    /// The stop at a door.
    pub fn stop(&self, household: Id) -> Option<&Stop> {
        let id = household.to_string();
        self.problem.stops.iter().find(|stop| stop.id == id)
    }

    /// A moment of the day, in milliseconds since 1970.
    pub fn moment_ms(&self, second: u32) -> i64 {
        day_start(self.day) + i64::from(second) * 1000
    }
}

/// A day's calls as a problem without officers, and what each stop is for. A door counts once: what else is to be done there is done with the first.
/// `here`: where the officers begin, at the first entrance if that is not said; its place comes last. `at`: where a building is, by estate and building,
/// if somebody knows.
pub fn day_problem(day: Date, calls: &[Call], here: Option<&Address>, at: impl Fn(&str, &str) -> Option<Point>) -> (Problem, Vec<Errand>, Place) {
    let entrances = Entrances::of(calls.iter().map(|call| &call.address).chain(here));
    let begin = here.and_then(|here| entrances.place(here, false)).unwrap_or(Place::street(0));
    let mut problem = Problem { ground: entrances.ground(at), stops: Vec::new(), officers: Vec::new() };
    let mut errands: Vec<Errand> = Vec::new();
    for call in calls {
        let Some(place) = entrances.place(&call.address, call.lift) else { continue };
        if errands.iter().any(|errand| errand.household == call.household) {
            continue;
        }
        let fixed_s = call.promised.map(|(_, start_ms)| second_of(day, start_ms));
        problem.stops.push(Stop {
            windows: windows(day, &call.spans, call.minutes),
            fixed_s,
            priority: if call.first { Priority::First } else { Priority::Usual },
            officers: call.officers.iter().map(Id::to_string).collect(),
            ..Stop::new(call.household.to_string(), place, u32::from(call.minutes) * 60)
        });
        errands.push(Errand { household: call.household, appointment: call.promised.map(|(id, _)| id), reasons: call.reasons.clone() });
    }
    (problem, errands, begin)
}

/// When a visit of so many minutes may begin on a day; none where nobody said when somebody is in, or said so of other days alone.
fn windows(day: Date, spans: &[WeekSpan], minutes: u16) -> Vec<Window> {
    let fits = spans.iter().filter(|span| span.is_on(day) && span.until_minute - span.from_minute >= minutes);
    let window = |span: &WeekSpan| Window { from_s: u32::from(span.from_minute) * 60, until_s: u32::from(span.until_minute - minutes) * 60 };
    fits.map(window).collect()
}

/// An officer's day as shifts: when the officer works, without the hours at which nobody is called on, `quiet`. All from and until in minutes of the day;
/// `works` `None` = all day.
pub fn day_shifts(quiet: &[(u16, u16)], works: Option<Vec<(u16, u16)>>, start: Place) -> Vec<Shift> {
    let mut spans = works.unwrap_or_else(|| vec![(0, 24 * 60)]);
    for (quiet, over) in quiet {
        spans =
            spans.into_iter().flat_map(|(from, until)| [(from, until.min(*quiet)), (from.max(*over), until)]).filter(|(from, until)| from < until).collect();
    }
    spans.sort_unstable();
    spans.dedup();
    spans.into_iter().map(|(from, until)| Shift { from_s: u32::from(from) * 60, until_s: u32::from(until) * 60, start, end: None }).collect()
}

/// An officer of a day's problem.
pub fn day_officer(id: Id, shifts: Vec<Shift>, most_doors: u32) -> Officer {
    Officer { id: id.to_string(), shifts, skills: Vec::new(), most_doors, so_far: None }
}

/// The second of a day at a moment, milliseconds since 1970; 0 before it, and its end after it.
pub fn second_of(day: Date, ms: i64) -> u32 {
    u32::try_from(((ms - day_start(day)) / 1000).clamp(0, DAY_MS / 1000)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        appointment::Terms,
        model::WhyVisit,
        rounds::{check, plan},
    };

    const DAY: Date = date(2026, 9, 16);

    fn call(n: u8, room: &str) -> Call {
        let address = Address { estate: "槐荫小区".into(), building: "3".into(), stairwell: "1".into(), room: room.into(), ..Address::default() };
        let reasons = vec![Reason { why: WhyVisit::Cycle, about: None, days: Some(31) }];
        Call { household: Id([n; 16]), address, lift: false, minutes: 15, first: false, spans: Vec::new(), promised: None, reasons, officers: Vec::new() }
    }

    #[test]
    fn a_day_of_calls_is_planned_kept_and_read_back() {
        let promised = Call { promised: Some((Id([9; 16]), day_start(DAY) + 10 * 3_600_000)), reasons: Vec::new(), ..call(2, "501") };
        let in_the_evening = Call { spans: vec![WeekSpan { weekday: 3, from_minute: 1110, until_minute: 1230 }], ..call(3, "101") };
        let twice = Call { minutes: 60, ..call(2, "501") };
        let (mut problem, errands, _) = day_problem(DAY, &[promised, call(1, "201"), in_the_evening, twice], None, |_, _| None);
        assert_eq!((problem.stops.len(), errands.len()), (3, 3), "a door counts once");
        let me = Id([7; 16]);
        problem.officers = vec![day_officer(me, day_shifts(&Terms::default().quiet, None, Place::street(0)), 20)];
        let made = plan(&problem, &mut || true).unwrap();
        assert_eq!((check(&problem, &made), made.unserved.len()), (Ok(()), 0));
        let planned = Planned { day: DAY, officer: me, made_ms: 5, by_office: true, problem, plan: made, errands };
        let at = |n: u8| planned.plan.visits().find(|visit| visit.stop == Id([n; 16]).to_string()).unwrap().start_s;
        assert_eq!(planned.moment_ms(at(2)), day_start(DAY) + 10 * 3_600_000);
        assert!((1110 * 60..=1215 * 60).contains(&at(3)), "when somebody is in");
        assert_eq!(planned.errand(Id([2; 16])).unwrap().appointment, Some(Id([9; 16])));
        assert_eq!(Planned::read(&planned.encode().unwrap()).unwrap(), planned);
        let long = Planned { errands: vec![planned.errands[1].clone(); 1_000], ..planned };
        assert_eq!(long.encode().unwrap_err().code(), "round.too_large");
        assert_eq!(Planned::read("{}").unwrap_err().code(), "round.malformed");
    }

    #[test]
    fn nobody_walks_at_quiet_hours_or_off_work() {
        let spans = |works| {
            day_shifts(&Terms::default().quiet, works, Place::street(0)).iter().map(|shift| (shift.from_s / 60, shift.until_s / 60)).collect::<Vec<_>>()
        };
        assert_eq!(spans(None), [(480, 750), (870, 1230)]);
        assert_eq!(spans(Some(vec![(540, 900)])), [(540, 750), (870, 900)]);
        assert_eq!(spans(Some(Vec::new())), []);
    }

    #[test]
    fn a_moment_is_a_second_of_its_day() {
        assert_eq!([-1, 0, 9 * 3_600_000, 30 * 3_600_000].map(|ms| second_of(DAY, day_start(DAY) + ms)), [0, 0, 32_400, 86_400]);
    }
}
