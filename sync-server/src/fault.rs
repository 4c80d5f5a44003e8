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
        let machine = ["store", "start", "data", "key", "check", "area", "password"];
        self.code.split('.').next().is_some_and(|kind| machine.contains(&kind))
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

    /// Every code that stands in the sources has a sentence of its own in both languages.
    #[test]
    fn every_code_is_said() {
        let keys: BTreeSet<_> = words::keys().collect();
        let mut seen = 0;
        for source in sources(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
            let product = source.split("#[cfg(test)]").next().unwrap_or_default();
            for code in product.split('"').filter(|s| is_code(s)) {
                let tail = code.replace(['.', '_'], "-");
                let said = ["problem", "error"].iter().any(|kind| keys.contains(format!("{kind}-{tail}").as_str()));
                assert!(said, "{code} has no sentence");
                seen += 1;
            }
        }
        assert!(seen > 40, "only {seen} codes found");
    }

    fn sources(dir: &std::path::Path) -> Vec<String> {
        let entries = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
        entries.flat_map(|p| if p.is_dir() { sources(&p) } else { vec![std::fs::read_to_string(p).unwrap()] }).collect()
    }

    /// Two or more words of small letters joined by one dot, and no file's or setting's name.
    fn is_code(s: &str) -> bool {
        let part = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let Some((a, b)) = s.split_once('.') else { return false };
        let other = ["db", "key", "html", "toml", "body_bytes", "timeout_seconds", "keep_days"];
        part(a) && part(b) && (!other.contains(&b) || s == "key.file")
    }
}
