//! What everybody may see of a photo, said in the log: who covered it, when and where (docs/adr/0023).

use minqing_core::{
    Id,
    envelope::Hash,
    event::{Copied, Covered, FactKind},
    frame::to_cbor,
};

use super::{moved::in_one, pen::Pen};
use crate::{app::App, fault::Fault, pipeline::log_fact, projection, storage::StoreError};

/// How often one photo may be covered: each time is a file.
pub const MAX_COVERS: usize = 50;

/// What somebody of the office makes of a photo.
#[derive(Clone, Debug)]
pub struct CoverDeed {
    /// The matter.
    pub matter: Id,
    /// The photo, by the hash of its bytes.
    pub photo: Hash,
    /// Who.
    pub by: Id,
    /// The covered copy, whose bytes are here; `None` takes the one there is back.
    pub copy: Option<Copied>,
}

/// Says it, and shows it.
///
/// # Errors
/// `matter.unknown`; `attachment.unknown` where the matter names no such photo, `photo.too_many_covers`, `server.busy` where the copy was
/// tidied away before it was named; `store.failed`.
pub fn say_covered(app: &App, deed: &CoverDeed) -> Result<(), Fault> {
    in_one(app, &mut |a| {
        let kept = a.unit.matter(deed.matter)?.ok_or_else(|| StoreError::Unknown { what: "matter", id: deed.matter.to_string() })?;
        if !a.unit.has_photo(deed.matter, deed.photo)? {
            return Err(StoreError::Refused("attachment.unknown"));
        }
        let before = a.unit.covers_of(deed.matter)?;
        let of_photo = || before.iter().filter(|cover| cover.photo == deed.photo.0);
        match &deed.copy {
            None if of_photo().next_back().is_none_or(|cover| cover.sha256.is_none()) => return Ok(()),
            Some(_) if of_photo().count() >= MAX_COVERS => return Err(StoreError::Refused("photo.too_many_covers")),
            Some(copy) if !a.unit.keep_copy(Hash(copy.sha256))? => return Err(StoreError::Refused("server.busy")),
            _ => {}
        }
        // The newest holds, so no two are of the same millisecond.
        let at_ms = before.last().map_or(a.now_ms, |last| a.now_ms.max(last.at_ms + 1));
        let covered = Covered { photo: deed.photo.0, by: deed.by, copy: deed.copy.clone() };
        let id = a.pen.id(a.entropy, at_ms);
        let item = Pen::fact_of(id, at_ms, FactKind::Covered, deed.matter, to_cbor(&covered));
        log_fact(a, kept.stream, &item, None)?;
        a.unit.show_cover(&projection::cover(deed.matter, id, at_ms, covered))
    })?;
    Ok(())
}
