//! A change is tried on a copy of its document before the transaction, off the writer and on all cores. What the
//! transaction finds at the version it was tried on it need not try again.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
    thread,
};

use minqing_core::{
    Id,
    document::{Admission, Admitted, Content, Doc, admit_with},
    envelope::{ItemKind, Quarantine},
    guards::Guards,
    ids::Name,
};

use super::recent::{Open, Recent};
use crate::{
    app::App,
    storage::{Result, Store, log::Pending},
};

/// A change tried on a document.
pub(super) struct Trial {
    /// The version of the document it was tried on; 0 = there was none.
    on: u64,
    /// What the document held before.
    pub(super) before: Arc<Content>,
    /// How it went.
    pub(super) tried: Tried,
}

/// How a trial went.
pub(super) enum Tried {
    /// The document with the change in it.
    Fits(Box<Admitted>),
    /// It waits for this change.
    Missing([u8; 32]),
    /// The document holds it already.
    Known,
    /// It must be put aside.
    Aside(Quarantine),
}

impl Trial {
    /// Tries a change on a document of this version, which holds this.
    pub(super) fn of(p: &Pending, on: u64, doc: &Doc, before: Arc<Content>, guards: Guards) -> Self {
        let tried = match admit_with(doc, &before, &p.item.bytes, p.name.device, p.name.opening, guards) {
            Admission::Applied(admitted) => Tried::Fits(admitted),
            Admission::Missing(hash) => Tried::Missing(hash),
            Admission::Known => Tried::Known,
            Admission::Refused(reason) => Tried::Aside(reason),
        };
        Self { on, before, tried }
    }
}

/// Trials made ahead, by the name of the change; and the documents that came of them.
#[derive(Default)]
pub(crate) struct Trials {
    made: HashMap<Name, Trial>,
    kept: Vec<(Id, Open)>,
}

impl Trials {
    /// The trial of a change on this version of its document, where there is one.
    pub(super) fn take(&mut self, name: Name, version: u64, guards: Guards) -> Option<Trial> {
        self.made.remove(&name).filter(|trial| trial.on == version || !guards.trial_version)
    }

    /// Notes a document that this transaction keeps.
    pub(super) fn keep(&mut self, id: Id, open: Open) {
        self.kept.push((id, open));
    }

    /// How many were noted.
    pub(super) fn kept(&self) -> usize {
        self.kept.len()
    }

    /// Forgets those noted after so many: their attempt was undone.
    pub(super) fn undo(&mut self, kept: usize) {
        self.kept.truncate(kept);
    }

    /// Gives the documents on, now that they are kept.
    pub(super) fn hand_over(&mut self, recent: &Recent) {
        self.kept.drain(..).for_each(|(id, open)| recent.put(id, open));
    }
}

/// Tries the changes among these items, each document's one after the other.
///
/// # Errors
/// `store.failed`.
pub(super) fn ahead(app: &App, names: &[Name]) -> Result<Trials> {
    let mut documents: BTreeMap<Id, Vec<Pending>> = BTreeMap::new();
    // A phone that asks again has its items in line twice: tried upon itself, a change would pass for one that is known.
    let mut seen = HashSet::new();
    for p in app.store.pending(names)? {
        if p.item.kind == ItemKind::Change.number() && seen.insert(p.name) {
            documents.entry(p.item.doc).or_default().push(p);
        }
    }
    let documents: Vec<(Id, Vec<Pending>)> = documents.into_iter().collect();
    let threads = thread::available_parallelism().map_or(1, usize::from).min(documents.len()).max(1);
    let made = if threads == 1 {
        try_some(app, &documents).into_iter().collect()
    } else {
        thread::scope(|scope| {
            let some = documents.chunks(documents.len().div_ceil(threads));
            let running: Vec<_> = some.map(|some| scope.spawn(|| try_some(app, some))).collect();
            // One that panicked made no trials: its changes are tried in the transaction, where a panic is caught.
            running.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
        })
    };
    Ok(Trials { made, kept: Vec::new() })
}

fn try_some(app: &App, documents: &[(Id, Vec<Pending>)]) -> Vec<(Name, Trial)> {
    let mut made = Vec::new();
    for (id, changes) in documents {
        // What cannot be read now says so in the transaction.
        let Ok((mut version, mut doc, mut content)) = open(&*app.store, &app.recent, *id) else { continue };
        for (p, after) in changes.iter().zip(1..) {
            let trial = Trial::of(p, version, &doc, content.clone(), app.guards);
            // Copied only for the next one.
            if after < changes.len()
                && let Tried::Fits(fits) = &trial.tried
            {
                (version, doc, content) = (version + 1, fits.doc.clone(), Arc::new(fits.content.clone()));
            }
            made.push((p.name, trial));
        }
    }
    made
}

/// A document as it stands, with its version and what it holds.
fn open(store: &dyn Store, recent: &Recent, id: Id) -> Result<(u64, Doc, Arc<Content>)> {
    if let Some(open) = recent.at(id, store.document_version(id)?) {
        return Ok((open.version, open.doc.clone(), open.content.clone()));
    }
    let (version, doc) = store.document(id)?.map_or_else(|| (0, Doc::empty()), |kept| (kept.head.version, kept.doc));
    let content = Arc::new(doc.content());
    Ok((version, doc, content))
}

#[cfg(test)]
mod tests {
    use minqing_core::{
        envelope::Item,
        ids::{Device, Opening, actor},
    };

    use super::*;
    use crate::{
        storage::log::{Delivered, Delivery, EnvelopeHead, Seen},
        testing::{MORNING, Phone, World},
    };

    #[test]
    fn a_trial_is_good_for_the_version_it_was_made_on_and_once() {
        let (device, opening) = (Device(7), Opening([1; 5]));
        let bytes = Doc::empty().change(actor(device, opening), 0, |w| w.put("note", "狗凶")).unwrap().unwrap();
        let name = Name { device, opening, n: 1 };
        let item = Item { kind: 1, doc: Id([1; 16]), bytes };
        let zero = Id([0; 16]);
        let p = Pending { name, item, received_ms: 0, envelope: 1, officer: zero, community: String::new(), enrolled_ms: 0, scope: vec![] };
        let trials = || Trials { made: HashMap::from([(name, Trial::of(&p, 3, &Doc::empty(), Arc::default(), Guards::default()))]), kept: vec![] };
        assert!(trials().take(name, 4, Guards::default()).is_none(), "the document changed meanwhile");
        let mut trials = trials();
        let Some(Trial { tried: Tried::Fits(fits), before, .. }) = trials.take(name, 3, Guards::default()) else { panic!("it fits") };
        assert_eq!((fits.content.root.text("note"), before), ("狗凶".to_owned(), Arc::default()));
        assert_eq!(Doc::load(&fits.saved).unwrap().heads(), fits.doc.heads());
        assert!(trials.take(name, 3, Guards::default()).is_none());
    }

    #[tokio::test]
    async fn an_item_that_is_in_line_twice_is_tried_once() {
        let world = World::open();
        let device = Device(Phone::enrolled(&world, 1).await.number);
        let name = Name { device, opening: Opening([1; 5]), n: 1 };
        let bytes = Doc::empty().change(actor(device, name.opening), 0, |w| w.put("note", "狗凶")).unwrap().unwrap();
        let item = Item { kind: 1, doc: Id([1; 16]), bytes };
        let head = EnvelopeHead { device, opening: name.opening, first: 1, scope: 1, hashes: vec![item.hash()], signature: [1; 64] };
        let envelopes = vec![Delivered { head, signed: true, items: vec![(item, None)] }];
        let seen = Seen { device, shown: None, next: None, fresh: false, app: None, bundle: false, unsent: 0, room_mib: None, now_ms: MORNING };
        world.store().receive(Delivery { envelopes, superseded: Vec::new(), seen, guards: Guards::default() }).unwrap();
        let mut trials = ahead(&world.app, &[name, name]).unwrap();
        let trial = trials.take(name, 0, Guards::default()).unwrap();
        assert!(matches!(trial.tried, Tried::Fits(_)), "tried upon itself it would pass for a change that is known");
    }
}
