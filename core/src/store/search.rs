//! Search over names, addresses, notes and matters (SQLite FTS5, contentless, one token for each Han character).
//!
//! The index is written with the rows that lists show, in the same transaction, and holds no text of
//! its own: what was found is read from those rows.

mod address;
mod index;
mod pinyin;
mod query;
mod records;
mod run;
mod segment;
mod snippet;

pub(crate) use index::{forget, optimize};
pub(crate) use query::Query;
pub(crate) use records::{card, fill, matter, take_away, visits};
pub(crate) use run::run;

#[cfg(test)]
mod tests;
