//! A text for the board: written, read by a second person, shown, taken down.

use minqing_core::model::{Category, EventCode as E, RefusalCode as Why};
use minqing_tests::line::{
    Case,
    people::{CLERK, CLERK_AS_LEAD, LEAD},
    words::plain,
};

#[test]
fn a_text_is_shown_after_two_have_read_it_and_taken_down_only_then() {
    let mut case = Case::registered("2026-09-14 09:00", Category::Sanitation);
    assert_eq!(case.refuses(CLERK, plain(E::TakeDownPublic)), Why::NothingSuch);
    case.does(CLERK, plain(E::DraftPublic));
    assert_eq!(case.refuses(CLERK, plain(E::ShowPublic)), Why::NothingSuch);
    assert_eq!(case.refuses(CLERK_AS_LEAD, plain(E::ApprovePublic)), Why::SamePerson);
    case.does(LEAD, plain(E::ApprovePublic));
    assert_eq!(case.refuses(CLERK, plain(E::TakeDownPublic)), Why::NothingSuch);
    case.does(CLERK, plain(E::ShowPublic));
    case.does(CLERK, plain(E::TakeDownPublic));
}
