//! `/design`: every part of the pages, live, in the words of the catalogue. For everybody; nothing of the database is in it.

use minqing_core::{
    clock::DAY_MS,
    model::{Address, Clock, Lamp, MatterState, Stage},
    speech::said,
    words::{Lang, say},
};

use super::{
    matter::{ClockLine, Piece, Station},
    pages::{DesignPage, StairCell},
    tongue::Tongue,
};
use crate::site::Look;

/// Monday, 14 September 2026, 08:00: the page's today.
const TODAY: i64 = 1_789_344_000_000;
const HOUR: i64 = 3_600_000;

/// The page.
pub async fn design(Tongue(lang): Tongue, look: Look) -> DesignPage {
    let address = Address { building: "3".into(), stairwell: "2".into(), room: "501".into(), ..Address::default() };
    DesignPage {
        lang,
        look,
        plate: said::plate(lang, &address),
        when: said::when(lang, TODAY + 3 * DAY_MS + 10 * HOUR + HOUR / 2, TODAY),
        stations: stations(lang),
        states: [MatterState::Registered, MatterState::Handling, MatterState::Feedback, MatterState::Closed].map(|state| say(lang, &state.key(), &[])),
        clocks: clocks(lang),
        stair: stair(lang),
    }
}

fn stations(lang: Lang) -> Vec<Station> {
    let is = |stage: &Stage| match stage {
        Stage::Acceptance => ("done", said::when(lang, TODAY, TODAY)),
        Stage::Handling => ("now", say(lang, &MatterState::Handling.key(), &[])),
        _ => ("next", String::new()),
    };
    let station = |stage: &Stage| {
        let (is, said) = is(stage);
        Station { name: say(lang, &stage.key(), &[]), is, said }
    };
    Stage::ALL.iter().map(station).collect()
}

fn clocks(lang: Lang) -> Vec<ClockLine> {
    let piece = |x: &str, width: &str, kind| Piece { x: x.into(), width: width.into(), kind };
    let rule = say(lang, "design-rule", &[("start", said::when(lang, TODAY - 3 * DAY_MS, TODAY).into())]);
    let line = |clock: Clock, lamp: Lamp, used: i64, due_ms: i64, pieces: Vec<Piece>| ClockLine {
        name: say(lang, &clock.key(), &[]),
        lamp: lamp.word(),
        said: say(lang, "clock-used", &[("n", used.into())]),
        due: said::when(lang, due_ms, TODAY),
        rule: rule.clone(),
        now: if used < 100 { pieces.last().map_or_else(String::new, |_| format!("{used}%")) } else { String::new() },
        pieces,
        ended: false,
    };
    let paused = vec![piece("0%", "20%", "used"), piece("20%", "29%", "pause"), piece("49%", "32%", "used")];
    vec![
        line(Clock::Sign, Lamp::None, 35, TODAY + 9 * HOUR, vec![piece("0%", "35%", "used")]),
        line(Clock::Handling, Lamp::Yellow, 81, TODAY + DAY_MS, paused),
        line(Clock::Feedback, Lamp::Red, 100, TODAY - 2 * DAY_MS, vec![piece("0%", "100%", "used")]),
    ]
}

/// Two floors of a stairwell, a cell of each kind.
fn stair(lang: Lang) -> Vec<(String, Vec<StairCell>)> {
    let cell = |room: &str, door, icon, key: &str| StairCell { room: room.to_owned(), door, icon, said: say(lang, key, &[]) };
    let floor = |n: &str| say(lang, "design-floor", &[("n", n.into())]);
    vec![
        (floor("5"), vec![cell("501", "visited", "tick", "design-door-visited"), cell("502", "due", "clock", "design-door-due")]),
        (floor("4"), vec![cell("401", "feedback", "diamond", "design-door-feedback"), cell("402", "nobody", "knock", "outcome-nobody-in")]),
        (floor("3"), vec![cell("301", "refused", "cross", "outcome-refused"), cell("302", "empty", "empty", "design-door-empty")]),
    ]
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use crate::testing::World;

    #[tokio::test]
    async fn everybody_sees_it_in_the_look_and_language_they_chose() {
        let world = World::open();
        let plain = world.get("/design").await;
        assert_eq!(plain.status, 200);
        assert!(plain.body.contains("<html lang=\"zh-Hans\" data-place=\"desk\">"), "{}", plain.body);
        let chosen = world.with_cookie(Method::GET, "/design?lang=en", "look-theme=dark; look-view=elder").await;
        assert!(chosen.body.contains("<html lang=\"en\" data-place=\"desk\" data-theme=\"dark\" data-view=\"elder\">"));
        let sign_in = world.with_cookie(Method::GET, "/office/sign-in", "look-theme=light").await;
        assert!(sign_in.body.contains(" data-theme=\"light\">") && !sign_in.body.contains("data-view"));
        let lost = world.with_cookie(Method::GET, "/office/nothing", "look-view=elder").await;
        assert!(lost.status == 404 && lost.body.contains(" data-view=\"elder\">"));
    }

    #[tokio::test]
    async fn a_desk_looks_as_it_was_chosen() {
        let world = World::open();
        let desk = world.desk("Ma", minqing_core::model::Role::Clerk, crate::testing::COMMUNITY).await;
        let page = world.with_cookie(Method::GET, "/office", &format!("{}; look-theme=dark", desk.cookie)).await;
        assert!(page.status == 200 && page.body.contains(" data-theme=\"dark\">") && page.body.contains("value=\"light\""), "{}", page.body);
        assert!(desk.get("/office").await.body.contains("value=\"dark\""));
    }
}
