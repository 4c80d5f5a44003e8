//! The one façade an app talks to: owned plain records and bytes, nothing generic, nothing borrowed.
//!
//! ```no_run
//! # fn send(_: minqing_core::client::Request) -> (u16, Vec<u8>) { (200, vec![]) }
//! # fn open(platform: Box<dyn minqing_core::clock::Platform>) -> minqing_core::Result<()> {
//! use minqing_core::{client::{Client, Step}, model::NewVisit};
//! let mut phone = Client::open("/data/app", platform, vec![7; 32])?;
//! let door = phone.households(0, 50)?.remove(0);
//! let visit = NewVisit { household: door.id, purpose: "routine".into(), outcome: "talked".into(), ..NewVisit::default() };
//! phone.record_visit(visit)?; // durable when this returns
//! phone.begin_contact()?;
//! while let Step::Send { request } = phone.next_step()? {
//!     let (status, body) = send(request); // the platform does the network
//!     phone.take_response(status, vec![], body)?;
//! }
//! # Ok(()) }
//! ```

use std::{ops::Deref, path::Path, sync::Arc};

use crate::{
    Id, Result,
    clock::Platform,
    envelope::DeviceKeys,
    frame::FRAME_BUDGET,
    guards::Guards,
    ids::Opening,
    store::{Store, outbox},
    sync,
    view::Listing,
};

mod act;
mod again;
mod appointments;
mod at_door;
mod attach;
mod brief;
mod bundles;
mod carry;
mod contact;
mod digest;
mod download;
mod drafts;
mod enrol;
mod errands;
mod exchange;
mod forms;
mod health;
mod history;
mod households;
mod learned;
mod line;
mod lists;
mod matters;
mod mend;
mod merge;
mod moved;
mod notices;
mod one_contact;
mod practice;
mod reader;
mod rebuild;
mod refused;
mod remade;
mod remind;
mod repair;
mod request;
mod restored;
mod round;
mod search;
mod snapshots;
mod stairwells;
mod take_back;
mod taking;
mod telling;
mod to_visit;
mod upload;
mod visits;

pub use appointments::NewAppointment;
pub use at_door::NewFeedback;
pub use brief::DoorBrief;
pub use bundles::{BundleFile, CourierRow, TakenBundle};
pub use contact::{Contacted, Step};
pub use digest::DocumentDigest;
pub use download::{Download, Downloaded, Unpacked};
pub use enrol::Enrolment;
pub use errands::{ErrandRow, StageRow};
pub use exchange::Exchanged;
pub use forms::FormRow;
pub use line::{LineRow, PaperRow};
pub use lists::{HouseholdDetail, Lists, MatterDetail};
pub use mend::{Mended, Salvage};
pub use one_contact::{OneContact, Turn};
pub use reader::Reader;
pub use refused::RefusedRow;
pub use request::Request;
pub use telling::TellRow;
pub use upload::{Header, Upload, Uploaded};

/// An opened phone; what it can be asked besides lies in its [`Lists`].
pub struct Client {
    lists: Lists,
    keys: DeviceKeys,
    /// Drawn at the first write, with the number of the next item.
    opening: Option<(Opening, u64)>,
    /// The exchange under way.
    request: Option<sync::Request>,
    access: Option<String>,
    contact: contact::Contact,
    uploads: upload::Uploads,
    unpacking: Option<download::Unpacking>,
    /// Actions since this file was opened and anything was last handed over.
    unheard: Vec<i64>,
    /// Most bytes of items in one request.
    budget: usize,
    guards: Guards,
}

impl Client {
    /// Opens the phone's file in `directory`, making it where there is none. `key`: 32 secret bytes
    /// kept by the platform, new at each enrolment. A damaged file is set aside, and what can be read of it goes to a
    /// new one ([`Lists::salvaged`]).
    ///
    /// # Errors
    /// `store.failed`, `store.newer`, `key.malformed`; `store.damaged` while another process has a damaged file open; `store.locked` if another
    /// key encrypted it, `store.plain` if it is a plain file and this app encrypts: then it is left as it is.
    pub fn open(directory: &str, platform: Box<dyn Platform>, key: Vec<u8>) -> Result<Self> {
        let keys = DeviceKeys::derive(&key)?;
        let store = Store::open(Path::new(directory), keys.file_key(), platform.wall_ms())?;
        store.copy_identity();
        let lists = Lists::of(store, Arc::from(platform))?;
        let (contact, uploads) = (contact::Contact::default(), upload::Uploads::default());
        let (budget, guards) = (FRAME_BUDGET, Guards::default());
        let mut client =
            Self { lists, keys, opening: None, request: None, access: None, contact, uploads, unpacking: None, unheard: Vec::new(), budget, guards };
        client.take_learned()?;
        Ok(client)
    }

    /// The store below, for fault tests.
    #[cfg(feature = "faults")]
    pub fn store(&mut self) -> &mut Store {
        &mut self.lists.store
    }

    /// Makes requests smaller, for tests with many of them.
    #[cfg(feature = "faults")]
    pub fn set_budget(&mut self, bytes: usize) {
        self.budget = bytes;
    }

    /// Takes a guard away, for tests of what it is good for.
    #[cfg(feature = "faults")]
    pub fn set_guards(&mut self, guards: Guards) {
        self.guards = guards;
    }

    /// Which lists changed since the last call, by what was written here or came from the office: those are to be read again.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn take_changed_lists(&mut self) -> Result<Vec<Listing>> {
        self.store.take_changed()
    }

    fn new_id(&self) -> Id {
        Id::timed(self.platform.wall_ms(), &self.random())
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        let bytes = self.platform.random(u32::try_from(N).unwrap_or(u32::MAX));
        // A platform that gives too few bytes must not lead to a name used twice.
        let mut out = [0; N];
        assert!(bytes.len() >= N, "the platform gave {} random bytes of {N}", bytes.len());
        out.copy_from_slice(&bytes[..N]);
        out
    }

    /// Actor and next number of this opening; the opening is drawn at its first write and never stored for re-use.
    fn pen(&mut self) -> (Opening, u64) {
        match self.opening {
            Some(pen) => pen,
            None => {
                let used = if self.guards.fresh_opening { None } else { outbox::last_name(self.store.read()) };
                let pen = used.unwrap_or_else(|| (Opening(self.random()), 1));
                self.opening = Some(pen);
                pen
            }
        }
    }
}

impl Deref for Client {
    type Target = Lists;

    fn deref(&self) -> &Lists {
        &self.lists
    }
}
