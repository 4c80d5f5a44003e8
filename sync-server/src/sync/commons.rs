//! What the office alone writes, in a community's commons: forms and notices.

use minqing_core::{
    Id,
    document::{Content, Doc, DocKind, Writer},
    envelope::{Item, ItemKind},
    ids::actor,
};
use serde::de::DeserializeOwned;

use super::{apply::apply, pen::SERVER};
use crate::{
    app::App,
    fault::Fault,
    storage::{StoreError, log::DocumentHead},
};

/// Reads what lies in a file of at most so many bytes; `malformed`: the code where it does not read.
///
/// # Errors
/// `malformed`, with the place in the file and never with what stands there.
pub(super) fn read<T: DeserializeOwned>(text: &str, most: usize, malformed: &'static str) -> Result<T, Fault> {
    if text.len() > most {
        return Err(Fault::new(malformed, ""));
    }
    serde_json::from_str(text).map_err(|e| Fault::new(malformed, format!("{}:{}", e.line(), e.column())))
}

/// Writes a document of a community's commons, given what it holds; whether anything was new.
///
/// # Errors
/// What `write` returns; `community.unknown`, `store.failed`.
pub(super) fn write(
    app: &App,
    community: &str,
    (kind, id): (DocKind, Id),
    write: impl Fn(&mut Writer<'_>, &Content) -> minqing_core::Result<()>,
) -> Result<bool, Fault> {
    let now_ms = app.clock.now_ms();
    let mut refused = None;
    let mut wrote = false;
    let mut released = Vec::new();
    app.store.apply(&mut |unit| {
        (refused, wrote) = (None, false);
        let commons = unit.stream(&format!("commons:{community}"))?;
        let stream = commons.ok_or_else(|| StoreError::Unknown { what: "community", id: community.to_owned() })?;
        let kept = unit.document(id)?;
        let version = kept.as_ref().map_or(0, |kept| kept.head.version);
        let mut doc = kept.map_or_else(Doc::empty, |kept| kept.doc);
        let now = doc.content();
        let bytes = match doc.change(actor(SERVER, app.pen.opening()), now_ms / 1000, |w| write(w, &now)) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(()),
            Err(e) => {
                refused = Some(Fault::from(e));
                return Ok(());
            }
        };
        let item = Item { kind: ItemKind::Change.number(), doc: id, bytes };
        unit.append(stream, &app.pen.row(&item, now_ms))?;
        wrote = true;
        // What came before it and names it, as to a server that was restored.
        released = unit.held_for(&id.0)?;
        unit.keep_document(id, &DocumentHead { kind, stream, creator: Id([0; 16]), version }, &doc.save())
    })?;
    apply(app, &released)?;
    refused.map_or(Ok(wrote), Err)
}
