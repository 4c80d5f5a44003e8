//! What goes wrong outside of HTTP: a stable code, and the thing it is about.

use minqing_core::words::{self, Lang};

use crate::storage::StoreError;

/// A refusal or failure of an admin function, the settings or the start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {what}")]
pub struct Fault {
    /// Stable code, as `grid.unknown`.
    pub code: &'static str,
    /// The setting, area or file it is about; never a person.
    pub what: String,
}

impl Fault {
    /// Makes a fault about a thing.
    pub fn new(code: &'static str, what: impl Into<String>) -> Self {
        Self { code, what: what.into() }
    }

    /// The sentence a person reads: what happened and what to do.
    pub fn say(&self, lang: Lang) -> String {
        sentence(lang, self.code, &self.what)
    }

    /// Whether the machine failed rather than the request being wrong.
    pub fn is_failure(&self) -> bool {
        let machine = ["store", "start", "data", "key", "check", "area", "password", "export"];
        // Of these the others are wrong use: a name that is taken, a file that is no backup.
        ["backup.failed", "restore.failed"].contains(&self.code) || self.code.split('.').next().is_some_and(|kind| machine.contains(&kind))
    }
}

/// The catalogue's sentence of a code; the core's own where the server has none.
pub fn sentence(lang: Lang, code: &str, what: &str) -> String {
    let tail = code.replace(['.', '_'], "-");
    let args = [("what", what.into())];
    let key = format!("problem-{tail}");
    let said = words::say(lang, &key, &args);
    if said == key { words::say(lang, &format!("error-{tail}"), &args) } else { said }
}

impl From<StoreError> for Fault {
    fn from(e: StoreError) -> Self {
        let what = match &e {
            StoreError::Backend(text) | StoreError::Damaged(text) | StoreError::Conflict(text) => text.clone(),
            StoreError::Unknown { id, .. } => id.clone(),
            StoreError::Newer | StoreError::Refused(_) | StoreError::Exists { .. } => String::new(),
        };
        Self::new(e.code(), what)
    }
}

impl From<minqing_core::Error> for Fault {
    fn from(e: minqing_core::Error) -> Self {
        Self::new(e.code(), e.path().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::testing::{
        codes::{is_code, key, of_core, of_server},
        docs,
    };

    /// What begins the part of docs/ERRORS.md that is made here.
    const BEGIN: &str = "## All codes";

    /// Every code that stands in the sources has a sentence of its own in both languages.
    #[test]
    fn every_code_is_said() {
        let keys: BTreeSet<_> = words::keys().collect();
        let codes = of_server();
        for code in &codes {
            assert!(["problem", "error"].iter().any(|kind| keys.contains(key(kind, code).as_str())), "{code} has no sentence");
        }
        assert!(codes.len() > 40, "only {} codes found", codes.len());
        let unsaid: Vec<_> = of_core().into_iter().filter(|code| !keys.contains(key("error", code).as_str())).collect();
        assert!(unsaid.is_empty(), "phones have no sentence for {unsaid:?}");
    }

    #[test]
    fn no_sentence_speaks_for_a_code_that_nobody_gives() {
        let given: BTreeSet<_> = of_server().union(&of_core()).flat_map(|code| [key("problem", code), key("error", code)]).collect();
        let said = words::keys().filter(|k| k.starts_with("problem-") || k.starts_with("error-"));
        let dead: Vec<_> = said.filter(|k| !given.contains(*k)).collect();
        assert!(dead.is_empty(), "{dead:?}");
    }

    #[test]
    fn docs_errors_lists_every_code_once() {
        let codes: BTreeSet<_> = of_server().union(&of_core()).cloned().collect();
        docs::hold("ERRORS.md", |page| {
            let written = page.split(BEGIN).next().unwrap_or_default().trim_end();
            for code in &codes {
                assert!(written.contains(&format!("`{code}`")), "{code} is explained in no table of docs/ERRORS.md");
            }
            for cell in written.lines().filter(|l| l.starts_with("| `")).filter_map(|l| l.split('|').nth(1)) {
                let unknown = cell.split('`').find(|word| is_code(word) && !codes.contains(*word));
                assert_eq!(unknown, None, "docs/ERRORS.md explains a code that nobody gives");
            }
            let row = |code: &String| format!("| `{code}` | {} | {} |\n", sentence(Lang::Zh, code, "…"), sentence(Lang::En, code, "…"));
            let rows: String = codes.iter().map(row).collect();
            let note = "Made from the sources and the catalogue by a test (`MINQING_ACCEPT=1 cargo test --workspace docs_`): what a person reads, `…` for the thing it is about. Where phone and server say a code differently, the server's.";
            format!("{written}\n\n{BEGIN}\n\n{note}\n\n| code | 中文 | English |\n|---|---|---|\n{rows}")
        });
    }
}
