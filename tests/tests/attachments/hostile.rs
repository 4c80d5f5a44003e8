//! An enrolled phone that speaks tus as no app does. Whatever it says gets a code, and nothing of it stays.

use minqing_core::{envelope::Hash, model::Role};
use minqing_tests::world::camera::{photograph, voice};

use super::office::{COMMUNITY, Office, door, metadata, prepared, visit};

const JPEG: &str = "image/jpeg";

fn hash(bytes: &[u8]) -> String {
    Hash::of(bytes).to_string()
}

#[test]
fn nobody_without_a_token_and_nobody_in_another_protocol() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    for (method, path) in [("POST", "/v1/attachments"), ("PATCH", "/v1/attachments/x"), ("DELETE", "/v1/attachments/x"), ("GET", "/v1/attachments/x")] {
        let answer = office.ask(method, path, &[("tus-resumable", "1.0.0")], b"");
        assert_eq!((answer.status, answer.code()), (401, "token.missing".into()), "{method}");
    }
    let token = format!("Bearer {}", phone.token(&office.url).unwrap());
    for version in ["0.2.2", "2.0.0", ""] {
        let answer = office.ask("POST", "/v1/attachments", &[("authorization", &token), ("tus-resumable", version)], b"");
        assert_eq!((answer.status, answer.code(), answer.header("tus-version")), (412, "upload.version".into(), "1.0.0"));
    }
    let speaks = office.ask("OPTIONS", "/v1/attachments", &[], b"");
    assert_eq!((speaks.status, speaks.header("tus-version"), speaks.header("tus-extension")), (204, "1.0.0", "creation,termination,expiration"));
}

#[test]
fn lengths_and_hashes_that_lie() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let photo = photograph(1, 64, 48);
    let good = hash(&photo);
    let mut begin = |length: &str, metadata: &str| {
        let answer = office.tus(&mut phone, "POST", "/v1/attachments", &[("upload-length", length), ("upload-metadata", metadata)], b"");
        (answer.status, answer.code())
    };
    let fine = metadata(&good, JPEG);
    let malformed = (400, "upload.malformed".to_owned());
    for length in ["", "0", "-1", "+5", "1e3", "99999999999999999999999", " 7 7"] {
        assert_eq!(begin(length, &fine), malformed, "{length}");
    }
    for bad in [
        "",
        "sha256",
        "media aW1hZ2UvanBlZw==",
        &metadata(&good[1..], JPEG),
        &metadata(&good.to_uppercase(), JPEG),
        &metadata(&good, "text/html"),
        &"x".repeat(2_000),
    ] {
        assert_eq!(begin("500", bad), malformed, "{bad}");
    }
    assert_eq!(begin("8388609", &fine), (413, "attachment.too_large".into()));
    assert_eq!(begin("16777217", &metadata(&good, "audio/mp4")), (413, "attachment.too_large".into()));
    assert_eq!(begin("500", &metadata(&good, "image/png")), (422, "attachment.kind".into()));
    assert_eq!(begin("500", &metadata(&good, "image/svg+xml")), malformed);

    // Fewer bytes announced than sent, more than sent, others than hashed.
    let short = office.begin(&mut phone, &good, JPEG, 100);
    let over = office.patch(&mut phone, short.header("location"), 0, &photo);
    assert_eq!((over.status, over.code()), (413, "upload.too_long".into()));
    let asked = office.tus(&mut phone, "HEAD", short.header("location"), &[], b"");
    assert_eq!((asked.header("upload-offset"), asked.header("upload-length"), asked.header("cache-control")), ("0", "100", "no-store"));
    let cut = office.patch(&mut phone, short.header("location"), 0, &photo[..100]);
    assert_eq!((cut.status, cut.code()), (460, "attachment.mismatch".into()));
    assert_eq!(office.patch(&mut phone, short.header("location"), 0, &photo[..100]).code(), "upload.unknown", "the part is gone");
    let long = office.begin(&mut phone, &good, JPEG, photo.len() + 1);
    assert_eq!(office.patch(&mut phone, long.header("location"), 0, &photo).header("upload-offset"), photo.len().to_string());
    assert_eq!(office.patch(&mut phone, long.header("location"), photo.len() as u64, b"x").code(), "attachment.mismatch");
    assert!(office.files("attachments").is_empty() && office.files("parts").is_empty());
}

#[test]
fn offsets_that_overlap_leap_or_come_twice_change_nothing() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let photo = photograph(1, 200, 150);
    let begun = office.begin(&mut phone, &hash(&photo), JPEG, photo.len());
    let at = begun.header("location").to_owned();
    assert_eq!(office.patch(&mut phone, &at, 0, &photo[..600]).header("upload-offset"), "600");
    for offset in [0, 599, 601, u64::MAX] {
        let answer = office.patch(&mut phone, &at, offset, &photo[600..700]);
        assert_eq!((answer.status, answer.code()), (409, "upload.offset".into()), "{offset}");
    }
    let plain = office.tus(&mut phone, "PATCH", &at, &[("upload-offset", "600"), ("content-type", "application/octet-stream")], b"x");
    assert_eq!((plain.status, plain.code()), (415, "request.media_type".into()));
    let again = office.begin(&mut phone, &hash(&photo), JPEG, photo.len());
    assert_eq!((again.header("location"), again.header("upload-offset")), (at.as_str(), "600"), "the same upload goes on");
    assert_eq!(office.patch(&mut phone, &at, 600, &photo[600..]).status, 204);
    // The answer was lost: everything may be said again.
    assert_eq!(office.patch(&mut phone, &at, photo.len() as u64, b"").status, 204);
    assert_eq!(office.patch(&mut phone, &at, 600, &photo[600..]).code(), "upload.offset");
    assert_eq!(office.tus(&mut phone, "HEAD", &at, &[], b"").header("upload-offset"), photo.len().to_string());
    assert_eq!(office.files("attachments").len(), 3, "as it came, large, small");
}

#[test]
fn many_at_once_on_one_upload_end_in_one_whole_file() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let sound = voice(1, 400_000);
    let begun = office.begin(&mut phone, &hash(&sound), "audio/wav", sound.len());
    let at = begun.header("location").to_owned();
    let token = format!("Bearer {}", phone.token(&office.url).unwrap());
    let (url, results) = (&office.url, std::sync::Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
                let request = ureq::http::Request::builder().method("PATCH").uri(format!("{url}{at}"));
                let request = request.header("authorization", &token).header("tus-resumable", "1.0.0").header("upload-offset", "0");
                let request = request.header("content-type", "application/offset+octet-stream").body(sound.clone()).unwrap();
                // A server that does not want the body may close before all of it is sent.
                results.lock().unwrap().extend(agent.run(request).map(|answer| answer.status().as_u16()));
            });
        }
    });
    let results = results.into_inner().unwrap();
    assert_eq!(results.iter().filter(|s| **s == 204).count(), 1, "{results:?}");
    assert!(results.iter().all(|s| [204, 409, 423].contains(s)), "{results:?}");
    assert_eq!(office.files("attachments/sha256").len(), 1);
    assert_eq!(hash(&std::fs::read(&office.files("attachments/sha256")[0]).unwrap()), hash(&sound));
}

#[test]
fn no_path_leads_out_and_somebody_elses_upload_is_as_unknown_as_none() {
    let office = Office::open();
    let (mut mine, mut theirs) = (office.phone(COMMUNITY, "001"), office.phone(COMMUNITY, "001"));
    let photo = photograph(1, 64, 48);
    let at = office.begin(&mut theirs, &hash(&photo), JPEG, photo.len()).header("location").to_owned();
    assert_eq!(office.patch(&mut theirs, &at, 0, &photo[..100]).status, 204);
    let strange = ["/v1/attachments/AAAAAAAAAAAAAAAAAAAAAA", "/v1/attachments/..%2f..%2fminqing.db", "/v1/attachments/%2e%2e", "/v1/attachments/a%00b"];
    for address in [&[at.as_str()][..], &strange].concat() {
        for method in ["HEAD", "DELETE"] {
            assert_eq!(office.tus(&mut mine, method, address, &[], b"").status, 404, "{method} {address}");
        }
        assert_eq!(office.patch(&mut mine, address, 100, &photo[100..]).code(), "upload.unknown", "{address}");
        assert_eq!(office.tus(&mut mine, "GET", address, &[], b"").code(), "attachment.unknown", "{address}");
    }
    assert_eq!(office.patch(&mut theirs, &at, 100, &photo[100..]).status, 204, "its own phone goes on");
}

#[test]
fn nobody_learns_what_the_office_has_without_holding_it() {
    let office = Office::open();
    let (mut mine, mut theirs) = (office.phone(COMMUNITY, "001"), office.phone(COMMUNITY, "002"));
    let photo = photograph(1, 64, 48);
    assert_eq!(office.bring(&mut theirs, JPEG, &photo).0, 204);
    let begun = office.begin(&mut mine, &hash(&photo), JPEG, photo.len());
    assert_eq!((begun.status, begun.header("upload-offset")), (201, "0"), "as if nobody had it");
    let read = office.tus(&mut mine, "GET", &format!("/v1/attachments/{}", hash(&photo)), &[], b"");
    let none = office.tus(&mut mine, "GET", &format!("/v1/attachments/{}", hash(b"nothing")), &[], b"");
    assert_eq!((read.status, read.code()), (none.status, none.code()));
    let again = office.begin(&mut theirs, &hash(&photo), JPEG, photo.len());
    assert_eq!(again.header("upload-offset"), photo.len().to_string(), "who brought it is told so");
    assert_eq!(office.patch(&mut mine, begun.header("location"), 0, &photo).status, 204);
    assert_eq!(office.files("attachments/sha256").len(), 1, "kept once");
}

#[test]
fn what_is_no_photo_or_voice_is_not_kept() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let photo = photograph(1, 64, 48);
    let kind = (422, "attachment.kind".to_owned());
    let unreadable = (422, "attachment.unreadable".to_owned());
    let page = b"<!doctype html><script>alert(1)</script>".to_vec();
    for (media, bytes, answer) in [
        (JPEG, page.clone(), &kind),
        (JPEG, b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(), &kind),
        (JPEG, b"PK\x03\x04\x14\0".to_vec(), &kind),
        (JPEG, b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0".to_vec(), &kind),
        (JPEG, [&photo[..], b"PK\x03\x04", &page].concat(), &unreadable),
        (JPEG, photo[..photo.len() / 2].to_vec(), &unreadable),
        (JPEG, [&photo[..2], &photo[photo.len() - 2..]].concat(), &unreadable),
        (JPEG, b"\xff\xd8\xff\xfe\0\x04hi\xff\xd9".to_vec(), &unreadable),
        ("audio/mp4", page, &kind),
        ("audio/ogg", voice(1, 100), &kind),
    ] {
        assert_eq!(&office.bring(&mut phone, media, &bytes), answer, "{media} {:?}", &bytes[..bytes.len().min(12)]);
    }
    assert!(office.files("attachments").is_empty() && office.files("parts").is_empty());
    assert_eq!(office.bring(&mut phone, "audio/wav", &voice(1, 100)).0, 204, "and then an honest one is taken");
}

#[test]
fn what_is_served_was_written_anew_and_runs_nowhere() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let household = door(&mut phone, 1);
    // As no app of ours sends it: with place and camera left in, and a page in a comment.
    let page = b"<script>alert(1)</script>";
    let camera = photograph(1, 640, 480);
    let comment = [&[0xff, 0xfe, 0, u8::try_from(page.len()).unwrap() + 2][..], page].concat();
    let raw = [&camera[..2], &comment, &camera[2..]].concat();
    let file = minqing_core::model::Prepared { sha256: hash(&raw), bytes: u32::try_from(raw.len()).unwrap(), ..prepared(&mut phone, &camera) };
    std::fs::write(phone.dir.join("attachments").join(&file.sha256), &raw).unwrap();
    visit(&mut phone, &household, vec![file.clone()]);
    phone.sync(&office.url).unwrap();
    phone.upload(&office.url, false).unwrap();
    assert_eq!(std::fs::read(&office.files("attachments/sha256")[0]).unwrap(), raw, "evidence stays as it was signed for");

    let cookie = office.staff(COMMUNITY, Role::Clerk);
    for (size, width) in [("", 480), ("?size=thumb", 192)] {
        let shown = office.ask("GET", &format!("/office/attachments/{}{size}", file.sha256), &[("cookie", &cookie)], b"");
        assert_eq!((shown.status, shown.header("content-type"), shown.header("x-content-type-options")), (200, "image/jpeg", "nosniff"));
        assert!(shown.header("content-security-policy").starts_with("sandbox") && shown.header("cache-control") == "no-store");
        let has = |what: &[u8]| shown.body.windows(what.len()).any(|w| w == what);
        assert!(!has(b"Exif") && !has(b"SECRET") && !has(b"<script>"));
        assert!(exif::Reader::new().read_from_container(&mut std::io::Cursor::new(&shown.body)).is_err(), "the place is still in it");
        assert_eq!(image::load_from_memory(&shown.body).unwrap().width(), width);
    }
    let sound = voice(1, 500);
    let note = prepared(&mut phone, &sound);
    visit(&mut phone, &household, vec![note.clone()]);
    phone.sync(&office.url).unwrap();
    phone.upload(&office.url, false).unwrap();
    let heard = office.ask("GET", &format!("/office/attachments/{}", note.sha256), &[("cookie", &cookie)], b"");
    assert_eq!((heard.status, heard.header("content-type"), heard.header("content-disposition")), (200, "audio/wav", "attachment"));
    assert_eq!(heard.body, sound);

    // Only who works with residents of this community, and only where a document names the file.
    let address = format!("/office/attachments/{}", file.sha256);
    for (community, role) in [(COMMUNITY, Role::Administrator), ("620102001002", Role::Clerk)] {
        let cookie = office.staff(community, role);
        assert_eq!(office.ask("GET", &address, &[("cookie", &cookie)], b"").status, 404);
    }
    assert_eq!(office.ask("GET", &address, &[], b"").status, 303, "to the sign-in page");
    let mut elsewhere = office.phone(COMMUNITY, "002");
    assert_eq!(office.tus(&mut elsewhere, "GET", &format!("/v1/attachments/{}", file.sha256), &[], b"").code(), "attachment.unknown");
}

#[test]
fn a_phone_has_only_so_much_room() {
    let office = Office::with(|config| {
        config.attachments.half_bytes = 20_000;
        config.attachments.day_bytes = 50_000;
    });
    let (mut phone, mut other) = (office.phone(COMMUNITY, "001"), office.phone(COMMUNITY, "001"));
    let begin = |phone: &mut minqing_tests::phone::Phone, what: &str, length| office.begin(phone, &hash(what.as_bytes()), JPEG, length);
    let first = begin(&mut phone, "a", 15_000);
    assert_eq!(first.status, 201);
    assert_eq!(begin(&mut phone, "b", 6_000).code(), "upload.too_many_halves");
    assert_eq!(begin(&mut phone, "b", 1).status, 201, "a byte");
    assert_eq!(begin(&mut phone, "c", 1).code(), "upload.too_many_halves", "counts as 4 KiB");
    assert_eq!(begin(&mut other, "b", 20_000).status, 201, "others have room of their own");
    assert_eq!(begin(&mut phone, "a", 15_000).header("location"), first.header("location"), "what was begun goes on");
    // Given up, there is room again, until the day is full: 15,000 + 4,096 so far.
    for _ in 0..2 {
        let at = begin(&mut phone, "a", 15_000).header("location").to_owned();
        assert_eq!(office.tus(&mut phone, "DELETE", &at, &[], b"").status, 204);
        assert_eq!(begin(&mut phone, "a", 15_000).status, 201);
    }
    let at = begin(&mut phone, "a", 15_000).header("location").to_owned();
    office.tus(&mut phone, "DELETE", &at, &[], b"");
    let full = begin(&mut phone, "y", 15_000);
    assert_eq!((full.status, full.code()), (429, "upload.too_much_today".into()));
    office.hands.turn(24 * 3_600_000);
    assert_eq!(begin(&mut phone, "y", 15_000).status, 201, "a new day");
}
