//! The line: its figures counted slowly from the log, every state compared, every public text looked through.

use std::collections::BTreeSet;

use anyhow::Result;
use minqing_core::{
    Id,
    calendar::Calendar,
    document::DocKind,
    event::{Event, Said},
    model::{EventCode, PublicationState},
    view,
};
use minqing_sync_server::{
    figures::Figures,
    pipeline::Scan,
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
    Ok(LineFound { figures, personal_data_leaks: leaks(built) })
}

fn leaks(built: &Rebuilt) -> u64 {
    let cards = built.documents.iter().filter(|(_, (_, doc))| doc.header().is_some_and(|(kind, _)| kind == DocKind::Card));
    let cards: Vec<_> = cards.map(|(id, (_, doc))| (*id, view::card(*id, &doc.content()))).collect();
    let scan = Scan::of(cards.iter().flat_map(|(_, card)| card.residents.iter().map(|r| r.name.as_str())));
    let room = |household: Option<Id>| cards.iter().find(|(id, _)| Some(*id) == household).map_or("", |(_, card)| card.household.room.as_str());
    let mut leaks = 0;
    for (id, logged) in &built.matters {
        let Some((_, doc)) = built.documents.get(id) else { continue };
        let content = doc.content();
        let drafts = shown_drafts(*id, logged);
        let public =
            content.root.0.iter().filter(|(key, _)| key.starts_with("public:") || key.strip_prefix("text:").is_some_and(|event| drafts.contains(event)));
        let texts: Vec<String> = public.map(|(_, value)| value.to_string()).collect();
        let household = registered_at(logged);
        leaks += texts.iter().filter(|text| !scan.leaks(text, room(household)).is_empty()).count() as u64;
    }
    leaks
}

/// The events under which texts lie that a second person has read.
fn shown_drafts(id: Id, logged: &LoggedMatter) -> BTreeSet<String> {
    let publication = logged.fold(id).map(|m| m.publication);
    let read = |p: &minqing_core::pipeline::Publication| ![PublicationState::None, PublicationState::Drafted].contains(&p.state);
    publication.filter(read).and_then(|p| p.draft).map(|(event, _)| event.to_string()).into_iter().collect()
}

fn registered_at(logged: &LoggedMatter) -> Option<Id> {
    let payload = |event: &Event| match Said::read(EventCode::from_number(event.code)?, &event.payload)? {
        Said::Register(register) => register.household,
        _ => None,
    };
    logged.events.iter().find_map(payload)
}
