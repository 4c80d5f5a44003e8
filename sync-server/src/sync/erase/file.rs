//! The list of erasures beside the database: no part of a backup, so that whoever restores one does not bring back what was erased.

use std::{collections::BTreeSet, fs, io};

use minicbor::{Decode, Encode};
use minqing_core::{
    Id,
    frame::{from_cbor, to_cbor},
};

use super::{begin_anew, scrub};
use crate::{app::App, fault::Fault, private, storage::ErasedDoc, sync::moved::in_one};

/// The file in the data directory.
pub const FILE: &str = "erasures";

/// An erased document, with its erasure.
#[derive(Encode, Decode)]
#[cbor(array)]
struct Listed {
    #[n(0)]
    erased: ErasedDoc,
    #[n(1)]
    household: Id,
    #[n(2)]
    at_ms: i64,
}

/// Writes the list as the database has it: whole, or not at all.
pub(super) fn write(app: &App) -> Result<(), Fault> {
    let listed = app.store.erased_docs()?.into_iter().map(|(erased, household, at_ms)| Listed { erased, household, at_ms });
    let bytes = to_cbor(&listed.collect::<Vec<_>>());
    let path = app.config.data.join(FILE);
    private::put(&path, &bytes).map_err(|_| Fault::new("erase.file", path.display().to_string()))
}

/// Erases once more what the list names and the database still holds, as after a restore; at every start. How many documents.
///
/// # Errors
/// `erase.file` where the list cannot be read; `store.failed`.
pub fn apply_again(app: &App) -> Result<usize, Fault> {
    let path = app.config.data.join(FILE);
    let unreadable = || Fault::new("erase.file", path.display().to_string());
    let known: BTreeSet<(Id, Id)> = app.store.erased_docs()?.iter().map(|(erased, ..)| (erased.erasure, erased.doc)).collect();
    let listed: Vec<Listed> = match fs::read(&path) {
        Ok(bytes) => from_cbor(&bytes).map_err(|_| unreadable())?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(_) => return Err(unreadable()),
    };
    let in_list: BTreeSet<(Id, Id)> = listed.iter().map(|listed| (listed.erased.erasure, listed.erased.doc)).collect();
    let lacking: Vec<Listed> = listed.into_iter().filter(|listed| !known.contains(&(listed.erased.erasure, listed.erased.doc))).collect();
    if !lacking.is_empty() {
        in_one(app, &mut |a| {
            for Listed { erased, household, at_ms } in &lacking {
                a.unit.note_erasure(erased.erasure, *household, *at_ms)?;
                match a.unit.document_head(erased.doc)?.filter(|_| erased.changes.is_some()) {
                    Some(head) => begin_anew(a, erased, &head)?,
                    None => a.unit.blank(erased)?,
                }
            }
            Ok(())
        })?;
        tracing::info!(documents = lacking.len(), "erased once more");
    }
    // Also after a crash between the database and the list.
    if in_list != known || !lacking.is_empty() {
        write(app)?;
        scrub(app)?;
    }
    Ok(lacking.len())
}
