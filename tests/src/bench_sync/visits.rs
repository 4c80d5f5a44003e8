//! A visit at a door, drawn with an account.

use anyhow::{Context, Result};
use minqing_core::{
    Id,
    document::{Doc, visits},
    envelope::ItemKind,
    model::{NewFollowUp, NewVisit, Outcome, Purpose},
};

use super::{
    author::Author,
    draw::Draw,
    office::{DAY, YEAR},
    words::Words,
};
use minqing_core::clock::local_date;

/// Characters of a visit's note.
const NOTE: usize = 60;
/// Characters of a follow-up.
const WHAT: usize = 12;
/// Of a hundred visits, how many have a follow-up.
const FOLLOW_UPS: u64 = 35;
/// Of ten knocks: somebody talked, nobody was in, the talk was refused.
const OUTCOMES: [u64; 3] = [7, 2, 1];

/// Draws what is typed at a door at a moment.
pub fn draw_visit(draw: &mut Draw, words: &Words, household: Id, at_ms: i64) -> NewVisit {
    let follow_up =
        |draw: &mut Draw| NewFollowUp { what: words.text(draw, WHAT), due: local_date(at_ms + (1 + draw.below(30)).cast_signed() * DAY).to_string() };
    NewVisit {
        household: household.to_string(),
        purpose: draw.one_of(Purpose::ALL).word().to_owned(),
        outcome: Outcome::ALL[draw.weighted(&OUTCOMES)].word().to_owned(),
        note: words.text(draw, NOTE),
        follow_ups: if draw.happens(FOLLOW_UPS) { vec![follow_up(draw)] } else { Vec::new() },
        with: Vec::new(),
        ..NewVisit::default()
    }
}

/// An author writes a visit into its door's volume.
pub fn write(author: &mut Author, draw: &mut Draw, words: &Words, household: Id, volume: &mut Doc, at_ms: i64) -> Result<()> {
    let visit = draw_visit(draw, words, household, at_ms);
    let id = draw.id(at_ms);
    let follow_ups: Vec<(Id, &NewFollowUp)> = visit.follow_ups.iter().map(|f| (draw.id(at_ms), f)).collect();
    let made = visits::Made { officer: author.officer, at_ms };
    let change = volume.change(author.actor(), at_ms / 1_000, |w| visits::add(w, household, YEAR, id, &visit, made, &follow_ups))?;
    author.put(ItemKind::Change, Id::visits(household, YEAR), change.context("a change")?);
    Ok(())
}
