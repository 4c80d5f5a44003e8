//! Documents that were written last, open and read: the next change of one need not load it again.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use minqing_core::{
    Id,
    document::{Content, Doc},
};

/// Most bytes of documents, as saved, in one of the two generations.
const GENERATION: usize = 8 << 20;

/// An open document.
pub(crate) struct Open {
    /// The version that was kept.
    pub(super) version: u64,
    pub(super) doc: Doc,
    pub(super) content: Arc<Content>,
    /// Its bytes as saved.
    pub(super) size: usize,
}

/// Open documents: those used since the last change of generations, and those used in the one before.
#[derive(Default)]
pub struct Recent(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    young: HashMap<Id, Arc<Open>>,
    old: HashMap<Id, Arc<Open>>,
    /// Bytes of the young.
    bytes: usize,
}

impl Recent {
    /// A document, if it is here in this very version.
    pub(super) fn at(&self, id: Id, version: u64) -> Option<Arc<Open>> {
        let mut all = self.lock();
        let open = all.young.get(&id).or_else(|| all.old.get(&id)).filter(|open| open.version == version)?.clone();
        all.put(id, open.clone());
        Some(open)
    }

    /// Takes a document that is kept now: of a version that may yet be undone another could come to stand in the store.
    pub(super) fn put(&self, id: Id, open: Open) {
        self.lock().put(id, Arc::new(open));
    }

    fn lock(&self) -> MutexGuard<'_, Generations> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Generations {
    fn put(&mut self, id: Id, open: Arc<Open>) {
        self.bytes += open.size;
        if let Some(before) = self.young.insert(id, open) {
            self.bytes -= before.size;
        }
        if self.bytes > GENERATION {
            self.old = mem::take(&mut self.young);
            self.bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(version: u64, size: usize) -> Open {
        Open { version, doc: Doc::empty(), content: Arc::default(), size }
    }

    #[test]
    fn a_document_is_found_in_its_last_version_only() {
        let (recent, id) = (Recent::default(), Id([1; 16]));
        recent.put(id, open(3, 10));
        recent.put(id, open(4, 20));
        assert!(recent.at(id, 3).is_none() && recent.at(id, 5).is_none());
        assert_eq!(recent.at(id, 4).unwrap().size, 20);
        assert_eq!(recent.lock().bytes, 20);
    }

    #[test]
    fn what_was_not_used_for_long_goes() {
        let (recent, quarter) = (Recent::default(), GENERATION / 4);
        let id = |n: u8| Id([n; 16]);
        for n in 0..40 {
            recent.put(id(n), open(1, quarter));
            assert!(recent.at(id(0), 1).is_some(), "one that is used stays");
            let all = recent.lock();
            assert!(all.young.len() + all.old.len() <= 10, "{n}");
        }
        assert!(recent.at(id(1), 1).is_none());
        recent.put(id(50), open(1, GENERATION + 1));
        assert!(recent.at(id(50), 1).is_some(), "a large one is old at once");
    }
}
