//! Officers who move to other grids, and where their phones stand.

use minqing_core::{Id, ids::Device, wire::Claim};

use super::{Result, Scope};

/// What the server knows of a phone beside its keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The newest scope it has named; 0 before its first exchange.
    pub scope: u32,
    /// In how many answers it was told of a newer one since.
    pub told: u32,
    /// Whether it is revoked: nothing is given to it, and whatever it brings is kept apart.
    pub revoked: bool,
}

/// What an officer's move would take from a phone and bring to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct MovePreview {
    /// Documents and matters of the grids that the officer would have.
    pub records: u64,
    /// Their bytes as kept at the office.
    pub bytes: u64,
    /// Items that the officer's phones said they still had, at their last exchange.
    pub unsent: u64,
    /// The officer's phones: number, and last exchange in milliseconds since 1970.
    pub phones: Vec<(u32, Option<i64>)>,
}

/// Moves.
pub trait Moves: Send + Sync {
    /// Gives an officer other grids of the community: a new version of the scope, `step` or more after the last one. The same
    /// grids again change nothing.
    ///
    /// # Errors
    /// `officer.unknown`, `grid.unknown`, `store.failed`.
    fn set_grids(&self, officer: Id, grids: &[String], step: u16) -> Result<Scope>;

    /// What a move to these grids would mean.
    ///
    /// # Errors
    /// `officer.unknown`, `grid.unknown`, `store.failed`.
    fn preview_move(&self, officer: Id, grids: &[String]) -> Result<MovePreview>;

    /// Where a phone stands; `None` if it is not known.
    ///
    /// # Errors
    /// `store.failed`.
    fn standing(&self, device: Device) -> Result<Option<Standing>>;

    /// Notes that a phone has taken up a scope, and what it held then. Of what it names, only what was written under a scope
    /// it had not left before counts; named again, nothing changes.
    ///
    /// # Errors
    /// `store.failed`.
    fn take_up(&self, device: Device, scope: u32, claims: &[Claim]) -> Result<()>;

    /// Notes that a phone was told of a newer scope.
    ///
    /// # Errors
    /// `store.failed`.
    fn note_told(&self, device: Device) -> Result<()>;

    /// What a phone held of an opening when it took up its newest scope.
    ///
    /// # Errors
    /// `store.failed`.
    fn claims(&self, device: Device, opening: [u8; 5]) -> Result<Vec<Claim>>;

    /// Revokes a phone: its reading and its tokens end, and what it brought and is not in the log is kept apart with all that it
    /// still brings.
    ///
    /// # Errors
    /// `device.unknown`, `store.failed`.
    fn revoke_device(&self, device: Device, now_ms: i64) -> Result<()>;
}
