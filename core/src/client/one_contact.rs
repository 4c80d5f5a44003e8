//! One contact with the office at a time.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::{Error, Result};

/// Who comes second is told so rather than made to wait: what the first says covers both, and a background job that waits uses up
/// the time that the system gives it.
#[derive(Default)]
pub struct OneContact {
    taken: AtomicBool,
}

/// It is this one's turn until this is dropped.
pub struct Turn<'a>(&'a OneContact);

impl OneContact {
    /// Takes the turn.
    ///
    /// # Errors
    /// `contact.under_way` if it is another's.
    pub fn take(&self) -> Result<Turn<'_>> {
        if self.taken.swap(true, Ordering::AcqRel) { Err(Error::State("contact.under_way")) } else { Ok(Turn(self)) }
    }

    /// Whether it is nobody's turn.
    ///
    /// # Errors
    /// `contact.under_way` if it is somebody's.
    pub fn is_free(&self) -> Result<()> {
        if self.taken.load(Ordering::Acquire) { Err(Error::State("contact.under_way")) } else { Ok(()) }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.taken.store(false, Ordering::Release);
    }
}
