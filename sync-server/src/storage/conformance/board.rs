//! Shown matters: the newest first, page after page, and nothing of those that are shown no longer.

use minqing_core::{Id, model::Category};

use super::{
    Make, Office,
    documents::registered,
    office::{COMMUNITY, STREAMS},
};
use crate::{
    projection::{BoardShown, MatterShown, PublicShown},
    storage::{
        Board, Department, Until,
        log::{Ahead, KeptMatter},
    },
};

/// Seconds since when each is shown; two at once.
const SINCE: [(u8, i64, Category); 5] =
    [(1, 10, Category::Sanitation), (2, 30, Category::Sanitation), (3, 30, Category::Culture), (4, 20, Category::Sanitation), (5, 40, Category::Sanitation)];

fn shown(office: &Office) {
    office.apply(|unit| {
        let stream = unit.stream(STREAMS[0])?.expect("a stream");
        unit.keep_department(&Department {
            id: Id([9; 16]),
            community: COMMUNITY.into(),
            name: "城管办".into(),
            answers: "值班室".into(),
            closed: false,
            categories: Vec::new(),
        })?;
        for (n, shown_ms, category) in SINCE {
            let id = Id([n; 16]);
            unit.keep_matter(id, &KeptMatter { judged: 1, matter: Some(registered(id, id)), ..KeptMatter::new(stream, id) }, Ahead::default())?;
            let (community, category) = (if n == 4 { "620102001002" } else { COMMUNITY }.to_owned(), category.word().to_owned());
            unit.show_matter(&MatterShown { id: id.0, community, category, department: Some([9; 16]), ..MatterShown::default() })?;
            let text = PublicShown { matter: id.0, event: [7; 16], text: format!("第{n}件") };
            unit.show_public(id, &[text], Some(&BoardShown { matter: id.0, id: [100 + n; 16], shown_ms }))?;
        }
        Ok(())
    });
}

fn list(office: &Office, categories: &[Category], community: Option<&str>, after: Option<Until>, limit: u32) -> Vec<(u8, Until)> {
    let board = Board { categories: categories.to_vec(), community: community.map(str::to_owned), after, limit };
    office.store.board(&board).unwrap().into_iter().map(|kept| (kept.matter.id.0[0], kept.until)).collect()
}

pub fn shown_matters_are_listed_newest_first_page_after_page(make: Make<'_>) {
    let office = Office::of(make);
    shown(&office);
    let ids = |found: &[(u8, Until)]| found.iter().map(|(n, _)| *n).collect::<Vec<_>>();
    assert_eq!(ids(&list(&office, Category::ALL, None, None, 9)), [5, 3, 2, 4, 1]);
    assert_eq!(ids(&list(&office, &[Category::Sanitation], None, None, 9)), [5, 2, 4, 1]);
    assert_eq!(ids(&list(&office, &[], None, None, 9)), [0; 0]);
    assert_eq!(ids(&list(&office, Category::ALL, Some("620102001002"), None, 9)), [4]);
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = list(&office, Category::ALL, None, after, 2);
        let Some((_, last)) = page.last() else { break };
        after = Some(*last);
        seen.extend(ids(&page));
    }
    assert_eq!(seen, [5, 3, 2, 4, 1]);
}

pub fn a_shown_matter_is_found_by_its_public_id_until_it_is_taken_down(make: Make<'_>) {
    let office = Office::of(make);
    shown(&office);
    let found = office.store.on_board(Id([102; 16])).unwrap().unwrap();
    assert_eq!((found.matter.id, found.department.as_deref(), found.texts[0].text.as_str()), (Id([2; 16]), Some("城管办"), "第2件"));
    assert!(office.store.on_board(Id([2; 16])).unwrap().is_none(), "by the office's own id");
    office.apply(|unit| unit.show_public(Id([2; 16]), &[], None));
    assert!(office.store.on_board(Id([102; 16])).unwrap().is_none());
    assert_eq!(list(&office, Category::ALL, None, None, 9).len(), 4);
}
