//! The answer, checked against the request it claims to answer before anything is stored.

use super::Request;
use crate::{
    Error, Result,
    frame::decode_frame,
    guards::Guards,
    ids::Name,
    pack::{MAX_PART, Offer},
    wire::{Down, End, ItemState, Repair, Row, ScopeNow},
};

/// An answer that fits its request.
#[derive(Debug)]
pub struct Answer {
    /// What became of each item that was sent.
    pub states: Vec<(Name, ItemState)>,
    /// Rows after the request's cursors, in seq order within each stream.
    pub rows: Vec<Row>,
    /// Where each stream now stands.
    pub cursors: Vec<u64>,
    /// The rest of the end.
    pub end: End,
    /// Packs in the place of rows.
    pub packs: Vec<Offer>,
    /// Documents that differ.
    pub repair: Option<Repair>,
    /// The officer's streams, where they are not those of the request.
    pub scope: Option<ScopeNow>,
    /// Whether rows are given to this phone at all.
    pub reads: bool,
    /// Streams, by their index, of which a pack is to be asked for.
    pub must_snapshot: Vec<u32>,
}

/// Reads an answer.
///
/// # Errors
/// `frame.malformed` and `frame.too_large`, also where the answer belongs to another request, skips back
/// or names a stream that was not asked for. Nothing may be stored then.
pub fn read_answer(request: &Request, bytes: &[u8], guards: Guards) -> Result<Answer> {
    let malformed = || Error::Malformed("frame.malformed");
    let down: Down = decode_frame(bytes)?;
    if guards.answer_fits && (down.end.echo != request.echo || down.states.len() != request.names.len()) {
        return Err(malformed());
    }
    let mut reached = request.seqs.clone();
    for row in &down.rows {
        let (stream, from, to) = match row {
            Row::Item { stream, seq, .. } | Row::Blank { stream, seq, .. } | Row::Later { stream, seq, .. } => (*stream, *seq, *seq),
            Row::Own { stream, from, to, .. } => (*stream, *from, *to),
        };
        let last = usize::try_from(stream).ok().and_then(|s| reached.get_mut(s)).ok_or_else(malformed)?;
        if from <= *last || to < from {
            return Err(malformed());
        }
        *last = to;
    }
    let cursors = if down.end.cursors.is_empty() { request.seqs.clone() } else { down.end.cursors.clone() };
    if cursors.len() != reached.len() || cursors.iter().zip(&reached).any(|(cursor, last)| cursor < last) {
        return Err(malformed());
    }
    let packs = down.packs.unwrap_or_default();
    let fits = |offer: &Offer| {
        let stands = request.seqs.get(offer.stream as usize);
        let is_asked = request.packs.contains(&offer.stream) && stands.is_some() && cursors.get(offer.stream as usize) == stands;
        is_asked && stands.is_some_and(|seq| offer.seq > *seq) && offer.parts.iter().all(|part| (1..=MAX_PART).contains(&part.bytes))
    };
    if !packs.iter().all(fits) {
        return Err(malformed());
    }
    let repair = down.repair.filter(|_| !request.manifests.is_empty());
    // What is told late of a scope that this phone has left since is old news.
    let scope = down.scope.filter(|scope| scope.version != request.scope);
    let reads = down.ended != Some(true);
    let must_snapshot = down.must_snapshot.unwrap_or_default();
    let states = request.names.iter().copied().zip(down.states).collect();
    Ok(Answer { packs, repair, scope, reads, must_snapshot, states, rows: down.rows, cursors, end: down.end })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        envelope::Hash,
        frame::encode_frame,
        ids::{Device, Opening},
        pack::Part,
    };

    fn request() -> Request {
        Request {
            body: vec![],
            names: vec![],
            ticket: None,
            seqs: vec![5, 0],
            echo: [1, 2, 3, 4],
            superseded: vec![],
            offered: None,
            packs: vec![1],
            manifests: vec![],
            scope: 1,
            erased: vec![],
        }
    }

    fn answer(rows: Vec<Row>, cursors: Vec<u64>, echo: [u8; 4]) -> Result<Answer> {
        let down = Down { rows, end: End { cursors, echo, ..End::default() }, ..Down::default() };
        read_answer(&request(), &encode_frame(&down), Guards::default())
    }

    #[test]
    fn an_answer_must_fit_its_request() {
        let own = |stream, from, to| Row::Own { stream, from, to, opening: Opening([0; 5]), n: 1 };
        assert_eq!(answer(vec![own(0, 6, 8), own(1, 1, 1)], vec![8, 1], [1, 2, 3, 4]).unwrap().cursors, [8, 1]);
        assert_eq!(answer(vec![], vec![], [1, 2, 3, 4]).unwrap().cursors, [5, 0]);
        assert!(answer(vec![], vec![], [0; 4]).is_err(), "another request's answer");
        assert!(answer(vec![own(0, 5, 8)], vec![8, 0], [1, 2, 3, 4]).is_err(), "a row from before the cursor");
        assert!(answer(vec![own(0, 8, 7)], vec![8, 0], [1, 2, 3, 4]).is_err(), "backwards");
        assert!(answer(vec![own(2, 1, 1)], vec![5, 0], [1, 2, 3, 4]).is_err(), "a stream nobody asked for");
        assert!(answer(vec![own(0, 6, 8)], vec![7, 0], [1, 2, 3, 4]).is_err(), "a cursor behind its rows");
        assert!(answer(vec![], vec![5], [1, 2, 3, 4]).is_err(), "a cursor too few");
    }

    #[test]
    fn a_pack_is_taken_only_where_it_was_asked_for_and_in_the_place_of_rows() {
        let offer = Offer { stream: 1, seq: 9, sum: 4, parts: vec![Part { bytes: 10, hash: Hash([1; 32]) }] };
        let answer = |offer: &Offer, cursors: Vec<u64>| {
            let end = End { cursors, echo: [1, 2, 3, 4], ..End::default() };
            read_answer(&request(), &encode_frame(&Down { packs: Some(vec![offer.clone()]), end, ..Down::default() }), Guards::default())
        };
        assert_eq!(answer(&offer, vec![]).unwrap().packs.as_slice(), std::slice::from_ref(&offer));
        assert!(answer(&offer, vec![5, 9]).is_err(), "rows as well");
        assert!(answer(&Offer { stream: 0, ..offer.clone() }, vec![]).is_err(), "not asked for");
        assert!(answer(&Offer { stream: 7, ..offer.clone() }, vec![]).is_err(), "no such stream");
        assert!(answer(&Offer { seq: 0, ..offer.clone() }, vec![]).is_err(), "of nothing");
        let behind = Request { packs: vec![0], ..request() };
        let of_first = |seq| {
            let end = End { echo: behind.echo, ..End::default() };
            read_answer(
                &behind,
                &encode_frame(&Down { packs: Some(vec![Offer { stream: 0, seq, ..offer.clone() }]), end, ..Down::default() }),
                Guards::default(),
            )
        };
        assert!(of_first(6).is_ok() && of_first(5).is_err(), "of what is here already");
        for bytes in [0, MAX_PART + 1] {
            assert!(answer(&Offer { parts: vec![Part { bytes, ..offer.parts[0] }], ..offer.clone() }, vec![]).is_err(), "{bytes} bytes");
        }
    }

    #[test]
    fn there_is_one_state_for_each_item() {
        let name = Name { device: Device(5), opening: Opening([1; 5]), n: 1 };
        let request = Request { names: vec![name], ..request() };
        for states in [vec![], vec![ItemState::Received], vec![ItemState::Received; 2]] {
            let fits = states.len() == 1;
            let down = Down { states, end: End { echo: request.echo, ..End::default() }, ..Down::default() };
            assert_eq!(read_answer(&request, &encode_frame(&down), Guards::default()).is_ok(), fits);
        }
    }
}
