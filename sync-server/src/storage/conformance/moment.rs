//! `Log::at_one_moment`.

use std::thread;

use super::{Make, Office, item, office::STREAMS};
use crate::storage::{Result, StoreError, log::Moment};

/// Rows and the sum of the streams' ends, as a moment has them.
fn size(moment: &dyn Moment) -> Result<(u64, u64)> {
    let mut rows = 0;
    moment.each_row(&mut |_| {
        rows += 1;
        Ok(())
    })?;
    Ok((rows, moment.stream_ends()?.iter().map(|end| end.seq).sum()))
}

pub fn what_is_written_meanwhile_is_not_seen(make: Make<'_>) {
    let office = Office::of(make);
    office.log(STREAMS[0], 1, &item(1, "before"));
    office
        .store
        .at_one_moment(&mut |moment| {
            assert_eq!(size(moment)?, (1, 1));
            for n in 2..6 {
                // Nobody waits for whoever looks.
                thread::scope(|s| s.spawn(|| office.log(STREAMS[0], n, &item(1, &n.to_string()))).join().unwrap());
                assert_eq!(size(moment)?, (1, 1));
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(office.rows().len(), 5);
}

pub fn what_the_look_returns_is_returned(make: Make<'_>) {
    let office = Office::of(make);
    office.log(STREAMS[0], 1, &item(1, "a"));
    let refused = StoreError::Refused("aside.rules");
    assert_eq!(office.store.at_one_moment(&mut |_| Err(refused.clone())), Err(refused.clone()));
    let read = office.store.at_one_moment(&mut |moment| moment.each_row(&mut |_| Err(refused.clone())));
    assert_eq!(read, Err(refused));
    assert_eq!(office.rows().len(), 1);
}
