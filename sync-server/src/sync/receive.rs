//! Cheap checks on what came in, before anything is parsed as a change or an event.

use minqing_core::{
    envelope::{Envelope, Item, ItemKind, Quarantine},
    frame::MAX_ITEM,
    guards::Guards,
    ids::Opening,
    wire::Claim,
};

use crate::storage::{
    KnownDevice, Result, Store,
    log::{Apart, Delivered, EnvelopeHead},
};

/// So many answers a phone may be told of a newer scope before what it writes under the old one is kept apart: an honest one takes
/// it up with the first that arrives.
const PATIENCE: u32 = 8;

/// Looks at an envelope: is it signed by the device it names, and may each item be looked at further?
///
/// # Errors
/// `store.failed`.
pub(super) fn look_at(store: &dyn Store, envelope: Envelope, guards: Guards) -> Result<Delivered> {
    let device = store.device(envelope.device)?.filter(|device| !guards.signature || envelope.is_signed_by(&device.sign_key));
    let trust = device.as_ref().map(|device| Trust::of(store, device, &envelope)).transpose()?;
    let signed = device.is_some();
    let head = EnvelopeHead {
        device: envelope.device,
        opening: envelope.opening,
        first: envelope.first,
        scope: envelope.scope,
        hashes: envelope.hashes,
        signature: envelope.signature,
    };
    let apart = |item: &Item, n| first_reason(item).map(Apart::Aside).or_else(|| trust.as_ref()?.apart(head.opening, n));
    let items = (envelope.first..).zip(envelope.items).map(|(n, item)| (apart(&item, n), item)).map(|(apart, item)| (item, apart)).collect();
    Ok(Delivered { head, signed, items })
}

/// How far a phone's word goes that it wrote under the scope it names.
enum Trust {
    /// As far as that scope.
    Full,
    /// For nothing it brings.
    None(Apart),
    /// It has left that scope: for what it held then.
    Held(Vec<Claim>),
}

impl Trust {
    fn of(store: &dyn Store, device: &KnownDevice, envelope: &Envelope) -> Result<Self> {
        let standing = store.standing(envelope.device)?.unwrap_or_default();
        if standing.revoked {
            return Ok(Self::None(Apart::Escrow(Quarantine::Revoked)));
        }
        if envelope.scope < standing.scope {
            let mut claims = store.claims(envelope.device, envelope.opening.0)?;
            claims.retain(|claim| claim.scope == envelope.scope);
            return Ok(Self::Held(claims));
        }
        // One that is told and told and never takes the new scope up.
        let is_deaf = standing.told > PATIENCE && store.scope(device.officer)?.is_some_and(|now| now.version > i64::from(envelope.scope));
        Ok(if is_deaf { Self::None(Apart::Escrow(Quarantine::OutOfScope)) } else { Self::Full })
    }

    fn apart(&self, opening: Opening, n: u64) -> Option<Apart> {
        match self {
            Self::Full => None,
            Self::None(apart) => Some(*apart),
            Self::Held(claims) => (!claims.iter().any(|claim| claim.names(opening, n))).then_some(Apart::Aside(Quarantine::OutOfScope)),
        }
    }
}

fn first_reason(item: &Item) -> Option<Quarantine> {
    match ItemKind::from_number(item.kind) {
        _ if item.bytes.len() > MAX_ITEM => Some(Quarantine::Oversize),
        Some(ItemKind::Change | ItemKind::Event) => None,
        // Facts are the server's own, and what it does not know it cannot judge.
        Some(ItemKind::Fact) | None => Some(Quarantine::Malformed),
    }
}
