//! What this phone holds, in a form that can be compared with the server's.

use serde::Serialize;

use super::Client;
use crate::{
    Error, Id, Result,
    store::{documents, streams},
};

/// A document as this phone has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentDigest {
    /// The document.
    pub id: String,
    /// The number of its kind, 0 if not known.
    pub kind: u8,
    /// Its heads in hexadecimal, sorted.
    pub heads: Vec<String>,
    /// Its content as JSON.
    pub content: String,
    /// Whether a change could not be applied, or the document not be shown.
    pub damaged: bool,
    /// Whether it holds changes that the log does not.
    pub unsent: bool,
}

impl Client {
    /// All documents of this phone.
    ///
    /// # Errors
    /// `store.failed`, `document.malformed`.
    pub fn digest(&self) -> Result<Vec<DocumentDigest>> {
        let db = self.store.read();
        let unsent = documents::unsequenced(db)?;
        let all = documents::all(db)?;
        all.into_iter().map(|(id, kind, damaged)| digest_of(db, id, kind.map_or(0, |k| k.number()), damaged, unsent.contains(&id))).collect()
    }

    /// The streams this phone takes, in the scope's order.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn streams(&self) -> Result<Vec<String>> {
        Ok(streams::all(self.store.read())?.into_iter().map(|(name, _, _)| name).collect())
    }
}

fn digest_of(db: &rusqlite::Connection, id: Id, kind: u8, damaged: bool, unsent: bool) -> Result<DocumentDigest> {
    let doc = documents::load(db, id)?.ok_or(Error::Malformed("document.malformed"))?.doc;
    let heads = doc.heads().iter().map(|h| crate::envelope::Hash(*h).to_string()).collect();
    let content = serde_json::to_string(&doc.content()).map_err(|e| Error::Store(e.to_string()))?;
    Ok(DocumentDigest { id: id.to_string(), kind, heads, content, damaged, unsent })
}
