//! Officers, their codes and their phones.

use minqing_core::{Id, ids::Device, model::Officer};

use super::Result;

/// What an officer's phone may see.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Scope {
    /// Grows whenever the streams change.
    pub version: i64,
    /// Stream names in order: person, grids ascending, commons.
    pub streams: Vec<String>,
}

/// A phone as it asks to be enrolled, and the number drawn for it.
#[derive(Clone, Debug)]
pub struct NewDevice {
    /// 24 random bits; `NumberTaken` asks for others.
    pub number: Device,
    /// Ed25519, checks what the phone signs.
    pub sign_key: [u8; 32],
    /// X25519, seals what is sent to the phone alone.
    pub seal_key: [u8; 32],
    /// The app and its version.
    pub app: String,
    /// SHA-256 of the first refresh token.
    pub refresh_hash: [u8; 32],
}

/// How an enrolment ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enrolment {
    /// The code is used up, the device is known.
    Done {
        /// Whose phone it is now.
        officer: Officer,
        /// What it may see.
        scope: Scope,
    },
    /// The number was given before: draw another. Nothing was changed.
    NumberTaken,
    /// No such code.
    CodeUnknown,
    /// Used before.
    CodeUsed,
    /// Too old.
    CodeExpired,
}

/// An enrolled phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDevice {
    /// Its number.
    pub number: Device,
    /// Whose phone it is.
    pub officer: Id,
    /// Ed25519, checks what the phone signs.
    pub sign_key: [u8; 32],
    /// X25519, seals what is sent to the phone alone.
    pub seal_key: [u8; 32],
}

/// Officers, their codes and their phones.
pub trait Accounts: Send + Sync {
    /// The database's own name: 16 random bytes made with it.
    fn history(&self) -> Result<[u8; 16]>;

    /// Adds an officer with the person stream and the first scope.
    ///
    /// # Errors
    /// `community.unknown` where the community is not open, `grid.unknown` where a grid is not one of it.
    fn add_officer(&self, officer: &Officer, now_ms: i64) -> Result<()>;

    /// An officer, with the grids of the newest scope.
    fn officer(&self, id: Id) -> Result<Option<Officer>>;

    /// An officer's newest scope.
    fn scope(&self, officer: Id) -> Result<Option<Scope>>;

    /// Keeps the hash of an enrolment code.
    ///
    /// # Errors
    /// `officer.unknown`.
    fn add_code(&self, hash: &[u8; 32], officer: Id, expires_ms: i64) -> Result<()>;

    /// Uses a code up and adds the device, both or neither.
    fn enrol(&self, code: &[u8; 32], device: &NewDevice, now_ms: i64) -> Result<Enrolment>;

    /// A phone by its number.
    fn device(&self, number: Device) -> Result<Option<KnownDevice>>;

    /// Takes a shown refresh token's hash and keeps `next` as its successor. The shown one stays valid until
    /// the successor is shown. `false`: it is neither the current token nor the next; nothing was changed.
    fn rotate_refresh(&self, number: Device, shown: &[u8; 32], next: &[u8; 32]) -> Result<bool>;

    /// The first 8 bytes of a phone's present refresh token's hash; it changes with every renewal.
    fn refresh_mark(&self, number: Device) -> Result<Option<[u8; 8]>>;

    /// Gives a phone a new refresh token if its present one still has this mark, and notes that it may be a copy.
    /// `false`: the mark is an old one; nothing was changed.
    fn renew(&self, number: Device, mark: &[u8; 8], next: &[u8; 32], now_ms: i64) -> Result<bool>;
}
