//! The scope that a request names: mostly the present one, else that from before the officer's grids changed.

use minqing_core::wire::{ScopeNow, Up};

use super::exchange::Carrier;
use crate::{app::App, fault::Fault};

/// The scope that a request names, and what of it may still be read.
pub(super) struct Named {
    /// Its streams, in order; none where this server does not know it, as one that was restored.
    pub(super) streams: Vec<String>,
    pub(super) is_known: bool,
    /// Those of its streams that the officer no longer has.
    left: Vec<u32>,
    /// The officer's present scope, if that is another one.
    pub(super) now: Option<ScopeNow>,
}

impl Named {
    /// Reading is by the present scope; what was written under an older one is judged by that one.
    ///
    /// # Errors
    /// `scope.unknown` where the present scope has another number of streams; `store.failed`.
    pub(super) fn read(app: &App, carrier: &Carrier, up: &Up) -> Result<Self, Fault> {
        let unknown = || Fault::new("scope.unknown", up.scope.to_string());
        let now = app.store.scope(carrier.officer)?.ok_or_else(unknown)?;
        let version = u32::try_from(now.version).unwrap_or(u32::MAX);
        if version == up.scope {
            if app.store.standing(carrier.device)?.is_some_and(|standing| standing.scope < version) {
                app.store.take_up(carrier.device, version, up.claims.as_deref().unwrap_or_default())?;
            }
            let named = Self { streams: now.streams, is_known: true, left: Vec::new(), now: None };
            return if named.streams.len() == up.seqs.len() { Ok(named) } else { Err(unknown()) };
        }
        let streams = app.store.scope_at(carrier.officer, up.scope)?.filter(|streams| streams.len() == up.seqs.len());
        let left = (0..).zip(streams.iter().flatten()).filter(|(_, stream)| !now.streams.contains(stream)).map(|(index, _)| index).collect();
        Ok(Self { is_known: streams.is_some(), streams: streams.unwrap_or_default(), left, now: Some(ScopeNow { version, streams: now.streams }) })
    }

    /// Whether rows of a stream are given.
    pub(super) fn is_read(&self, stream: u32) -> bool {
        self.is_known && !self.left.contains(&stream)
    }
}
