//! A card as appointments see it.

use crate::{
    Id,
    appointment::Door,
    document::{Content, wishes::wishes},
    model::{DoorNeed, Language},
};

/// What a household asks of whoever comes, and of when; nothing where its card is not there.
pub fn door(household: Id, card: Option<&Content>) -> Door {
    let Some(card) = card else { return Door::unknown(household) };
    let wishes = wishes(card);
    let at_home = super::card(household, card).residents.into_iter().filter(|resident| !resident.moved_out);
    let mut languages: Vec<Language> = at_home.flat_map(|resident| resident.languages).filter_map(|word| Language::from_word(&word)).collect();
    languages.sort_unstable();
    languages.dedup();
    Door { household, needs: wishes.needs.iter().filter_map(|word| DoorNeed::from_word(word)).collect(), languages, spans: wishes.spans }
}
