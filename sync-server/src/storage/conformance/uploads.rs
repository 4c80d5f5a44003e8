//! `Attachments`: uploads under way and files that are whole.

use minqing_core::{Id, envelope::Hash, ids::Device, model::Media};

use super::{Make, Office, office::DEVICE};
use crate::{
    projection::AttachmentShown,
    storage::{Begun, Quota, Stored, Upload},
    testing::MORNING,
};

const DAY: i64 = 24 * 3_600_000;
const QUOTA: Quota = Quota { half_bytes: 100_000, day_bytes: 150_000 };

fn upload(id: u8, file: u8, length: u64) -> Upload {
    Upload { id: Id([id; 16]), device: DEVICE, sha256: Hash([file; 32]), media: Media::Jpeg, length, created_ms: MORNING, done: false }
}

pub fn the_same_file_goes_on_and_quotas_hold(make: Make<'_>) {
    let office = Office::of(make);
    let begin = |new: &Upload| office.store.begin_upload(new, QUOTA, false).unwrap();
    let first = upload(1, 1, 60_000);
    assert_eq!(begin(&first), Begun::Upload(first));
    assert_eq!(begin(&upload(2, 1, 60_000)), Begun::Upload(first), "the one that is under way");
    assert_eq!(begin(&upload(3, 2, 60_000)), Begun::HalfFull);
    assert_eq!((office.store.upload(first.id).unwrap(), office.store.upload(Id([3; 16])).unwrap()), (Some(first), None));
    office.store.drop_upload(first.id).unwrap();
    office.store.drop_upload(first.id).unwrap();
    let second = upload(4, 2, 60_000);
    assert_eq!(begin(&second), Begun::Upload(second));
    office.store.drop_upload(second.id).unwrap();
    assert_eq!(begin(&upload(5, 3, 60_000)), Begun::DayFull, "what was given up was begun today all the same");
    let tomorrow = Upload { created_ms: MORNING + DAY, ..upload(6, 3, 60_000) };
    assert_eq!(begin(&tomorrow), Begun::Upload(tomorrow));
    let known = office.store.begin_upload(&upload(7, 4, 90_000), Quota { half_bytes: 0, day_bytes: 0 }, true).unwrap();
    assert_eq!(known, Begun::Upload(Upload { done: true, ..upload(7, 4, 90_000) }), "nothing is counted of a file that is here");
    assert_eq!(office.store.half_uploads().unwrap(), [tomorrow]);
}

pub fn a_kept_file_is_known_with_who_sent_it(make: Make<'_>) {
    let office = Office::of(make);
    let store = &office.store;
    let new = upload(1, 1, 10);
    store.begin_upload(&new, QUOTA, false).unwrap();
    assert_eq!((store.attachment(new.sha256).unwrap(), store.attachment_sent_by(new.sha256, DEVICE).unwrap()), (None, false));
    for _ in 0..2 {
        store.keep_attachment(&new, MORNING).unwrap();
    }
    assert_eq!(store.attachment(new.sha256).unwrap(), Some(Stored { media: Media::Jpeg, bytes: 10 }));
    assert!(store.attachment_sent_by(new.sha256, DEVICE).unwrap() && !store.attachment_sent_by(new.sha256, Device(9)).unwrap());
    assert_eq!(store.upload(new.id).unwrap(), Some(Upload { done: true, ..new }));
    assert!(store.half_uploads().unwrap().is_empty());
    assert_eq!(store.attachment_homes(new.sha256).unwrap(), Vec::<String>::new());
    // Once a document of a stream names it, that is its home.
    office.apply(|unit| {
        let (doc, stream) = (Id([1; 16]), unit.stream(super::office::STREAMS[1])?.expect("a stream"));
        let head = crate::storage::log::DocumentHead { kind: minqing_core::document::DocKind::Visits, stream, creator: doc, version: 0 };
        unit.keep_document(doc, &head, b"")?;
        unit.show_attachments(doc, &[AttachmentShown { doc: doc.0, sha256: new.sha256.0, ..AttachmentShown::default() }])
    });
    assert_eq!(store.attachment_homes(new.sha256).unwrap(), [super::office::STREAMS[1]]);
}

pub fn old_uploads_are_taken_away_but_those_that_go_on(make: Make<'_>) {
    let office = Office::of(make);
    for (id, created_ms) in [(1, MORNING), (2, MORNING + 1), (3, MORNING + 2), (4, MORNING + 3)] {
        let new = Upload { created_ms, ..upload(id, id, 10) };
        assert_eq!(office.store.begin_upload(&new, QUOTA, false).unwrap(), Begun::Upload(new));
    }
    let mut taken = office.store.drop_uploads_before(MORNING + 3, &[Id([2; 16])]).unwrap();
    taken.sort();
    assert_eq!(taken, [1, 3].map(|id| Id([id; 16])));
    let left: Vec<Id> = office.store.half_uploads().unwrap().iter().map(|u| u.id).collect();
    assert_eq!(left, [2, 4].map(|id| Id([id; 16])));
}
