//! The shortest ways from one place to all corners, by Dijkstra's method.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{network::Footways, snap::Snapped};

/// Millimetres to each corner; `None` for one to which no way leads.
pub(super) struct Lengths(Vec<Option<u64>>);

impl Footways {
    /// From where a spot meets the ways.
    pub(super) fn lengths_from(&self, begin: &Snapped) -> Lengths {
        let mut lengths: Vec<Option<u64>> = vec![None; self.corners.len()];
        let ends = self.stretches[begin.stretch].ends;
        let mut reached: BinaryHeap<_> = ends.into_iter().zip(begin.to_ends_mm).map(|(corner, mm)| Reverse((mm, corner))).collect();
        while let Some(Reverse((mm, corner))) = reached.pop() {
            if lengths[corner].is_some() {
                continue;
            }
            lengths[corner] = Some(mm);
            for stretch in self.at[corner].iter().map(|number| &self.stretches[*number]) {
                let [a, b] = stretch.ends;
                let next = if a == corner { b } else { a };
                if lengths[next].is_none() {
                    reached.push(Reverse((mm + stretch.mm, next)));
                }
            }
        }
        Lengths(lengths)
    }

    /// How far it is on the ways from one spot to another, in millimetres, with the steps to and from the ways.
    pub(super) fn between(&self, from: &Snapped, lengths: &Lengths, to: &Snapped) -> Option<u64> {
        let ends = self.stretches[to.stretch].ends;
        let by_corner = ends.into_iter().zip(to.to_ends_mm).filter_map(|(corner, mm)| Some(lengths.0[corner]? + mm)).min();
        let along = (from.stretch == to.stretch).then(|| from.to_ends_mm[0].abs_diff(to.to_ends_mm[0]));
        let walked = [by_corner, along].into_iter().flatten().min()?;
        Some(from.off_mm + walked + to.off_mm)
    }
}
