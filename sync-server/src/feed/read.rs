//! `GET /calendar/{secret}.ics`: what a calendar program polls.

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{manage::hash, page};
use crate::{app::App, lang, problem::Problem, storage::StoreError};

/// Answers with the calendar, or that the caller has it already. An address that was never given, or was revoked, is not there: the two are
/// told apart by nothing.
pub async fn calendar(State(app): State<App>, Path(file): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap) -> Result<Response, Problem> {
    let lang = lang::wanted(query.as_deref(), &headers);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let read = app.work(move |app| {
        let Some(feed) = app.store.feed(&hash(file.strip_suffix(".ics").unwrap_or_default()))? else { return Ok(None) };
        page(app, &feed, lang, |etag| is_among(etag, &known)).map(Some)
    });
    let feed = read.await.map_err(|e: StoreError| Problem::from(e))?.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "feed.unknown"))?;
    let about = [(header::ETAG, feed.etag.as_str()), (header::CACHE_CONTROL, "private, no-cache"), (header::VARY, "accept-language, cookie")];
    Ok(match feed.text {
        Some(text) => (about, [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response(),
        None => (StatusCode::NOT_MODIFIED, about).into_response(),
    })
}

/// Whether a tag is one of those that a caller has; weak ones count (RFC 9110, 13.1.2).
fn is_among(etag: &str, known: &str) -> bool {
    known.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == etag)
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use minqing_core::Id;

    use crate::{
        feed::make,
        testing::{Answer, COMMUNITY, World},
    };

    async fn read(world: &World, path: &str, known: &str) -> Answer {
        world.send(Method::GET, path, &[("if-none-match", known)], "").await
    }

    #[tokio::test]
    async fn a_poll_that_finds_nothing_new_is_answered_without_the_calendar() {
        let world = World::open();
        let made = make(&world.app, COMMUNITY, None).unwrap();
        assert!(!format!("{made:?}").contains("calendar"));
        let path = made.address.strip_prefix("http://127.0.0.1:8311").unwrap();
        let first = world.get(path).await;
        assert_eq!((first.status, first.header("content-type")), (200, "text/calendar; charset=utf-8"));
        assert!(first.body.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && first.body.ends_with("END:VCALENDAR\r\n"), "{}", first.body);
        let etag = first.header("etag");
        for known in [etag.to_owned(), format!("\"x\", W/{etag}"), "*".to_owned()] {
            let again = read(&world, path, &known).await;
            assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", etag));
        }
        assert_eq!(read(&world, path, "\"x\"").await.status, 200);
        let english = read(&world, &format!("{path}?lang=en"), etag).await;
        assert!(english.status == 200 && english.body.contains("X-WR-CALNAME:The community's appointments"), "{}", english.body);
        // What the log says is new.
        let grid = format!("{COMMUNITY}001");
        let address = minqing_core::model::Address { community: COMMUNITY.into(), room: "501".into(), ..Default::default() };
        crate::sync::add_households(&world.app, &[minqing_core::model::NewHousehold { grid, address, ..Default::default() }]).unwrap();
        assert_ne!(read(&world, path, etag).await.header("etag"), etag);
        world.clock.turn(86_400_000);
        assert_eq!(read(&world, path, etag).await.status, 200, "tomorrow other days are shown");
    }

    #[tokio::test]
    async fn what_was_never_given_and_what_was_revoked_are_told_apart_by_nothing() {
        let world = World::open();
        let made = make(&world.app, COMMUNITY, None).unwrap();
        let path = made.address.strip_prefix("http://127.0.0.1:8311").unwrap().to_owned();
        assert!(world.store().revoke_feed(COMMUNITY, made.id, 5).unwrap());
        let gone = world.get(&path).await;
        for other in ["/calendar/x.ics", "/calendar/.ics", "/calendar/x", path.trim_end_matches(".ics"), &format!("/calendar/{}.ics", Id([7; 16]))] {
            let unknown = world.get(other).await;
            assert_eq!((unknown.status, &unknown.body), (404, &gone.body));
        }
        assert_eq!(gone.json()["code"], "feed.unknown");
    }
}
