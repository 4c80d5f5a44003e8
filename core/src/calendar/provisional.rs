//! The holidays of a year before its decree is out (暂定): those the law fixes (《全国年节及纪念日放假办法》, as amended for
//! 2025), without any swapped days. What follows the moon and the sun is listed for as long as it has been checked.

use jiff::{ToSpan, civil::Date};

use super::days::Known;

/// A year's Spring Festival, Qingming (day of April), Dragon Boat and Mid-Autumn, as (month, day).
type Moving = ((i8, i8), i8, (i8, i8), (i8, i8));

const FIRST_LISTED: i16 = 2027;

/// From two lunar tables that agree, held against new moons and the sun's longitude computed for Beijing.
#[rustfmt::skip]
const MOVING: [Moving; 24] = [
    /* 2027 */ ((2, 6), 5, (6, 9), (9, 15)),   ((1, 26), 4, (5, 28), (10, 3)),  ((2, 13), 4, (6, 16), (9, 22)),
    /* 2030 */ ((2, 3), 5, (6, 5), (9, 12)),   ((1, 23), 5, (6, 24), (10, 1)),  ((2, 11), 4, (6, 12), (9, 19)),
    /* 2033 */ ((1, 31), 4, (6, 1), (9, 8)),   ((2, 19), 5, (6, 20), (9, 27)),  ((2, 8), 5, (6, 10), (9, 16)),
    /* 2036 */ ((1, 28), 4, (5, 30), (10, 4)), ((2, 15), 4, (6, 18), (9, 24)),  ((2, 4), 5, (6, 7), (9, 13)),
    /* 2039 */ ((1, 24), 5, (5, 27), (10, 2)), ((2, 12), 4, (6, 14), (9, 20)),  ((2, 1), 4, (6, 3), (9, 10)),
    /* 2042 */ ((1, 22), 4, (6, 22), (9, 28)), ((2, 10), 5, (6, 11), (9, 17)),  ((1, 30), 4, (5, 31), (10, 5)),
    /* 2045 */ ((2, 17), 4, (6, 19), (9, 25)), ((2, 6), 4, (6, 8), (9, 15)),    ((1, 26), 5, (5, 29), (10, 4)),
    /* 2048 */ ((2, 14), 4, (6, 15), (9, 22)), ((2, 2), 4, (6, 4), (9, 11)),    ((1, 23), 4, (6, 23), (9, 30)),
];

/// The statutory holidays of a year; beyond 2050 only those of a fixed date.
pub(super) fn holidays(year: i16) -> impl Iterator<Item = Known> {
    let day = move |(month, day)| Date::constant(year, month, day);
    let mut days = vec![("元旦", day((1, 1))), ("劳动节", day((5, 1))), ("劳动节", day((5, 2)))];
    days.extend([1, 2, 3].map(|of_october| ("国庆节", day((10, of_october)))));
    let listed = usize::try_from(year - FIRST_LISTED).ok().and_then(|i| MOVING.get(i));
    if let Some((spring, qingming, dragon_boat, mid_autumn)) = listed {
        // New Year's eve and the first three days of the first month.
        days.extend([-1, 0, 1, 2].map(|after| ("春节", day(*spring).saturating_add(after.days()))));
        days.extend([("清明节", day((4, *qingming))), ("端午节", day(*dragon_boat)), ("中秋节", day(*mid_autumn))]);
    }
    days.into_iter().map(|(name, date)| Known { date, working: false, name: name.to_owned(), provisional: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(year: i16) -> Vec<String> {
        let mut days: Vec<_> = holidays(year).map(|known| known.date.strftime("%m-%d").to_string()).collect();
        days.sort();
        days
    }

    #[test]
    fn the_law_gives_thirteen_days_while_the_moon_is_known_and_six_after() {
        let days_of_2027 = ["01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09", "09-15", "10-01", "10-02", "10-03"];
        assert_eq!(listed(2027), days_of_2027);
        assert_eq!((listed(2050).len(), listed(2051).len(), listed(2099).len()), (13, 6, 6));
    }

    #[test]
    fn the_moons_months_run_from_one_festival_to_the_next() {
        for (year, (spring, _, dragon_boat, mid_autumn)) in (FIRST_LISTED..).zip(MOVING) {
            let day = |(month, day)| Date::constant(year, month, day);
            // From the fifth of the fifth month to the fifteenth of the eighth: three months and ten days, or a leap month more.
            let between = |from, to| day(to).duration_since(day(from)).as_hours() / 24;
            let to_autumn = between(dragon_boat, mid_autumn);
            let to_dragon_boat = between(spring, dragon_boat);
            assert!([98, 99, 127, 128].contains(&to_autumn), "{year}: {to_autumn}");
            assert!([121, 122, 123, 151, 152].contains(&to_dragon_boat), "{year}: {to_dragon_boat}");
        }
    }
}
