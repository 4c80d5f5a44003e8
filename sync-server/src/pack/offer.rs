//! Which packs a phone is offered.

use minqing_core::pack::Offer;

use crate::{app::App, fault::Fault, storage::Pack};

/// The newest pack of each stream of which the phone has nothing, or far too little, and asks for one, as far as there is one. Where one
/// would be worth while and is lacking, it is made, and the phone reads rows meanwhile.
///
/// # Errors
/// `store.failed`.
pub(crate) fn offers(app: &App, streams: &[String], seqs: &[u64], asked: &[u32]) -> Result<Vec<Offer>, Fault> {
    let mut offers = Vec::new();
    for ((index, stream), seq) in (0..).zip(streams).zip(seqs).filter(|((index, _), _)| asked.contains(index)) {
        let pack = if *seq == 0 { newest(app, stream)? } else { better(app, stream, *seq)? };
        offers.extend(pack.map(|pack| Offer { stream: index, seq: pack.seq, sum: pack.sum, parts: pack.parts }));
    }
    Ok(offers)
}

/// The pack that a phone had better take than the rows after its place: where those are old, and so many that the pack is worth while.
///
/// # Errors
/// `store.failed`.
pub(crate) fn better(app: &App, stream: &str, seq: u64) -> Result<Option<Pack>, Fault> {
    if seq == 0 || seq >= app.store.compacted(stream)? {
        return Ok(None);
    }
    Ok(newest(app, stream)?.filter(|pack| pack.seq >= seq + app.config.packs.rows))
}

fn newest(app: &App, stream: &str) -> Result<Option<Pack>, Fault> {
    let pack = app.store.packs(stream)?.into_iter().find(|pack| app.shelf.holds(pack));
    if pack.is_none() {
        app.shelf.lacking.notify_one();
    }
    Ok(pack)
}
