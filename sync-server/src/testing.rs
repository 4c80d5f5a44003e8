//! A small office for tests: a clock with hands, repeatable randomness, a store in a temporary directory.

pub mod codes;
pub mod docs;
pub mod qr;

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer, SigningKey};
use http_body_util::BodyExt;
use minqing_core::{
    Id,
    model::{Officer, Role},
};
use serde_json::json;
use tower::ServiceExt;

use crate::{
    admin::{self, NewOfficer},
    app::App,
    auth::{base64url, refresh, renew, sha256},
    clock::Clock,
    config::Config,
    entropy::Entropy,
    fault::Fault,
    router::router,
    storage::Store,
};

/// A community of the tree.
pub const COMMUNITY: &str = "620102001001";
/// Monday 2026-09-14, 08:00 in Lanzhou.
pub const MORNING: i64 = 1_789_315_200_000 + 8 * 3_600_000;

/// A clock that a test turns.
pub struct Hands(AtomicI64);

impl Default for Hands {
    fn default() -> Self {
        Self(AtomicI64::new(MORNING))
    }
}

impl Hands {
    /// Turns it on by so many milliseconds.
    pub fn turn(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for Hands {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Random bytes that are the same in every run.
#[derive(Default)]
pub struct Counting(AtomicU64);

impl Counting {
    /// Another row of bytes.
    pub fn from(seed: u64) -> Self {
        Self(AtomicU64::new(seed << 32))
    }
}

impl Entropy for Counting {
    fn fill(&self, into: &mut [u8]) {
        for chunk in into.chunks_mut(32) {
            let n = self.0.fetch_add(1, Ordering::SeqCst);
            chunk.copy_from_slice(&sha256(&n.to_be_bytes())[..chunk.len()]);
        }
    }
}

/// A small office.
pub struct World {
    pub app: App,
    pub clock: Arc<Hands>,
    pub entropy: Arc<Counting>,
    pub dir: tempfile::TempDir,
}

/// What a request was answered.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl World {
    /// With the area tree and nothing else.
    pub fn empty() -> Self {
        Self::empty_with("")
    }

    /// With one community of two grids and other settings.
    pub fn with(settings: &str) -> Self {
        let world = Self::empty_with(settings);
        admin::add_community(world.store(), COMMUNITY, 2).unwrap();
        world
    }

    fn empty_with(settings: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut config = Config::load(Some(settings), []).unwrap();
        config.data = dir.path().to_owned();
        let (clock, entropy) = (Arc::new(Hands::default()), Arc::new(Counting::default()));
        let app = App::open(config, clock.clone(), entropy.clone()).unwrap();
        Self { app, clock, entropy, dir }
    }

    /// With one community of two grids.
    pub fn open() -> Self {
        let world = Self::empty();
        admin::add_community(world.store(), COMMUNITY, 2).unwrap();
        world
    }

    pub fn store(&self) -> &dyn Store {
        self.app.store.as_ref()
    }

    pub fn add_officer(&self, new: NewOfficer) -> Result<Officer, Fault> {
        admin::add_officer(self.store(), &*self.clock, &*self.entropy, new)
    }

    /// An officer of the first grid.
    pub fn officer(&self) -> Id {
        let new = NewOfficer { name: "马志强".into(), community: COMMUNITY.into(), grids: vec!["001".into()], ..NewOfficer::default() };
        self.add_officer(new).unwrap().id
    }

    pub fn code(&self, officer: Id) -> String {
        admin::new_code(self.store(), &*self.clock, &*self.entropy, officer, 24).unwrap()
    }

    /// Somebody of the office; the password.
    pub fn staff(&self, name: &str, role: Role) -> String {
        admin::add_staff(self.store(), &*self.clock, &*self.entropy, name, role, COMMUNITY).unwrap().0
    }

    /// Signs in as a browser does.
    pub async fn sign_in(&self, name: &str, password: &str) -> Answer {
        self.sign_in_from("192.0.2.99", name, password).await
    }

    /// The same from an address, where the test's settings trust it.
    pub async fn sign_in_from(&self, address: &str, name: &str, password: &str) -> Answer {
        let page = self.get("/office/sign-in").await;
        let cookie = page.cookie("minqing_form").unwrap();
        let token = cookie.split_once('=').unwrap().1;
        assert!(page.body.contains(token));
        let body = format!("name={name}&password={password}&token={token}");
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("cookie", cookie.as_str()), ("x-forwarded-for", address)];
        self.send(Method::POST, "/office/sign-in", &headers, &body).await
    }

    /// Somebody with one role for an area, signed in.
    pub async fn desk(&self, name: &str, role: Role, area: &str) -> SignedIn<'_> {
        let password = admin::add_staff(self.store(), &*self.clock, &*self.entropy, name, role, area).unwrap().0;
        SignedIn::begin(self, name, password).await
    }

    /// The database itself, to put rows in.
    pub fn sql(&self, sql: &str) {
        rusqlite::Connection::open(self.dir.path().join("minqing.db")).unwrap().execute_batch(sql).unwrap();
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], "").await
    }

    pub async fn post_json(&self, path: &str, body: &serde_json::Value) -> Answer {
        self.send(Method::POST, path, &[("content-type", "application/json")], &body.to_string()).await
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.send_to(router(self.app.clone()), method, path, headers, body).await
    }

    /// A request with a cookie.
    pub async fn with_cookie(&self, method: Method, path: &str, cookie: &str) -> Answer {
        self.send(method, path, &[("cookie", cookie)], "").await
    }

    pub async fn send_to(&self, to: Router, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = to.oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    /// What a hidden field of a page's form holds.
    pub fn hidden(&self, name: &str) -> String {
        let begin = format!("name=\"{name}\" value=\"");
        self.body.split(&begin).nth(1).unwrap_or_else(|| panic!("no {name} on {}", self.body)).split('"').next().unwrap().to_owned()
    }

    /// The cookie of a name as it is to be sent back.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let all = self.headers.get_all("set-cookie").into_iter().map(|v| v.to_str().unwrap());
        all.filter(|c| c.starts_with(&format!("{name}="))).map(|c| c.split(';').next().unwrap().to_owned()).next_back()
    }
}

/// A browser in which somebody is signed in.
pub struct SignedIn<'a> {
    world: &'a World,
    name: String,
    pub password: String,
    pub cookie: String,
    csrf: String,
}

impl<'a> SignedIn<'a> {
    async fn begin(world: &'a World, name: &str, password: String) -> Self {
        let answer = world.sign_in(name, &password).await;
        let cookie = answer.cookie("minqing_session").unwrap();
        let csrf = world.with_cookie(Method::GET, "/office", &cookie).await.hidden("csrf");
        Self { world, name: name.to_owned(), password, cookie, csrf }
    }

    /// The same person in another browser.
    pub async fn again(&self) -> Self {
        Self::begin(self.world, &self.name, self.password.clone()).await
    }

    /// What the cookie holds.
    pub fn secret(&self) -> &str {
        self.cookie.split_once('=').unwrap().1
    }

    /// What stands in every form of this session.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.world.with_cookie(Method::GET, path, &self.cookie).await
    }

    /// A form of this session.
    pub async fn post(&self, path: &str, form: &str) -> Answer {
        self.send(path, &format!("csrf={}&{form}", self.csrf)).await
    }

    /// What a program of the office sends.
    pub async fn post_json(&self, path: &str, body: &serde_json::Value) -> Answer {
        let headers = [("content-type", "application/json"), ("cookie", self.cookie.as_str())];
        self.world.send(Method::POST, path, &headers, &body.to_string()).await
    }

    /// A form that another site sent.
    pub async fn forged(&self, path: &str, form: &str) -> Answer {
        self.send(path, &format!("csrf=guess&{form}")).await
    }

    async fn send(&self, path: &str, body: &str) -> Answer {
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("cookie", self.cookie.as_str())];
        self.world.send(Method::POST, path, &headers, body).await
    }
}

/// A phone as far as the server's doors can tell.
pub struct Phone {
    key: SigningKey,
    pub number: u32,
    pub officer: Id,
    pub access: String,
    pub refresh: String,
}

impl Phone {
    /// One that was not enrolled yet.
    pub fn new(n: u8) -> Self {
        let key = SigningKey::from_bytes(&[n; 32]);
        Self { key, number: 0, officer: Id([0; 16]), access: String::new(), refresh: String::new() }
    }

    /// One with an officer of its own.
    pub async fn enrolled(world: &World, n: u8) -> Self {
        let phone = Self::new(n);
        let officer = world.officer();
        let got = world.post_json("/v1/enrol", &phone.ask(&world.code(officer))).await.json();
        let text = |key: &str| got[key].as_str().unwrap().to_owned();
        let number = u32::try_from(got["device"].as_u64().unwrap()).unwrap();
        Self { number, officer, access: text("access"), refresh: text("refresh"), ..phone }
    }

    pub fn sign_key(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    /// The body of an enrolment.
    pub fn ask(&self, code: &str) -> serde_json::Value {
        json!({"code": code, "sign_key": base64url(&self.sign_key()), "seal_key": base64url(&[2; 32]), "app": "test/1"})
    }

    /// The body of a renewal.
    pub fn renewal(&self, token: &str) -> serde_json::Value {
        let raw = URL_SAFE_NO_PAD.decode(token).unwrap();
        let signature = self.key.sign(&[refresh::CONTEXT, &raw].concat()).to_bytes();
        json!({"device": self.number, "refresh": token, "signature": base64url(&signature)})
    }

    /// The body that answers a challenge.
    pub fn answer_to(&self, challenge: &str) -> serde_json::Value {
        let raw = URL_SAFE_NO_PAD.decode(challenge).unwrap();
        let signature = self.key.sign(&[renew::CONTEXT, &raw].concat()).to_bytes();
        json!({"device": self.number, "challenge": challenge, "signature": base64url(&signature)})
    }
}
