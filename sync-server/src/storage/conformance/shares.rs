//! `Unit::share` and `shares`: where a document's rows go besides its home.

use minqing_core::Id;

use super::{Make, Office, office::STREAMS};

pub fn a_document_is_shared_with_streams_of_its_own(make: Make<'_>) {
    let office = Office::of(make);
    let (doc, other) = (Id([2; 16]), Id([1; 16]));
    let mut streams = Vec::new();
    office.apply(|unit| {
        streams = [unit.stream(STREAMS[0])?.expect("a stream"), unit.stream(STREAMS[1])?.expect("a stream")].to_vec();
        assert!(unit.shares(doc)?.is_empty());
        unit.share(doc, streams[1])?;
        unit.share(doc, streams[0])?;
        unit.share(other, streams[1])?;
        let mut shares = unit.shares(doc)?;
        shares.sort_unstable();
        assert_eq!(shares, streams);
        Ok(())
    });
    assert_eq!(office.store.read_in(doc).unwrap(), [STREAMS[0], STREAMS[1]]);
    let mut all = Vec::new();
    office
        .store
        .at_one_moment(&mut |moment| {
            all = moment.shares()?;
            Ok(())
        })
        .unwrap();
    assert_eq!(all, [(other, streams[1]), (doc, streams[0]), (doc, streams[1])], "in order");
}
