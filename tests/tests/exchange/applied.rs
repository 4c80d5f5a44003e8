//! Received, then applied by one thread for all: an exchange waits a little for its own items, never long.

use std::{
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use http_body_util::BodyExt;
use minqing_core::{
    frame::{decode_frame, encode_frame},
    ids::Opening,
    wire::{CONTENT_TYPE, Down, ItemState, Up},
};
use minqing_sync_server::{App, router};
use rusqlite::Connection;
use tokio::runtime::Runtime;
use tower::ServiceExt;

use super::{
    office::{count, file},
    signer::{Signer, a_door, at_rest},
};

async fn post(app: &App, token: &str, up: &Up) -> Down {
    let request = Request::post("/v1/sync").header("content-type", CONTENT_TYPE).header("authorization", format!("Bearer {token}"));
    let answer = router(app.clone()).oneshot(request.body(Body::from(encode_frame(up))).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    decode_frame(&answer.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

fn up(signer: &Signer, envelope: &minqing_core::envelope::Envelope) -> Up {
    Up { scope: 1, seqs: vec![0; signer.streams], envelopes: Some(vec![envelope.encode().into()]), ..Up::default() }
}

#[test]
fn an_exchange_answers_received_where_applying_takes_long_and_the_place_when_asked_again() {
    let mut sim = at_rest(301);
    let signer = Signer::of(&mut sim, 0);
    let door = a_door(&mut sim, 0);
    let item = signer.remark(&sim, Opening([9; 5]), door, "狗凶");
    let request = up(&signer, &signer.seal(Opening([9; 5]), 1, &[item]));
    let token = sim.phone(0).client.access_token().unwrap();
    let mut app = sim.app().clone();
    // Somebody else holds the writer from the moment the items are durable.
    let held: Arc<Mutex<Option<Connection>>> = Arc::default();
    let (hold, path) = (held.clone(), sim.server_dir().join("minqing.db"));
    app.received = Arc::new(move || {
        let db = Connection::open(&path).unwrap();
        db.execute_batch("BEGIN IMMEDIATE").unwrap();
        *hold.lock().unwrap() = Some(db);
    });
    let app = app.with_applier();
    let runtime = Runtime::new().unwrap();
    let ask = || runtime.block_on(post(&app, &token, &request)).states;
    assert_eq!(ask(), [ItemState::Received]);
    assert_eq!(count(&sim, "SELECT count(*) FROM inbox WHERE state = 16"), 1);
    drop(held.lock().unwrap().take());
    while count(&sim, "SELECT count(*) FROM inbox") > 0 {
        thread::sleep(Duration::from_millis(5));
    }
    assert!(matches!(ask()[..], [ItemState::Duplicate(_)]));
}

#[test]
fn many_exchanges_at_once_get_each_its_own_place() {
    let mut sim = at_rest(302);
    let signer = Signer::of(&mut sim, 0);
    let doors: Vec<_> = sim.phone(0).client.households(0, 8).unwrap().iter().map(|d| d.id.parse().unwrap()).collect();
    let app = sim.app().clone().with_applier();
    let before = count(&sim, "SELECT count(*) FROM log");
    let runtime = Runtime::new().unwrap();
    let exchanges: Vec<_> = (0..40u8)
        .map(|i| {
            // Five phones write at each door, unseen by each other.
            let (signer, token) = signer.another(&sim, i + 1);
            let opening = Opening([i + 1; 5]);
            let item = signer.remark(&sim, opening, doors[usize::from(i) % doors.len()], &format!("第{i}句"));
            let (app, request) = (app.clone(), up(&signer, &signer.seal(opening, 1, &[item])));
            runtime.spawn(async move {
                // On a busy machine it is answered as received first.
                loop {
                    match post(&app, &token, &request).await.states[..] {
                        [ItemState::Received] => {}
                        [ItemState::Seq(seq) | ItemState::Duplicate(seq)] => return seq,
                        ref other => panic!("{other:?}"),
                    }
                }
            })
        })
        .collect();
    let places: Vec<u64> = exchanges.into_iter().map(|exchange| runtime.block_on(exchange).unwrap()).collect();
    assert_eq!(count(&sim, "SELECT count(*) FROM log") - before, 40);
    assert_eq!(count(&sim, "SELECT count(*) FROM inbox"), 0);
    assert_eq!(places.len(), 40);
    let report = minqing_sync_server::rebuild::check(&*app.store).unwrap();
    assert!(report.is_good(), "{report:?}");
    let versions: i64 = file(&sim).query_row("SELECT sum(version) FROM document WHERE kind = 1", [], |row| row.get(0)).unwrap();
    assert_eq!(versions, 8 + 40, "each change kept its document once");
}
