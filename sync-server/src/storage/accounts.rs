//! Officers, their codes and their phones.

use minqing_core::{Id, ids::Device, model::Officer};

use super::{RefreshToken, Result, Rotation};

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
    /// The first refresh token, of generation 0.
    pub refresh: RefreshToken,
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

/// Why a phone may read no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// An old refresh token was used again: a restored phone, or a copy of it.
    Reused,
    /// The office ended it: lost, replaced, signed out.
    Office,
    /// The officer was disabled.
    Officer,
}

impl Ended {
    /// The catalogue's key of the sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::Reused => "reading-ended-reused",
            Self::Office => "reading-ended-office",
            Self::Officer => "reading-ended-officer",
        }
    }
}

/// An officer as the office manages them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerSeen {
    /// The officer, with the grids of the newest scope.
    pub officer: Officer,
    /// Since when no phone of theirs reads or is enrolled.
    pub disabled_ms: Option<i64>,
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
    /// `officer.unknown`, `officer.disabled`.
    fn add_code(&self, hash: &[u8; 32], officer: Id, expires_ms: i64) -> Result<()>;

    /// Uses a code up and adds the device, both or neither.
    fn enrol(&self, code: &[u8; 32], device: &NewDevice, now_ms: i64) -> Result<Enrolment>;

    /// A phone by its number.
    fn device(&self, number: Device) -> Result<Option<KnownDevice>>;

    /// Officers of a community or of all, by name.
    fn officers(&self, community: Option<&str>) -> Result<Vec<OfficerSeen>>;

    /// From `since_ms` on enrols no phone of an officer and ends the reading of those there are, or with `None`
    /// lets new ones be enrolled again; the old ones stay as they are.
    ///
    /// # Errors
    /// `officer.unknown`.
    fn disable_officer(&self, officer: Id, since_ms: Option<i64>) -> Result<()>;

    /// Renews by a shown refresh token, which the phone has signed. One whose successor was used ends reading.
    fn rotate_refresh(&self, number: Device, shown: &RefreshToken, random: &[u8; 24], now_ms: i64) -> Result<Rotation>;

    /// The first 8 bytes of a phone's present refresh token's hash; it changes with every renewal.
    fn refresh_mark(&self, number: Device) -> Result<Option<[u8; 8]>>;

    /// Gives a phone a new refresh token if its present one still has this mark, and notes that it may be a copy.
    /// `None`: the mark is an old one; nothing was changed.
    fn renew(&self, number: Device, mark: &[u8; 8], random: &[u8; 24], now_ms: i64) -> Result<Option<RefreshToken>>;

    /// Whether a phone may read no more; one that is not known may not.
    fn reading_ended(&self, number: Device) -> Result<bool>;

    /// Ends a phone's reading and its refresh tokens; what it uploads by its key is still taken.
    ///
    /// # Errors
    /// `device.unknown`.
    fn end_reading(&self, number: Device, now_ms: i64) -> Result<()>;

    /// Lets a phone read again, and forgets that it looked like a copy or was revoked.
    ///
    /// # Errors
    /// `device.unknown`.
    fn allow_reading(&self, number: Device) -> Result<()>;
}
