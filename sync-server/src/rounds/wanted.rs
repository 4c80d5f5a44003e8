//! Whom to visit next in a grid, by the rules of the core and the office's own days, from the server's documents.

use std::collections::BTreeMap;

use jiff::civil::Date;
use minqing_core::{
    Id,
    clock::{DAY_MS, day_start, local_date},
    document::{Content, told::told},
    model::{MatterState, Notice, community_of_grid},
    rounds::{Awaited, DoorFacts, Wanted, all_wanted},
    view::{self, HouseholdRow},
};

use crate::{
    app::App,
    settings::Rules,
    storage::{DoorKept, Result},
};

/// How far ahead an appointment is shown with its door, in milliseconds.
const SOON_MS: i64 = 7 * DAY_MS;

/// A door to visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedDoor {
    /// Where it is.
    pub row: HouseholdRow,
    /// Why, and how soon.
    pub wanted: Wanted,
    /// An appointment there in the next seven days, milliseconds since 1970.
    pub appointment_ms: Option<i64>,
}

/// The doors of a grid to visit next, the most pressing first. Visits of this year and the last are looked at: no cycle is longer, and no
/// notice is told for longer.
///
/// # Errors
/// `store.failed`, `store.damaged`.
pub fn wanted_in(app: &App, grid: &str) -> Result<Vec<WantedDoor>> {
    let (rules, now_ms) = (app.rules.get(), app.clock.now_ms());
    let today = local_date(now_ms);
    let notices = notices_of(app, community_of_grid(grid), today)?;
    let mut doors: BTreeMap<Id, (HouseholdRow, DoorFacts)> = BTreeMap::new();
    app.store.each_door(grid, &[today.year() - 1, today.year()], &mut |door| {
        let facts = facts(&door, &notices, today);
        doors.insert(facts.household, (door.row, facts));
        Ok(())
    })?;
    add_matters(app, grid, &rules, &mut doors)?;
    let soon = appointments(app, community_of_grid(grid), now_ms)?;
    let wanted = all_wanted(doors.values().map(|(_, facts)| facts), now_ms, &rules.cycle);
    let rows = wanted.into_iter().filter_map(|wanted| {
        let (row, _) = doors.remove(&wanted.household)?;
        Some(WantedDoor { row, appointment_ms: soon.get(&wanted.household).copied(), wanted })
    });
    Ok(rows.collect())
}

/// The notices that are told on a day.
fn notices_of(app: &App, community: &str, today: Date) -> Result<Vec<(Id, Notice)>> {
    let has_begun = |notice: &Notice| notice.from.parse::<Date>().is_ok_and(|from| from <= today);
    let all = app.store.notices(community)?.into_iter();
    Ok(all.filter(|kept| !kept.withdrawn && has_begun(&kept.notice) && !kept.notice.is_over(today)).map(|kept| (kept.id, kept.notice)).collect())
}

/// What the documents of a door say.
fn facts(door: &DoorKept, notices: &[(Id, Notice)], today: Date) -> DoorFacts {
    let household = Id::or_zero(&door.row.id);
    let mut facts = DoorFacts::new(household);
    let card = view::card(household, &door.card);
    let living: Vec<_> = card.residents.iter().filter(|resident| !resident.moved_out).collect();
    for resident in &living {
        facts.add_resident(Id::or_zero(&resident.id), resident.birth_year, resident.needs.iter().map(String::as_str));
    }
    for volume in &door.volumes {
        add_visits(&mut facts, volume, today);
    }
    let is_told = |id: Id| door.volumes.iter().any(|volume| told(volume).any(|told| told == id));
    let concerns = |notice: &Notice| living.iter().any(|resident| notice.concerns(&resident.needs, resident.birth_year, today.year()));
    facts.untold = notices.iter().filter(|(id, notice)| concerns(notice) && !is_told(*id)).map(|(id, _)| *id).collect();
    facts
}

fn add_visits(facts: &mut DoorFacts, volume: &Content, today: Date) {
    let seen = view::visits(volume);
    for visit in &seen.visits {
        facts.add_visit(visit.at_ms, &visit.outcome);
    }
    for follow_up in seen.follow_ups.iter().filter(|follow_up| !follow_up.done) {
        let due = follow_up.due.parse::<Date>().ok().filter(|due| *due <= today);
        facts.follow_ups.extend(due.map(|due| Awaited { id: Id::or_zero(&follow_up.id), due_ms: Some(day_start(due)) }));
    }
}

/// What the matters of the doors wait for; a matter that follows another waits for that one's result.
fn add_matters(app: &App, grid: &str, rules: &Rules, doors: &mut BTreeMap<Id, (HouseholdRow, DoorFacts)>) -> Result<()> {
    for (household, id) in app.store.matters_at_doors(grid, &[MatterState::Feedback, MatterState::Papers, MatterState::Merged])? {
        let Some(own) = app.store.kept_matter(id)?.and_then(|kept| kept.matter) else { continue };
        let answering = match own.merged {
            Some((master, _)) => app.store.kept_matter(master)?.and_then(|kept| kept.matter),
            None => Some(own),
        };
        if let (Some(answering), Some((_, facts))) = (answering, doors.get_mut(&household)) {
            facts.add_matter(id, &answering, &rules.calendar);
        }
    }
    Ok(())
}

/// The next appointment at each door.
fn appointments(app: &App, community: &str, now_ms: i64) -> Result<BTreeMap<Id, i64>> {
    let mut soon = BTreeMap::new();
    for (_, kept) in app.store.appointments_between(community, now_ms, now_ms + SOON_MS)? {
        let live = kept.appointment.filter(|appointment| !appointment.state.is_over());
        if let Some((household, slot)) = live.and_then(|appointment| Some((appointment.household, appointment.slot?))) {
            soon.entry(household).or_insert(slot.start_ms);
        }
    }
    Ok(soon)
}
