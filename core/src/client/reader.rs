//! Reading beside the client that writes: a list does not wait while an answer is taken in.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Client, Lists, attach};
use crate::{Result, clock::Platform, model::Prepared, store::Beside};

/// The phone's lists over a connection of its own. It sees what was committed when it is asked, of one moment.
pub struct Reader {
    file: Beside,
    platform: Arc<dyn Platform>,
    /// Opened when it is first asked.
    lists: Mutex<Option<Lists>>,
}

impl Client {
    /// A reader of this phone's file, for other threads.
    pub fn reader(&self) -> Reader {
        Reader { file: self.store.beside(), platform: self.platform.clone(), lists: Mutex::default() }
    }
}

impl Reader {
    /// Reads; waits for who else reads here, never for who writes.
    ///
    /// # Errors
    /// What `read` says; `store.failed`.
    pub fn see<T>(&self, read: impl FnOnce(&Lists) -> Result<T>) -> Result<T> {
        let mut place = self.lock();
        // One that panicked is not put back.
        let mut lists = place.take().map_or_else(|| Lists::of(self.file.open()?, self.platform.clone()), Ok)?;
        let seen = lists.at_one_moment(read);
        *place = Some(lists);
        seen
    }

    /// Makes a photo or voice note ready, as [`Client::prepare`]; nobody waits for it.
    ///
    /// # Errors
    /// As there.
    pub fn prepare(&self, path: String, keep_place: bool) -> Result<Prepared> {
        attach::prepare(&self.file.files(), path, keep_place)
    }

    /// Does what may put another file in the place of this one, as [`Client::mend`]; who reads waits for it.
    pub fn closed_while<T>(&self, work: impl FnOnce() -> T) -> T {
        let mut place = self.lock();
        *place = None;
        work()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Lists>> {
        self.lists.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
