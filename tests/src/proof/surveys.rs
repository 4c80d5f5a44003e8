//! Surveys as they were saved, beside those that the office sums up.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use minqing_core::Id;
use minqing_sync_server::storage::log::Log;

use crate::ledger::Entry;

/// Question and value of each answer, by visit.
type Answers = BTreeMap<String, BTreeSet<(String, String)>>;

/// How many surveys the ledger holds, and how many of them the office's projection holds alike.
pub fn count(rows: &[Entry], store: &impl Log) -> Result<(u64, u64)> {
    let mut saved = Answers::new();
    for row in rows.iter().filter(|row| row.kind == "survey") {
        let name = row.path.split_once("/answer:").map_or("", |(_, name)| name);
        // Of many choices each is a field that is true.
        let answer = name.split_once(':').map_or((name, row.text.as_str()), |(question, word)| (question, word));
        saved.entry(row.record.clone()).or_default().insert((answer.0.to_owned(), answer.1.to_owned()));
    }
    let mut kept = Answers::new();
    store.at_one_moment(&mut |moment| {
        kept.clear();
        for answer in moment.shown()?.answers {
            let of_visit = kept.entry(Id(answer.visit).to_string()).or_default();
            if !answer.question.is_empty() {
                of_visit.insert((answer.question, answer.value));
            }
        }
        Ok(())
    })?;
    let alike = saved.iter().filter(|(visit, answers)| kept.get(*visit) == Some(answers)).count();
    Ok((saved.len() as u64, alike as u64))
}
