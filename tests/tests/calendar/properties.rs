//! What holds of any calendar and any instant.

use minqing_core::{
    calendar::Calendar,
    clock::{day_start, local_date},
};
use proptest::prelude::*;

use super::world::{DAY_MS, calendar, config, day, instant, instants};

/// The working time of one day alone.
fn of_one_day(calendar: &Calendar, at_ms: i64) -> i64 {
    let start = day_start(local_date(at_ms));
    calendar.working_ms(start, start + DAY_MS)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_day_more_is_never_due_earlier(calendar in calendar(), from in instant(), days in 0..60_u32) {
        prop_assert!(calendar.due(from, days + 1).due_ms >= calendar.due(from, days).due_ms);
    }

    #[test]
    fn a_holiday_more_is_never_due_earlier_and_a_make_up_day_never_later(calendar in calendar(), from in instant(), days in 0..60_u32, extra in day(), left in 0..40 * DAY_MS) {
        let with = |working| calendar.with_own_day(extra, working, "试");
        let (holiday, make_up) = (with(false), with(true));
        let due = |calendar: &Calendar| (calendar.due(from, days).due_ms, calendar.after(from, left));
        let (less, plain, more) = (due(&holiday), due(&calendar), due(&make_up));
        prop_assert!(less.0 >= plain.0 && more.0 <= plain.0, "due: {less:?} {plain:?} {more:?}");
        prop_assert!(less.1 >= plain.1 && more.1 <= plain.1, "after: {less:?} {plain:?} {more:?}");
    }

    #[test]
    fn a_due_date_is_a_working_day_at_closing_time(calendar in calendar(), from in instant(), days in 1..60_u32) {
        let due = calendar.due(from, days);
        prop_assert!(calendar.in_office_hours(due.due_ms - 1) && !calendar.in_office_hours(due.due_ms));
        prop_assert_eq!(calendar.working_ms(due.due_ms, day_start(local_date(due.due_ms)) + DAY_MS), 0);
        prop_assert_eq!(due.steps.iter().filter(|step| step.counts).count(), days as usize);
        prop_assert_eq!(due.steps.first().map(|step| step.date), local_date(from).tomorrow().ok());
        let last = due.steps.last().unwrap();
        prop_assert_eq!((last.date, last.counts), (local_date(due.due_ms), true));
        let provisional = calendar.provisional_between(due.steps[0].date, last.date);
        prop_assert_eq!(due.provisional, provisional);
    }

    #[test]
    fn working_time_adds_up_wherever_it_is_cut(calendar in calendar(), [a, b, c] in instants()) {
        prop_assert_eq!(calendar.working_ms(a, b) + calendar.working_ms(b, c), calendar.working_ms(a, c));
        prop_assert_eq!(calendar.working_ms(c, a), 0);
    }

    #[test]
    fn working_time_adds_up_for_any_number_at_all(mut all in any::<[i64; 3]>()) {
        all.sort();
        let [a, b, c] = all;
        let calendar = Calendar::shipped();
        prop_assert_eq!(calendar.working_ms(a, b) + calendar.working_ms(b, c), calendar.working_ms(a, c));
    }

    #[test]
    fn what_was_used_leads_back_to_the_instant_or_the_last_office_instant_before_it(calendar in calendar(), [from, to] in instants()) {
        let used = calendar.working_ms(from, to);
        let end = calendar.after(from, used);
        if used == 0 {
            prop_assert_eq!(end, from);
        } else {
            prop_assert!(end <= to);
            prop_assert_eq!((calendar.working_ms(from, end), calendar.working_ms(end, to)), (used, 0));
            prop_assert!(calendar.in_office_hours(end - 1), "no earlier instant has used as much");
        }
    }

    #[test]
    fn zammad_3180_no_minute_is_lost_at_midnight(calendar in calendar(), first in day(), days in 1..400_i64) {
        let start = day_start(first);
        let nights = (0..days).map(|n| start + n * DAY_MS);
        let one_by_one: i64 = nights.clone().map(|midnight| calendar.working_ms(midnight, midnight + DAY_MS)).sum();
        prop_assert_eq!(calendar.working_ms(start, start + days * DAY_MS), one_by_one);
        for midnight in nights {
            let whole = if calendar.is_working(local_date(midnight)) { calendar.hours().length_ms() } else { 0 };
            prop_assert_eq!(of_one_day(&calendar, midnight), whole);
            prop_assert_eq!(calendar.working_ms(midnight - 60_000, midnight + 60_000), 0);
        }
    }

    #[test]
    fn glpi_467_a_weekend_moved_to_a_working_day_is_a_working_day(calendar in calendar(), moved in day()) {
        let moved = calendar.with_own_day(moved, true, "补班").with_own_day(moved.tomorrow().unwrap(), false, "调休");
        let days = moved.named(2024).chain((2025..=2030).flat_map(|year| moved.named(year)));
        for day in days {
            let worked = of_one_day(&moved, day_start(day.date));
            prop_assert_eq!(worked, if day.kind.counts() { moved.hours().length_ms() } else { 0 });
        }
    }

    #[test]
    fn glpi_10594_a_pause_gives_back_working_time_only(calendar in calendar(), [start, paused, resumed] in instants(), days in 1..40_u32) {
        let due = calendar.due(start, days).due_ms;
        let paused = paused.min(due);
        let resumed = resumed.max(paused);
        let left = calendar.working_ms(paused, due);
        let later = calendar.after(resumed, left);
        let allowance = calendar.working_ms(start, due);
        prop_assert_eq!(calendar.working_ms(start, paused) + left, allowance);
        if left > 0 {
            prop_assert_eq!(calendar.working_ms(resumed, later), left, "what was left is what it gets");
            prop_assert_eq!(calendar.working_ms(due, later), calendar.working_ms(paused, resumed), "and it is later by the working time of the pause");
            prop_assert_eq!(calendar.after(calendar.next_office_ms(resumed), left), later, "closed hours before the next opening count nothing");
            prop_assert_eq!(calendar.after(paused, left), due, "a pause of nothing changes nothing");
        }
    }

    #[test]
    fn a_reminder_is_in_office_hours_and_nothing_was_worked_before_it(calendar in calendar(), asked in instant()) {
        let given = calendar.next_office_ms(asked);
        prop_assert!(given >= asked && calendar.in_office_hours(given));
        prop_assert_eq!(calendar.working_ms(asked, given), 0);
        prop_assert_eq!(calendar.next_office_ms(given), given);
    }
}
