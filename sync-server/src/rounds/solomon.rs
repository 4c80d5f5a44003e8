//! Solomon's files: a fleet, and customers with coordinates, demand and one window each.
//!
//! Times are kept in tenths. A distance is the straight line with all but one decimal cut off, as in the `.sol` files that
//! are passed round with these instances, and a second of walking is a tenth of distance.

use minqing_core::rounds::{Ground, MOST_OFFICERS, MOST_STOPS, Matrix, Officer, Place, Problem, Shift, Stop, Unit, Window};

use crate::fault::Fault;

/// Tenths in one.
pub(super) const TENTHS: u32 = 10;
/// Coordinates beyond this would not fit where they are squared.
const FAR: i64 = 1_000_000;

/// A row of the table: number, x, y, demand, ready, due, service.
type Row = [i64; 7];

/// Reads a file.
///
/// # Errors
/// `plan.malformed` with the line; `round.too_large`.
pub(super) fn read(text: &str) -> Result<Problem, Fault> {
    let (mut fleet, mut rows) = (None, Vec::new());
    for (no, line) in text.lines().enumerate() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.first().is_none_or(|word| word.parse::<i64>().is_err()) {
            // Titles and headings; where a table has ended nothing else follows.
            continue;
        }
        let malformed = || Fault::new("plan.malformed", (no + 1).to_string());
        let numbers: Option<Vec<i64>> = words.iter().map(|word| word.parse().ok().filter(|n: &i64| n.abs() <= FAR)).collect();
        let numbers = numbers.ok_or_else(malformed)?;
        match (fleet, <[i64; 2]>::try_from(numbers.as_slice()), Row::try_from(numbers.as_slice())) {
            (None, Ok(vehicles), _) => fleet = Some(vehicles),
            (Some(_), _, Ok(row)) if row[0] == rows.len() as i64 && row[3..].iter().all(|n| *n >= 0) && row[4] <= row[5] => rows.push(row),
            _ => return Err(malformed()),
        }
    }
    let end = || Fault::new("plan.malformed", text.lines().count().to_string());
    let [vehicles, capacity] = fleet.ok_or_else(end)?;
    let (depot, customers) = rows.split_first().ok_or_else(end)?;
    if customers.len() > MOST_STOPS || !(0..=MOST_OFFICERS as i64).contains(&vehicles) {
        return Err(Fault::new("round.too_large", ""));
    }
    let home = Place::street(0);
    let shift = Shift { from_s: tenths(depot[4]), until_s: tenths(depot[5]), start: home, end: Some(home) };
    let officers = (1..=vehicles).map(|no| Officer { most_doors: whole(capacity), ..Officer::new(format!("{no:03}"), shift) });
    Ok(Problem { ground: ground(&rows), stops: customers.iter().map(stop).collect(), officers: officers.collect() })
}

fn stop(row: &Row) -> Stop {
    let [no, _, _, demand, ready, due, service] = *row;
    let windows = vec![Window { from_s: tenths(ready), until_s: tenths(due) }];
    let place = Place::street(usize::try_from(no).unwrap_or_default());
    Stop { windows, doors: whole(demand), ..Stop::new(no.to_string(), place, tenths(service)) }
}

fn ground(rows: &[Row]) -> Ground {
    let distance = |a: &Row, b: &Row| {
        let square = (a[1] - b[1]).pow(2) + (a[2] - b[2]).pow(2);
        // The root of a hundred times the square is the distance in tenths, cut off.
        u32::try_from((square.unsigned_abs() * u64::from(TENTHS * TENTHS)).isqrt()).unwrap_or(u32::MAX)
    };
    let walks = rows.iter().flat_map(|a| rows.iter().map(move |b| distance(a, b))).collect();
    Ground::Matrix(Matrix { side: rows.len(), unit: Unit::Seconds, walks })
}

fn whole(n: i64) -> u32 {
    u32::try_from(n).unwrap_or_default()
}

fn tenths(n: i64) -> u32 {
    whole(n).saturating_mul(TENTHS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "R\n\nVEHICLE\nNUMBER CAPACITY\n  2  200\n\nCUSTOMER\nCUST NO. X Y DEMAND READY DUE SERVICE\n\n 0 0 0 0 0 100 0\n 1 1 1 10 5 9 2\n";

    #[test]
    fn a_file_is_read_in_tenths() {
        let problem = read(SMALL).unwrap();
        assert_eq!((problem.stops.len(), problem.officers.len(), problem.officers[1].most_doors), (1, 2, 200));
        assert_eq!((problem.stops[0].windows[0], problem.stops[0].service_s), (Window { from_s: 50, until_s: 90 }, 20));
        assert_eq!(problem.ground.walk_s(Place::street(0), Place::street(1)), 14, "the root of 2, cut off");
        assert_eq!(problem.sound(), Ok(()));
    }

    #[test]
    fn what_is_no_such_file_is_refused_by_line() {
        let refused = |text: &str| read(text).unwrap_err().to_string();
        assert_eq!(refused(""), "plan.malformed: 0");
        assert_eq!(refused(&SMALL.replace(" 1 1 1", " 2 1 1")), "plan.malformed: 11");
        assert_eq!(refused(&SMALL.replace("5 9 2", "9 5 2")), "plan.malformed: 11");
        assert_eq!(refused(&SMALL.replace("5 9 2", "5 9")), "plan.malformed: 11");
        assert_eq!(refused(&SMALL.replace("0 100 0", "0 1e2 0")), "plan.malformed: 10");
        assert_eq!(refused(&SMALL.replace("  2  200", "  501  200")), "round.too_large: ");
    }
}
