//! An office for these stories: the real server over real HTTP, with hands on its clock.

use std::{path::PathBuf, sync::Arc};

use minqing_core::{
    client::Header,
    envelope::Hash,
    model::{Address, NewHousehold, NewVisit, Prepared, Role},
};
use minqing_sync_server::{
    App,
    admin::{self, NewOfficer},
    config::Config,
    serve,
};
use minqing_tests::{
    hands::{Dice, Hands},
    phone::Phone,
    sim::MORNING,
};

pub const COMMUNITY: &str = "620102001001";

pub struct Office {
    pub app: App,
    pub url: String,
    pub hands: Hands,
    pub dir: tempfile::TempDir,
    phones: std::cell::Cell<u64>,
    runtime: tokio::runtime::Runtime,
}

/// What a request was answered.
pub struct Answer {
    pub status: u16,
    headers: Vec<Header>,
    pub body: Vec<u8>,
}

impl Office {
    pub fn open() -> Self {
        Self::with(|_| ())
    }

    /// With other settings.
    pub fn with(set: impl FnOnce(&mut Config)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let hands = Hands::at(MORNING);
        let mut config = Config { data: dir.path().join("server"), ..Config::load(None, []).unwrap() };
        set(&mut config);
        let app = App::open(config, Arc::new(hands.clone()), Arc::new(Dice::new(7, 7))).unwrap();
        for community in [COMMUNITY, "620102001002"] {
            admin::add_community(app.store.as_ref(), community, 2).unwrap();
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(serve(app.clone(), listener, std::future::pending()));
        Self { app, url, hands, dir, phones: 0.into(), runtime }
    }

    /// A phone of a new officer of a grid.
    pub fn phone(&self, community: &str, grid: &str) -> Phone {
        let number = self.phones.get() + 1;
        self.phones.set(number);
        let new = NewOfficer { name: format!("信息员{number}"), community: community.into(), grids: vec![grid.into()], ..NewOfficer::default() };
        let (app, store) = (&self.app, self.app.store.as_ref());
        let officer = admin::add_officer(store, &*app.clock, &*app.entropy, new).unwrap();
        let code = admin::new_code(store, &*app.clock, &*app.entropy, officer.id, 24).unwrap();
        let mut phone = Phone::open(&self.dir.path().join(format!("phones/{number}")), &self.hands, 1, number, 0).unwrap();
        phone.enrol(&self.url, &code).unwrap();
        phone
    }

    /// The session cookie of somebody of the office.
    pub fn staff(&self, community: &str, role: Role) -> String {
        minqing_tests::desk::sign_in(&self.app, role, community).unwrap()
    }

    /// A request with headers, as it is.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).allow_non_standard_methods(true).build().into();
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut answer = agent.run(request.body(body.to_vec()).unwrap()).unwrap();
        let headers = answer.headers().iter().map(|(n, v)| Header { name: n.as_str().into(), value: v.to_str().unwrap().into() }).collect();
        Answer { status: answer.status().as_u16(), headers, body: answer.body_mut().read_to_vec().unwrap() }
    }

    /// A request of a phone in our version of tus.
    pub fn tus(&self, phone: &mut Phone, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let ask = |phone: &mut Phone| {
            let token = format!("Bearer {}", phone.token(&self.url).unwrap());
            let all = [&[("authorization", token.as_str()), ("tus-resumable", "1.0.0")], headers].concat();
            self.ask(method, path, &all, body)
        };
        let answer = ask(phone);
        if answer.status != 401 {
            return answer;
        }
        phone.refresh(&self.url).unwrap();
        ask(phone)
    }

    /// Begins an upload that claims these things; its address.
    pub fn begin(&self, phone: &mut Phone, hash: &str, media: &str, length: usize) -> Answer {
        let metadata = metadata(hash, media);
        self.tus(phone, "POST", "/v1/attachments", &[("upload-length", &length.to_string()), ("upload-metadata", &metadata)], b"")
    }

    /// Sends bytes at an offset.
    pub fn patch(&self, phone: &mut Phone, address: &str, offset: u64, bytes: &[u8]) -> Answer {
        let headers = [("upload-offset", offset.to_string()), ("content-type", "application/offset+octet-stream".into())];
        self.tus(phone, "PATCH", address, &headers.each_ref().map(|(n, v)| (*n, v.as_str())), bytes)
    }

    /// Brings a whole file, whatever it is; the status and code of the last answer.
    pub fn bring(&self, phone: &mut Phone, media: &str, bytes: &[u8]) -> (u16, String) {
        let begun = self.begin(phone, &Hash::of(bytes).to_string(), media, bytes.len());
        if begun.status != 201 {
            return (begun.status, begun.code());
        }
        let mut last = (0, String::new());
        for (i, piece) in bytes.chunks(500_000).enumerate() {
            let answer = self.patch(phone, begun.header("location"), i as u64 * 500_000, piece);
            last = (answer.status, answer.code());
        }
        last
    }

    /// Runs the server's own tidying.
    pub fn tidy(&self) {
        self.runtime.block_on(minqing_sync_server::attachment::tidy(&self.app)).unwrap();
    }

    /// The files of a folder of the data directory, by their names.
    pub fn files(&self, folder: &str) -> Vec<PathBuf> {
        fn below(dir: &std::path::Path, found: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(dir).into_iter().flatten().map(|e| e.unwrap().path()) {
                if entry.is_dir() { below(&entry, found) } else { found.push(entry) }
            }
        }
        let mut found = Vec::new();
        below(&self.dir.path().join("server").join(folder), &mut found);
        found.sort();
        found
    }
}

/// `Upload-Metadata` as phones write it.
pub fn metadata(hash: &str, media: &str) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    format!("sha256 {},media {}", STANDARD.encode(hash), STANDARD.encode(media))
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|h| h.name == name).map_or("", |h| h.value.as_str())
    }

    /// The problem's code, empty if it is none.
    pub fn code(&self) -> String {
        let problem: serde_json::Value = serde_json::from_slice(&self.body).unwrap_or_default();
        problem["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// A door in the phone's first grid.
pub fn door(phone: &mut Phone, number: u32) -> String {
    let grid = phone.client.streams().unwrap().iter().find_map(|s| s.strip_prefix("grid:").map(str::to_owned)).unwrap();
    let address = Address { community: grid[..12].into(), lane: "张掖巷".into(), door: number.to_string(), ..Address::default() };
    phone.client.record_household(NewHousehold { grid, address, ..NewHousehold::default() }).unwrap()
}

/// A picture or recording as the camera leaves it, made ready.
pub fn prepared(phone: &mut Phone, bytes: &[u8]) -> Prepared {
    let path = phone.dir.join("from-the-camera");
    std::fs::write(&path, bytes).unwrap();
    phone.client.prepare(path.display().to_string(), false).unwrap()
}

/// A visit at a door with these files.
pub fn visit(phone: &mut Phone, household: &str, attachments: Vec<Prepared>) -> String {
    let visit = NewVisit { household: household.into(), purpose: "routine".into(), outcome: "talked".into(), attachments, ..NewVisit::default() };
    phone.client.record_visit(visit).unwrap()
}
