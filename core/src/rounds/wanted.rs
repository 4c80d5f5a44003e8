//! Whom to visit next, and why: rules, one after the other, each with its reason (docs/ROUNDS.md).

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::{Awaited, Cycle, DoorFacts, Place, Priority, Stop};
use crate::{Id, clock::local_date, model::WhyVisit};

/// The longest visit that is planned, in minutes.
const MOST_MINUTES: u16 = 60;

/// One reason to knock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Which.
    pub why: WhyVisit,
    /// The matter, follow-up or notice; none of a cycle.
    pub about: Option<Id>,
    /// Whole days: since it was due where it is overdue, left where it is still to come, without a visit for a cycle. `None` where nobody
    /// set a day, and where nobody was ever there.
    pub days: Option<u32>,
}

/// A door at which somebody is to knock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The household.
    pub household: Id,
    /// Why, the most pressing first; at least one.
    pub reasons: Vec<Reason>,
    /// Whether somebody here is old, ill or disabled, and comes first where there is not time for everybody.
    pub first: bool,
    /// How long it will take, in minutes.
    pub minutes: u16,
    /// The greater, the sooner. One more reason never makes it smaller.
    pub urgency: Urgency,
}

/// How much a door presses: its most pressing reason, then whether it comes first, then how late that is, then how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Urgency {
    why: Reverse<WhyVisit>,
    first: bool,
    late_days: Option<i64>,
    reasons: usize,
}

/// A reason with the days it is late; negative while there is time, `None` where nobody set a day.
struct Late {
    reason: Reason,
    days: Option<i64>,
}

/// Whether somebody is to knock at a door, and why. `now_ms`: milliseconds since 1970.
pub fn wanted(facts: &DoorFacts, now_ms: i64, cycle: &Cycle) -> Option<Wanted> {
    let mut found = reasons(facts, now_ms, cycle);
    found.sort_by_key(|late| (late.reason.why, Reverse(late.days), late.reason.about));
    let first = facts.ill_or_disabled || facts.is_old(now_ms, cycle);
    let press = found.first()?;
    let urgency = Urgency { why: Reverse(press.reason.why), first, late_days: press.days, reasons: found.len() };
    let minutes = found.iter().map(|late| minutes(late.reason.why)).sum::<u16>().min(MOST_MINUTES);
    Some(Wanted { household: facts.household, reasons: found.into_iter().map(|late| late.reason).collect(), first, minutes, urgency })
}

/// The doors at which somebody is to knock, the most pressing first; of two that press alike the smaller id.
pub fn all_wanted<'a>(doors: impl IntoIterator<Item = &'a DoorFacts>, now_ms: i64, cycle: &Cycle) -> Vec<Wanted> {
    let mut all: Vec<Wanted> = doors.into_iter().filter_map(|facts| wanted(facts, now_ms, cycle)).collect();
    all.sort_by_key(|wanted| (Reverse(wanted.urgency), wanted.household));
    all
}

impl Wanted {
    /// The same as a stop of a round, at any time of the day.
    pub fn stop(&self, place: Place) -> Stop {
        let priority = if self.first { Priority::First } else { Priority::Usual };
        Stop { priority, ..Stop::new(self.household.to_string(), place, u32::from(self.minutes) * 60) }
    }
}

fn reasons(facts: &DoorFacts, now_ms: i64, cycle: &Cycle) -> Vec<Late> {
    let feedback = facts.feedback.iter().map(|awaited| {
        let is_over = awaited.due_ms.is_some_and(|due| due < now_ms);
        awaited.late(if is_over { WhyVisit::FeedbackOverdue } else { WhyVisit::FeedbackDue }, now_ms)
    });
    let papers = facts.papers.iter().map(|awaited| awaited.late(WhyVisit::Papers, now_ms));
    let promised = facts.follow_ups.iter().map(|awaited| awaited.late(WhyVisit::FollowUp, now_ms));
    let due = promised.filter(|late| late.days.is_some_and(|days| days >= 0));
    let untold = facts.untold.iter().map(|notice| Late { reason: Reason { why: WhyVisit::Untold, about: Some(*notice), days: None }, days: None });
    feedback.chain(papers).chain(due).chain(untold).chain(by_cycle(facts, now_ms, cycle)).collect()
}

/// Nobody has been there for as long as may be; also where nobody knows since when.
fn by_cycle(facts: &DoorFacts, now_ms: i64, cycle: &Cycle) -> Option<Late> {
    let most = if facts.lives_alone || facts.is_old(now_ms, cycle) { cycle.days_alone_or_old } else { cycle.days };
    let passed = facts.counts_from_ms(now_ms).map(|from| days_between(from, now_ms));
    let late = passed.map(|days| days - i64::from(most));
    let reason = Reason { why: WhyVisit::Cycle, about: None, days: passed.map(whole) };
    late.is_none_or(|late| late >= 0).then_some(Late { reason, days: late })
}

impl Awaited {
    fn late(&self, why: WhyVisit, now_ms: i64) -> Late {
        let days = self.due_ms.map(|due| days_between(due, now_ms));
        // The line itself ends what is late with its papers; until it has, they lack today.
        let days = if why == WhyVisit::Papers { days.map(|days| days.min(0)) } else { days };
        Late { reason: Reason { why, about: Some(self.id), days: days.map(whole) }, days }
    }
}

/// How long a reason takes at the door.
fn minutes(why: WhyVisit) -> u16 {
    match why {
        WhyVisit::FeedbackOverdue | WhyVisit::FeedbackDue | WhyVisit::Cycle => 15,
        WhyVisit::Papers | WhyVisit::FollowUp => 10,
        WhyVisit::Untold => 5,
    }
}

/// Local days from one moment to another, negative where that is earlier.
fn days_between(from_ms: i64, until_ms: i64) -> i64 {
    local_date(from_ms).until(local_date(until_ms)).map_or(0, |span| i64::from(span.get_days()))
}

fn whole(days: i64) -> u32 {
    u32::try_from(days.abs()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY_MS;

    /// Monday, 14 September 2026, 08:00.
    const NOW: i64 = 1_789_344_000_000;

    fn id(n: u8) -> Id {
        Id([n; 16])
    }

    /// A door where somebody opened today.
    fn door() -> DoorFacts {
        DoorFacts { last_visit_ms: Some(NOW), ..DoorFacts::new(id(1)) }
    }

    fn why(facts: &DoorFacts) -> Vec<(WhyVisit, Option<u32>)> {
        let found = wanted(facts, NOW, &Cycle::default());
        found.into_iter().flat_map(|wanted| wanted.reasons).map(|reason| (reason.why, reason.days)).collect()
    }

    fn due_in(days: i64) -> Vec<Awaited> {
        vec![Awaited { id: id(2), due_ms: Some(NOW + days * DAY_MS) }]
    }

    #[test]
    fn each_rule_has_its_reason_and_its_days() {
        use WhyVisit as W;
        let visited = |days: i64| Some(NOW - days * DAY_MS);
        let cases = [
            ("visited today", door(), vec![]),
            ("an answer since yesterday", DoorFacts { feedback: due_in(-1), ..door() }, vec![(W::FeedbackOverdue, Some(1))]),
            ("an answer for the day after tomorrow", DoorFacts { feedback: due_in(2), ..door() }, vec![(W::FeedbackDue, Some(2))]),
            ("an answer at any time", DoorFacts { feedback: vec![Awaited { id: id(2), due_ms: None }], ..door() }, vec![(W::FeedbackDue, None)]),
            ("papers within five days", DoorFacts { papers: due_in(5), ..door() }, vec![(W::Papers, Some(5))]),
            ("papers by yesterday", DoorFacts { papers: due_in(-1), ..door() }, vec![(W::Papers, Some(0))]),
            ("promised for today", DoorFacts { follow_ups: due_in(0), ..door() }, vec![(W::FollowUp, Some(0))]),
            ("promised for tomorrow", DoorFacts { follow_ups: due_in(1), ..door() }, vec![]),
            ("promised for no day", DoorFacts { follow_ups: vec![Awaited { id: id(2), due_ms: None }], ..door() }, vec![]),
            ("a notice", DoorFacts { untold: vec![id(3)], ..door() }, vec![(W::Untold, None)]),
            ("29 days", DoorFacts { last_visit_ms: visited(29), ..door() }, vec![]),
            ("30 days", DoorFacts { last_visit_ms: visited(30), ..door() }, vec![(W::Cycle, Some(30))]),
            ("alone, 13 days", DoorFacts { last_visit_ms: visited(13), lives_alone: true, ..door() }, vec![]),
            ("alone, 14 days", DoorFacts { last_visit_ms: visited(14), lives_alone: true, ..door() }, vec![(W::Cycle, Some(14))]),
            ("80 years, 14 days", DoorFacts { last_visit_ms: visited(14), oldest_birth_year: Some(1946), ..door() }, vec![(W::Cycle, Some(14))]),
            ("79 years, 14 days", DoorFacts { last_visit_ms: visited(14), oldest_birth_year: Some(1947), ..door() }, vec![]),
            ("never, written down 40 days ago", DoorFacts { last_visit_ms: None, registered_ms: visited(40), ..door() }, vec![(W::Cycle, Some(40))]),
            ("never, written down yesterday", DoorFacts { last_visit_ms: None, registered_ms: visited(1), ..door() }, vec![]),
            ("never, nobody knows since when", DoorFacts { last_visit_ms: None, ..door() }, vec![(W::Cycle, None)]),
            ("visited in ten years, says a clock", DoorFacts { last_visit_ms: visited(-3_650), ..door() }, vec![(W::Cycle, None)]),
        ];
        for (name, facts, reasons) in cases {
            assert_eq!(why(&facts), reasons, "{name}");
        }
    }

    #[test]
    fn nobody_in_is_no_visit_and_whoever_moved_in_first_is_when_the_door_began() {
        let mut facts = DoorFacts::new(id(1));
        facts.add_visit(NOW - 40 * DAY_MS, "talked");
        facts.add_visit(NOW - DAY_MS, "nobody_in");
        assert_eq!(why(&facts), [(WhyVisit::Cycle, Some(40))]);
        facts.add_visit(NOW - 2 * DAY_MS, "refused");
        assert_eq!(why(&facts), []);
        let mut facts = DoorFacts::new(id(1));
        facts.add_resident(Id::timed(NOW - 20 * DAY_MS, &[0; 10]), 1990, []);
        facts.add_resident(Id::timed(NOW - 15 * DAY_MS, &[0; 10]), 0, ["lives_alone", "of_a_newer_version", "walks_badly"]);
        assert_eq!((facts.registered_ms, facts.oldest_birth_year), (Some(NOW - 20 * DAY_MS), Some(1990)));
        assert_eq!(why(&facts), [(WhyVisit::Cycle, Some(20))]);
        assert!(wanted(&facts, NOW, &Cycle::default()).unwrap().first);
    }

    #[test]
    fn several_reasons_are_one_visit_the_most_pressing_first() {
        let facts = DoorFacts { feedback: [due_in(3), due_in(-2)].concat(), untold: vec![id(4)], ill_or_disabled: true, ..door() };
        let found = wanted(&facts, NOW, &Cycle::default()).unwrap();
        let why: Vec<_> = found.reasons.iter().map(|reason| (reason.why.number(), reason.days)).collect();
        assert_eq!((why, found.minutes, found.first), (vec![(1, Some(2)), (2, Some(3)), (5, None)], 35, true));
        let stop = found.stop(Place::street(0));
        assert_eq!((stop.service_s, stop.priority, stop.id), (35 * 60, Priority::First, id(1).to_string()));
        let long = DoorFacts { untold: (0..200).map(id).collect(), ..facts };
        assert_eq!(wanted(&long, NOW, &Cycle::default()).unwrap().minutes, MOST_MINUTES);
    }

    #[test]
    fn a_cycle_that_cannot_be_kept_is_not_sound() {
        let usual = Cycle::default();
        assert!(usual.is_sound());
        for cycle in [
            Cycle { days: 0, ..usual },
            Cycle { days: 367, ..usual },
            Cycle { days_alone_or_old: 31, ..usual },
            Cycle { days_alone_or_old: 0, ..usual },
            Cycle { old_age: 49, ..usual },
        ] {
            assert!(!cycle.is_sound(), "{cycle:?}");
        }
    }
}
