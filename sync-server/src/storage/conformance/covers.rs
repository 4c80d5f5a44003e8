//! Covered copies of photos: what was made is kept for good, and their files as long as a row names them.

use minqing_core::{
    Id,
    document::DocKind,
    envelope::Hash,
    model::{Media, Patch},
};

use super::{
    Make, Office,
    office::{COMMUNITY, STREAMS},
};
use crate::{
    projection::{AttachmentShown, CoverShown},
    storage::{Stored, log::DocumentHead},
    testing::MORNING,
};

const MATTER: Id = Id([1; 16]);
const PHOTO: [u8; 32] = [7; 32];

fn photo() -> AttachmentShown {
    AttachmentShown { doc: MATTER.0, id: [2; 16], record: MATTER.0, sha256: PHOTO, media: Media::Jpeg.word().into(), bytes: 9 }
}

fn cover(id: u8, copy: Option<u8>, at_ms: i64) -> CoverShown {
    let patches = vec![Patch { x: 1, y: 2, width: 3, height: 4 }];
    CoverShown { id: [id; 16], doc: MATTER.0, photo: PHOTO, sha256: copy.map(|n| [n; 32]), bytes: 5, patches, by: [8; 16], at_ms }
}

/// An office with a matter that names a photo.
fn with_a_photo(make: Make<'_>) -> Office {
    let office = Office::of(make);
    office.apply(|unit| {
        let stream = unit.stream(STREAMS[0])?.expect("a stream");
        unit.keep_document(MATTER, &DocumentHead { kind: DocKind::Matter, stream, creator: MATTER, version: 0 }, b"")?;
        unit.show_attachments(MATTER, &[photo()])
    });
    office
}

pub fn what_was_made_of_a_photo_is_kept_in_its_order(make: Make<'_>) {
    let office = with_a_photo(make);
    let rows = [cover(9, Some(3), 10), cover(4, None, 20), cover(5, Some(4), 30)];
    office.apply(|unit| {
        assert!(unit.has_photo(MATTER, Hash(PHOTO))? && !unit.has_photo(MATTER, Hash([3; 32]))? && !unit.has_photo(Id([2; 16]), Hash(PHOTO))?);
        // Said again, as by a move, it is the same.
        rows.iter().rev().chain(&rows).try_for_each(|row| unit.show_cover(row))?;
        assert_eq!(unit.covers_of(MATTER)?, rows);
        Ok(())
    });
    assert_eq!((office.store.covers(MATTER).unwrap(), office.store.covers(Id([2; 16])).unwrap()), (rows.to_vec(), vec![]));
    let homes = |n: u8| office.store.attachment_homes(Hash([n; 32])).unwrap();
    assert_eq!([homes(3), homes(4)], [[STREAMS[0]], [STREAMS[0]]]);
    assert!(homes(5).is_empty() && STREAMS[0].contains(COMMUNITY));
}

pub fn a_copy_that_nobody_kept_goes_and_with_its_photo_any(make: Make<'_>) {
    let office = with_a_photo(make);
    for n in [3, 4] {
        office.store.expect_copy(Hash([n; 32]), 5, MORNING).unwrap();
    }
    office.apply(|unit| {
        assert!(unit.keep_copy(Hash([3; 32]))? && !unit.keep_copy(Hash([6; 32]))?, "one that is not here cannot be kept");
        unit.show_cover(&cover(9, Some(3), 10))
    });
    assert_eq!(office.store.drop_erased_files().unwrap(), [Hash([4; 32])]);
    let known = |n: u8| office.store.attachment(Hash([n; 32])).unwrap();
    assert_eq!((known(3), known(4)), (Some(Stored { media: Media::Jpeg, bytes: 5 }), None));
    office.apply(|unit| unit.forget_shown(MATTER, &[], &[photo()]));
    assert_eq!((office.store.covers(MATTER).unwrap().len(), office.store.drop_erased_files().unwrap()), (1, vec![]), "the photo stays");
    office.apply(|unit| unit.forget_shown(MATTER, &[], &[]));
    assert!(office.store.covers(MATTER).unwrap().is_empty());
    assert_eq!(office.store.drop_erased_files().unwrap(), [Hash([3; 32])]);
}
