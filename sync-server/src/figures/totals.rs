//! Sums of matters, as the office reads them.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Counts, Rate, rate::four_decimals, tally::ONCE};

/// What is added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) received: u64,
    pub(super) ended: u64,
    pub(super) open: u64,
    pub(super) counts: Counts,
}

/// Figures of some matters. A matter is received in the period in which it came; everything else counts where it ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Totals {
    /// Matters that came.
    pub received: u64,
    /// Matters that came off the line, or began to follow another one.
    pub ended: u64,
    /// Matters that are on the line still; 0 where a period was asked for.
    pub open: u64,
    /// Matters closed as solved, those that follow another one with it.
    pub solved: u64,
    /// 响应率: signed for within K2, of all times given to somebody.
    pub response: Rate,
    /// 解决率: solved as residents confirm, of all that they said something of; a matter that follows another one counts with it.
    pub solution: Rate,
    /// 满意率: residents with three stars or more, of all who rated; each once, by the last word. Never without participation.
    pub satisfaction: Rate,
    /// 参评率: residents who rated, of all who were invited.
    pub participation: Rate,
    /// 按时办结率: results before the due date, of all that passed.
    pub on_time: Rate,
    /// Times given back by departments.
    pub returned: u64,
    /// Results that were sent back.
    pub reworked: u64,
    /// Matters of which K3 or K6 came to its due date.
    pub overdue: u64,
    /// 超期倍数: of results that were late, used time over allowed time (each in whole ten-thousandths), on average; `null` where none was.
    pub overdue_multiple: Option<f64>,
    /// Money spent, in fen.
    pub money_fen: u64,
    /// Times officers told residents something at the door.
    pub told_at_door: u64,
}

impl From<Sums> for Totals {
    fn from(sums: Sums) -> Self {
        let c = sums.counts;
        let late = c.handled.saturating_sub(c.on_time);
        Self {
            received: sums.received,
            ended: sums.ended,
            open: sums.open,
            solved: c.solved,
            response: Rate::new(c.signed, c.assigned),
            solution: Rate::new(c.confirmed, c.asked),
            satisfaction: Rate::new(c.satisfied, c.rated),
            participation: Rate::new(c.rated, c.invited),
            on_time: Rate::new(c.on_time, c.handled),
            returned: c.returned,
            reworked: c.reworked,
            overdue: c.overdue,
            overdue_multiple: (late > 0).then(|| four_decimals(c.late as f64 / ONCE as f64 / late as f64)),
            money_fen: c.fen,
            told_at_door: c.told_at_door,
        }
    }
}
