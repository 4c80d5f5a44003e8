//! The opened store: every method passes on to core. Who writes waits for who writes, and who reads waits for nobody who writes.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use minqing_core::{
    Result,
    client::{Client, Contacted, Enrolment, Header, Lists, Mended, OneContact, Reader, Request, Salvage, Step},
    view::Listing,
};

use crate::{
    MinqingError,
    platform::{Given, Platform},
};

mod appointments;
mod bundles;
mod files;
mod line;
mod lists;
mod writing;

/// A screen that wants to know which lists to read again.
#[uniffi::export(with_foreign)]
pub trait Listener: Send + Sync {
    /// These changed, by what was written here or came from the office. Called on the thread that changed them; may read them there.
    fn lists_changed(&self, lists: Vec<Listing>);
}

/// The app's opened store.
#[derive(uniffi::Object)]
pub struct Minqing {
    /// Closed before the client, which then tidies up.
    reader: Reader,
    client: Mutex<Client>,
    /// Taken by a `sync` or `talk` while it is under way.
    pub(crate) contact: OneContact,
    listener: Mutex<Option<Arc<dyn Listener>>>,
}

impl Minqing {
    fn of(client: Client) -> Self {
        Self { reader: client.reader(), client: Mutex::new(client), contact: OneContact::default(), listener: Mutex::default() }
    }

    /// A call that panicked left no half record behind, so its lock is taken as it is.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Client> {
        self.client.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads, also while something is written.
    fn see<T>(&self, read: impl FnOnce(&Lists) -> Result<T>) -> Result<T, MinqingError> {
        Ok(self.reader.see(read)?)
    }

    /// Writes, then tells the listener which lists changed.
    pub(crate) fn act<T>(&self, write: impl FnOnce(&mut Client) -> Result<T>) -> Result<T, MinqingError> {
        let mut client = self.lock();
        let done = write(&mut client);
        let changed = client.take_changed_lists().unwrap_or_default();
        // A listener may call back.
        drop(client);
        let listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner).clone();
        listener.iter().filter(|_| !changed.is_empty()).for_each(|screen| screen.lists_changed(changed.clone()));
        Ok(done?)
    }

    /// A step of a contact whose loop the app holds; not in the middle of a `sync`.
    fn step<T>(&self, step: impl FnOnce(&mut Client) -> Result<T>) -> Result<T, MinqingError> {
        self.act(|client| self.contact.is_free().and_then(|()| step(client)))
    }
}

#[uniffi::export]
impl Minqing {
    /// Opens the phone's file in `directory`, making it where there is none. `key`: 32 secret bytes kept by the platform. A damaged
    /// file is set aside, and what can be read of it goes to a new one (`salvaged`). May take a second: not on the main thread.
    #[uniffi::constructor]
    pub fn new(directory: String, platform: Arc<dyn Platform>, key: Vec<u8>) -> Result<Self, MinqingError> {
        Ok(Self::of(Client::open(&directory, Box::new(Given(platform)), key)?))
    }

    /// Opens the practice space (练习) below the app's `directory`: invented doors and people, a file and key of its own, no way to the office
    /// (`practice.office`). What is tried there stays until `leave_practice`.
    #[uniffi::constructor]
    pub fn practice(directory: String, platform: Arc<dyn Platform>) -> Result<Self, MinqingError> {
        Ok(Self::of(Client::open_practice(&directory, Box::new(Given(platform)))?))
    }

    /// Deletes the practice space; this object is of no use afterwards.
    pub fn leave_practice(&self) -> Result<(), MinqingError> {
        self.act(|client| self.reader.closed_while(|| client.leave_practice()))
    }

    /// Whom to tell which lists changed, in the place of the one before; nobody where there is none.
    pub fn listen(&self, listener: Option<Arc<dyn Listener>>) {
        *self.listener.lock().unwrap_or_else(PoisonError::into_inner) = listener;
    }

    /// Who this phone is.
    pub fn enrolment(&self) -> Result<Enrolment, MinqingError> {
        self.see(Lists::enrolment)
    }

    /// Begins the first contact: `code` as typed or scanned, `app` the app's version.
    pub fn begin_enrolment(&self, code: String, app: String) -> Result<(), MinqingError> {
        self.step(|client| client.begin_enrolment(code, app))
    }

    /// Begins a contact with the office; one under way is forgotten, and what it carried is sent again. This and the steps below are for
    /// an app that holds the loop itself; in the middle of a [`Minqing::sync`] they fail with `contact.under_way`.
    pub fn begin_contact(&self) -> Result<(), MinqingError> {
        self.step(Client::begin_contact)
    }

    /// What is to be done next in the contact that was begun.
    pub fn next_step(&self) -> Result<Step, MinqingError> {
        self.step(Client::next_step)
    }

    /// Takes the answer to the last request: its status, headers with names in small letters, and body.
    pub fn take_response(&self, status: u16, headers: Vec<Header>, body: Vec<u8>) -> Result<Contacted, MinqingError> {
        self.step(|client| client.take_response(status, headers, body))
    }

    /// Says that the last request could not be sent, or that no answer came; returns what to show.
    pub fn request_failed(&self) -> MinqingError {
        self.step(|client| Ok(client.request_failed())).map_or_else(|e| e, MinqingError::from)
    }

    /// The request for a stream that the app holds open while a person looks at it: each line `event: poke` says that something is new, so
    /// sync. Sync once when it stands, too. It ends by itself now and then, as with its token; nothing before the first contact.
    pub fn poke_request(&self) -> Result<Option<Request>, MinqingError> {
        self.step(|client| Ok(client.poke_request()))
    }

    /// For how long the office asked this phone to stay away, in milliseconds; 0 where a contact may begin. Plan the next one then.
    pub fn contact_in_ms(&self) -> Result<i64, MinqingError> {
        self.act(|client| Ok(client.contact_in_ms()))
    }

    /// Ends a contact whose loop the app holds, once nothing is left to say: what was deleted leaves the file, and a phone that was
    /// revoked is wiped.
    pub fn finish_contact(&self) -> Result<(), MinqingError> {
        self.act(|client| client.finish_contact(&self.reader))
    }

    /// Deletes everything that this phone keeps, as when it is handed in; then forget the key. Fails with `wipe.unsent` while something
    /// waits for the office.
    pub fn wipe(&self) -> Result<(), MinqingError> {
        self.act(|client| self.reader.closed_while(|| client.wipe()))
    }

    /// Looks through the whole file and makes good what is damaged; to be called after `store.damaged` or `document.malformed`.
    pub fn mend(&self) -> Result<Mended, MinqingError> {
        self.act(|client| self.reader.closed_while(|| client.mend()))
    }

    /// What was brought over when the file was damaged last.
    pub fn salvaged(&self) -> Result<Option<Salvage>, MinqingError> {
        self.see(Lists::salvaged)
    }
}
