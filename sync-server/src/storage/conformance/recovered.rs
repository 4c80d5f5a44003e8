//! What came back after a restore: in the log under another name than it comes by.

use minqing_core::wire::ItemState;

use super::{
    Make, Office, item, name,
    office::{DEVICE, STREAMS},
};

pub fn what_is_in_the_log_is_found_by_its_hash_and_may_have_two_names(make: Make<'_>) {
    let office = Office::of(make);
    let here = item(1, "a");
    office.log(STREAMS[0], 1, &item(2, "b"));
    office.log(STREAMS[0], 2, &here);
    office.deliver(7, std::slice::from_ref(&here));
    office.apply(|unit| {
        assert_eq!(unit.logged(here.doc, here.hash())?, Some((DEVICE, 2)));
        assert_eq!(unit.logged(item(2, "").doc, here.hash())?, None, "of another document");
        unit.note_recovered(here.hash(), DEVICE, 1)?;
        unit.note_recovered(here.hash(), DEVICE, 2)?;
        unit.note_known(name(7), 2)
    });
    assert_eq!(office.store.states(&[name(7)]).unwrap(), [ItemState::Duplicate(2)]);
    assert_eq!(office.deliver(7, &[here]).known, [Some(ItemState::Duplicate(2))]);
    assert_eq!(office.store.waiting().unwrap(), []);
    assert_eq!(office.store.restored_ms().unwrap(), None);
}
