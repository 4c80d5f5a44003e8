//! Killed anywhere, an upload is a part that goes on or a file that is whole; nothing else, and nothing twice.

use std::{fs, io::Write};

use minqing_core::{Id, envelope::Hash};
use minqing_tests::{
    hands::Hands,
    phone::Phone,
    world::camera::{photograph, voice},
};

use super::office::{COMMUNITY, Office};
use crate::end_to_end::program::{Serving, json};

#[test]
fn each_stop_between_the_last_byte_and_the_kept_file_is_made_good_at_the_next_start() {
    let photo = photograph(1, 200, 150);
    let hash = Hash::of(&photo).to_string();
    let whole = Office::open();
    let mut phone = whole.phone(COMMUNITY, "001");
    assert_eq!(whole.bring(&mut phone, "image/jpeg", &photo).0, 204);
    let root = whole.dir.path().join("server");
    let objects: Vec<_> = ["thumb", "display", "sha256"].map(|form| format!("attachments/{form}/{}/{hash}", &hash[..2])).into();

    // 0: no form is there yet. 3: all forms are, only the row is missing. 4: the row too, the part is still there.
    for kept in 0..=4 {
        let office = Office::open();
        let mut phone = office.phone(COMMUNITY, "001");
        let begun = office.begin(&mut phone, &hash, "image/jpeg", photo.len());
        let at = begun.header("location").to_owned();
        assert_eq!(office.patch(&mut phone, &at, 0, &photo[..photo.len() - 1]).status, 204);
        let part = office.files("parts").remove(0);
        if kept == 4 {
            assert_eq!(office.patch(&mut phone, &at, photo.len() as u64 - 1, &photo[photo.len() - 1..]).status, 204);
            assert!(!part.exists());
            fs::write(&part, &photo).unwrap();
        } else {
            fs::OpenOptions::new().append(true).open(&part).unwrap().write_all(&photo[photo.len() - 1..]).unwrap();
            for object in &objects[..kept.min(3)] {
                let into = office.dir.path().join("server").join(object);
                fs::create_dir_all(into.parent().unwrap()).unwrap();
                fs::copy(root.join(object), into).unwrap();
            }
        }
        if kept % 2 == 0 {
            office.tidy();
        } else {
            // Or the phone is there before the next tidying: the office knows all bytes, only the last word is missing.
            assert_eq!(office.tus(&mut phone, "HEAD", &at, &[], b"").header("upload-offset"), photo.len().to_string());
            assert_eq!(office.patch(&mut phone, &at, photo.len() as u64, b"").status, 204);
        }
        for object in &objects {
            assert_eq!(fs::read(office.dir.path().join("server").join(object)).unwrap(), fs::read(root.join(object)).unwrap(), "stop {kept}: {object}");
        }
        assert!(office.files("parts").is_empty(), "stop {kept}");
        assert_eq!(office.begin(&mut phone, &hash, "image/jpeg", photo.len()).header("upload-offset"), photo.len().to_string(), "stop {kept}");
    }
}

#[test]
fn what_nobody_finished_in_a_week_is_taken_away_and_what_goes_on_is_not() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let (old, new) = (photograph(1, 64, 48), photograph(2, 64, 48));
    let at = office.begin(&mut phone, &Hash::of(&old).to_string(), "image/jpeg", old.len()).header("location").to_owned();
    office.patch(&mut phone, &at, 0, &old[..100]);
    office.hands.turn(6 * 24 * 3_600_000);
    let fresh = office.begin(&mut phone, &Hash::of(&new).to_string(), "image/jpeg", new.len());
    assert_eq!(fresh.header("upload-expires"), "Sun, 27 Sep 2026 00:00:00 GMT");
    office.patch(&mut phone, fresh.header("location"), 0, &new[..100]);
    fs::write(office.dir.path().join("server/parts").join(Id([9; 16]).to_string()), b"of no upload").unwrap();
    office.tidy();
    assert_eq!(office.files("parts").len(), 2);
    office.hands.turn(24 * 3_600_000 + 1);
    office.tidy();
    assert_eq!(office.files("parts").len(), 1);
    assert_eq!(office.tus(&mut phone, "HEAD", &at, &[], b"").status, 404);
    assert_eq!(office.patch(&mut phone, fresh.header("location"), 100, &new[100..]).status, 204);
}

#[test]
fn a_server_killed_in_the_middle_of_a_body_goes_on_from_what_it_has() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    json(&data, &["admin", "community", "add", COMMUNITY, "--grids", "1"]);
    let officer = json(&data, &["admin", "officer", "add", "信息员", "--community", COMMUNITY, "--grids", "001"]);
    let code = json(&data, &["admin", "code", officer["officer"].as_str().unwrap()]);
    let mut server = Serving::start(&data);
    // The server's clock is the real one here.
    let now = fs::metadata(data.join("minqing.db")).unwrap().modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let mut phone = Phone::open(&dir.path().join("phone"), &Hands::at(now.try_into().unwrap()), 1, 1, 0).unwrap();
    phone.enrol(&server.url, code["code"].as_str().unwrap()).unwrap();
    let household = super::office::door(&mut phone, 1);
    let file = super::office::prepared(&mut phone, &voice(5, 2_000_000));
    let visit = super::office::visit(&mut phone, &household, vec![file.clone()]);
    phone.sync(&server.url).unwrap();
    for _ in 0..3 {
        // Half a piece is in the air when the server dies.
        assert_eq!(phone.upload(&server.url, true).unwrap(), 0);
        server.kill();
        server = Serving::start(&data);
    }
    while phone.upload(&server.url, false).unwrap() == 0 {}
    assert_eq!(phone.client.visit(visit).unwrap().state, minqing_core::view::RecordState::Applied);
    let kept = data.join("attachments/sha256").join(&file.sha256[..2]).join(&file.sha256);
    assert_eq!(Hash::of(&fs::read(kept).unwrap()).to_string(), file.sha256);
    assert_eq!(fs::read_dir(data.join("parts")).unwrap().count(), 0);
    server.kill();
}

#[test]
fn a_restored_server_gets_the_files_it_lacks_again_and_is_not_sent_those_it_has() {
    let dir = tempfile::tempdir().unwrap();
    let (data, backup) = (dir.path().join("office"), dir.path().join("backup"));
    json(&data, &["admin", "community", "add", COMMUNITY, "--grids", "1"]);
    let officer = json(&data, &["admin", "officer", "add", "信息员", "--community", COMMUNITY, "--grids", "001"]);
    let code = json(&data, &["admin", "code", officer["officer"].as_str().unwrap()]);
    let server = Serving::start(&data);
    let now = fs::metadata(data.join("minqing.db")).unwrap().modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let mut phone = Phone::open(&dir.path().join("phone"), &Hands::at(now.try_into().unwrap()), 1, 1, 0).unwrap();
    phone.enrol(&server.url, code["code"].as_str().unwrap()).unwrap();
    let household = super::office::door(&mut phone, 1);
    let visit = |phone: &mut Phone, bytes: &[u8]| {
        let file = super::office::prepared(phone, bytes);
        super::office::visit(phone, &household, vec![file])
    };
    visit(&mut phone, &photograph(1, 64, 48));
    phone.sync(&server.url).unwrap();
    assert_eq!(phone.upload(&server.url, false).unwrap(), 1);
    visit(&mut phone, &voice(1, 900_000));
    phone.sync(&server.url).unwrap();
    // One half file lies there while the backup is made.
    phone.upload(&server.url, true).unwrap();
    json(&data, &["backup", backup.to_str().unwrap()]);
    while phone.upload(&server.url, false).unwrap() == 0 {}
    let lost = visit(&mut phone, &photograph(2, 64, 48));
    phone.sync(&server.url).unwrap();
    assert_eq!(phone.upload(&server.url, false).unwrap(), 1);
    server.kill();
    json(&data, &["restore", backup.to_str().unwrap()]);
    assert!(!data.join("parts").exists());
    let server = Serving::start(&data);
    while phone.sync(&server.url).unwrap().rows > 0 {}
    assert_eq!(phone.client.files_waiting().unwrap(), 3);
    let before = phone.traffic.up;
    assert_eq!(phone.upload(&server.url, false).unwrap(), 3);
    assert!((900_000..910_000).contains(&(phone.traffic.up - before)), "{} bytes", phone.traffic.up - before);
    assert_eq!(phone.client.visit(lost).unwrap().state, minqing_core::view::RecordState::Applied);
    server.kill();
}
