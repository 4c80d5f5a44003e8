//! The office erases words from a household's records, while phones write on them.

use std::collections::BTreeSet;

use anyhow::Result;
use minqing_core::{
    Id,
    document::{Struck, every_value},
};
use minqing_sync_server::sync::{Erase, erase};
use rand::RngExt;

use super::Sim;

impl Sim {
    /// A word of what was typed at some door is blacked out wherever it stands there. The ledger follows: what is to be found is what is left.
    pub fn something_is_erased(&mut self) -> Result<()> {
        let Some(door) = self.any_door()? else { return Ok(()) };
        let household: Id = door.parse()?;
        let volume = Id::visits(household, 2026).to_string();
        let typed = self.ledger.iter().filter(|entry| entry.doc == door || entry.doc == volume);
        let words: Vec<String> = typed.filter(|entry| entry.text.chars().count() > 1).map(|entry| entry.text.chars().take(2).collect()).collect();
        if words.is_empty() {
            return Ok(());
        }
        let words = vec![words[self.rng.random_range(0..words.len())].clone()];
        let mut before = std::collections::BTreeMap::new();
        let docs: BTreeSet<String> = self.ledger.iter().map(|entry| entry.doc.clone()).collect();
        for doc in &docs {
            if let Some(kept) = self.app().store.document(doc.parse()?)? {
                before.insert(doc.clone(), every_value(&kept.doc));
            }
        }
        let what = Erase { household, resident: None, words: words.clone(), also: Vec::new(), files: false };
        let erased = erase(self.app(), &what).map_err(|e| anyhow::anyhow!("{e:?}"))?;
        let touched: BTreeSet<&String> = erased.documents.iter().map(|touched| &touched.document).collect();
        let struck = Struck { words, ..Struck::default() };
        for entry in self.ledger.iter_mut().filter(|entry| touched.contains(&entry.doc)) {
            let was_there = before.get(&entry.doc).and_then(|values| values.get(&entry.path)).is_some_and(|values| values.contains(&entry.text));
            if let Some(text) = struck.text(&entry.path, &entry.text).filter(|_| was_there) {
                entry.text = text;
            }
        }
        self.faults += 1;
        Ok(())
    }
}
