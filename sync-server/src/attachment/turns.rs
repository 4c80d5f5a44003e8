//! One at a time for each upload: two requests that write one part would mix their bytes.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use minqing_core::Id;

/// Uploads that somebody writes at this moment.
#[derive(Clone, Default)]
pub(super) struct Turns(Arc<Mutex<BTreeSet<Id>>>);

/// The right to write one upload; given back when dropped.
pub(super) struct Turn {
    of: Turns,
    id: Id,
}

impl Turns {
    /// Takes the turn, if nobody has it.
    pub(super) fn take(&self, id: Id) -> Option<Turn> {
        let free = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        free.then(|| Turn { of: self.clone(), id })
    }

    /// Whose turn it is.
    pub(super) fn taken(&self) -> Vec<Id> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.of.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_given_back() {
        let turns = Turns::default();
        let first = turns.take(Id([1; 16]));
        assert!(first.is_some() && turns.take(Id([1; 16])).is_none() && turns.take(Id([2; 16])).is_some());
        drop(first);
        assert!(turns.take(Id([1; 16])).is_some());
    }
}
