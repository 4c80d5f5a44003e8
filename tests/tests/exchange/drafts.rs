//! What is half filled in, by the phone's calls: kept, read, recorded, dropped. It is on no way to the office.

use minqing_core::{
    client::Client,
    model::{NewMatter, NewVisit},
    view::Listing,
};

use crate::attachments::office::{COMMUNITY, Office, door};

fn keep(client: &mut Client, draft: &str, content: &str) -> minqing_core::Result<String> {
    client.keep_draft(draft.into(), "visit".into(), String::new(), content.into())
}

#[test]
fn a_draft_is_kept_through_a_restart_and_goes_with_what_it_became() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let at = door(&mut phone, 1);
    while phone.exchange(&office.url).unwrap().more {}
    phone.client.take_changed_lists().unwrap();
    let draft = phone.client.keep_draft(String::new(), "visit".into(), at.clone(), "{\"note\":\"半句话\"}".into()).unwrap();
    assert_eq!(phone.client.take_changed_lists().unwrap(), [Listing::Drafts]);
    office.hands.turn(1_000);
    let other = keep(&mut phone.client, "", "另一份").unwrap();
    office.hands.turn(1_000);
    let again = phone.client.keep_draft(draft.clone(), "visit".into(), at.clone(), "{\"note\":\"一句话\"}".into()).unwrap();
    assert_eq!(again, draft);
    let mut phone = phone.restart(3, |_| Ok(())).unwrap();
    let kept: Vec<String> = phone.client.drafts().unwrap().into_iter().map(|row| row.id).collect();
    assert_eq!(kept, [draft.as_str(), &other], "the one that was kept last is first");
    let row = phone.client.draft(draft.clone()).unwrap();
    assert_eq!((row.kind.as_str(), row.household.as_str(), row.content.as_str()), ("visit", at.as_str(), "{\"note\":\"一句话\"}"));
    let new = NewVisit { household: at.clone(), purpose: "routine".into(), draft: draft.clone(), ..NewVisit::default() };
    assert!(phone.client.record_visit(new.clone()).is_err() && phone.client.draft(draft.clone()).is_ok(), "what was not recorded is a draft still");
    phone.client.record_visit(NewVisit { outcome: "talked".into(), ..new }).unwrap();
    assert_eq!(phone.client.draft(draft).unwrap_err().code(), "draft.unknown");
    let (kind, channel) = ("complaint".into(), "door".into());
    let of = NewMatter { household: at, kind, channel, category: "utilities".into(), affected: "household".into(), text: "灯".into(), ..NewMatter::default() };
    phone.client.register_matter(NewMatter { draft: other, ..of }).unwrap();
    assert!(phone.client.drafts().unwrap().is_empty());
}

#[test]
fn a_draft_waits_for_nobody_and_is_gone_after_a_wipe() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let first = keep(&mut phone.client, "", "写到一半").unwrap();
    let today = phone.client.today("zh".into()).unwrap();
    assert_eq!((today.waiting, phone.client.outbox(0, 9, false).unwrap().len()), (0, 0));
    assert!(!phone.exchange(&office.url).unwrap().more);
    phone.client.drop_draft(first.clone()).unwrap();
    assert_eq!(phone.client.drop_draft(first).unwrap_err().code(), "draft.unknown");
    keep(&mut phone.client, "", "写到一半").unwrap();
    phone.client.wipe().unwrap();
    assert!(phone.client.drafts().unwrap().is_empty());
}

#[test]
fn so_long_and_so_many_and_no_more() {
    let office = Office::open();
    let mut phone = office.phone(COMMUNITY, "001");
    let code = |kept: minqing_core::Result<String>| kept.unwrap_err().code();
    let longest = keep(&mut phone.client, "", &"x".repeat(64 << 10)).unwrap();
    assert_eq!(code(keep(&mut phone.client, "", &"x".repeat((64 << 10) + 1))), "draft.too_large");
    assert_eq!(code(keep(&mut phone.client, "no id", "")), "id.malformed");
    assert_eq!(code(phone.client.keep_draft(String::new(), String::new(), String::new(), String::new())), "text.empty");
    for _ in 1..500 {
        keep(&mut phone.client, "", "").unwrap();
    }
    assert_eq!(code(keep(&mut phone.client, "", "")), "draft.too_many");
    assert_eq!(keep(&mut phone.client, &longest, "短了").unwrap(), longest, "one that is there goes on");
    for unknown in ["", "no id", "AAAAAAAAAAAAAAAAAAAAAA"] {
        assert_eq!(phone.client.draft(unknown.into()).unwrap_err().code(), "draft.unknown");
    }
}
