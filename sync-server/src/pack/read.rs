//! `GET /v1/packs/{stream}/{seq}/{part}`: for phones that read the stream, in ranges.

use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use tower_http::services::ServeFile;

use crate::{app::App, auth::FromReader, fault::Fault, problem::Problem};

fn unknown() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "pack.unknown")
}

/// Serves a part or a range of it. A file never changes under its name, so a cut download goes on where it ended.
pub async fn to_device(
    State(app): State<App>,
    FromReader(from): FromReader,
    Path((stream, seq, part)): Path<(String, u64, usize)>,
    request: Request,
) -> Result<Response, Problem> {
    let found = app.work(move |app| -> Result<_, Fault> {
        let scope = app.store.scope(from.officer)?.map(|s| s.streams).unwrap_or_default();
        if !scope.contains(&stream) {
            return Ok(None);
        }
        let pack = app.store.packs(&stream)?.into_iter().find(|pack| pack.seq == seq);
        Ok(pack.filter(|pack| part < pack.parts.len()).map(|pack| app.shelf.path(pack.stream, pack.seq, part)))
    });
    let path = found.await?.ok_or_else(unknown)?;
    let mut answer = ServeFile::new(path).try_call(request).await.map_err(|_| unknown())?.map(Body::new);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    if answer.status() == StatusCode::NOT_FOUND { Err(unknown()) } else { Ok(answer.into_response()) }
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use minqing_core::{
        ids::Device,
        model::{Address, NewHousehold, grid_id},
    };

    use crate::{
        pack::{build, pack_all},
        sync::add_households,
        testing::{Answer, COMMUNITY, Phone, World},
    };

    const GRID: &str = "grid:620102001001001";

    fn with_doors(settings: &str) -> World {
        let world = World::with(settings);
        let door = |room: u32| {
            let address =
                Address { community: COMMUNITY.into(), estate: "畅家苑".into(), building: "3".into(), room: room.to_string(), ..Address::default() };
            NewHousehold { grid: grid_id(COMMUNITY, 1), address, note: String::new(), residents: Vec::new() }
        };
        add_households(&world.app, &(101..=108).map(door).collect::<Vec<_>>()).unwrap();
        world
    }

    async fn ask(world: &World, phone: &Phone, path: &str, range: &str) -> Answer {
        let bearer = format!("Bearer {}", phone.access);
        let headers = [("authorization", bearer.as_str()), ("range", range)];
        world.send(Method::GET, path, &headers[..if range.is_empty() { 1 } else { 2 }], "").await
    }

    #[tokio::test]
    async fn a_part_is_given_in_ranges_to_whoever_reads_the_stream() {
        let world = with_doors("");
        let pack = build(&world.app, GRID).unwrap().unwrap();
        // Text, so that the test's client can read it; what a pack says is tested with phones.
        std::fs::write(world.app.shelf.path(pack.stream, pack.seq, 0), "0123456789").unwrap();
        let phone = Phone::enrolled(&world, 1).await;
        let path = format!("/v1/packs/{GRID}/{}/0", pack.seq);
        let whole = ask(&world, &phone, &path, "").await;
        assert_eq!((whole.status, whole.body.as_str(), whole.header("cache-control")), (200, "0123456789", "no-store"));
        let some = ask(&world, &phone, &path, "bytes=3-5").await;
        assert_eq!((some.status, some.body.as_str(), some.header("content-range")), (206, "345", "bytes 3-5/10"));
        assert_eq!(ask(&world, &phone, &path, "bytes=10-12").await.status, 416);
        assert_eq!(world.get(&path).await.status, 401);
        for other in [format!("/v1/packs/{GRID}/{}/9", pack.seq), format!("/v1/packs/{GRID}/1/0"), format!("/v1/packs/grid:620102001001002/{}/0", pack.seq)] {
            let answer = ask(&world, &phone, &other, "").await;
            assert_eq!((answer.status, answer.json()["code"].as_str()), (404, Some("pack.unknown")), "{other}");
        }
        world.store().end_reading(Device(phone.number), 1).unwrap();
        assert_eq!(ask(&world, &phone, &path, "").await.status, 403);
    }

    #[test]
    fn packs_are_made_of_long_streams_again_when_they_have_grown_and_old_ones_go() {
        let world = with_doors("[packs]\nrows = 5");
        assert_eq!((pack_all(&world.app).unwrap(), pack_all(&world.app).unwrap()), (1, 0));
        let pack = world.store().packs(GRID).unwrap().remove(0);
        assert!(world.app.shelf.holds(&pack) && pack.seq == 8 && pack.parts.len() == 3);
        world.app.shelf.clear(&pack);
        assert_eq!(pack_all(&world.app).unwrap(), 1, "one whose files are gone is made again");
        let few = with_doors("");
        assert_eq!(pack_all(&few.app).unwrap(), 0, "a short stream is read by rows");
    }

    #[test]
    fn a_pack_that_would_not_say_the_same_as_the_log_is_not_made() {
        let world = with_doors("");
        assert!(build(&world.app, GRID).unwrap().is_some());
        world.sql("UPDATE document SET bytes = (SELECT bytes FROM document ORDER BY id LIMIT 1)");
        assert!(build(&world.app, GRID).unwrap().is_none());
        world.sql("UPDATE document SET bytes = x'00'");
        assert!(build(&world.app, GRID).unwrap().is_none());
    }
}
