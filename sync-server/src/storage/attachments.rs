//! Uploads under way, files that are whole, and who may see them.

use minqing_core::{Id, envelope::Hash, ids::Device, model::Media};

use super::Result;
use crate::projection::CoverShown;

/// An upload of a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its name in its address.
    pub id: Id,
    /// Whose it is.
    pub device: Device,
    /// What its bytes must hash to.
    pub sha256: Hash,
    /// What its bytes must be.
    pub media: Media,
    /// How many bytes it must have.
    pub length: u64,
    /// When it was begun, milliseconds since 1970.
    pub created_ms: i64,
    /// Whether its file is whole and kept.
    pub done: bool,
}

/// How many bytes one device may have half sent, and begin to send on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Half sent, together.
    pub half_bytes: u64,
    /// Begun on one day, together.
    pub day_bytes: u64,
}

/// What became of a wish to upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// This upload, new or begun before.
    Upload(Upload),
    /// Too much is half sent.
    HalfFull,
    /// Too much was begun today.
    DayFull,
}

/// A file that is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// What it is.
    pub media: Media,
    /// How many bytes it has.
    pub bytes: u64,
}

/// A file that a record names, as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSeen {
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Whether it is a picture; else voice.
    pub picture: bool,
    /// Whether its bytes are here.
    pub at_office: bool,
}

/// Photos and voice.
pub trait Attachments: Send + Sync {
    /// The photos and voice notes of a visit or matter.
    ///
    /// # Errors
    /// `store.failed`.
    fn files_of(&self, record: Id) -> Result<Vec<FileSeen>>;

    /// Begins an upload within a quota. One of the same device for the same file that is under way goes on instead. With
    /// `known` the file is here already, and nothing is counted.
    ///
    /// # Errors
    /// `store.failed`.
    fn begin_upload(&self, new: &Upload, quota: Quota, known: bool) -> Result<Begun>;

    /// An upload.
    ///
    /// # Errors
    /// `store.failed`.
    fn upload(&self, id: Id) -> Result<Option<Upload>>;

    /// All uploads whose files are not whole.
    ///
    /// # Errors
    /// `store.failed`.
    fn half_uploads(&self) -> Result<Vec<Upload>>;

    /// An upload's file is whole and kept.
    ///
    /// # Errors
    /// `store.failed`.
    fn keep_attachment(&self, upload: &Upload, now_ms: i64) -> Result<()>;

    /// Takes an upload away; nothing if it is gone already.
    ///
    /// # Errors
    /// `store.failed`.
    fn drop_upload(&self, id: Id) -> Result<()>;

    /// Takes away all uploads begun before a moment, except some, and returns them.
    ///
    /// # Errors
    /// `store.failed`.
    fn drop_uploads_before(&self, ms: i64, except: &[Id]) -> Result<Vec<Id>>;

    /// A file that is whole.
    ///
    /// # Errors
    /// `store.failed`.
    fn attachment(&self, sha256: Hash) -> Result<Option<Stored>>;

    /// Whether a device has shown that it holds a file.
    ///
    /// # Errors
    /// `store.failed`.
    fn attachment_sent_by(&self, sha256: Hash, device: Device) -> Result<bool>;

    /// A covered copy of a photo is about to be kept; until a unit of work keeps it, it counts as a file that nobody names.
    ///
    /// # Errors
    /// `store.failed`.
    fn expect_copy(&self, copy: Hash, bytes: u32, now_ms: i64) -> Result<()>;

    /// All that was made of a matter's photos, the oldest first.
    ///
    /// # Errors
    /// `store.failed`, `store.damaged`.
    fn covers(&self, matter: Id) -> Result<Vec<CoverShown>>;

    /// The names of the streams whose documents name a file, or a photo of which it is a covered copy.
    ///
    /// # Errors
    /// `store.failed`.
    fn attachment_homes(&self, sha256: Hash) -> Result<Vec<String>>;
}
