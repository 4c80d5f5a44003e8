//! One matter as figures count it: where it belongs, when it came and ended, and its counts.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use minqing_core::{
    Id,
    model::{CallBackResult, Category, Channel, Clock, MatterOutcome, MatterState},
    pipeline::{Matter, Rated},
};

use super::Tally;
use crate::projection::MatterShown;

/// Declares counts: named, added up, and kept in this order.
macro_rules! counts {
    ($($(#[$about:meta])* $place:literal $name:ident,)+) => {
        /// Counts of one matter, or the sum of many.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
        pub struct Counts { $($(#[$about])* #[n($place)] pub $name: u64,)+ }

        impl Counts {
            /// Adds others.
            pub fn add(&mut self, other: &Self) {
                $(self.$name = self.$name.saturating_add(other.$name);)+
            }
        }
    };
}

counts! {
    /// Times given to somebody to handle.
    0 assigned,
    /// Those that were signed for within K2.
    1 signed,
    /// Times given back.
    2 returned,
    /// Results that passed their review.
    3 handled,
    /// Those before the due date.
    4 on_time,
    /// Results that were sent back.
    5 reworked,
    /// Of late results, used over allowed time, in ten-thousandths.
    6 late,
    /// Money spent, in fen.
    7 fen,
    /// Times an officer told a resident something at the door.
    8 told_at_door,
    /// 1 if a handling or answer clock came to its due date.
    9 overdue,
    /// Matters closed as solved: itself and those that follow it.
    10 solved,
    /// 1 if residents said whether it is solved.
    11 asked,
    /// 1 if they say that it is.
    12 confirmed,
    /// Residents who were invited to rate.
    13 invited,
    /// Those who did.
    14 rated,
    /// Those whose last word was three stars or more.
    15 satisfied,
}

/// One matter. Codes are numbers of the model's lists, 0 for none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The matter.
    pub matter: [u8; 16],
    /// Its community.
    pub community: String,
    /// The grid in which it lies; empty for what lies at the desk.
    pub grid: String,
    /// The department that answers for it.
    pub department: Option<[u8; 16]>,
    /// Number of the channel.
    pub channel: u8,
    /// Number of the category.
    pub category: u8,
    /// Number of the type; 0 until it is accepted.
    pub handling: u8,
    /// When it came: the start of K0, milliseconds since 1970.
    pub received_ms: i64,
    /// When it came off the line, or began to follow another one.
    pub ended_ms: Option<i64>,
    /// Its counts.
    pub counts: Counts,
}

impl Counted {
    /// A matter as it stands. `home`: the name of its stream.
    pub fn of(row: &MatterShown, home: &str, m: &Matter, tally: &Tally) -> Self {
        Self {
            matter: row.id,
            community: row.community.clone(),
            grid: home.strip_prefix("grid:").unwrap_or_default().to_owned(),
            department: row.department,
            channel: Channel::from_word(&row.channel).map_or(0, Channel::number),
            category: Category::from_word(&row.category).map_or(0, Category::number),
            handling: m.handling.map_or(0, |handling| handling.number()),
            received_ms: row.at_ms,
            ended_ms: tally.ended_ms,
            counts: counts(m, tally),
        }
    }
}

fn counts(m: &Matter, tally: &Tally) -> Counts {
    // Each resident once, by the last word.
    let last: BTreeMap<Id, &Rated> = m.ratings.iter().map(|rated| (rated.of, rated)).collect();
    let was_invited = m.clocks.get(Clock::Rating).is_some();
    let silent = m.cluster().filter(|of| !last.contains_key(of)).count();
    let said = if m.state == MatterState::Closed { is_confirmed(m) } else { None };
    let is_solved = m.outcome == Some(MatterOutcome::Solved);
    let Tally { assigned, signed, returned, handled, on_time, reworked, late, fen, told_at_door, urged, .. } = tally.clone();
    Counts {
        assigned: assigned.into(),
        signed: signed.into(),
        returned: returned.into(),
        handled: handled.into(),
        on_time: on_time.into(),
        reworked: reworked.into(),
        late,
        fen,
        told_at_door: told_at_door.into(),
        overdue: u64::from(urged > 0),
        solved: if m.state == MatterState::Closed && is_solved { m.cluster().count() as u64 } else { 0 },
        asked: u64::from(said.is_some()),
        confirmed: u64::from(said == Some(true) && is_solved),
        invited: if was_invited { (last.len() + silent) as u64 } else { 0 },
        rated: last.len() as u64,
        satisfied: last.values().filter(|rated| rated.stars >= 3).count() as u64,
    }
}

/// Whether residents say that it is solved, by their stars or when they were asked again; `None` where they said nothing.
fn is_confirmed(m: &Matter) -> Option<bool> {
    let said = m.ratings.iter().filter(|r| r.cycle == m.cycle).map(|r| match r.call_back {
        Some(CallBackResult::NotSolved) => false,
        Some(CallBackResult::Confirmed) => true,
        _ => r.stars >= 3,
    });
    said.reduce(|all, one| all && one)
}
