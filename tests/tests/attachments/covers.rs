//! What everybody sees of a photo: a copy that the server painted over, as long as its matter is shown.

use image::{Rgb, RgbImage};
use minqing_core::{
    Id,
    envelope::Hash,
    model::{NewMatter, Role},
};
use minqing_sync_server::{
    rebuild,
    sync::{Erase, MAX_COVERS, erase, move_household},
};
use minqing_tests::{
    deeds::broken_lamp,
    phone::Phone,
    world::camera::{photograph, voice},
};
use serde_json::{Value, json};

use super::office::{Answer, COMMUNITY, Office, door, prepared, visit};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
/// A quarter from the left, half down: 120 to 180 and 320 to 400 of 480 × 640 pixels.
const PATCH: &str = "x=25&y=50&w=12.5&h=12.5";

/// An office with a matter that has a photo.
struct Place {
    office: Office,
    phone: Phone,
    household: String,
    matter: String,
    photo: String,
}

impl Place {
    fn open() -> Self {
        let office = Office::open();
        let mut phone = office.phone(COMMUNITY, "001");
        let household = door(&mut phone, 1);
        let matter = NewMatter { affected: "stairwell".into(), ..broken_lamp(&household) };
        let matter = phone.client.register_matter(matter).unwrap();
        let photo = prepared(&mut phone, &photograph(1, 640, 480));
        phone.client.add_attachment(matter.clone(), photo.clone()).unwrap();
        phone.sync(&office.url).unwrap();
        assert_eq!(phone.upload(&office.url, false).unwrap(), 1);
        Self { office, phone, household, matter, photo: photo.sha256 }
    }

    fn page(&self) -> String {
        format!("/office/matters/{}/photos/{}", self.matter, self.photo)
    }

    fn get(&self, cookie: &str, path: &str) -> Answer {
        self.office.ask("GET", path, &[("cookie", cookie)], b"")
    }

    fn post(&self, cookie: &str, path: &str, form: &str) -> Answer {
        self.office.ask("POST", path, &[("cookie", cookie), FORM], format!("csrf=token&{form}").as_bytes())
    }

    /// Covers the photo; the copy's hash.
    fn cover(&self, cookie: &str, patches: &str) -> String {
        let done = self.post(cookie, &self.page(), &format!("do=cover&{patches}"));
        assert_eq!((done.status, done.header("location")), (303, format!("{}?did=covered", self.page()).as_str()), "{}", text(&done));
        self.copies().pop().unwrap()
    }

    /// The copies that were made, the oldest first.
    fn copies(&self) -> Vec<String> {
        let covers = self.office.app.store.covers(self.matter.parse().unwrap()).unwrap();
        covers.into_iter().filter_map(|cover| cover.sha256).map(|sha256| Hash(sha256).to_string()).collect()
    }

    fn does(&self, cookie: &str, event: &str, text: &str) {
        let deed = json!({"csrf": "token", "event": event, "text": text, "saw": 1_000}).to_string();
        let headers = [("cookie", cookie), ("content-type", "application/json")];
        let done = self.office.ask("POST", &format!("/v1/matters/{}/events", self.matter), &headers, deed.as_bytes());
        assert_eq!(done.status, 200, "{event}: {}", String::from_utf8_lossy(&done.body));
    }

    /// What everybody reads of the matter: its name and the photos; none while it is not shown.
    fn board(&self) -> Option<(String, Vec<String>)> {
        let list: Value = serde_json::from_slice(&self.office.ask("GET", "/v1/public/matters", &[], b"").body).unwrap();
        let matter = list["matters"].as_array().unwrap().first()?.clone();
        let photos = matter["photos"].as_array().unwrap().iter().map(|photo| photo.as_str().unwrap().to_owned());
        Some((matter["id"].as_str().unwrap().to_owned(), photos.collect()))
    }

    fn everybody(&self, public: &str, sha256: &str) -> Answer {
        self.office.ask("GET", &format!("/v1/public/matters/{public}/photos/{sha256}"), &[], b"")
    }

    fn is_whole(&self) {
        let report = rebuild::check(self.office.app.store.as_ref()).unwrap();
        assert!(report.is_good(), "{report:?}");
    }

    /// Whether any file of the data directory's attachments has this name.
    fn lies_there(&self, sha256: &str) -> bool {
        self.office.files("attachments").iter().any(|file| file.ends_with(sha256))
    }
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

fn pixels(answer: &Answer) -> RgbImage {
    assert_eq!((answer.status, answer.header("content-type"), answer.header("x-content-type-options")), (200, "image/jpeg", "nosniff"));
    assert!(answer.header("content-security-policy").contains("sandbox") && answer.header("cache-control") == "no-store");
    image::load_from_memory(&answer.body).unwrap().into_rgb8()
}

/// Holds the pixels of a copy against those of the photo: one colour within the boxes (left, top, right, bottom), the same around.
fn is_covered(copy: &RgbImage, photo: &RgbImage, boxes: &[[u32; 4]]) {
    assert_eq!(copy.dimensions(), photo.dimensions());
    let far = |a: &Rgb<u8>, b: &Rgb<u8>| a.0.iter().zip(b.0).map(|(a, b)| a.abs_diff(b)).max().unwrap();
    // The packing mixes blocks of up to sixteen pixels at an edge.
    let (mut inside, mut outside) = (0, 0);
    for (x, y, pixel) in copy.enumerate_pixels() {
        let within = |[l, t, r, b]: &[u32; 4]| (l + 16..r - 16).contains(&x) && (t + 16..b - 16).contains(&y);
        let near = |[l, t, r, b]: &[u32; 4]| (l.saturating_sub(16)..r + 16).contains(&x) && (t.saturating_sub(16)..b + 16).contains(&y);
        if boxes.iter().any(within) {
            inside += 1;
            assert!(far(pixel, &Rgb([0, 0, 0])) <= 2, "{x} {y} is {pixel:?}");
        } else if !boxes.iter().any(near) {
            outside += 1;
            assert!(far(pixel, photo.get_pixel(x, y)) <= 24, "{x} {y} is {pixel:?}, was {:?}", photo.get_pixel(x, y));
        }
    }
    assert!(inside > 1_000 && outside > 1_000, "too little was looked at");
}

#[test]
fn everybody_sees_the_covered_copy_and_only_while_the_matter_is_shown() {
    let place = Place::open();
    let (clerk, lead) = (place.office.staff(COMMUNITY, Role::Clerk), place.office.staff(COMMUNITY, Role::Lead));
    let photo = pixels(&place.get(&clerk, &format!("/office/attachments/{}", place.photo)));
    assert!(text(&place.get(&clerk, &format!("/office/matters/{}", place.matter))).contains(&place.page()), "the matter's page leads to it");
    let first = place.cover(&clerk, PATCH);
    assert_ne!(first, place.photo);
    let copy = place.get(&clerk, &format!("/office/attachments/{first}"));
    is_covered(&pixels(&copy), &photo, &[[120, 320, 180, 400]]);
    assert_eq!(pixels(&place.get(&clerk, &format!("/office/attachments/{}", place.photo))), photo, "the photo is as it was");
    let preview = text(&place.get(&clerk, &format!("/office/matters/{}/public", place.matter)));
    assert!(preview.contains(&first) && !preview.contains(&place.photo), "covered copies alone");
    assert_eq!(place.board(), None);

    place.does(&clerk, "draft_public", "楼道灯已经换好");
    place.does(&lead, "approve_public", "");
    place.office.hands.turn(1_000);
    place.does(&clerk, "show_public", "");
    let (public, photos) = place.board().unwrap();
    assert_eq!(photos, std::slice::from_ref(&first));
    let seen = place.everybody(&public, &first);
    assert_eq!(seen.body, copy.body);
    is_covered(&pixels(&seen), &photo, &[[120, 320, 180, 400]]);
    let small = pixels(&place.office.ask("GET", &format!("/v1/public/matters/{public}/photos/{first}?size=thumb"), &[], b""));
    assert_eq!((small.dimensions(), *small.get_pixel(60, 144)), ((192, 256), Rgb([0, 0, 0])), "the small form, too");
    for (matter, other) in [(public.as_str(), place.photo.as_str()), (&place.matter, &first), (&public, "x"), ("x", &first)] {
        let gone = place.everybody(matter, other);
        assert_eq!((gone.status, gone.code()), (404, "attachment.unknown".into()), "{matter} {other}");
    }

    // Nothing comes onto a page that is shown already; what holds no more is gone at once.
    place.office.hands.turn(1_000);
    let second = place.cover(&lead, "x=25&y=50&w=12.5&h=12.5&x=0&y=0&w=50&h=10");
    assert_eq!(place.board().unwrap().1, [""; 0]);
    assert_eq!([&first, &second].map(|copy| place.everybody(&public, copy).status), [404, 404]);
    assert!(text(&place.get(&clerk, &place.page())).contains("撤下"), "the page says why");
    place.does(&clerk, "take_down_public", "");
    assert_eq!(place.board(), None);
    assert_eq!(place.everybody(&public, &second).status, 404);
    place.office.hands.turn(1_000);
    place.does(&clerk, "show_public", "");
    assert_eq!(place.board().unwrap().1, std::slice::from_ref(&second));
    is_covered(&pixels(&place.everybody(&public, &second)), &photo, &[[120, 320, 180, 400], [0, 0, 240, 64]]);

    // Who did what is kept, also of what was taken back.
    let undone = place.post(&clerk, &place.page(), "do=uncover");
    assert_eq!(undone.status, 303);
    assert_eq!(place.post(&clerk, &place.page(), "do=uncover").status, 303, "once more is nothing");
    assert_eq!((place.board().unwrap().1, place.everybody(&public, &second).status), (vec![], 404));
    let covers = place.office.app.store.covers(place.matter.parse().unwrap()).unwrap();
    assert_eq!(covers.iter().map(|cover| cover.patches.len()).collect::<Vec<_>>(), [1, 2, 0]);
    assert!(covers[0].by == covers[2].by && covers[0].by != covers[1].by && covers.is_sorted_by(|a, b| a.at_ms < b.at_ms));
    assert!(text(&place.get(&clerk, &place.page())).contains(&format!("{COMMUNITY}-{}", Role::Lead.number())), "by whom");
    place.is_whole();
    move_household(&place.office.app, place.household.parse().unwrap(), &format!("{COMMUNITY}002")).unwrap();
    place.is_whole();
    assert_eq!(place.office.app.store.covers(place.matter.parse().unwrap()).unwrap(), covers);
}

#[test]
fn a_phone_takes_the_fact_and_shows_the_matter_as_before() {
    let mut place = Place::open();
    let clerk = place.office.staff(COMMUNITY, Role::Clerk);
    place.cover(&clerk, PATCH);
    place.phone.sync(&place.office.url).unwrap();
    assert_eq!(place.phone.client.line_of(place.matter.clone()).unwrap().state, "registered");
    assert_eq!(place.phone.client.attachments(place.matter.clone()).unwrap().len(), 1, "a copy is no photo of the record");
    let mut colleague = place.office.phone(COMMUNITY, "001");
    colleague.sync(&place.office.url).unwrap();
    assert_eq!(colleague.client.line_of(place.matter.clone()).unwrap().state, "registered");
}

#[test]
fn whose_photo_it_is_not_finds_nothing() {
    let mut place = Place::open();
    let other = place.phone.client.register_matter(NewMatter { text: "下水道堵了".into(), ..broken_lamp(&place.household) }).unwrap();
    let (seen, heard) = (prepared(&mut place.phone, &photograph(2, 320, 200)), prepared(&mut place.phone, &voice(1, 70_000)));
    let household = place.household.clone();
    visit(&mut place.phone, &household, vec![seen.clone()]);
    place.phone.client.add_attachment(place.matter.clone(), heard.clone()).unwrap();
    place.phone.sync(&place.office.url).unwrap();
    place.phone.upload(&place.office.url, false).unwrap();
    let clerk = place.office.staff(COMMUNITY, Role::Clerk);
    let at = |matter: &str, photo: &str| format!("/office/matters/{matter}/photos/{photo}");
    let form = format!("do=cover&{PATCH}");
    for path in
        [at(&other, &place.photo), at(&place.matter, &seen.sha256), at(&place.matter, &heard.sha256), at(&place.matter, &"0".repeat(64)), at("x", &place.photo)]
    {
        assert_eq!((place.get(&clerk, &path).status, place.post(&clerk, &path, &form).status), (404, 404), "{path}");
    }
    let elsewhere = place.office.staff("620102001002", Role::Lead);
    assert_eq!((place.get(&elsewhere, &place.page()).status, place.post(&elsewhere, &place.page(), &form).status), (404, 404), "another community's");
    assert_eq!(place.post(&elsewhere, &place.page(), "do=uncover").status, 404);
    // Who may not publish sees the photo, and no way to cover it; a delegate sees nothing.
    let handler = place.office.staff(COMMUNITY, Role::Department);
    let page = place.get(&handler, &place.page());
    assert!(page.status == 200 && !text(&page).contains("<form class=\"split\"") && !text(&page).contains("cover.js"));
    let delegate = place.office.staff(COMMUNITY, Role::Delegate);
    assert_eq!([&handler, &delegate].map(|cookie| place.post(cookie, &place.page(), &form).status), [403, 403]);
    assert_eq!(place.get(&delegate, &place.page()).status, 403);
    let forged = place.office.ask("POST", &place.page(), &[("cookie", &clerk), FORM], format!("csrf=guess&{form}").as_bytes());
    assert_eq!(forged.status, 403);
    assert!(place.copies().is_empty());
}

#[test]
fn what_cannot_be_painted_is_refused_and_stays_in_the_form() {
    let place = Place::open();
    let clerk = place.office.staff(COMMUNITY, Role::Clerk);
    let many = vec!["x=1&y=1&w=1&h=1"; 21].join("&");
    for (patches, code) in [
        ("", "photo.no_patches"),
        ("x=&y=&w=&h=", "photo.no_patches"),
        ("x=90&y=0&w=10.01&h=5", "photo.patch_outside"),
        ("x=1&y=1&w=1", "photo.patch_outside"),
        ("x=1&y=1&w=1&h=-7", "photo.patch_outside"),
        (&many, "photo.too_many_patches"),
    ] {
        for todo in ["cover", "preview"] {
            let refused = place.post(&clerk, &place.page(), &format!("do={todo}&{patches}"));
            assert!(refused.status == 422 && text(&refused).contains(code), "{patches}: {}", refused.status);
        }
    }
    let refused = text(&place.post(&clerk, &place.page(), "do=cover&x=90&y=0&w=33.33&h=5"));
    assert!(refused.contains("value=\"33.33\" aria-invalid=\"true\" aria-describedby=\"why\""), "{refused}");
    let preview = place.post(&clerk, &place.page(), &format!("do=preview&{PATCH}"));
    assert_eq!(preview.status, 200);
    assert!(text(&preview).contains("<rect x=\"25%\" y=\"50%\" width=\"12.5%\" height=\"12.5%\"/>"), "{}", text(&preview));
    assert!(place.copies().is_empty());
    for n in 0..MAX_COVERS {
        place.cover(&clerk, &format!("x={}&y=50&w=12.5&h=12.5", n % 3));
    }
    let last = place.post(&clerk, &place.page(), &format!("do=cover&{PATCH}"));
    assert!(last.status == 422 && text(&last).contains("photo.too_many_covers"));
    place.office.tidy();
    assert_eq!(place.office.files("attachments/display").len(), 4, "the same patches are the same file, and what was refused is tidied away");
}

#[test]
fn a_picture_that_is_a_page_as_well_stays_a_picture() {
    let mut place = Place::open();
    let clerk = place.office.staff(COMMUNITY, Role::Clerk);
    let (photo, page) = (photograph(3, 320, 200), b"<!doctype html><script>alert(1)</script>");
    let length = u16::try_from(page.len() + 2).unwrap().to_be_bytes();
    let both = [&photo[..2], &[0xff, 0xfe], &length, page, &photo[2..]].concat();
    let behind = [&photo[..], page].concat();
    assert_eq!(place.office.bring(&mut place.phone, "image/jpeg", &behind), (422, "attachment.unreadable".into()));
    assert_eq!(place.office.bring(&mut place.phone, "image/jpeg", &both).0, 204);
    // No app of ours names such a file; another one may.
    let hash = Hash::of(&both);
    let db = rusqlite::Connection::open(place.office.dir.path().join("server/minqing.db")).unwrap();
    assert_eq!(db.execute("UPDATE attachment_ref SET sha256 = ?1", [hash.0]).unwrap(), 1);
    place.photo = hash.to_string();
    let holds = |bytes: &[u8]| bytes.windows(7).any(|part| part == b"<script");
    let shown = place.get(&clerk, &format!("/office/attachments/{hash}"));
    assert_eq!(pixels(&shown).dimensions(), (200, 320));
    let copy = place.cover(&clerk, PATCH);
    let covered = place.get(&clerk, &format!("/office/attachments/{copy}"));
    assert_eq!(pixels(&covered).dimensions(), (200, 320));
    assert!(holds(&both) && !holds(&shown.body) && !holds(&covered.body));
    let kept = std::fs::read(place.office.files("attachments/sha256").iter().find(|file| file.ends_with(&copy)).unwrap()).unwrap();
    assert!(!holds(&kept) && !kept.windows(13).any(|part| part == b"SECRET-CAMERA"));
}

#[test]
fn with_a_photo_its_copies_are_erased() {
    let place = Place::open();
    let clerk = place.office.staff(COMMUNITY, Role::Clerk);
    let copies = [place.cover(&clerk, PATCH), place.cover(&clerk, "x=0&y=0&w=50&h=50")];
    assert!(copies.iter().all(|copy| place.lies_there(copy)));
    let household: Id = place.household.parse().unwrap();
    let what = |files| Erase { household, resident: None, words: vec!["楼道灯".into()], also: Vec::new(), files };
    erase(&place.office.app, &what(false)).unwrap();
    assert!(place.copies() == copies && copies.iter().all(|copy| place.lies_there(copy)), "the photo stays, and so do they");
    place.is_whole();
    erase(&place.office.app, &what(true)).unwrap();
    assert!(place.copies().is_empty() && !place.lies_there(&place.photo) && copies.iter().all(|copy| !place.lies_there(copy)));
    assert_eq!(copies.each_ref().map(|copy| place.get(&clerk, &format!("/office/attachments/{copy}")).status), [404, 404]);
    place.is_whole();
}

#[test]
fn what_was_expected_and_never_named_is_tidied_away() {
    let place = Place::open();
    let clerk = place.office.staff(COMMUNITY, Role::Clerk);
    let copy = place.cover(&clerk, PATCH);
    let store = place.office.app.store.as_ref();
    // As after a kill between the bytes and the fact; and before the same bytes were covered once more.
    let stray = Hash([9; 32]);
    store.expect_copy(stray, 10, 1).unwrap();
    store.expect_copy(Hash::from_hex(&copy).unwrap(), 10, 1).unwrap();
    place.office.tidy();
    assert_eq!(store.attachment(stray).unwrap(), None);
    assert!(place.lies_there(&copy) && place.copies() == [copy]);
}
