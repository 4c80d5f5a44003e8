//! A phone whose sums differ says what it holds; what differs is given anew, as of the phone's own cursor.

use std::collections::{BTreeMap, BTreeSet};

use minqing_core::wire::{Manifest, Mended, Repair, Row};

use crate::{
    app::App,
    storage::{
        Result,
        log::{Blank, LogRow},
    },
};

/// What a document costs in an answer beside its rows.
const COST: usize = 32;

/// Compares manifests with the log as it was at the phone's cursors; as many documents as fit `budget` bytes, and at
/// least one.
///
/// # Errors
/// `store.failed`, `stream.unknown`.
pub(super) fn repair(app: &App, streams: &[String], seqs: &[u64], manifests: &[Manifest], budget: usize) -> Result<Repair> {
    let mut repair = Repair::default();
    let mut spent = 0;
    // Each costs a look through the stream: an honest phone sends one of each.
    let mut looked_at = BTreeSet::new();
    for manifest in manifests.iter().filter(|manifest| looked_at.insert(manifest.stream)) {
        let at = manifest.stream as usize;
        let Some((stream, seq)) = streams.get(at).zip(seqs.get(at)) else { continue };
        let mut differing: BTreeMap<_, _> = app.store.doc_sums_at(stream, *seq, manifest.from, manifest.to)?.into_iter().collect();
        for (doc, sum) in manifest.docs() {
            match differing.get(&doc) {
                Some(ours) if *ours == sum => drop(differing.remove(&doc)),
                Some(_) => {}
                None => drop(differing.insert(doc, 0)),
            }
        }
        for doc in differing.into_keys() {
            let rows = app.store.rows_of(stream, doc, *seq)?;
            spent += COST + rows.iter().map(|row| row.item.bytes.len() + COST).sum::<usize>();
            if spent > budget && !repair.docs.is_empty() {
                repair.more = true;
                return Ok(repair);
            }
            let rows = rows.into_iter().map(|row| in_full(manifest.stream, row)).collect();
            repair.docs.push(Mended { stream: manifest.stream, doc, rows });
        }
    }
    Ok(repair)
}

/// A row with its bytes, as far as they were not erased.
pub(super) fn in_full(stream: u32, row: LogRow) -> Row {
    let LogRow { seq, name, item, blank, .. } = row;
    if let Some(Blank { hash, counts }) = blank {
        return Row::Blank { stream, seq, doc: item.doc, hash, counts };
    }
    Row::Item { stream, seq, device: name.device, opening: name.opening, n: name.n, item }
}

#[cfg(test)]
mod tests {
    use minqing_core::{
        Id,
        model::{Address, NewHousehold, grid_id},
    };

    use super::*;
    use crate::{
        sync::add_households,
        testing::{COMMUNITY, World},
    };

    const GRID: &str = "grid:620102001001001";

    #[test]
    fn what_differs_at_the_phones_cursor_is_given_as_far_as_there_is_room() {
        let world = World::open();
        let door = |room: u32| {
            let address =
                Address { community: COMMUNITY.into(), estate: "畅家苑".into(), building: "3".into(), room: room.to_string(), ..Address::default() };
            NewHousehold { grid: grid_id(COMMUNITY, 1), address, note: String::new(), residents: Vec::new() }
        };
        add_households(&world.app, &(101..=108).map(door).collect::<Vec<_>>()).unwrap();
        let (first, last) = (Id([0; 16]), Id([0xff; 16]));
        let sums = |seq| world.store().doc_sums_at(GRID, seq, first, last).unwrap();
        assert_eq!((sums(0).len(), sums(5).len(), sums(8).len()), (0, 5, 8));
        let ask = |seq, docs: &[(Id, u64)], budget| repair(&world.app, &[GRID.into()], &[seq], &[Manifest::new(0, first, last, docs)], budget).unwrap();
        assert_eq!(ask(5, &sums(5), 0), Repair::default(), "nothing differs, also where the log has gone on");
        let mut docs = sums(8);
        docs[2].1 += 1;
        let (lacking, wrong) = (docs.remove(5).0, docs[2].0);
        docs.push((last, 1));
        let all = ask(8, &docs, 1 << 20);
        assert_eq!(all.docs.iter().map(|d| (d.doc, d.rows.len())).collect::<Vec<_>>(), [(wrong, 1), (lacking, 1), (last, 0)]);
        assert!(!all.more);
        let one = ask(8, &docs, 0);
        assert!(one.more && one.docs == all.docs[..1]);
        assert_eq!(repair(&world.app, &[GRID.into()], &[8], &[Manifest::new(7, first, last, &docs)], 0).unwrap(), Repair::default(), "no such stream");
    }
}
