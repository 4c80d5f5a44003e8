//! `/office`: the day at a glance. `/office/today`: its middle alone, for live updates.

use axum::extract::State;
use minqing_core::{
    clock::{day_start, local_clock, local_date},
    speech::said,
    words::{Lang, say},
};

use super::{
    desk::AtDesk,
    lines,
    pages::{DayView, Doors, Middle, Place, TodayPage},
    tongue::Tongue,
};
use crate::{
    app::App,
    auth::rights::Right,
    problem::Problem,
    storage::{PhoneSeen, Result},
};

/// Most lines of a table.
const LINES: u32 = 200;

/// The whole page.
pub async fn today(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue) -> Result<TodayPage, Problem> {
    let rail = desk.rail(&app, lang, Place::Today).await?;
    let day = app.work(move |app| view(app, &desk, lang)).await?;
    Ok(TodayPage { lang, desk: rail, day })
}

/// The middle alone.
pub async fn today_middle(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue) -> Result<Middle, Problem> {
    Ok(app.work(move |app| view(app, &desk, lang).map(|day| Middle { lang, day })).await?)
}

fn view(app: &App, desk: &AtDesk, lang: Lang) -> Result<DayView> {
    let now_ms = app.clock.now_ms();
    let date = local_date(now_ms);
    let silent_hours = app.config.office.silent_hours;
    let (phones, counts) = match desk.may(Right::SeePhones) {
        true => {
            let seen = app.store.phones(&desk.community)?;
            let counts = people(lang, &seen);
            (Some(seen.into_iter().map(|p| lines::phone(lang, p, now_ms, silent_hours)).collect::<Vec<_>>()), counts)
        }
        false => (None, String::new()),
    };
    let masked = !desk.may(Right::ReadResidents);
    let (doors, summary) = match !masked || desk.may(Right::ReadMasked) {
        true => doors(app, &desk.community, lang, now_ms, masked)?,
        false => (None, counts),
    };
    Ok(DayView {
        date: said::day(lang, date),
        iso: date.to_string(),
        clock: local_clock(now_ms),
        summary,
        missing: missing(app, lang, now_ms),
        doors,
        lamps: phones.iter().flatten().filter(|p| !p.lamps.is_empty()).count(),
        phones,
    })
}

/// From 1 November on, and in a year that began without one.
fn missing(app: &App, lang: Lang, now_ms: i64) -> String {
    let year = app.rules.get().calendar.missing_year_alarm(now_ms);
    year.map_or_else(String::new, |year| say(lang, "office-decree-missing", &[("year", year.to_string().into())]))
}

/// How many officers and phones there are. An officer with two phones stands in two rows, one after the other.
fn people(lang: Lang, seen: &[PhoneSeen]) -> String {
    let officers = seen.chunk_by(|a, b| a.officer == b.officer).count();
    let phones = seen.iter().filter(|p| p.number.is_some()).count();
    say(lang, "office-summary-phones", &[("officers", officers.into()), ("phones", phones.into())])
}

fn doors(app: &App, community: &str, lang: Lang, now_ms: i64, masked: bool) -> Result<(Option<Doors>, String)> {
    let date = local_date(now_ms);
    let ends = date.tomorrow().map_or(i64::MAX, day_start);
    let mut day = app.store.day(community, day_start(date)..ends, LINES)?;
    if masked {
        day.visits = day.visits.into_iter().map(lines::masked_visit).collect();
        day.matters = day.matters.into_iter().map(lines::masked_matter).collect();
    }
    let counts = [("visits", day.visit_count.into()), ("matters", day.matter_count.into())];
    let hidden = day.visit_count.saturating_sub(day.visits.len() as u64);
    let doors = Doors {
        masked,
        more_visits: if hidden == 0 { String::new() } else { say(lang, "office-more", &[("n", hidden.into())]) },
        visits: day.visits.into_iter().map(|v| lines::visit(lang, v)).collect(),
        matters: day.matters.into_iter().map(|m| lines::matter(lang, m)).collect(),
    };
    Ok((Some(doors), say(lang, "office-summary", &counts)))
}

#[cfg(test)]
pub(super) mod tests {
    use axum::http::Method;
    use minqing_core::model::Role;

    use crate::testing::{COMMUNITY, MORNING, World};

    pub(in crate::console) async fn session(world: &World, role: Role) -> String {
        world.desk("Ma", role, COMMUNITY).await.cookie
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|b| format!("{b:02x}")).collect()
    }

    fn fill(world: &World) {
        let officer = hex(&world.officer().0);
        let yesterday = MORNING - 24 * 3_600_000;
        world.sql(&format!(
            "INSERT INTO household_row VALUES(x'01', 1, '{COMMUNITY}', '{COMMUNITY}001', '', '3', '2', '5', '501', '', '', '', '', 1, 0, NULL);
             INSERT INTO household_row VALUES(x'02', 1, '620102001002', '620102001002001', '', '9', '9', '9', '909', '', '', '', '', 1, 0, NULL);
             INSERT INTO visit_row VALUES(x'01', x'01', x'{officer}', 'routine', 'talked', '<script>水管漏水</script>', {MORNING});
             INSERT INTO visit_row VALUES(x'02', x'01', x'{officer}', 'routine', 'nobody_in', '昨天的', {yesterday});
             INSERT INTO visit_row VALUES(x'03', x'02', x'{officer}', 'routine', 'talked', '隔壁社区的', {MORNING});
             INSERT INTO visit_row VALUES(x'04', x'99', x'{officer}', 'routine', 'of_tomorrow', '门牌还没到', {MORNING});
             INSERT INTO matter_row(id, community, household, code, kind, channel, category, text, place, state, officer, at_ms, register)
             VALUES(randomblob(16), '{COMMUNITY}', x'01', '7K3MQ2XA', 'complaint', 'door', 'utilities', '楼道 <灯> 不亮', '', 'registered', zeroblob(16), {MORNING}, zeroblob(16));"
        ));
    }

    #[tokio::test]
    async fn todays_visits_of_the_own_community_escaped() {
        let world = World::open();
        fill(&world);
        let cookie = session(&world, Role::Clerk).await;
        for path in ["/office", "/office/today"] {
            let page = world.with_cookie(Method::GET, path, &cookie).await;
            assert_eq!(page.status, 200);
            for there in [
                "&#60;script&#62;水管漏水",
                "3 号楼 2 单元 501",
                "谈过了",
                "门牌还没到",
                "7K3M-Q2XA",
                "楼道 &#60;灯&#62; 不亮",
                "水电气暖",
                "已登记",
                "马志强",
                "9 月 14 日 周一",
                "走访 2 户",
            ] {
                assert!(page.body.contains(there), "{path} lacks {there}: {}", page.body);
            }
            for absent in ["<script>水", "昨天的", "隔壁社区的", "909"] {
                assert!(!page.body.contains(absent), "{path} shows {absent}");
            }
            assert_eq!(page.body.contains("<html"), path == "/office");
            assert!(!page.body.contains("style="), "inline styles are forbidden by our own policy");
        }
    }

    #[tokio::test]
    async fn an_administrator_sees_phones_and_no_residents() {
        let world = World::open();
        fill(&world);
        let cookie = session(&world, Role::Administrator).await;
        for path in ["/office", "/office/today"] {
            let page = world.with_cookie(Method::GET, path, &cookie).await;
            assert!(page.body.contains("马志强"));
            for absent in ["水管漏水", "501", "7K3M", "不亮", "谈过了"] {
                assert!(!page.body.contains(absent), "{path} shows {absent}");
            }
        }
    }

    #[tokio::test]
    async fn a_delegate_reads_masked() {
        let world = World::open();
        fill(&world);
        let cookie = session(&world, Role::Delegate).await;
        for path in ["/office", "/office/today"] {
            let page = world.with_cookie(Method::GET, path, &cookie).await;
            for there in ["3 号楼", "谈过了", "水电气暖", "已登记", "…-Q2XA", "走访 2 户"] {
                assert!(page.body.contains(there), "{path} lacks {there}: {}", page.body);
            }
            for absent in ["水管漏水", "501", "2 单元", "7K3M", "不亮", "id=\"phones\""] {
                assert!(!page.body.contains(absent), "{path} shows {absent}");
            }
        }
    }

    #[tokio::test]
    async fn an_empty_day_says_what_to_do() {
        let world = World::open();
        let cookie = session(&world, Role::Lead).await;
        let page = world.with_cookie(Method::GET, "/office?lang=en", &cookie).await;
        assert_eq!(page.body.matches("class=\"empty\"").count(), 3, "{}", page.body);
        assert!(page.body.contains("minqing admin officer add"));
    }

    #[tokio::test]
    async fn yesterday_ends_at_midnight() {
        let world = World::open();
        fill(&world);
        let cookie = session(&world, Role::Lead).await;
        world.sql(&format!("UPDATE session SET expires_ms = {}", MORNING * 2));
        world.clock.turn(16 * 3_600_000 - 1);
        assert!(world.with_cookie(Method::GET, "/office", &cookie).await.body.contains("水管漏水"));
        world.clock.turn(1);
        let page = world.with_cookie(Method::GET, "/office", &cookie).await;
        assert!(!page.body.contains("水管漏水") && page.body.contains("9 月 15 日 周二"));
    }
}
