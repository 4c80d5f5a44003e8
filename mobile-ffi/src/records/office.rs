//! What phone and office say to each other, and what a phone is.

use minqing_core::client::{BundleFile, Contacted, CourierRow, Enrolment, Header, Mended, Request, Salvage, Step, TakenBundle};

shown! {
    /// Who this phone is.
    Enrolment {
        device: u32 = "The number everything this phone writes is named by.",
        officer: String = "Whose phone it is.",
        officer_name: String = "The officer's name.",
        community: String = "The community.",
    }
    /// A request to send to the office.
    Request {
        method: String = "`GET`, `POST`, `HEAD` or `PATCH`.",
        path: String = "The path on the office's server.",
        headers: Vec<Header> = "Its headers, `Authorization` included.",
        body: Vec<u8> = "The body, where it is not in a file.",
        file: String = "The file whose bytes are the body; empty for none.",
        offset: u64 = "The first byte of the body in that file.",
        len: u64 = "How many bytes of that file.",
    }
    /// A header of a request or an answer.
    Header {
        name: String = "Its name, in small letters.",
        value: String = "Its value.",
    }
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

shown! {
    /// What this contact brought so far.
    Contacted {
        requests: u32 = "Answers that came.",
        settled: u32 = "Items that reached a final state.",
        rows: u32 = "Rows that came down.",
        files: u32 = "Files of this phone that arrived at the office.",
        bundles: u32 = "Bundles of colleagues that the office took.",
        differs: bool = "Whether phone and server hold different things though both say they are at the same place.",
        revoked: bool = "The office has revoked this phone and has all that it brought: a `sync` has wiped its file; forget the key.",
    }
    /// A bundle that was made.
    BundleFile {
        path: String = "Where it lies; the app hands it over and deletes it.",
        items: u32 = "Items in it.",
    }
    /// A bundle that was taken in.
    TakenBundle {
        mode: String = "`courier`: kept for the office, unread. `merge`: applied here.",
        device: u32 = "The phone that made it.",
        carried: u32 = "Items that this phone carries to the office now and did not before; 0 of a courier's.",
        shown: u32 = "Records that lists show now.",
    }
    /// A sealed bundle on its way to the office.
    CourierRow {
        id: i64 = "Its number on this phone.",
        device: u32 = "The phone that made it.",
        at_ms: i64 = "When it came here, milliseconds since 1970.",
        bytes: u64 = "Its size in bytes; 0 once the office refused it for good.",
        problem: String = "The code with which the office refused it; empty if it did not.",
    }
    /// What a look through the whole file came to.
    Mended {
        salvaged: bool = "Whether the file was damaged and a new one took its place.",
        documents: u32 = "Documents that did not load and are made again.",
        more: bool = "Whether an exchange is needed for that.",
    }
    /// What was brought over when the phone's file was damaged last.
    Salvage {
        at_ms: i64 = "When, in milliseconds since 1970 by the phone's own clock.",
        pages: u32 = "Pages of the damaged file.",
        unreadable: u32 = "Those that could not be read.",
        journal: u32 = "Actions of the journal that were brought over.",
        unsent: u32 = "Items brought over that were not at the office yet.",
    }
}
