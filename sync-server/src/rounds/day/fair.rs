//! Fair shares: over a week each officer has as many doors as the others, as far as the day allows.

use jiff::{ToSpan, civil::Date};
use minqing_core::Id;

use super::{Asked, Calls};
use crate::{
    app::App,
    storage::{Result, RoundKept},
};

/// The days of a day's week, from Monday to Sunday.
pub fn week_of(day: Date) -> (Date, Date) {
    let monday = day.saturating_sub((i32::from(day.weekday().to_monday_zero_offset())).days());
    (monday, monday.saturating_add(6.days()))
}

/// How many doors each officer may have on the day at most: what makes the week even, and one more, so that the way may decide.
///
/// # Errors
/// `store.failed`, `store.damaged`.
pub(super) fn shares(app: &App, asked: &Asked, officers: &[Id], calls: &Calls) -> Result<Vec<u32>> {
    let (monday, sunday) = week_of(asked.day);
    let week = app.store.rounds(&asked.community, monday, sunday)?;
    let other_days = |officer: &Id| week.iter().filter(|round: &&RoundKept| round.officer == *officer && round.day != asked.day).map(|round| round.doors).sum();
    let had: Vec<u32> = officers.iter().map(other_days).collect();
    let most = u32::from(app.rules.get().appointments.doors_a_day);
    let bound = |officer: &Id| calls.calls.iter().filter(|call| call.promised.is_some() && call.officers.contains(officer)).count();
    let promised: Vec<u32> = officers.iter().map(|officer| u32::try_from(bound(officer)).unwrap_or(most)).collect();
    Ok(even(&had, &promised, u32::try_from(calls.calls.len()).unwrap_or(u32::MAX), most))
}

/// Gives doors one by one to whoever has had fewest, those that were promised first.
fn even(had: &[u32], promised: &[u32], doors: u32, most: u32) -> Vec<u32> {
    let mut given = promised.to_vec();
    for _ in promised.iter().sum::<u32>()..doors {
        let open = (0..had.len()).filter(|n| given[*n] < most);
        let Some(next) = open.min_by_key(|n| (had[*n] + given[*n], *n)) else { break };
        given[next] += 1;
    }
    given.iter().zip(promised).map(|(given, promised)| (given + 1).min(most).max(*promised)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn who_had_many_gets_few() {
        assert_eq!(even(&[0, 0], &[0, 0], 10, 20), [6, 6]);
        assert_eq!(even(&[30, 20, 25], &[0, 0, 0], 15, 20), [1, 11, 6]);
        assert_eq!(even(&[30, 20], &[4, 0], 8, 20), [5, 5], "what was promised stays");
        assert_eq!(even(&[0, 0], &[0, 0], 100, 20), [20, 20]);
        assert_eq!(even(&[0], &[25], 25, 20), [25], "promises beyond the doors of a day are kept");
    }

    #[test]
    fn a_week_begins_on_monday() {
        for day in 14..=20 {
            assert_eq!(week_of(date(2026, 9, day)), (date(2026, 9, 14), date(2026, 9, 20)));
        }
    }
}
