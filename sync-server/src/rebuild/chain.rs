//! Follows each stream's chain: places without a gap, links, hashes, sums, signatures.

use std::collections::BTreeMap;

use minqing_core::{
    Id,
    envelope::{Envelope, Hash, Sums, next_link},
};

use crate::storage::log::{EnvelopeHead, ProvenRow, StreamEnd, StreamId};

/// Where one stream's chain stands.
struct Stand {
    seq: u64,
    link: Hash,
    sum: u64,
    docs: BTreeMap<Id, u64>,
    /// After a gap no later sum can be told.
    gap: bool,
}

/// All chains.
#[derive(Default)]
pub(super) struct Chain {
    streams: BTreeMap<StreamId, Stand>,
    broken: u64,
    unsigned: u64,
    /// The envelope looked at last, and whether its signature holds: its rows mostly stand together.
    last: Option<(EnvelopeHead, bool)>,
}

impl Chain {
    pub(super) fn follow(&mut self, p: &ProvenRow) {
        let stand = self.streams.entry(p.row.stream).or_insert_with(|| Stand { seq: 0, link: Hash([0; 32]), sum: 0, docs: BTreeMap::new(), gap: false });
        let missing = p.row.seq.saturating_sub(stand.seq + 1);
        stand.gap |= missing > 0;
        if p.row.counts() {
            let doc = stand.docs.entry(p.row.item.doc).or_default();
            let after = Sums { doc: *doc, stream: stand.sum }.with(p.row.item.doc, p.hash);
            (*doc, stand.sum) = (after.doc, after.stream);
        } else if p.row.uncounts() {
            let doc = stand.docs.remove(&p.row.item.doc).unwrap_or_default();
            stand.sum = Sums { doc, stream: stand.sum }.without(p.row.item.doc).stream;
        }
        let follows = (p.row.blank.is_some() || p.row.item.hash() == p.hash)
            && (missing > 0 || next_link(&stand.link, &p.head()) == p.link)
            && (stand.gap || stand.sum == p.sum);
        self.broken += missing + u64::from(!follows);
        (stand.seq, stand.link) = (p.row.seq, p.link);
        self.unsigned += u64::from(!self.is_signed(p));
    }

    /// A phone's row must lie in an envelope that its device signed; the server's own rows have only the chain.
    fn is_signed(&mut self, p: &ProvenRow) -> bool {
        let Some((head, key)) = &p.envelope else { return p.row.name.device.0 == 0 };
        let listed = p.row.name.n.checked_sub(head.first).and_then(|k| head.hashes.get(usize::try_from(k).ok()?));
        if self.last.as_ref().is_none_or(|(last, _)| last != head) {
            let h = head;
            let holds = Envelope::head_is_signed_by(key, h.device, h.opening, h.first, h.scope, &h.hashes, &h.signature);
            self.last = Some((head.clone(), holds));
        }
        let holds = self.last.as_ref().is_some_and(|(_, holds)| *holds);
        holds && listed == Some(&p.hash) && (head.device, head.opening) == (p.row.name.device, p.row.name.opening)
    }

    /// Compares with where the streams say they stand; (rows missing or broken, rows unsigned).
    pub(super) fn end(self, ends: &[StreamEnd]) -> (u64, u64) {
        let cut = ends.iter().map(|end| match self.streams.get(&end.id) {
            Some(stand) => {
                end.seq.saturating_sub(stand.seq) + u64::from(end.seq == stand.seq && (end.link != stand.link || (!stand.gap && end.sum != stand.sum)))
            }
            None => end.seq,
        });
        (self.broken + cut.sum::<u64>(), self.unsigned)
    }
}
