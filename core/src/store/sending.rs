//! What is in the exchange under way: in memory, as that ends with the process; told to every connection that shows states.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, functions::FunctionFlags};

use crate::{
    Result,
    ids::{Name, Opening},
};

/// The items in the exchange under way.
#[derive(Clone, Default)]
pub(crate) struct Sending(Arc<Mutex<HashSet<(Opening, u64)>>>);

impl Sending {
    /// Says which items those are.
    pub(crate) fn set(&self, names: &[Name]) {
        *self.lock() = names.iter().map(|name| (name.opening, name.n)).collect();
    }

    /// Lets a connection ask `is_sending(opening, n)`.
    pub(super) fn tell(&self, db: &Connection) -> Result<()> {
        let sending = self.clone();
        db.create_scalar_function("is_sending", 2, FunctionFlags::SQLITE_UTF8, move |asked| {
            let name = (Opening(asked.get(0)?), asked.get::<i64>(1)? as u64);
            Ok(sending.lock().contains(&name))
        })?;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<(Opening, u64)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
