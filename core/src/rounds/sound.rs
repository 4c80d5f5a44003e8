//! What a problem must be before anybody plans it.

use std::collections::BTreeSet;

use super::{
    ground::{Ground, Place},
    problem::{MOST_OFFICERS, MOST_SECONDS, MOST_STOPS, Officer, Problem, Shift, Stop, malformed},
};
use crate::{Error, Result};

impl Problem {
    /// Looks whether it can be planned at all: ids are there once, places on the ground, times in order and within bounds.
    ///
    /// # Errors
    /// `round.malformed` with the path of what does not fit, as `stops[3].windows[0]`; `round.too_large` over
    /// [`MOST_STOPS`] or [`MOST_OFFICERS`].
    pub fn sound(&self) -> Result<()> {
        for (path, is, most) in [("stops", self.stops.len(), MOST_STOPS), ("officers", self.officers.len(), MOST_OFFICERS)] {
            if is > most {
                return Err(Error::invalid("round.too_large", path));
            }
        }
        self.ground.sound()?;
        once(self.stops.iter().map(|stop| &stop.id), "stops")?;
        once(self.officers.iter().map(|officer| &officer.id), "officers")?;
        let done = self.officers.iter().filter_map(|officer| officer.so_far.as_ref()).flat_map(|so_far| &so_far.done);
        once(done, "done")?;
        let spots = self.ground.spots();
        for (i, stop) in self.stops.iter().enumerate() {
            stop.sound(spots).map_err(|field| malformed(format!("stops[{i}].{field}")))?;
        }
        for (i, officer) in self.officers.iter().enumerate() {
            officer.sound(spots).map_err(|field| malformed(format!("officers[{i}].{field}")))?;
        }
        Ok(())
    }
}

fn once<'a>(ids: impl Iterator<Item = &'a String>, path: &str) -> Result<()> {
    let mut seen = BTreeSet::new();
    for (i, id) in ids.enumerate() {
        if id.is_empty() || !seen.insert(id) {
            return Err(malformed(format!("{path}[{i}].id")));
        }
    }
    Ok(())
}

impl Ground {
    fn sound(&self) -> Result<()> {
        let Self::Matrix(matrix) = self else { return Ok(()) };
        let whole = matrix.side.checked_mul(matrix.side) == Some(matrix.walks.len());
        let short = matrix.walks.iter().all(|walk| *walk <= MOST_SECONDS);
        if whole && short { Ok(()) } else { Err(malformed("ground.matrix")) }
    }
}

/// The name of what does not fit, or nothing.
type Fits = std::result::Result<(), String>;

fn fits(holds: bool, field: &str) -> Fits {
    if holds { Ok(()) } else { Err(field.to_owned()) }
}

fn place(place: Place, spots: usize) -> bool {
    place.spot < spots && place.floor != 0
}

impl Stop {
    fn sound(&self, spots: usize) -> Fits {
        fits(place(self.place, spots), "spot")?;
        fits(self.service_s <= MOST_SECONDS, "service_s")?;
        fits(self.fixed_s.is_none_or(|at| at <= MOST_SECONDS), "fixed_s")?;
        fits(self.doors <= MOST_SECONDS, "doors")?;
        for (i, window) in self.windows.iter().enumerate() {
            fits(window.from_s <= window.until_s && window.until_s <= MOST_SECONDS, &format!("windows[{i}]"))?;
        }
        Ok(())
    }
}

impl Officer {
    fn sound(&self, spots: usize) -> Fits {
        for (i, shift) in self.shifts.iter().enumerate() {
            fits(shift.sound(spots), &format!("shifts[{i}]"))?;
        }
        let in_order = self.shifts.windows(2).all(|pair| pair[0].until_s <= pair[1].from_s);
        fits(in_order, "shifts")?;
        let known = self.so_far.as_ref().is_none_or(|so_far| place(so_far.here, spots) && so_far.now_s <= MOST_SECONDS);
        fits(known, "so_far")
    }
}

impl Shift {
    fn sound(&self, spots: usize) -> bool {
        let places = place(self.start, spots) && self.end.is_none_or(|end| place(end, spots));
        places && self.from_s <= self.until_s && self.until_s <= MOST_SECONDS
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Spot, Window, problem::SoFar};
    use super::*;

    fn day() -> Problem {
        let place = Place::street(0);
        let shift = Shift { from_s: 28_800, until_s: 43_200, start: place, end: None };
        Problem {
            ground: Ground::Spots(vec![Spot::default()]),
            stops: vec![Stop::new("a", place, 600), Stop::new("b", place, 600)],
            officers: vec![Officer::new("o", shift)],
        }
    }

    fn refused(change: impl Fn(&mut Problem)) -> String {
        let mut problem = day();
        change(&mut problem);
        let error = problem.sound().unwrap_err();
        format!("{} {}", error.code(), error.path().unwrap_or_default())
    }

    #[test]
    fn what_cannot_be_planned_is_named() {
        assert_eq!(day().sound(), Ok(()));
        assert_eq!(refused(|p| p.stops[1].id = "a".into()), "round.malformed stops[1].id");
        assert_eq!(refused(|p| p.stops[1].place.spot = 1), "round.malformed stops[1].spot");
        assert_eq!(refused(|p| p.stops[0].windows.push(Window { from_s: 9, until_s: 8 })), "round.malformed stops[0].windows[0]");
        assert_eq!(refused(|p| p.officers[0].shifts[0].until_s = 1), "round.malformed officers[0].shifts[0]");
        let again = |p: &mut Problem| p.officers[0].shifts.extend_from_within(..);
        assert_eq!(refused(again), "round.malformed officers[0].shifts");
        let nowhere = SoFar { done: Vec::new(), now_s: 0, here: Place::street(7) };
        assert_eq!(refused(|p| p.officers[0].so_far = Some(nowhere.clone())), "round.malformed officers[0].so_far");
        assert_eq!(refused(|p| p.stops = vec![p.stops[0].clone(); MOST_STOPS + 1]), "round.too_large stops");
    }
}
