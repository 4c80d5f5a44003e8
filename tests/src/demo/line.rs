//! After the week of visits the office alone runs on for thirty working days, and the week's matters go through the line. Everything
//! the staff do goes over real HTTP under their sessions; the clocks' hands are turned; phones still come and go each evening.

mod fate;
mod office;
mod residents;
mod visits;

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use jiff::civil::Date;
use minqing_core::{
    calendar::Calendar,
    client::NewFeedback,
    clock::{day_start, local_date},
    model::{Category, Role},
    pipeline::CategoryRule,
};
use minqing_tests::{
    hands::Hands,
    phone::Phone,
    server::Server,
    staff::{Staff, text},
};
use serde_json::{Value, json};

use self::{
    fate::Fate,
    office::{Desk, Next, by},
    visits::is_by_appointment,
};
use super::setup::Office;
pub use visits::Visits;

/// The days on which the phone of the late papers is away: it ticks on the first and comes back after the last.
const AWAY: std::ops::RangeInclusive<u32> = 14..=21;

/// What the line needs of the demo.
pub struct Line<'a> {
    /// Working days that the office runs on.
    pub days: u32,
    pub office: &'a Office,
    pub server: &'a mut Server,
    pub hands: &'a Hands,
    pub phones: &'a mut [Option<Phone>],
    pub visits: &'a mut Visits,
}

/// What is known of the week's matters.
struct Matters {
    /// As last explained, by id.
    seen: BTreeMap<String, Value>,
    /// Ids by the time of registration, then id: a matter's number is its place.
    order: Vec<String>,
    fates: BTreeMap<String, Fate>,
    master: Option<String>,
    /// The phone that is away, and its matter.
    away: Option<(usize, String)>,
}

impl Line<'_> {
    /// Runs all days; each is `(what was done, the day)` on the bar.
    pub fn run(&mut self, mut step: impl FnMut(Date)) -> Result<()> {
        let calendar = Calendar::shipped();
        let mut date = local_date(self.hands.now()).tomorrow()?;
        let (mut day, mut matters) = (0, None);
        while day < self.days {
            if calendar.is_working(date) {
                self.working_day(day, date, &mut matters)?;
                day += 1;
            } else {
                // Some clocks run round the clock.
                self.clock(date, 12, 0)?;
                self.server.run_timers()?;
            }
            step(date);
            date = date.tomorrow()?;
        }
        Ok(())
    }

    fn clock(&mut self, date: Date, hour: i64, minute: i64) -> Result<()> {
        let ms = day_start(date) + (hour * 60 + minute) * 60_000;
        self.hands.set(ms);
        self.server.set_clock(ms)
    }

    fn working_day(&mut self, day: u32, date: Date, known: &mut Option<Matters>) -> Result<()> {
        self.clock(date, 9, 0)?;
        self.server.run_timers()?;
        self.sync(day, known.as_ref())?;
        let staff = self.sign_in()?;
        let clerk = of(&staff, Role::Clerk)?;
        self.somebody_is_ill(date, clerk, of(&staff, Role::Lead)?)?;
        let departments: Vec<String> = clerk.departments()?.iter().map(|d| text(&d["id"])).collect();
        let matters = match known {
            Some(matters) => matters,
            None => known.insert(self.draw_fates(&clerk.matters()?)?),
        };
        for (hour, minute) in [(9, 30), (14, 30)] {
            self.clock(date, hour, minute)?;
            matters.refresh(clerk)?;
            self.desk_work(day, date, &staff, &departments, matters)?;
        }
        self.clock(date, 15, 30)?;
        self.doors(day, matters)?;
        let wanted = matters.order.iter().enumerate().filter(|(number, _)| is_by_appointment(*number)).map(|(_, id)| id.clone()).collect();
        self.visits(date, matters.who_is_away(day), &wanted)?;
        self.tell(day, matters)?;
        self.clock(date, 16, 30)?;
        self.residents(matters, clerk)?;
        self.clock(date, 18, 0)?;
        self.server.run_timers()?;
        self.sync(day, known.as_ref())?;
        self.clock(date, 18, 10)?;
        self.agree(date, clerk)
    }

    /// All phones sync, but for one that is away.
    fn sync(&mut self, day: u32, matters: Option<&Matters>) -> Result<()> {
        let away = matters.and_then(|matters| matters.who_is_away(day));
        for (i, phone) in self.phones.iter_mut().enumerate() {
            if let Some(phone) = phone.as_mut().filter(|_| away != Some(i)) {
                phone.sync(&self.server.url)?;
            }
        }
        Ok(())
    }

    fn sign_in(&self) -> Result<Vec<Staff>> {
        let desks = self.office.sign_ins.iter().filter(|s| s.role != Role::Administrator);
        desks.map(|s| Staff::sign_in(&self.server.url, s.role, &s.name, &s.password)).collect()
    }

    fn desk_work(&mut self, day: u32, date: Date, staff: &[Staff], departments: &[String], matters: &mut Matters) -> Result<()> {
        matters.merge(staff)?;
        for (number, id) in matters.order.clone().into_iter().enumerate() {
            let desk = Desk { matter: &matters.seen[&id], fate: matters.fate(&id), number, day, date: &date.to_string(), departments };
            let next = desk.next().or_else(|| feedback(&desk, &id)).or_else(|| afterwards(&desk, &id));
            if let Some(next) = next {
                matters.act(staff, &id, &next)?;
            }
        }
        Ok(())
    }

    /// Officers bring results to the doors, and tick papers there.
    fn doors(&mut self, day: u32, matters: &Matters) -> Result<()> {
        for (number, id) in matters.order.iter().enumerate() {
            let (fate, state) = (matters.fate(id), text(&matters.seen[id]["state"]));
            let is_for_the_door = match state.as_str() {
                "feedback" => is_told_at_door(number) && fate != Fate::Master && !is_by_appointment(number),
                "follow_up" => waits_for_a_phone(number, fate),
                "papers" => day == *AWAY.start() && fate == Fate::PapersLate,
                _ => false,
            };
            let Some(i) = is_for_the_door.then(|| self.carrier(id)).flatten() else { continue };
            let Some(phone) = self.phones[i].as_mut() else { continue };
            let line = phone.client.line_of(id.clone())?;
            match line.state.as_str() {
                "feedback" => {
                    let code = phone.client.matter(id.clone())?.matter.code;
                    let (way, proof, text) = ("appointment".into(), "code".into(), "老人在家，听明白了".into());
                    let new = NewFeedback { way, proof, code, text, reached: true, ..NewFeedback::default() };
                    phone.client.give_feedback(id.clone(), new)?;
                }
                "follow_up" if !line.pending => {
                    phone.client.rate_assisted(id.clone(), 4, false)?;
                }
                "papers" => {
                    phone.client.bring_papers(id.clone(), line.papers.into_iter().map(|p| p.id).collect(), Vec::new())?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Officers tell at each door, every third day, what is new there; results are brought by [`Self::doors`].
    fn tell(&mut self, day: u32, matters: &Matters) -> Result<()> {
        let passed = (day..).zip(&matters.order).filter(|(turn, _)| turn.is_multiple_of(3)).map(|(_, id)| id);
        for id in passed {
            let Some(i) = self.carrier(id) else { continue };
            let Some(phone) = self.phones[i].as_mut() else { continue };
            let door = phone.client.matter(id.clone())?.matter.household;
            if door.is_empty() {
                continue;
            }
            for row in phone.client.to_tell(door, "zh".into())?.into_iter().filter(|row| row.news != "feedback") {
                phone.client.tell_resident(row.matter, row.event)?;
            }
        }
        Ok(())
    }

    /// The first phone that has a matter.
    fn carrier(&self, id: &str) -> Option<usize> {
        self.phones.iter().position(|phone| phone.as_ref().is_some_and(|p| p.client.matter(id.to_owned()).is_ok()))
    }

    fn residents(&mut self, matters: &Matters, clerk: &Staff) -> Result<()> {
        for (number, id) in matters.order.clone().into_iter().enumerate() {
            let (seen, fate) = (&matters.seen[&id], matters.fate(&id));
            let speaks = text(&seen["state"]) == "follow_up" || fate == Fate::Withdrawn;
            if !speaks || waits_for_a_phone(number, fate) {
                continue;
            }
            let mut cluster = vec![id.clone()];
            cluster.extend(seen["members"].as_array().into_iter().flatten().map(text));
            for of in cluster {
                let now = clerk.matter(&id)?;
                let Some(deed) = residents::next(&now, &of, fate, number) else { continue };
                self.server.resident(&deed).with_context(|| format!("{deed} on {}", now["code"]))?;
            }
        }
        Ok(())
    }

    fn draw_fates(&self, all: &[Value]) -> Result<Matters> {
        let mut order: Vec<(i64, String)> = all.iter().map(|m| (m["at_ms"].as_i64().unwrap_or(0), text(&m["id"]))).collect();
        order.sort();
        let order: Vec<String> = order.into_iter().map(|(_, id)| id).collect();
        let by_id: BTreeMap<String, &Value> = all.iter().map(|m| (text(&m["id"]), m)).collect();
        let is_plain = |id: &&String| {
            let m = by_id[*id];
            let category = Category::from_word(&text(&m["category"]));
            m["state"] == "registered" && !m["household"].is_null() && category.is_some_and(|c| !c.is_sensitive() && c != Category::Safety)
        };
        let plain: Vec<&String> = order.iter().filter(is_plain).collect();
        let mut fates = BTreeMap::new();
        let master = self.cluster(&plain, &by_id, &mut fates);
        let mut free = plain.iter().filter(|id| !fates.contains_key(**id)).map(|id| (*id).clone()).collect::<Vec<_>>().into_iter();
        let once = [
            Fate::PapersLapse,
            Fate::PapersLate,
            Fate::AcrossTheHoliday,
            Fate::GivenBackTwice,
            Fate::Reopened,
            Fate::Named,
            Fate::Refused,
            Fate::Withdrawn,
            Fate::Void,
            Fate::Extended,
        ];
        let drawn: Vec<(String, Fate)> = once.into_iter().filter_map(|fate| free.next().map(|id| (id, fate))).collect();
        let late = drawn.iter().find(|(_, fate)| *fate == Fate::PapersLate).map(|(id, _)| id.clone());
        let away = late.and_then(|id| Some((self.carrier(&id)?, id)));
        fates.extend(drawn);
        Ok(Matters { seen: BTreeMap::new(), order, fates, master, away })
    }

    /// Three matters of one category in one grid: the first is followed by the others.
    fn cluster(&self, plain: &[&String], by_id: &BTreeMap<String, &Value>, fates: &mut BTreeMap<String, Fate>) -> Option<String> {
        let grid: BTreeMap<&str, &str> = self.office.households.iter().map(|(id, grid)| (id.as_str(), grid.as_str())).collect();
        let mut together: BTreeMap<(String, &str), Vec<&String>> = BTreeMap::new();
        for id in plain {
            let door = text(&by_id[*id]["household"]);
            if let Some(grid) = grid.get(door.as_str()) {
                together.entry((text(&by_id[*id]["category"]), grid)).or_default().push(id);
            }
        }
        let three = together.into_values().find(|ids| ids.len() >= 3)?;
        let master = three[0].clone();
        fates.insert(master.clone(), Fate::Master);
        fates.extend(three[1..3].iter().map(|id| ((*id).clone(), Fate::Follows)));
        Some(master)
    }
}

impl Matters {
    /// The phone that is away on a day.
    fn who_is_away(&self, day: u32) -> Option<usize> {
        self.away.as_ref().map(|(phone, _)| *phone).filter(|_| AWAY.contains(&day))
    }

    fn fate(&self, id: &str) -> Fate {
        self.fates.get(id).copied().unwrap_or(Fate::Usual)
    }

    /// Asks again for those that moved by themselves, or by phones and residents.
    fn refresh(&mut self, clerk: &Staff) -> Result<()> {
        for line in clerk.matters()? {
            let id = text(&line["id"]);
            let same = |seen: &&Value| ["state", "lamp", "supervision", "cycle"].iter().all(|key| seen[*key] == line[*key]);
            let moving = ["papers", "follow_up", "feedback"].contains(&text(&line["state"]).as_str());
            if moving || self.seen.get(&id).filter(same).is_none() {
                self.seen.insert(id.clone(), clerk.matter(&id)?);
            }
        }
        Ok(())
    }

    fn act(&mut self, staff: &[Staff], id: &str, next: &Next) -> Result<()> {
        let (mut last, mut deed) = (String::new(), next.deed.clone());
        deed["saw"] = self.seen[id]["ordinal"].clone();
        // Two departments: one of them has it.
        for who in staff.iter().filter(|s| s.role == next.role) {
            match who.act(id, &deed)? {
                Ok(matter) => {
                    self.seen.insert(id.to_owned(), matter);
                    return Ok(());
                }
                Err(word) => last = word,
            }
        }
        anyhow::bail!("{deed} was refused ({last}) in {}", self.seen[id])
    }

    /// Those with the same trouble follow the first, once all of them are accepted.
    fn merge(&mut self, staff: &[Staff]) -> Result<()> {
        let Some(master) = self.master.clone() else { return Ok(()) };
        let early = |id: &str| ["accepted", "assigned", "handling"].contains(&text(&self.seen[id]["state"]).as_str());
        let follow: Vec<String> = self.fates.iter().filter(|(id, fate)| **fate == Fate::Follows && early(id)).map(|(id, _)| id.clone()).collect();
        if !early(&master) {
            return Ok(());
        }
        for id in follow {
            self.act(staff, &id, &by(Role::Clerk, "merge", json!({"matter": master}), ""))?;
        }
        // It counts those that follow now.
        self.seen.insert(master.clone(), of(staff, Role::Clerk)?.matter(&master)?);
        Ok(())
    }
}

/// The clerk tells residents, where no officer does it at the door; all of a cluster by one special reply.
fn feedback(desk: &Desk<'_>, id: &str) -> Option<Next> {
    if text(&desk.matter["state"]) != "feedback" || (is_told_at_door(desk.number) && desk.fate != Fate::Master && desk.day < 24) {
        return None;
    }
    let is_followed = desk.matter["members"].as_array().is_some_and(|members| !members.is_empty());
    let alone = json!({"of": id, "way": "individual", "reached": true, "proof": "code"});
    let all = json!({"way": "special_reply", "reached": true, "proof": "code"});
    let mut next = by(Role::Clerk, "feedback", if is_followed { all } else { alone }, "");
    next.deed["cluster"] = json!(is_followed);
    Some(next)
}

/// Call backs, and texts for the board.
fn afterwards(desk: &Desk<'_>, id: &str) -> Option<Next> {
    if text(&desk.matter["state"]) != "closed" {
        return None;
    }
    // Who explained it is not the one to ask.
    let by_another = text(&desk.matter["handling"]) != "advice";
    if by_another && desk.number.is_multiple_of(5) && desk.count("call_back") == 0 {
        return Some(by(Role::Clerk, "call_back", json!({"of": id, "result": "confirmed"}), ""));
    }
    let public = Category::from_word(&text(&desk.matter["category"])).is_some_and(|category| CategoryRule::by_rule(category).public);
    let publishes = public && desk.number.is_multiple_of(2);
    match (desk.count("draft_public"), desk.count("approve_public"), desk.count("show_public")) {
        (0, _, _) if publishes => Some(by(Role::Clerk, "draft_public", Value::Null, "这件事已经办结，欢迎大家监督。")),
        (1, 0, _) => Some(by(Role::Lead, "approve_public", Value::Null, "")),
        (1, 1, 0) => Some(by(Role::Clerk, "show_public", Value::Null, "")),
        _ => None,
    }
}

/// A few rate on the officer's phone.
fn waits_for_a_phone(number: usize, fate: Fate) -> bool {
    number.is_multiple_of(12) && fate == Fate::Usual
}

fn is_told_at_door(number: usize) -> bool {
    number.is_multiple_of(3)
}

fn of(staff: &[Staff], role: Role) -> Result<&Staff> {
    staff.iter().find(|s| s.role == role).with_context(|| format!("nobody is a {}", role.word()))
}
