//! Which packs a phone is offered.

use minqing_core::pack::Offer;

use crate::{app::App, fault::Fault};

/// The newest pack of each stream of which the phone has nothing and asks for one, as far as there is one. Where one would be worth while and is
/// lacking, it is made, and the phone reads rows meanwhile.
///
/// # Errors
/// `store.failed`.
pub(crate) fn offers(app: &App, streams: &[String], seqs: &[u64], asked: &[u32]) -> Result<Vec<Offer>, Fault> {
    let mut offers = Vec::new();
    for ((index, stream), _) in (0..).zip(streams).zip(seqs).filter(|((index, _), seq)| **seq == 0 && asked.contains(index)) {
        match app.store.packs(stream)?.into_iter().find(|pack| app.shelf.holds(pack)) {
            Some(pack) => offers.push(Offer { stream: index, seq: pack.seq, sum: pack.sum, parts: pack.parts }),
            None => app.shelf.lacking.notify_one(),
        }
    }
    Ok(offers)
}
