//! One matter as figures count it: where it belongs, when it came and ended, and its counts.

use std::collections::BTreeMap;

use minqing_core::{
    Id,
    model::{CallBackResult, Category, Channel, Clock, MatterOutcome, MatterState},
    pipeline::{Matter, Rated},
};

use super::Tally;
use crate::projection::MatterShown;

/// Declares counts: named, added up, and kept as columns in this order.
macro_rules! counts {
    ($($(#[$about:meta])* $name:ident,)+) => {
        /// Counts of one matter, or the sum of many.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Counts { $($(#[$about])* pub $name: u64,)+ }

        impl Counts {
            /// Their columns.
            pub const COLUMNS: &[&str] = &[$(stringify!($name)),+];

            /// In the order of the columns.
            pub fn values(&self) -> [u64; Self::COLUMNS.len()] {
                [$(self.$name),+]
            }

            /// From columns, each read by its place.
            ///
            /// # Errors
            /// What `read` returns.
            pub fn read<E>(mut read: impl FnMut(usize) -> Result<u64, E>) -> Result<Self, E> {
                let mut place = 0..;
                Ok(Self { $($name: read(place.next().unwrap_or_default())?,)+ })
            }

            /// Adds others.
            pub fn add(&mut self, other: &Self) {
                $(self.$name = self.$name.saturating_add(other.$name);)+
            }
        }
    };
}

counts! {
    /// Times given to somebody to handle.
    assigned,
    /// Those that were signed for within K2.
    signed,
    /// Times given back.
    returned,
    /// Results that passed their review.
    handled,
    /// Those before the due date.
    on_time,
    /// Results that were sent back.
    reworked,
    /// Of late results, used over allowed time, in ten-thousandths.
    late,
    /// Money spent, in fen.
    fen,
    /// Times an officer told a resident something at the door.
    told_at_door,
    /// 1 if a handling or answer clock came to its due date.
    overdue,
    /// Matters closed as solved: itself and those that follow it.
    solved,
    /// 1 if residents said whether it is solved.
    asked,
    /// 1 if they say that it is.
    confirmed,
    /// Residents who were invited to rate.
    invited,
    /// Those who did.
    rated,
    /// Those whose last word was three stars or more.
    satisfied,
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
pub(super) fn is_confirmed(m: &Matter) -> Option<bool> {
    let said = m.ratings.iter().filter(|r| r.cycle == m.cycle).map(|r| match r.call_back {
        Some(CallBackResult::NotSolved) => false,
        Some(CallBackResult::Confirmed) => true,
        _ => r.stars >= 3,
    });
    said.reduce(|all, one| all && one)
}
