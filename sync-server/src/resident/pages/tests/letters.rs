//! The electronic letter box.

use axum::http::Method;
use minqing_core::Id;

use super::{FORM, look_up};
use crate::testing::{COMMUNITY, World};

/// The letter box's form: its cookie, its token and its id.
async fn letter(world: &World) -> (String, String, String) {
    let page = world.get("/m/letter").await;
    (page.cookie("minqing_form").unwrap(), page.hidden("token"), page.hidden("once"))
}

#[tokio::test]
async fn a_letter_is_a_matter_whose_code_and_pin_are_shown_once() {
    let world = World::with("[tries]\ncode_at_once = 4");
    let (cookie, token, once) = letter(&world).await;
    let send = async |form: &str| world.send(Method::POST, "/m/letter", &[FORM, ("cookie", &cookie)], form).await;
    let whole = format!("token={token}&once={once}&community={COMMUNITY}&kind=complaint&category=utilities&place=3号楼&reach=1380000&text=");
    let long = send(&format!("{whole}{}", "长".repeat(2_001))).await;
    assert!(
        long.status == 422 && long.body.contains("text.too_long") && long.body.contains("长长长") && long.body.contains("value=\"3号楼\""),
        "{}",
        long.status
    );
    let empty = send(&whole).await;
    assert!(empty.status == 422 && empty.body.contains("why-text") && empty.hidden("once") == once);
    let stale = send(&whole.replace(&token, "AAAA")).await;
    assert!(stale.status == 403 && stale.body.contains("form.stale"));
    let old = Id::timed(crate::testing::MORNING - 2 * 86_400_000, &[1; 10]).to_string();
    let chosen = send(&format!("{whole}灯").replace(&once, &old)).await;
    assert!(chosen.status == 403 && chosen.hidden("once") != old && chosen.body.contains("灯</textarea>"), "an id that somebody else chose");
    let other = send(&format!("{whole}灯&x=").replace(COMMUNITY, "620102001002")).await;
    assert!(other.status == 422 && other.body.contains("community.unknown"), "{}", other.body);

    let sent = send(&format!("{whole}%3Cscript%3Ealert(1)%3C%2Fscript%3E楼道灯不亮")).await;
    assert_eq!((sent.status, sent.header("cache-control")), (200, "no-store"), "{}", sent.body);
    let shown = |id: &str| sent.body.split(&format!("id=\"{id}\">")).nth(1).unwrap().split('<').next().unwrap().to_owned();
    let (code, pin) = (shown("new-code"), shown("new-pin"));
    let matter: Id = once.parse().unwrap();
    let row = world.store().matter_row(matter).unwrap().unwrap();
    assert_eq!((row.channel.as_str(), row.place.as_str(), row.state.as_str()), ("platform", "3号楼", "registered"));
    assert_eq!(row.text, "<script>alert(1)</script>楼道灯不亮\n联系：1380000");
    let twice = send(&format!("{whole}楼道灯不亮")).await;
    assert!(twice.status == 409 && twice.body.contains("letter.sent") && !twice.body.contains(&pin), "{}", twice.body);
    let many = send(&format!("{whole}楼道灯不亮")).await;
    assert!(many.status == 429 && many.headers.contains_key("retry-after") && many.body.contains("楼道灯不亮"), "{}", many.status);
    assert_eq!(world.store().matters_in(COMMUNITY, None, None, 9).unwrap().len(), 1);

    let opened = look_up(&world, &code, &pin).await;
    let mine = world.with_cookie(Method::GET, "/m/mine", &opened.cookie("minqing_slip").unwrap()).await;
    assert!(mine.body.contains("您的事收下了") && !mine.body.contains("<script>") && !mine.body.contains("1380000"), "{}", mine.body);
    assert!(crate::rebuild::check(world.store()).unwrap().is_good());
}
