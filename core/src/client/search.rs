//! Finds records by what a person typed.

use super::Lists;
use crate::{
    Result,
    model::Check,
    store::search::{Query, run},
    view::{FoundKind, FoundRow},
};

/// Longest answer given at once.
const MAX_FOUND: u32 = 500;

impl Lists {
    /// Finds residents, doors, matters and visits that have all of the words typed, in this order, each with the newest
    /// first; at most 500 at once. `kinds`: words of [`FoundKind`], none = all.
    ///
    /// A word is found anywhere (漏水, 3号楼2单元, 3-2-502), in letters and digits by its beginning; names also in pinyin
    /// (lixiaoming, lxm), telephone numbers by four or more digits of either end.
    ///
    /// # Errors
    /// `text.too_long` over 100 characters; `code.unknown` for a kind; `store.failed`.
    pub fn search(&self, text: String, kinds: Vec<String>, offset: u32, limit: u32) -> Result<Vec<FoundRow>> {
        let query = Query::typed(&text)?;
        let named = kinds.iter().enumerate().map(|(i, word)| Check::root().at("kinds", i).code(FoundKind::from_word(word)));
        let mut kinds: Vec<FoundKind> = named.collect::<Result<_>>()?;
        if kinds.is_empty() {
            kinds = FoundKind::ALL.to_vec();
        }
        run(self.store.read(), &query, &kinds, offset, limit.min(MAX_FOUND))
    }
}
