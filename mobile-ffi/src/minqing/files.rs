//! Photos and voice notes, by path.

use minqing_core::{
    client::{Client, Lists},
    model::Prepared,
    view::AttachmentRow,
};

use crate::{Minqing, MinqingError};

#[uniffi::export]
impl Minqing {
    /// Makes a photo or voice note ready: upright, small, without what the camera noted; `keep_place` keeps where it was taken. May take
    /// a second: not on the main thread. No other call waits for it.
    pub fn prepare(&self, path: String, keep_place: bool) -> Result<Prepared, MinqingError> {
        Ok(self.reader.prepare(path, keep_place)?)
    }

    /// Adds a file to a visit or matter; returns the attachment.
    pub fn add_attachment(&self, record: String, file: Prepared) -> Result<String, MinqingError> {
        self.act(|client| client.add_attachment(record, file))
    }

    /// The files of a visit or matter.
    pub fn attachments(&self, record: String) -> Result<Vec<AttachmentRow>, MinqingError> {
        self.see(|lists| lists.attachments(record))
    }

    /// How many files of this phone are not at the office yet.
    pub fn files_waiting(&self) -> Result<u32, MinqingError> {
        self.see(Lists::files_waiting)
    }

    /// The code with which the office refused a file; empty if it did not.
    pub fn file_problem(&self, sha256: String) -> Result<String, MinqingError> {
        self.see(|lists| lists.file_problem(sha256))
    }

    /// Tries the files once more that the office would not take.
    pub fn retry_refused_files(&self) -> Result<(), MinqingError> {
        self.act(Client::retry_refused_files)
    }
}
