//! One row of a paper round, entered by a clerk over real HTTP and by a phone that had no network: one visit, whoever is first.

use minqing_core::{
    clock::local_date,
    model::{NewVisit, Role},
    paper::Row,
};
use minqing_sync_server::clock::{Clock, SystemClock};
use minqing_tests::{file::read_only, hands::Hands, phone::Phone, staff::Staff};
use serde_json::json;

use super::office::door;
use crate::end_to_end::{
    line::staff,
    program::{Serving, run, with_one_phone},
};

/// An office, a phone that knows a door, and today's row of it.
struct Paper {
    dir: tempfile::TempDir,
    server: Serving,
    phone: Phone,
    clerk: Staff,
    code: String,
    household: String,
}

impl Paper {
    fn printed(seed: u64) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let now_ms = SystemClock.now_ms();
        let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(now_ms), seed);
        let household = door(&mut phone, "402");
        phone.sync(&server.url).unwrap();
        let officer = phone.client.enrolment().unwrap().officer;
        let row = Row { officer: officer.parse().unwrap(), day: local_date(now_ms), household: household.parse().unwrap(), appointment: None };
        let clerk = staff(&dir.path().join("office"), &server, Role::Clerk, "C");
        Self { dir, server, phone, clerk, code: row.code(), household }
    }

    /// Enters the row at the office; the status.
    fn clerk_enters(&self, note: &str) -> u16 {
        self.clerk.post("/v1/paper/rows", &json!({"code": self.code, "outcome": "talked", "note": note})).unwrap().0
    }

    fn phone_enters(&mut self, note: &str) -> Result<String, &'static str> {
        let visit = NewVisit { purpose: "routine".into(), outcome: "talked".into(), note: note.into(), ..NewVisit::default() };
        self.phone.client.visit_from_paper(self.code.clone(), visit).map_err(|e| e.code())
    }

    /// The notes of the door's visits, on the phone and at the office, once they have met; both must have the same.
    fn notes(&mut self) -> Vec<String> {
        // What the office wrote meanwhile comes with the answer, what it makes of ours with the next one.
        (0..2).for_each(|_| drop(self.phone.sync(&self.server.url).unwrap()));
        let here: Vec<String> = self.phone.client.household(self.household.clone()).unwrap().visits.into_iter().map(|visit| visit.note).collect();
        let data = self.dir.path().join("office");
        let db = read_only(&data).unwrap();
        let mut query = db.prepare("SELECT note FROM visit_row ORDER BY at_ms, id").unwrap();
        let there: Vec<String> = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert_eq!(here, there);
        assert!(run(&data, &["rebuild", "--check"]).status.success(), "the log alone says the same");
        here
    }
}

#[test]
fn whoever_knows_that_a_row_was_entered_enters_it_no_second_time() {
    let mut clerk_first = Paper::printed(71);
    assert_eq!(clerk_first.clerk_enters("灯坏了"), 200);
    assert_eq!(clerk_first.clerk_enters("灯坏了"), 409);
    clerk_first.phone.sync(&clerk_first.server.url).unwrap();
    assert_eq!(clerk_first.phone_enters("老人在家"), Err("paper.entered"));
    assert_eq!(clerk_first.notes(), ["灯坏了"]);

    let mut phone_first = Paper::printed(72);
    let visit = phone_first.phone_enters("老人在家").unwrap();
    assert_eq!(visit, Row::read(&phone_first.code).unwrap().visit().to_string());
    assert_eq!(phone_first.phone_enters("老人在家"), Err("paper.entered"));
    phone_first.phone.sync(&phone_first.server.url).unwrap();
    assert_eq!(phone_first.clerk_enters("灯坏了"), 409);
    assert_eq!(phone_first.notes(), ["老人在家"]);
    assert!(phone_first.phone.client.reviews().unwrap().is_empty());
}

#[test]
fn a_row_that_both_entered_unseen_is_one_visit_and_two_notes_are_a_card_to_review() {
    for (seed, clerk_is_first) in [(73, true), (74, false)] {
        let mut paper = Paper::printed(seed);
        // The phone has no network: neither hears of the other.
        if clerk_is_first {
            assert_eq!(paper.clerk_enters("灯坏了"), 200);
            paper.phone_enters("老人在家").unwrap();
        } else {
            paper.phone_enters("老人在家").unwrap();
            assert_eq!(paper.clerk_enters("灯坏了"), 200);
        }
        assert_eq!(paper.notes().len(), 1, "one visit");
        let cards = paper.phone.client.reviews().unwrap();
        let mut values: Vec<_> = cards.iter().flat_map(|card| &card.values).map(|value| value.value.clone()).collect();
        values.sort();
        assert_eq!((cards.len(), values), (1, vec!["灯坏了".to_owned(), "老人在家".to_owned()]));
        // Looked at, and written as it was: no card is left, and no word was lost on the way.
        let visit = Row::read(&paper.code).unwrap().visit().to_string();
        let edit = minqing_core::model::VisitEdit { note: Some("灯坏了；老人在家".into()), ..minqing_core::model::VisitEdit::default() };
        paper.phone.client.edit_visit(visit, edit).unwrap();
        assert_eq!(paper.notes(), ["灯坏了；老人在家"]);
        assert!(paper.phone.client.reviews().unwrap().is_empty());
    }
    let mut same = Paper::printed(75);
    same.phone_enters("老人在家").unwrap();
    assert_eq!(same.clerk_enters("老人在家"), 200);
    assert_eq!(same.notes(), ["老人在家"]);
    assert!(same.phone.client.reviews().unwrap().is_empty(), "they say the same");
}

#[test]
fn a_paper_is_entered_by_its_own_officer_and_says_nothing_that_only_a_phone_can() {
    let mut paper = Paper::printed(76);
    let row = Row::read(&paper.code).unwrap();
    let other = Row { officer: minqing_core::Id([9; 16]), ..row };
    let enter = |phone: &mut Phone, code: String, visit: NewVisit| phone.client.visit_from_paper(code, visit).unwrap_err().code();
    let visit = NewVisit { purpose: "routine".into(), outcome: "talked".into(), ..NewVisit::default() };
    assert_eq!(enter(&mut paper.phone, other.code(), visit.clone()), "paper.other_officer");
    assert_eq!(enter(&mut paper.phone, "minqing:enrol".into(), visit.clone()), "paper.unknown");
    let nowhere = Row { household: minqing_core::Id([8; 16]), ..row };
    assert_eq!(enter(&mut paper.phone, nowhere.code(), visit.clone()), "household.unknown");
    let survey = Some(minqing_core::model::Survey::default());
    assert_eq!(enter(&mut paper.phone, row.code(), NewVisit { survey, ..visit }), "paper.survey");
}
