//! Honest changes are let in, whatever merges their authors have been through.

use minqing_core::document::{Admission, Doc, admit};

use super::{
    chunk::Chunk,
    hostile::{DEVICE, NOON, OPENING, goes_on, stored},
    office::Office,
    typing::SUBJECTS,
};

#[test]
fn an_honest_change_is_put_together_as_it_was_and_admitted() {
    let (doc, next) = stored();
    assert_eq!(Chunk::read(&next.write()), next);
    let Admission::Applied(after) = admit(&doc, &doc.content(), &next.write(), DEVICE, OPENING) else { panic!("kept out") };
    assert!(matches!(admit(&after.doc, &after.doc.content(), &next.write(), DEVICE, OPENING), Admission::Known));
    goes_on(&after.doc);
}

#[test]
fn honest_changes_after_real_merges_are_admitted_in_log_order() {
    for subject in SUBJECTS {
        let mut office = Office::new(subject, &[NOON - 9, NOON + 315_576_000, -NOON, 0]);
        // First changes of one document by four phones, then many concurrent edits, a half merge, more edits.
        (0..4).for_each(|phone| office.write(phone, 0, phone as u8, 0));
        (0..40u8).for_each(|i| office.write(usize::from(i % 4), i, i / 4, i));
        office.fetch(0, office.log.len() - 1);
        office.write(0, 3, 0, 1);
        office.meet();
        // A change that only takes away, and one that settles what was disputed.
        (0..12u8).for_each(|i| office.write(usize::from(i % 2), i, 0, 2));
        let last = office.log.len() - 1;
        office.meet();
        let server = office.admitted();
        assert_eq!(server.heads(), office.phones[3].doc.heads());
        assert_eq!(server.content(), office.phones[3].doc.content());
        let rest = &office.log[last];
        let early = admit(&Doc::empty(), &Doc::empty().content(), &rest.bytes, rest.device, rest.opening);
        assert!(matches!(early, Admission::Missing(_)), "what rests on others waits for them");
        goes_on(&server);
    }
}
