//! What phone and office say to each other, and what a phone is.

use minqing_core::client::{Contacted, Enrolment, Header, Mended, Request, Salvage, Step};

/// Who this phone is.
#[uniffi::remote(Record)]
pub struct Enrolment {
    /// The number everything this phone writes is named by.
    pub device: u32,
    /// Whose phone it is.
    pub officer: String,
    /// The officer's name.
    pub officer_name: String,
    /// The community.
    pub community: String,
}

/// A request to send to the office.
#[uniffi::remote(Record)]
pub struct Request {
    /// `GET`, `POST`, `HEAD` or `PATCH`.
    pub method: String,
    /// The path on the office's server.
    pub path: String,
    /// Its headers, `Authorization` included.
    pub headers: Vec<Header>,
    /// The body, where it is not in a file.
    pub body: Vec<u8>,
    /// The file whose bytes are the body; empty for none.
    pub file: String,
    /// The first byte of the body in that file.
    pub offset: u64,
    /// How many bytes of that file.
    pub len: u64,
}

/// A header of a request or an answer.
#[uniffi::remote(Record)]
pub struct Header {
    /// Its name, in small letters.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What is to be done next.
#[uniffi::remote(Enum)]
pub enum Step {
    /// Send this, then call `take_response` or `request_failed`.
    Send {
        /// The request.
        request: Request,
    },
    /// Some work was done on the phone; ask again.
    Again,
    /// Nothing is left to say.
    Done,
}

/// What this contact brought so far.
#[uniffi::remote(Record)]
pub struct Contacted {
    /// Answers that came.
    pub requests: u32,
    /// Items that reached a final state.
    pub settled: u32,
    /// Rows that came down.
    pub rows: u32,
    /// Files of this phone that arrived at the office.
    pub files: u32,
    /// Whether phone and server hold different things though both say they are at the same place.
    pub differs: bool,
}

/// What a look through the whole file came to.
#[uniffi::remote(Record)]
pub struct Mended {
    /// Whether the file was damaged and a new one took its place.
    pub salvaged: bool,
    /// Documents that did not load and are made again.
    pub documents: u32,
    /// Whether an exchange is needed for that.
    pub more: bool,
}

/// What was brought over when the phone's file was damaged last.
#[uniffi::remote(Record)]
pub struct Salvage {
    /// When, in milliseconds since 1970 by the phone's own clock.
    pub at_ms: i64,
    /// Pages of the damaged file.
    pub pages: u32,
    /// Those that could not be read.
    pub unreadable: u32,
    /// Actions of the journal that were brought over.
    pub journal: u32,
    /// Items brought over that were not at the office yet.
    pub unsent: u32,
}
