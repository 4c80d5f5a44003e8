//! Today's round on the phone: what is over, the next door, what is left. It is planned anew at each door, without a network.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Client, Lists, to_visit::why};
use crate::{
    Id, Result,
    appointment::Terms,
    clock::{DAY_MS, day_start, local_date},
    document::wishes::wishes,
    model::{AppointmentPurpose, AppointmentState, Bring, Outcome, Wishes},
    rounds::{Call, Plan, Planned, Reason, SoFar, Visit, Wanted, Why, bring, day_officer, day_problem, day_shifts, plan, second_of},
    store::{appointments, documents, lists, rounds},
    view::{AppointmentRow, LeftOut, RoundRow, RoundStop},
    words::Lang,
};

/// How long an errand takes of which the plan says nothing, in minutes.
const MINUTES: u16 = 20;

/// What is known of today.
struct Today {
    day: Date,
    now_ms: i64,
    me: Id,
    /// The round as planned last.
    planned: Option<Planned>,
    /// This officer's appointments of today that are still to be kept, by their doors.
    promised: BTreeMap<Id, AppointmentRow>,
    /// Doors where this officer has been today, with the word of what came of it and when.
    over: BTreeMap<Id, (&'static str, i64)>,
}

impl Client {
    /// Plans what is left of today anew, from where the officer is: appointments at their times, then the doors that the office planned, or,
    /// where it has planned none, those that press most. It is this phone's until the office plans the day anew.
    ///
    /// # Errors
    /// `device.not_enrolled`, `store.failed`, `round.malformed` where there are too many doors, `round.too_large`.
    pub fn plan_round(&mut self) -> Result<()> {
        let today = self.today_of_round()?;
        let calls = self.calls(&today)?;
        let here = match today.over.iter().max_by_key(|(_, (_, at_ms))| *at_ms) {
            Some((household, _)) => lists::one_household(self.store.read(), *household)?.map(|row| row.address()),
            None => None,
        };
        let (mut problem, errands, begin) = day_problem(today.day, &calls, here.as_ref(), |_, _| None);
        let terms = Terms::default();
        let doors = u32::from(terms.doors_a_day).saturating_sub(u32::try_from(today.over.len()).unwrap_or(u32::MAX));
        let so_far = SoFar { done: Vec::new(), now_s: second_of(today.day, today.now_ms), here: begin };
        let mut me = day_officer(today.me, day_shifts(&terms.quiet, None, begin), doors);
        me.so_far = Some(so_far);
        problem.officers.push(me);
        let plan = if problem.stops.is_empty() { Plan::default() } else { plan(&problem, &mut || true)? };
        let planned = Planned { day: today.day, officer: today.me, made_ms: today.now_ms, by_office: false, problem, plan, errands };
        let json = planned.encode()?;
        self.lists.store.write(|tx| rounds::put(tx, &json))
    }
}

impl Lists {
    /// Today's round. `lang` is `zh` or `en`.
    ///
    /// # Errors
    /// `device.not_enrolled`, `store.failed`.
    pub fn round(&self, lang: String) -> Result<RoundRow> {
        let (lang, today): (Lang, _) = (lang.parse().unwrap_or_default(), self.today_of_round()?);
        let mut row = RoundRow { day: today.day.to_string(), ..RoundRow::default() };
        let mut over: Vec<_> = today.over.iter().collect();
        over.sort_by_key(|(household, (_, at_ms))| (*at_ms, **household));
        for (household, (state, at_ms)) in over {
            if let Some(household) = lists::one_household(self.store.read(), *household)? {
                row.stops.push(RoundStop { household, state: (*state).to_owned(), at_ms: *at_ms, ..RoundStop::default() });
            }
        }
        let Some(planned) = &today.planned else {
            row.is_stale = !today.promised.is_empty();
            return Ok(row);
        };
        (row.by_office, row.made_ms, row.is_stale) = (planned.by_office, planned.made_ms, is_stale(&today, planned));
        let mut walking_s = 0;
        for visit in planned.plan.visits() {
            if let Some(stop) = self.to_come(&today, planned, visit, lang)? {
                walking_s += visit.walk_s;
                row.stops.push(stop);
            }
        }
        if let Some(next) = row.stops.iter_mut().find(|stop| stop.state == "waiting") {
            next.state = "next".to_owned();
        }
        row.walking_minutes = walking_s.div_ceil(60);
        row.bring = all_of(row.stops.iter().flat_map(|stop| &stop.bring).filter_map(|word| Bring::from_word(word)));
        for unserved in &planned.plan.unserved {
            row.left_out.extend(self.left_out(&today, planned, &unserved.stop, unserved.why)?);
        }
        Ok(row)
    }

    /// A stop that is still to come; nothing for one that is over, or whose door is another's by now.
    fn to_come(&self, today: &Today, planned: &Planned, visit: &Visit, lang: Lang) -> Result<Option<RoundStop>> {
        let id = Id::or_zero(&visit.stop);
        if today.over.contains_key(&id) {
            return Ok(None);
        }
        let (appointment, reasons) = (today.promised.get(&id), planned.errand(id).map_or(&[][..], |errand| &errand.reasons));
        // What was there for an appointment that is not to be kept today any more.
        if appointment.is_none() && reasons.is_empty() {
            return Ok(None);
        }
        let Some(household) = lists::one_household(self.store.read(), id)? else { return Ok(None) };
        let purpose = appointment.and_then(|row| AppointmentPurpose::from_word(&row.purpose));
        let bring = all_of(purpose.and_then(bring::for_purpose).into_iter().chain(reasons.iter().filter_map(|reason| bring::for_reason(reason.why))));
        Ok(Some(RoundStop {
            household,
            state: "waiting".to_owned(),
            // What a resident was promised is never only in a plan.
            at_ms: appointment.map_or(planned.moment_ms(visit.start_s), |row| row.start_ms),
            minutes: u16::try_from((visit.leave_s - visit.start_s) / 60).unwrap_or(MINUTES),
            walk_minutes: visit.walk_s.div_ceil(60),
            appointment: appointment.map(|row| row.id.clone()).unwrap_or_default(),
            is_promised: appointment.is_some_and(|row| AppointmentState::from_word(&row.state).is_some_and(AppointmentState::is_promised)),
            reasons: reasons.iter().map(|reason| why(reason, lang)).collect(),
            bring,
        }))
    }

    fn left_out(&self, today: &Today, planned: &Planned, stop: &str, why: Why) -> Result<Option<LeftOut>> {
        let id = Id::or_zero(stop);
        if today.over.contains_key(&id) {
            return Ok(None);
        }
        let household = lists::one_household(self.store.read(), id)?;
        let appointment = planned.errand(id).and_then(|errand| errand.appointment).filter(|_| today.promised.contains_key(&id));
        let appointment = appointment.map(|id| id.to_string()).unwrap_or_default();
        Ok(household.map(|household| LeftOut { household, appointment, why: why.word().to_owned() }))
    }

    fn today_of_round(&self) -> Result<Today> {
        let (me, now_ms) = (self.me()?.officer, self.at()?.estimate());
        let (db, day) = (self.store.read(), local_date(now_ms));
        let (from_ms, until_ms) = (day_start(day), day_start(day) + DAY_MS);
        let (mut promised, mut over) = (BTreeMap::new(), BTreeMap::new());
        let visits = lists::visits_by(db, me, from_ms, until_ms)?.into_iter();
        over.extend(visits.map(|visit| (Id::or_zero(&visit.household), (came_of(visit.outcome == Outcome::NobodyIn.word()), visit.at_ms))));
        for row in appointments::between(db, from_ms, until_ms)? {
            let (household, state) = (Id::or_zero(&row.household), AppointmentState::from_word(&row.state));
            if !row.officers.contains(&me.to_string()) {
                continue;
            }
            match state {
                Some(AppointmentState::Done) => drop(over.entry(household).or_insert((came_of(false), row.start_ms))),
                Some(AppointmentState::NoShow) => drop(over.entry(household).or_insert((came_of(true), row.start_ms))),
                Some(state) if !state.is_over() && row.no_room.is_empty() => drop(promised.insert(household, row)),
                _ => {}
            }
        }
        // Somebody is expected there once more.
        over.retain(|household, _| !promised.contains_key(household));
        Ok(Today { day, now_ms, me, planned: rounds::of_day(db, day)?, promised, over })
    }

    /// Whom to call on in what is left of the day.
    fn calls(&self, today: &Today) -> Result<Vec<Call>> {
        let mut doors: BTreeMap<Id, (Vec<Reason>, bool, u16)> = BTreeMap::new();
        match &today.planned {
            Some(planned) => {
                for errand in planned.errands.iter().filter(|errand| !errand.reasons.is_empty()) {
                    let (first, minutes) = planned
                        .stop(errand.household)
                        .map_or((false, MINUTES), |stop| (stop.class() == 1, u16::try_from(stop.service_s / 60).unwrap_or(MINUTES)));
                    doors.insert(errand.household, (errand.reasons.clone(), first, minutes));
                }
            }
            None => {
                let most = usize::from(Terms::default().doors_a_day);
                for Wanted { household, reasons, first, minutes, .. } in self.wanted()?.into_iter().take(most) {
                    doors.insert(household, (reasons, first, minutes));
                }
            }
        }
        let all: BTreeSet<Id> = today.promised.keys().chain(doors.keys()).copied().filter(|household| !today.over.contains_key(household)).collect();
        let mut calls = Vec::new();
        for household in all {
            let Some(row) = lists::one_household(self.store.read(), household)? else { continue };
            let Wishes { lift, spans, .. } =
                documents::load_readable(self.store.read(), household)?.map(|card| wishes(&card.doc.content())).unwrap_or_default();
            let appointment = today.promised.get(&household);
            let (reasons, first, minutes) = doors.remove(&household).unwrap_or((Vec::new(), false, MINUTES));
            let promised = appointment.and_then(|row| Some((row.id.parse().ok()?, row.start_ms)));
            let minutes = appointment.map_or(minutes, |row| row.minutes.max(minutes));
            let (address, lift) = (row.address(), lift.unwrap_or_default());
            calls.push(Call { household, address, lift, minutes, first, spans, promised, reasons, officers: Vec::new() });
        }
        Ok(calls)
    }
}

fn came_of(nobody_in: bool) -> &'static str {
    if nobody_in { "nobody_in" } else { "done" }
}

/// Whether appointments of today are not where the plan has them.
fn is_stale(today: &Today, planned: &Planned) -> bool {
    let has = |(household, row): (&Id, &AppointmentRow)| {
        let errand = planned.errand(*household).and_then(|errand| errand.appointment);
        let begins = planned.stop(*household).and_then(|stop| stop.fixed_s);
        errand.is_some_and(|id| id.to_string() == row.id) && begins.is_some_and(|second| planned.moment_ms(second) == row.start_ms)
    };
    let is_gone = |household: Id| !today.promised.contains_key(&household) && !today.over.contains_key(&household);
    !today.promised.iter().all(has) || planned.errands.iter().any(|errand| errand.appointment.is_some() && is_gone(errand.household))
}

/// Words in the order of their list, each once.
fn all_of(found: impl Iterator<Item = Bring>) -> Vec<String> {
    found.collect::<BTreeSet<_>>().into_iter().map(|one| one.word().to_owned()).collect()
}
