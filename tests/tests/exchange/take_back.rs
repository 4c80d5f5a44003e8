//! What was recorded last is taken back, as long as nobody else can know of it (docs/adr/0025).

use minqing_core::{
    model::{NewFollowUp, NewMatter, NewVisit},
    view::RecordState,
};
use minqing_tests::{phone::Phone, world::camera::photograph};

use crate::attachments::office::{COMMUNITY, Office, door, prepared};

fn visit(phone: &mut Phone, at: &str, note: &str) -> String {
    let follow_ups = vec![NewFollowUp { what: "带表来".into(), due: "2030-01-01".into() }];
    let new = NewVisit { household: at.into(), purpose: "routine".into(), outcome: "talked".into(), note: note.into(), follow_ups, ..NewVisit::default() };
    phone.client.record_visit(new).unwrap()
}

fn matter(phone: &mut Phone, at: &str) -> String {
    let new = NewMatter { household: at.into(), kind: "complaint".into(), channel: "door".into(), category: "utilities".into(), ..NewMatter::default() };
    phone.client.register_matter(NewMatter { affected: "household".into(), text: "灯又灭了".into(), ..new }).unwrap()
}

fn late(phone: &mut Phone, record: &str) {
    assert_eq!(phone.client.take_back(record.into()).unwrap_err().code(), "undo.late");
}

fn sync(office: &Office, phone: &mut Phone) {
    while phone.exchange(&office.url).unwrap().more {}
}

#[test]
fn a_visit_taken_back_is_nowhere_and_the_next_one_is_at_the_office() {
    let office = Office::open();
    let (mut phone, mut other) = (office.phone(COMMUNITY, "001"), office.phone(COMMUNITY, "001"));
    let at = door(&mut phone, 1);
    let first = visit(&mut phone, &at, "先记的走访");
    let second = visit(&mut phone, &at, "记错了的走访");
    phone.client.take_back(second.clone()).unwrap();
    let left = phone.client.household(at.clone()).unwrap();
    assert_eq!((left.visits.len(), left.follow_ups.len(), left.visits[0].id.as_str()), (1, 1, first.as_str()));
    assert_eq!((phone.client.visit(second.clone()).is_err(), phone.client.today("zh".into()).unwrap().visits), (true, 1));
    assert!(phone.client.search("记错了".into(), Vec::new(), 0, 9).unwrap().is_empty(), "search knows nothing of it");
    assert_eq!(phone.client.take_back(second.clone()).unwrap_err().code(), "record.unknown", "once is enough");
    // The door's own first visit of the year, which made its volume, can go as well; then another is written.
    phone.client.take_back(first).unwrap();
    assert!(phone.client.household(at.clone()).unwrap().visits.is_empty());
    let third = visit(&mut phone, &at, "改好的走访");
    sync(&office, &mut phone);
    sync(&office, &mut other);
    let there = other.client.household(at.clone()).unwrap().visits;
    assert_eq!(there.iter().map(|v| (v.id.as_str(), v.note.as_str())).collect::<Vec<_>>(), [(third.as_str(), "改好的走访")]);
    let here = phone.client.household(at).unwrap();
    assert_eq!((here.visits[0].state, here.household.state), (RecordState::Applied, RecordState::Applied));
    assert!(phone.client.outbox(0, 9, false).unwrap().is_empty() && !phone.exchange(&office.url).unwrap().differs);
}

#[test]
fn what_was_handed_over_or_written_on_stays() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let at = door(&mut phone, 1);
    sync(&office, &mut phone);
    let asked = visit(&mut phone, &at, "答复还没到");
    // The request may have arrived, whatever became of its answer.
    phone.client.next_exchange().unwrap();
    phone.client.exchange_failed();
    late(&mut phone, &asked);
    let carried = visit(&mut phone, &at, "同事带走了");
    let folder = phone.dir.join("handed");
    std::fs::create_dir_all(&folder).unwrap();
    phone.client.courier_bundles(folder.display().to_string()).unwrap();
    late(&mut phone, &carried);
    let below = visit(&mut phone, &at, "下面的");
    visit(&mut phone, &at, "上面的");
    late(&mut phone, &below);
    let before = visit(&mut phone, &at, "重开以前");
    let mut phone = phone.restart(7, |_| Ok(())).unwrap();
    late(&mut phone, &before);
    sync(&office, &mut phone);
    assert_eq!(phone.client.household(at).unwrap().visits.len(), 5, "nothing was lost by trying");
}

#[test]
fn a_matter_and_what_was_done_on_it_are_taken_back_one_after_the_other() {
    let office = Office::open();
    let (mut phone, mut other) = (office.phone(COMMUNITY, "001"), office.phone(COMMUNITY, "001"));
    let at = door(&mut phone, 1);
    let (kept, gone) = (matter(&mut phone, &at), matter(&mut phone, &at));
    phone.client.add_note(kept.clone(), "写错了的备注".into()).unwrap();
    phone.client.take_back(kept.clone()).unwrap();
    assert_eq!(phone.client.matter(kept.clone()).unwrap().events.len(), 1);
    phone.client.take_back(gone.clone()).unwrap();
    assert!(phone.client.matter(gone).is_err());
    sync(&office, &mut phone);
    sync(&office, &mut other);
    let there: Vec<String> = other.client.matters(0, 9).unwrap().into_iter().map(|m| m.id).collect();
    assert_eq!((there, other.client.matter(kept.clone()).unwrap().events.len()), (vec![kept], 1));
}

#[test]
fn it_stays_taken_back_after_the_app_was_killed() {
    let office = Office::open();
    let (mut phone, mut other) = (office.phone(COMMUNITY, "001"), office.phone(COMMUNITY, "001"));
    let at = door(&mut phone, 1);
    let first = visit(&mut phone, &at, "记错了的走访");
    phone.client.take_back(first.clone()).unwrap();
    let mut phone = phone.restart(5, |_| Ok(())).unwrap();
    assert!(phone.client.visit(first.clone()).is_err());
    assert_eq!(phone.client.take_back(first).unwrap_err().code(), "record.unknown");
    let second = visit(&mut phone, &at, "改好的走访");
    sync(&office, &mut phone);
    sync(&office, &mut other);
    let there: Vec<_> = other.client.household(at).unwrap().visits.into_iter().map(|v| (v.id, v.note)).collect();
    assert_eq!(there, [(second, "改好的走访".to_owned())]);
}

#[test]
fn its_photo_waits_for_no_upload_and_is_ready_for_the_next() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let at = door(&mut phone, 1);
    let photo = prepared(&mut phone, &photograph(1, 320, 240));
    let new = NewVisit { household: at, purpose: "routine".into(), outcome: "talked".into(), attachments: vec![photo], ..NewVisit::default() };
    let first = phone.client.record_visit(new.clone()).unwrap();
    phone.client.take_back(first).unwrap();
    assert_eq!(phone.client.files_waiting().unwrap(), 0);
    let second = phone.client.record_visit(new).unwrap();
    assert_eq!((phone.client.files_waiting().unwrap(), phone.client.attachments(second).unwrap().len()), (1, 1));
}

#[test]
fn a_record_stays_once_a_byte_of_its_photo_may_have_left() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let at = door(&mut phone, 1);
    sync(&office, &mut phone);
    let with_photo = |phone: &mut Phone, n| {
        let photo = prepared(phone, &photograph(n, 320, 240));
        let new = NewVisit { household: at.clone(), purpose: "routine".into(), outcome: "talked".into(), attachments: vec![photo], ..NewVisit::default() };
        phone.client.record_visit(new).unwrap()
    };
    // Asked for, and not answered.
    let asked = with_photo(&mut phone, 1);
    let upload = phone.client.next_upload().unwrap().expect("a file that waits");
    late(&mut phone, &asked);
    let (status, headers, body) = phone.send_upload(&office.url, &upload).unwrap();
    phone.client.take_upload_answer(status, headers, body).unwrap();
    late(&mut phone, &asked);
    assert_eq!(phone.upload(&office.url, false).unwrap(), 1);
    late(&mut phone, &asked);
    // The same photo on another record keeps nobody.
    let free = with_photo(&mut phone, 1);
    phone.client.take_back(free).unwrap();
    assert_eq!((phone.client.attachments(asked.clone()).unwrap().len(), phone.client.files_waiting().unwrap()), (1, 0));
    sync(&office, &mut phone);
    assert_eq!(phone.client.visit(asked).unwrap().state, RecordState::Applied);
}
