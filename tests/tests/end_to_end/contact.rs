//! All that a phone says to the office in one go, over real HTTP; and to servers that do not answer as they should.

use image::{DynamicImage, ImageFormat};
use minqing_core::{
    Error,
    client::Contacted,
    model::{Address, NewHousehold, NewVisit},
    view::{Listing, RecordState},
    words::Lang,
};
use minqing_tests::{
    bad_office::{BUSY, CUT, RUBBISH, answering},
    hands::Hands,
    phone::Phone,
    sim::copy_files,
};

use super::program::{json, with_one_phone};

const COMMUNITY: &str = "620102001001";

fn door(phone: &mut Phone) -> String {
    let address = Address { community: COMMUNITY.into(), lane: "张掖巷".into(), door: "12".into(), ..Address::default() };
    phone.client.record_household(NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() }).unwrap()
}

fn visit(phone: &mut Phone, household: String, with_photo: bool) -> String {
    let path = phone.dir.join("from-the-camera.png");
    DynamicImage::new_rgb8(90, 60).save_with_format(&path, ImageFormat::Png).unwrap();
    let photo = phone.client.prepare(path.display().to_string(), false).unwrap();
    let visit = NewVisit { household, purpose: "routine".into(), outcome: "talked".into(), ..NewVisit::default() };
    phone.client.record_visit(NewVisit { attachments: if with_photo { vec![photo] } else { vec![] }, ..visit }).unwrap()
}

#[test]
fn a_visit_with_a_photo_is_in_the_log_after_one_contact_and_the_lists_that_changed_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(1_800_000_000_000), 9);
    phone.contact(&server.url).unwrap();
    phone.client.take_changed_lists().unwrap();
    assert_eq!(phone.client.take_changed_lists().unwrap(), []);
    let household = door(&mut phone);
    assert_eq!(phone.client.take_changed_lists().unwrap(), [Listing::Households, Listing::Outbox]);
    let written = visit(&mut phone, household, true);
    assert_eq!(phone.client.take_changed_lists().unwrap(), [Listing::Visits, Listing::Files, Listing::Outbox]);

    let Contacted { settled, files, differs, .. } = phone.contact(&server.url).unwrap();
    assert_eq!((settled, files, differs), (2, 1, false));
    assert_eq!(phone.client.visit(written).unwrap().state, RecordState::Applied);
    assert!(phone.client.take_changed_lists().unwrap().contains(&Listing::Outbox));
    assert_eq!(phone.contact(&server.url).unwrap().requests, 1, "nothing new is one exchange");
}

#[test]
fn tokens_are_renewed_within_the_contact_and_a_copied_phone_renews_by_challenge() {
    let dir = tempfile::tempdir().unwrap();
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(1_800_000_000_000), 9);
    let before = dir.path().join("before");
    copy_files(&phone.dir, &before).unwrap();
    for start in [200, 201] {
        phone = phone.restart(start, |_| Ok(())).unwrap();
        assert_eq!(phone.contact(&server.url).unwrap().requests, 2, "tokens, exchange");
    }
    let mut copy = Phone::open(&before, &Hands::at(1_800_000_000_000), 9, 1, 300).unwrap();
    let error = copy.contact(&server.url).unwrap_err().downcast::<Error>().unwrap();
    assert_eq!(error.code(), "device.reading_ended", "the office took it for a stolen token");
    assert_eq!(copy.traffic.requests, 4, "an old token, a challenge, new tokens, an exchange without rows");
}

#[test]
fn a_server_that_is_busy_talks_rubbish_or_hangs_up_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (server, mut phone) = with_one_phone(dir.path(), &Hands::at(1_800_000_000_000), 9);
    phone.contact(&server.url).unwrap();
    let household = door(&mut phone);
    let written = visit(&mut phone, household, false);
    let bad: [(&[u8], &str); 6] = [
        (BUSY, "office.busy"),
        (b"HTTP/1.1 429 Slowly\r\ncontent-length: 0\r\n\r\n", "office.busy"),
        (b"HTTP/1.1 500 Oh\r\ncontent-length: 2\r\n\r\nno", "office.failed"),
        (b"HTTP/1.1 403 No\r\ncontent-length: 34\r\n\r\n{\"code\":\"device.reading_ended\"}    ", "device.reading_ended"),
        (RUBBISH, "frame.malformed"),
        (CUT, "office.unreachable"),
    ];
    for (answer, code) in bad {
        let error = phone.contact(&answering(answer)).unwrap_err();
        assert!(format!("{error:#}").contains(code), "{error:#}");
        assert_eq!(phone.client.visit(written.clone()).unwrap().state, RecordState::Ready, "{code}");
    }
    let settled = phone.contact(&server.url).unwrap().settled;
    assert_eq!((settled, phone.client.visit(written).unwrap().state), (2, RecordState::Applied));
}

#[test]
fn a_phone_comes_again_when_a_busy_office_said_so_and_not_before() {
    let dir = tempfile::tempdir().unwrap();
    let hands = Hands::at(1_800_000_000_000);
    let (server, mut phone) = with_one_phone(dir.path(), &hands, 9);
    door(&mut phone);
    let busy = answering(b"HTTP/1.1 503 Busy\r\nretry-after: 20\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    assert!(format!("{:#}", phone.contact(&busy).unwrap_err()).contains("office.busy"));
    let asked = phone.traffic.requests;
    for (turn, left) in [(0, 20_000), (19_999, 1)] {
        hands.turn(turn);
        assert_eq!(phone.client.contact_in_ms(), left);
        assert_eq!(phone.contact(&server.url).unwrap_err().downcast::<Error>().unwrap().code(), "office.busy");
        assert_eq!(phone.traffic.requests, asked, "nobody was asked");
    }
    hands.turn(1);
    assert_eq!((phone.contact(&server.url).unwrap().settled, phone.client.contact_in_ms()), (1, 0));
    // No answer silences a phone for long.
    let never = answering(b"HTTP/1.1 429 No\r\nretry-after: 99999999999\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    phone.contact(&never).unwrap_err();
    assert_eq!(phone.client.contact_in_ms(), 600_000);
}

#[test]
fn a_phone_enrols_and_syncs_in_one_contact_and_a_wrong_code_is_told_in_the_offices_words() {
    let dir = tempfile::tempdir().unwrap();
    let hands = Hands::at(1_800_000_000_000);
    let (server, first) = with_one_phone(dir.path(), &hands, 9);
    let code = json(&dir.path().join("office"), &["admin", "code", &first.client.enrolment().unwrap().officer])["code"].clone();
    let mut phone = Phone::open(&dir.path().join("second"), &hands, 9, 2, 0).unwrap();
    phone.client.begin_enrolment("ABCD-EFGH".into(), "demo/1".into()).unwrap();
    let error = phone.talk(&server.url).unwrap_err().downcast::<Error>().unwrap();
    assert_eq!((error.code(), error.say(Lang::Zh).contains("登记码")), ("enrol.code_unknown", true), "{error}");
    phone.client.begin_enrolment(code.as_str().unwrap().into(), "demo/1".into()).unwrap();
    assert_eq!(phone.talk(&server.url).unwrap().requests, 2);
    assert_eq!(phone.client.begin_enrolment(String::new(), String::new()).unwrap_err().code(), "device.enrolled");
}
