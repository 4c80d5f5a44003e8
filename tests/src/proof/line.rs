//! The line: its figures counted slowly from the log, every state compared, every public text looked through.

use std::collections::BTreeMap;

use anyhow::Result;
use minqing_core::{
    Id,
    calendar::Calendar,
    document::DocKind,
    event::{Event, Said},
    model::EventCode,
    view,
};
use minqing_sync_server::{
    figures::Figures,
    pipeline::Scan,
    projection::PublicShown,
    rebuild::{LoggedMatter, Rebuilt},
    storage::Store,
};
use serde::Serialize;

use crate::phone::Phone;

/// What the proof found of the line.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LineFound {
    /// The figures; `illegal_states` with every state that the office or a phone shows otherwise.
    #[serde(flatten)]
    pub figures: Figures,
    /// Public texts that hold a resident's name, a number that may be a telephone's, or the door's room.
    pub personal_data_leaks: u64,
}

/// Counts.
pub fn count(store: &dyn Store, built: &Rebuilt, phones: &[Phone]) -> Result<LineFound> {
    let mut figures = Figures::of(&built.matters, Calendar::shipped());
    let mut shown = None;
    store.at_one_moment(&mut |moment| {
        shown = Some(moment.shown()?);
        Ok(())
    })?;
    for (id, logged) in &built.matters {
        let state = logged.fold(*id).map_or("", |m| m.state.word());
        let rows = shown.iter().flat_map(|s| &s.matters).filter(|row| row.id == id.0);
        figures.illegal_states += rows.filter(|row| row.state != state).count() as u64;
        let on_phones = phones.iter().filter_map(|phone| phone.client.line_of(id.to_string()).ok());
        figures.illegal_states += on_phones.filter(|line| line.state != state && !line.pending).count() as u64;
    }
    let public: Vec<PublicShown> = shown.map(|s| s.public).unwrap_or_default();
    Ok(LineFound { figures, personal_data_leaks: leaks(built, &public) })
}

fn leaks(built: &Rebuilt, public: &[PublicShown]) -> u64 {
    let cards = built.documents.iter().filter(|(_, (_, doc))| doc.header().is_some_and(|(kind, _)| kind == DocKind::Card));
    let cards: BTreeMap<Id, _> = cards.map(|(id, (_, doc))| (*id, view::card(*id, &doc.content()))).collect();
    let scan = Scan::of(cards.values().flat_map(|card| card.residents.iter().map(|r| r.name.as_str())));
    let leaks = public.iter().filter(|text| {
        let household = built.matters.get(&Id(text.matter)).and_then(registered_at);
        let room = household.and_then(|id| cards.get(&id)).map_or("", |card| card.household.room.as_str());
        !scan.leaks(&text.text, room).is_empty()
    });
    leaks.count() as u64
}

fn registered_at(logged: &LoggedMatter) -> Option<Id> {
    let payload = |event: &Event| match Said::read(EventCode::from_number(event.code)?, &event.payload)? {
        Said::Register(register) => register.household,
        _ => None,
    };
    logged.events.iter().find_map(payload)
}
