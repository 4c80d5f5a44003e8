//! Cheap checks on what came in, before anything is parsed as a change or an event.

use minqing_core::{
    envelope::{Envelope, Item, ItemKind, Quarantine},
    frame::MAX_ITEM,
};

use crate::storage::{
    Result, Store,
    log::{Delivered, EnvelopeHead},
};

/// Looks at an envelope: is it signed by the device it names, and may each item be looked at further?
///
/// # Errors
/// `store.failed`.
pub(super) fn look_at(store: &dyn Store, envelope: Envelope) -> Result<Delivered> {
    let signed = store.device(envelope.device)?.is_some_and(|device| envelope.is_signed_by(&device.sign_key));
    let head = EnvelopeHead {
        device: envelope.device,
        opening: envelope.opening,
        first: envelope.first,
        scope: envelope.scope,
        hashes: envelope.hashes,
        signature: envelope.signature,
    };
    let items = envelope.items.into_iter().map(|item| (first_reason(&item), item)).map(|(reason, item)| (item, reason)).collect();
    Ok(Delivered { head, signed, items })
}

fn first_reason(item: &Item) -> Option<Quarantine> {
    match ItemKind::from_number(item.kind) {
        _ if item.bytes.len() > MAX_ITEM => Some(Quarantine::Oversize),
        Some(ItemKind::Change | ItemKind::Event) => None,
        // Facts are the server's own, and what it does not know it cannot judge.
        Some(ItemKind::Fact) | None => Some(Quarantine::Malformed),
    }
}
