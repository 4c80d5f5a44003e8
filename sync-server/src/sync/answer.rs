//! The answer: a state for each item, and the rows after the phone's cursors.

use std::collections::HashSet;

use minqing_core::{
    guards::Guards,
    ids::{Device, Name, Opening},
    wire::Row,
};

use super::repair::in_full;
use crate::storage::log::Batch;

/// Which rows the asking phone surely holds, so that they travel without their bytes.
pub(super) struct Held {
    pub(super) device: Device,
    /// Its present opening, from this number.
    pub(super) opening: Option<(Opening, u64)>,
    /// The items of this very request that are in the log.
    pub(super) sent: HashSet<Name>,
    pub(super) guards: Guards,
}

impl Held {
    fn holds(&self, name: Name) -> bool {
        let asks = name.device == self.device;
        asks && (!self.guards.held_by_phone
            || self.opening.is_some_and(|(opening, first)| name.opening == opening && name.n >= first)
            || self.sent.contains(&name))
    }
}

/// The rows of a batch as they travel: runs of own rows become one entry each.
pub(super) fn rows(batch: Batch, held: &Held) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(batch.rows.len());
    for (stream, row) in batch.rows {
        let Name { opening, n, .. } = row.name;
        if row.blank.is_some() || !held.holds(row.name) {
            rows.push(in_full(stream, row));
            continue;
        }
        match rows.last_mut() {
            Some(Row::Own { stream: s, from, to, opening: o, n: first })
                if *s == stream && *o == opening && *to + 1 == row.seq && *first + (*to - *from) + 1 == n =>
            {
                *to = row.seq;
            }
            _ => rows.push(Row::Own { stream, from: row.seq, to: row.seq, opening, n }),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use minqing_core::{Id, envelope::Item};

    use super::*;
    use crate::storage::log::LogRow;

    #[test]
    fn runs_of_own_rows_become_one_entry() {
        let name = |device, opening, n| Name { device: Device(device), opening: Opening([opening; 5]), n };
        let names = [name(7, 1, 1), name(7, 1, 2), name(8, 1, 3), name(7, 1, 3), name(7, 1, 5), name(7, 2, 6)];
        let rows_in = names
            .iter()
            .zip(10..)
            .map(|(name, seq)| (0, LogRow { stream: 1, seq, name: *name, item: Item { kind: 1, doc: Id([1; 16]), bytes: vec![1] }, blank: None }));
        let batch = Batch { rows: rows_in.collect(), ..Batch::default() };
        let held = Held { device: Device(7), opening: Some((Opening([1; 5]), 1)), sent: HashSet::new(), guards: Guards::default() };
        let out = rows(batch.clone(), &held);
        assert_eq!(out[0], Row::Own { stream: 0, from: 10, to: 11, opening: Opening([1; 5]), n: 1 });
        assert!(matches!(out[1], Row::Item { device: Device(8), .. }));
        assert_eq!(out[2], Row::Own { stream: 0, from: 13, to: 13, opening: Opening([1; 5]), n: 3 });
        assert_eq!(out[3], Row::Own { stream: 0, from: 14, to: 14, opening: Opening([1; 5]), n: 5 });
        assert!(matches!(out[4], Row::Item { .. }), "an earlier opening's row travels in full");
        let sent = HashSet::from([name(7, 2, 6)]);
        let out = rows(batch.clone(), &Held { opening: None, sent, ..held });
        assert_eq!(out.iter().filter(|r| matches!(r, Row::Own { .. })).count(), 1);
        let out = rows(
            batch,
            &Held { device: Device(7), opening: Some((Opening([1; 5]), 3)), sent: HashSet::new(), guards: minqing_core::guards::Guards::default() },
        );
        let own: Vec<u64> = out.iter().filter_map(|r| if let Row::Own { n, .. } = r { Some(*n) } else { None }).collect();
        assert_eq!(own, [3, 5], "what it no longer holds of its opening travels in full");
    }
}
