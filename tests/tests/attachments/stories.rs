//! From the camera to the office's page.

use minqing_core::{
    model::{NewMatter, Role},
    view::{FileState, RecordState},
};
use minqing_tests::{
    deeds::broken_lamp,
    world::camera::{photograph, voice},
};

use super::office::{COMMUNITY, Office, door, prepared, visit};

#[test]
fn a_visit_is_at_the_office_only_when_its_photo_is() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let household = door(&mut phone, 1);
    let photo = prepared(&mut phone, &photograph(1, 640, 480));
    let visit = visit(&mut phone, &household, vec![photo.clone()]);
    let state = |phone: &minqing_tests::phone::Phone| phone.client.visit(visit.clone()).unwrap().state;
    assert_eq!(state(&phone), RecordState::Ready);
    phone.sync(&office.url).unwrap();
    assert_eq!(state(&phone), RecordState::Received, "its words are in the log, its photo is not there");
    let file = phone.client.attachments(visit.clone()).unwrap().remove(0);
    assert_eq!((file.state, file.sha256.as_str(), file.width, file.height), (FileState::Waiting, photo.sha256.as_str(), 480, 640));
    assert!(std::path::Path::new(&file.path).exists() && std::path::Path::new(&file.thumbnail).exists());

    let cookie = office.staff(COMMUNITY, Role::Clerk);
    let page = || String::from_utf8(office.ask("GET", "/office/today", &[("cookie", &cookie)], b"").body).unwrap();
    assert!(page().contains("照片未到"), "{}", page());
    assert_eq!(phone.upload(&office.url, false).unwrap(), 1);
    assert_eq!(state(&phone), RecordState::Applied);
    assert_eq!(phone.client.attachments(visit.clone()).unwrap()[0].state, FileState::AtOffice);
    let address = format!("/office/attachments/{}", photo.sha256);
    assert!(page().contains(&format!("src=\"{address}?size=thumb\"")) && !page().contains("照片未到"), "{}", page());
    assert_eq!(phone.client.next_upload().unwrap(), None);

    // A colleague of the same grid sees the photo's row, and may fetch it.
    let mut colleague = office.phone(COMMUNITY, "001");
    colleague.sync(&office.url).unwrap();
    let seen = colleague.client.attachments(visit).unwrap().remove(0);
    assert_eq!((seen.sha256.as_str(), seen.path.as_str(), seen.state), (photo.sha256.as_str(), "", FileState::AtOffice));
    let token = format!("Bearer {}", colleague.token(&office.url).unwrap());
    let fetched = office.ask("GET", &format!("/v1/attachments/{}", photo.sha256), &[("authorization", &token)], b"");
    assert_eq!((fetched.status, fetched.header("content-type")), (200, "image/jpeg"));
}

#[test]
fn a_matter_takes_photos_and_voice_and_a_rebuild_finds_the_same() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let household = door(&mut phone, 1);
    let matter = NewMatter { affected: "stairwell".into(), ..broken_lamp(&household) };
    let matter = phone.client.register_matter(matter).unwrap();
    for bytes in [photograph(1, 320, 200), voice(1, 700_000)] {
        let file = prepared(&mut phone, &bytes);
        phone.client.add_attachment(matter.clone(), file).unwrap();
    }
    phone.sync(&office.url).unwrap();
    assert_eq!(phone.client.matter(matter.clone()).unwrap().matter.state, RecordState::Received);
    assert_eq!(phone.upload(&office.url, false).unwrap(), 2);
    assert_eq!(phone.client.matter(matter).unwrap().matter.state, RecordState::Applied);
    let report = minqing_sync_server::rebuild::check(office.app.store.as_ref()).unwrap();
    assert!(report.is_good(), "{report:?}");
    rusqlite::Connection::open(office.dir.path().join("server/minqing.db")).unwrap().execute("DELETE FROM attachment_ref", []).unwrap();
    assert_eq!(minqing_sync_server::rebuild::check(office.app.store.as_ref()).unwrap().rows_differ, 2);
}

#[test]
fn a_cut_costs_what_was_in_the_air_and_nothing_else() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let household = door(&mut phone, 1);
    let voice = prepared(&mut phone, &voice(3, 1_300_000));
    let visit = visit(&mut phone, &household, vec![voice.clone()]);
    phone.sync(&office.url).unwrap();
    assert_eq!(phone.upload(&office.url, true).unwrap(), 0);
    assert_eq!(phone.client.attachments(visit.clone()).unwrap()[0].state, FileState::Uploading);
    // The app is closed and opened again: how far it came only the office knows.
    phone = phone.restart(1, |_| Ok(())).unwrap();
    let mut arrived = 0;
    while arrived == 0 {
        // The server may still be busy with what was cut.
        arrived = phone.upload(&office.url, false).unwrap();
    }
    assert_eq!(phone.client.visit(visit).unwrap().state, RecordState::Applied);
    assert!(office.files("parts").is_empty());
    assert_eq!(office.files("attachments/sha256").len(), 1);
}

#[test]
fn two_records_may_name_one_file_and_it_is_sent_once() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let household = door(&mut phone, 1);
    let photo = prepared(&mut phone, &photograph(1, 64, 48));
    let visits = [(); 2].map(|()| visit(&mut phone, &household, vec![photo.clone()]));
    phone.sync(&office.url).unwrap();
    assert_eq!(phone.upload(&office.url, false).unwrap(), 1);
    for visit in visits {
        assert_eq!(phone.client.visit(visit).unwrap().state, RecordState::Applied);
    }
}

#[test]
fn a_file_that_the_office_lost_is_taken_again() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let photo = photograph(1, 64, 48);
    assert_eq!(office.bring(&mut phone, "image/jpeg", &photo).0, 204);
    std::fs::remove_file(&office.files("attachments/sha256")[0]).unwrap();
    assert_eq!(office.bring(&mut phone, "image/jpeg", &photo).0, 204);
    assert_eq!(office.files("attachments/sha256").len(), 1);
}

#[test]
fn what_was_not_made_ready_is_in_no_record() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let household = door(&mut phone, 1);
    let id = visit(&mut phone, &household, Vec::new());
    let photo = prepared(&mut phone, &photograph(1, 64, 48));
    let other = minqing_core::model::Prepared { sha256: "ab".repeat(32), ..photo.clone() };
    assert_eq!(phone.client.add_attachment(id.clone(), other).unwrap_err().code(), "file.unknown");
    assert_eq!(phone.client.add_attachment("nobody".into(), photo.clone()).unwrap_err().code(), "record.missing");
    let png = minqing_core::model::Prepared { media: "image/png".into(), ..photo.clone() };
    assert_eq!(phone.client.add_attachment(id.clone(), png).unwrap_err().code(), "code.unknown");
    let prepare = |phone: &mut minqing_tests::phone::Phone, bytes: &[u8]| {
        let path = phone.dir.join("odd");
        std::fs::write(&path, bytes).unwrap();
        phone.client.prepare(path.display().to_string(), false).unwrap_err().code()
    };
    assert_eq!(prepare(&mut phone, b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "file.kind");
    assert_eq!(prepare(&mut phone, &vec![0; (16 << 20) + 1]), "voice.too_large");
    assert_eq!(phone.client.prepare("nowhere".into(), false).unwrap_err().code(), "file.missing");
    // A file that was changed behind the app's back is no longer the one that was made ready.
    let path = phone.dir.join("attachments").join(&photo.sha256);
    std::fs::write(&path, b"other").unwrap();
    assert_eq!(phone.client.add_attachment(id, photo).unwrap_err().code(), "file.unknown");
}

#[test]
fn only_the_offices_own_word_settles_a_files_fate_and_it_can_be_asked_again() {
    let office = Office::with(|config| config.attachments.voice_bytes = 5_000);
    let mut phone = office.phone(COMMUNITY, "001");
    let household = door(&mut phone, 1);
    let long = prepared(&mut phone, &voice(1, 6_000));
    let visit = visit(&mut phone, &household, vec![long.clone()]);
    phone.sync(&office.url).unwrap();
    let file = |phone: &minqing_tests::phone::Phone| phone.client.attachments(visit.clone()).unwrap().remove(0);
    // A proxy in front that has a limit of its own.
    phone.client.next_upload().unwrap().unwrap();
    phone.client.take_upload_answer(413, Vec::new(), b"<html>413</html>".to_vec()).unwrap();
    assert_eq!((phone.client.next_upload().unwrap(), file(&phone).state), (None, FileState::Waiting));
    assert_eq!(phone.client.take_upload_answer(201, Vec::new(), Vec::new()).unwrap_err().code(), "upload.not_running");
    assert_eq!(phone.upload(&office.url, false).unwrap(), 0);
    assert_eq!((file(&phone).state, phone.client.file_problem(long.sha256.clone()).unwrap().as_str()), (FileState::Refused, "attachment.too_large"));
    assert_eq!(phone.client.visit(visit.clone()).unwrap().state, RecordState::Received);
    assert_eq!((phone.client.files_waiting().unwrap(), std::path::Path::new(&file(&phone).path).exists()), (0, true));
    phone.client.retry_refused_files().unwrap();
    assert_eq!((file(&phone).state, phone.client.files_waiting().unwrap()), (FileState::Waiting, 1));
    // A server that forgets each upload is tried on, once a round; its 404 may be a proxy's.
    for _ in 0..20 {
        if phone.client.next_upload().unwrap().is_some() {
            let address = minqing_core::client::Header { name: "location".into(), value: "/v1/attachments/abc".into() };
            phone.client.take_upload_answer(201, vec![address], Vec::new()).unwrap();
            phone.client.next_upload().unwrap().unwrap();
            phone.client.take_upload_answer(404, Vec::new(), Vec::new()).unwrap();
        }
    }
    assert_eq!((file(&phone).state, phone.client.files_waiting().unwrap()), (FileState::Waiting, 1));
    while phone.client.next_upload().unwrap().is_some() {
        phone.client.upload_failed();
    }
    // An address that is not the office's is not followed.
    phone.client.next_upload().unwrap().unwrap();
    let elsewhere = minqing_core::client::Header { name: "location".into(), value: "/v1/attachments/../sync".into() };
    phone.client.take_upload_answer(201, vec![elsewhere], Vec::new()).unwrap();
    assert_eq!((phone.client.next_upload().unwrap(), file(&phone).state), (None, FileState::Waiting));
}

#[test]
fn a_network_that_is_too_slow_for_large_pieces_gets_smaller_ones() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let household = door(&mut phone, 1);
    let file = prepared(&mut phone, &voice(1, 1_500_000));
    visit(&mut phone, &household, vec![file]);
    phone.sync(&office.url).unwrap();
    let mut pieces = Vec::new();
    while pieces.len() < 6 {
        let Some(upload) = phone.client.next_upload().unwrap() else { continue };
        // The first four pieces come to nothing; then the network is better.
        if upload.method == "PATCH" && pieces.len() < 4 {
            pieces.push(upload.len >> 10);
            phone.client.upload_failed();
            continue;
        }
        if upload.method == "PATCH" {
            pieces.push(upload.len >> 10);
        }
        let (status, headers, body) = phone.send_upload(&office.url, &upload).unwrap();
        phone.client.take_upload_answer(status, headers, body).unwrap();
    }
    assert_eq!(pieces, [512, 256, 128, 64, 32, 64], "in KiB");
    assert_eq!(phone.upload(&office.url, false).unwrap(), 1);
}
