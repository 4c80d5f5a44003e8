//! The line: its figures counted slowly from the log and held against those that the office adds up, every state compared, every
//! public text looked through.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use minqing_core::{
    Id,
    document::DocKind,
    event::{Event, Said},
    model::{Category, EventCode, HandlingType},
    pipeline::Matter,
    view,
};
use minqing_sync_server::{
    figures::{self, Asked, Figures, Rate, Totals},
    pipeline::Scan,
    projection::PublicShown,
    public::everything,
    rebuild::{Logged, Rebuilt},
    settings::Rules,
    storage::Store,
};
use serde::Serialize;

use crate::phone::Phone;

/// In 2100 whoever is on a card today is of age, so that no name is left out of a view for that.
const OF_AGE_MS: i64 = 4_102_444_800_000;

/// What the proof found of the line.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LineFound {
    /// Matters by the word of their type.
    pub matters_by_type: BTreeMap<&'static str, u64>,
    /// Matters by the word of their state.
    pub matters_by_state: BTreeMap<&'static str, u64>,
    /// What no row of the table covers, and every state that the office or a phone shows otherwise.
    pub illegal_states: u64,
    /// Matters of which K3 or K6 came to its due date.
    pub overdue: u64,
    /// 响应率
    pub response_rate: Rate,
    /// 解决率
    pub solution_rate: Rate,
    /// 满意率
    pub satisfaction_rate: Rate,
    /// 参评率
    pub participation_rate: Rate,
    /// 按时办结率
    pub on_time_rate: Rate,
    /// In fen.
    pub money_spent: u64,
    /// What officers told at doors.
    pub told_at_door: u64,
    /// What happened and counted, by event.
    pub line_events: BTreeMap<&'static str, u64>,
    /// Working time from registration to closing, by type, in milliseconds.
    #[serde(skip)]
    pub lengths: BTreeMap<&'static str, Vec<i64>>,
    /// Figures that the office adds up otherwise than the log says: in total, or by any way of telling matters apart.
    #[serde(skip)]
    pub figures_differ: u64,
    /// Matters of which everybody may read.
    pub shown_to_everybody: u64,
    /// Public texts and public views of matters that hold a resident's name, a number that may be a telephone's, or the door's room.
    pub personal_data_leaks: u64,
}

/// Counts.
pub fn count(store: &dyn Store, built: &Rebuilt, phones: &[Phone]) -> Result<LineFound> {
    let rules = Rules::of(&store.settings()?, i64::MAX);
    let figures = Figures::of(&built.matters, &rules);
    let mut illegal_states = figures.illegal_states;
    let mut shown = None;
    store.at_one_moment(&mut |moment| {
        shown = Some(moment.shown()?);
        Ok(())
    })?;
    for (id, logged) in &built.matters {
        let state = logged.fold(*id).map_or("", |m| m.state.word());
        let rows = shown.iter().flat_map(|s| &s.matters).filter(|row| row.id == id.0);
        illegal_states += rows.filter(|row| row.state != state).count() as u64;
        let on_phones = phones.iter().filter_map(|phone| phone.client.line_of(id.to_string()).ok());
        illegal_states += on_phones.filter(|line| line.state != state && !line.pending).count() as u64;
    }
    let texts = shown.map(|s| s.public).unwrap_or_default().into_iter().map(|PublicShown { matter, text, .. }| (Id(matter), text));
    let views = everything(store, &rules, OF_AGE_MS).context("the public views")?;
    let typed = views.iter().flat_map(|(matter, view)| view.typed().map(|text| (*matter, text.to_owned())));
    let public: Vec<(Id, String)> = texts.chain(typed).collect();
    let figures_differ = differ(store, built, &rules, &figures.totals)?;
    let Figures { totals, by_type, by_state, line_events, lengths, .. } = figures;
    Ok(LineFound {
        matters_by_type: by_type,
        matters_by_state: by_state,
        illegal_states,
        overdue: totals.overdue,
        response_rate: totals.response,
        solution_rate: totals.solution,
        satisfaction_rate: totals.satisfaction,
        participation_rate: totals.participation,
        on_time_rate: totals.on_time,
        money_spent: totals.money_fen,
        told_at_door: totals.told_at_door,
        line_events,
        lengths,
        figures_differ,
        shown_to_everybody: views.len() as u64,
        personal_data_leaks: leaks(built, &public),
    })
}

/// How many of the office's figures are not those of the log.
fn differ(store: &dyn Store, built: &Rebuilt, rules: &Rules, totals: &Totals) -> Result<u64> {
    let table = figures::table(store, &Asked::default())?;
    let of = |keep: &dyn Fn(&Matter) -> bool| {
        let some = built.matters.iter().filter(|(id, logged)| logged.fold(**id).is_some_and(|m| keep(&m)));
        Figures::of(some, rules).totals
    };
    let mut differ = u64::from(table.total != *totals);
    for (word, shown) in &table.by_category {
        differ += u64::from(of(&|m| m.about.category.map_or("", Category::word) == word) != *shown);
    }
    for (word, shown) in &table.by_type {
        differ += u64::from(of(&|m| m.handling.map_or("", HandlingType::word) == word) != *shown);
    }
    for (id, shown) in &table.by_department {
        differ += u64::from(of(&|m| m.department.map(|d| d.to_string()).unwrap_or_default() == *id) != *shown);
    }
    let sum = |all: &BTreeMap<String, Totals>| all.values().map(|t| t.received).sum::<u64>();
    let all = [&table.by_area, &table.by_channel, &table.by_category, &table.by_type, &table.by_department, &table.by_period];
    differ += all.into_iter().filter(|by| sum(by) != totals.received).count() as u64;
    Ok(differ)
}

/// What everybody may read, and the matter that it is about.
fn leaks(built: &Rebuilt, public: &[(Id, String)]) -> u64 {
    let cards = built.documents.iter().filter(|(_, (_, doc))| doc.header().is_some_and(|(kind, _)| kind == DocKind::Card));
    let cards: BTreeMap<Id, _> = cards.map(|(id, (_, doc))| (*id, view::card(*id, &doc.content()))).collect();
    let scan = Scan::of(cards.values().flat_map(|card| card.residents.iter().map(|r| r.name.as_str())));
    let leaks = public.iter().filter(|(matter, text)| {
        let household = built.matters.get(matter).and_then(registered_at);
        let room = household.and_then(|id| cards.get(&id)).map_or("", |card| card.household.room.as_str());
        !scan.leaks(text, room).is_empty()
    });
    leaks.count() as u64
}

fn registered_at(logged: &Logged) -> Option<Id> {
    let payload = |event: &Event| match Said::read(EventCode::from_number(event.code)?, &event.payload)? {
        Said::Register(register) => register.household,
        _ => None,
    };
    logged.events.iter().find_map(payload)
}
