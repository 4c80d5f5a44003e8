//! Where the pages of a damaged file belong, as far as schema, trees and free list can still be followed.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value;

use super::{
    cells::{Kind, TreePage, word},
    pages::Pages,
    record,
};

/// What is known of the pages of a file.
pub(super) struct Places {
    /// The table or index whose tree a page was reached by.
    owner: BTreeMap<u32, String>,
    /// Pages that hold nothing any more, but perhaps what they held before.
    free: BTreeSet<u32>,
}

impl Places {
    /// Follows whatever can be followed.
    pub(super) fn of(pages: &Pages) -> Self {
        let mut places = Self { owner: BTreeMap::new(), free: free(pages) };
        for (name, root) in roots(pages) {
            places.follow(pages, &name, root);
        }
        places
    }

    /// All pages: those in use that trees lead to, others in use, free ones. What an earlier one holds is the newer.
    pub(super) fn in_order(&self, pages: &Pages) -> Vec<u32> {
        let mut all: Vec<u32> = (1..=pages.count()).collect();
        all.sort_by_key(|page| (self.free.contains(page), !self.owner.contains_key(page), *page));
        all
    }

    /// The table or index that a page belongs to, where a tree leads to it.
    pub(super) fn owner(&self, page: u32) -> Option<&str> {
        self.owner.get(&page).map(String::as_str)
    }

    /// Whether a page is free.
    pub(super) fn is_free(&self, page: u32) -> bool {
        self.free.contains(&page)
    }

    fn follow(&mut self, pages: &Pages, name: &str, root: u32) {
        let mut below = vec![root];
        while let Some(number) = below.pop() {
            let Some(page) = TreePage::of(pages, number).filter(|_| !self.owner.contains_key(&number) && !self.free.contains(&number)) else { continue };
            self.owner.insert(number, name.to_owned());
            below.extend(page.children());
        }
    }
}

/// Name and first page of each table and index. Where the schema's own pages are damaged, what is left of them is looked for.
fn roots(pages: &Pages) -> Vec<(String, u32)> {
    let rows = (1..=pages.count()).filter_map(|number| TreePage::of(pages, number).filter(|page| page.kind == Kind::TableLeaf));
    rows.flat_map(|page| page.cells(pages)).filter_map(|cell| root(record::read(&cell.payload)?)).collect()
}

/// A row of the schema: type, name, table, first page, SQL.
fn root(row: Vec<Value>) -> Option<(String, u32)> {
    let [Value::Text(kind), Value::Text(name), Value::Text(_), Value::Integer(page), Value::Text(_) | Value::Null] = <[Value; 5]>::try_from(row).ok()? else {
        return None;
    };
    (kind == "table" || kind == "index").then_some((name, u32::try_from(page).ok()?))
}

/// The free list: trunks that name leaves and the next trunk.
fn free(pages: &Pages) -> BTreeSet<u32> {
    let mut free = BTreeSet::new();
    let mut trunk = pages.get(1).and_then(|first| word(first, 32)).unwrap_or(0);
    while let Some(page) = pages.get(trunk).filter(|_| trunk > 1 && free.insert(trunk)) {
        let leaves = word(page, 4).map_or(0, |leaves| leaves as usize).min(pages.usable() / 4 - 2);
        free.extend((0..leaves).filter_map(|leaf| word(page, 8 + 4 * leaf)).filter(|leaf| *leaf > 1 && *leaf <= pages.count()));
        trunk = word(page, 0).unwrap_or(0);
    }
    free
}
