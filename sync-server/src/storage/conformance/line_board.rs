//! The board of the line: what stands where and is due when, page after page.

use minqing_core::{
    Id,
    model::{Category, Lamp, MatterState},
};

use super::{
    Make, Office,
    documents::registered,
    office::{COMMUNITY, STREAMS},
};
use crate::{
    projection::MatterShown,
    storage::{
        OnLine, StateCount,
        log::{Ahead, KeptMatter},
    },
};

const ME: Id = Id([77; 16]);

/// Number, state, lamp, when it is due.
const ALL: [(u8, &str, &str, Option<i64>); 6] = [
    (1, "handling", "none", Some(300)),
    (2, "handling", "yellow", Some(100)),
    (3, "handling", "yellow", Some(200)),
    (4, "handling", "none", None),
    (5, "closed", "none", None),
    (6, "closed", "red", None),
];

fn filled(office: &Office) {
    office.apply(|unit| {
        let stream = unit.stream(STREAMS[0])?.expect("a stream");
        for (n, state, lamp, due_ms) in ALL {
            let id = Id([n; 16]);
            let kept = KeptMatter { judged: 1, matter: Some(registered(id, id)), ..KeptMatter::new(stream, id) };
            let row = MatterShown { id: id.0, community: COMMUNITY.into(), state: state.into(), lamp: lamp.into(), ..MatterShown::default() };
            // Whichever comes first, the due date is kept.
            if n % 2 == 0 {
                unit.show_matter(&row)?;
                unit.keep_matter(id, &kept, Ahead { next_ms: None, due_ms })?;
            } else {
                unit.keep_matter(id, &kept, Ahead { next_ms: None, due_ms })?;
                unit.show_matter(&row)?;
            }
        }
        unit.note_hand(Id([3; 16]), ME)
    });
}

fn list(office: &Office, which: &OnLine, state: MatterState, after: Option<u8>, limit: u32) -> Vec<(u8, Option<i64>)> {
    let found = office.store.on_line(which, state, after.map(|n| Id([n; 16])), limit).unwrap();
    found.into_iter().map(|line| (line.row.id[0], line.due_ms)).collect()
}

pub fn what_is_due_first_comes_first_page_after_page(make: Make<'_>) {
    let office = Office::of(make);
    filled(&office);
    let all = OnLine::all(COMMUNITY, ME, 150);
    let handling = [(2, Some(100)), (3, Some(200)), (1, Some(300)), (4, None)];
    assert_eq!(list(&office, &all, MatterState::Handling, None, 9), handling);
    assert_eq!(list(&office, &all, MatterState::Handling, Some(3), 1), [(1, Some(300))]);
    assert_eq!(list(&office, &all, MatterState::Handling, Some(4), 9), []);
    assert_eq!(list(&office, &all, MatterState::Closed, None, 9), [(6, None), (5, None)], "the newest first");
    assert_eq!(list(&office, &all, MatterState::Closed, Some(6), 9), [(5, None)]);
    assert_eq!(list(&office, &OnLine::all("620102001002", ME, 150), MatterState::Handling, None, 9), []);
    // Shown again, as after every event: hand and due date stay.
    office.apply(|unit| {
        let row = unit.shown_matter(Id([3; 16]))?.expect("it is shown");
        unit.show_matter(&MatterShown { lamp: "red".into(), ..row })
    });
    let mine = OnLine { mine: true, lamp: Some(Lamp::Red), ..all };
    assert_eq!(list(&office, &mine, MatterState::Handling, None, 9), [(3, Some(200))]);
}

pub fn matters_are_counted_by_state_due_date_lamp_and_hand(make: Make<'_>) {
    let office = Office::of(make);
    filled(&office);
    let all = OnLine::all(COMMUNITY, ME, 150);
    let whole = StateCount { state: MatterState::Handling, asked: 4, all: 4, mine: 1, overdue: 1, today: 1, yellow: 1, red: 1 };
    assert_eq!(office.store.line_counts(&all, 250).unwrap(), [whole]);
    for (which, asked) in [
        (OnLine { mine: true, ..all.clone() }, 1),
        (OnLine { due: Some((i64::MIN, 250)), ..all.clone() }, 2),
        (OnLine { lamp: Some(Lamp::Yellow), mine: true, ..all.clone() }, 1),
        (OnLine { lamp: Some(Lamp::Red), mine: true, ..all.clone() }, 0),
    ] {
        assert_eq!(office.store.line_counts(&which, 250).unwrap(), [StateCount { asked, ..whole }], "{which:?}");
    }
    let none = OnLine { category: Some(Category::Housing), ..all.clone() };
    assert_eq!(office.store.line_counts(&none, 250).unwrap(), []);
    assert_eq!(office.store.line_counts(&OnLine { grid: Some(format!("{COMMUNITY}001")), ..all }, 250).unwrap(), []);
}
