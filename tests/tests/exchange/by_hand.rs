//! A phone's key in a test's hand, over real HTTP.

use minqing_core::{
    Id,
    document::{Doc, card},
    envelope::{DeviceKeys, Envelope, Hash, Item, ItemKind},
    frame::{decode_frame, encode_frame},
    ids::{Device, Opening, actor},
    model::{Address, NewHousehold, address_name},
    wire::{CONTENT_TYPE, Down, Up},
};
use minqing_sync_server::{
    App,
    admin::{self, NewOfficer},
    auth::token,
    storage::{NewDevice, RefreshToken},
};
use minqing_tests::{
    phone::{Phone, key_of},
    sim::MORNING,
};

use crate::attachments::office::{COMMUNITY, Office};

/// The streams of an officer of one grid: own, grid, commons.
pub const STREAMS: usize = 3;

pub struct ByHand {
    pub keys: DeviceKeys,
    pub device: Device,
    pub access: String,
}

/// What an exchange was answered; status 0 where the line was cut.
pub struct Told {
    pub status: u16,
    pub code: String,
    pub retry_after_s: Option<u64>,
    pub down: Option<Down>,
}

/// Makes a key's phone an officer's, under a number of the test's choice; its token.
pub fn enrol(app: &App, officer: Id, keys: &DeviceKeys, number: Device) -> String {
    let code = admin::new_code(app.store.as_ref(), &*app.clock, &*app.entropy, officer, 24).unwrap();
    let (sign_key, seal_key, refresh) = (keys.sign_key(), keys.seal_key().unwrap(), RefreshToken::new(0, &[7; 24]));
    let device = NewDevice { number, sign_key, seal_key, app: String::new(), refresh };
    app.store.enrol(&Hash::of(code.as_bytes()).0, &device, MORNING).unwrap();
    token::issue(&app.keys, &*app.clock, &*app.entropy, (number, officer), 15).unwrap()
}

impl ByHand {
    /// A phone of a new officer of the first grid.
    pub fn enrol(office: &Office, n: u8) -> Self {
        let (app, store) = (&office.app, office.app.store.as_ref());
        let new = NewOfficer { name: format!("信息员{n}"), community: COMMUNITY.into(), grids: vec!["001".into()], ..NewOfficer::default() };
        let officer = admin::add_officer(store, &*app.clock, &*app.entropy, new).unwrap().id;
        let (keys, device) = (DeviceKeys::derive(&[n; 32]).unwrap(), Device(0x00c0_0000 + u32::from(n)));
        let access = enrol(app, officer, &keys, device);
        Self { keys, device, access }
    }

    /// The key of a phone whose app is honest, of a story with one phone.
    pub fn of(phone: &mut Phone, seed: u64, url: &str) -> Self {
        let keys = DeviceKeys::derive(&key_of(seed, phone.number)).unwrap();
        let device = Device(phone.client.enrolment().unwrap().device);
        Self { keys, device, access: phone.token(url).unwrap() }
    }

    /// New cards of doors that nobody has, numbered from `from`.
    pub fn cards(&self, opening: Opening, from: u32, count: u32) -> Vec<Item> {
        let one = |room: u32| {
            let building = self.device.0.to_string();
            let address = Address { community: COMMUNITY.into(), estate: "畅家苑".into(), building, room: room.to_string(), ..Address::default() };
            let doc = address_name(&address).unwrap();
            let new = NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() };
            let bytes = Doc::empty().change(actor(self.device, opening), MORNING / 1000, |w| card::create(w, &new, &[])).unwrap().unwrap();
            Item { kind: ItemKind::Change.number(), doc, bytes }
        };
        (from..from + count).map(one).collect()
    }

    pub fn seal(&self, opening: Opening, first: u64, items: &[Item]) -> Vec<u8> {
        Envelope::seal(&self.keys, self.device, opening, first, 1, items.to_vec()).encode()
    }

    /// A request that brings envelopes, from the beginning of all streams.
    pub fn up(envelopes: Vec<Vec<u8>>) -> Up {
        Up { scope: 1, seqs: vec![0; STREAMS], envelopes: Some(envelopes.into_iter().map(Into::into).collect()), ..Up::default() }
    }

    pub fn exchange(&self, url: &str, up: &Up) -> Told {
        self.post(url, &encode_frame(up))
    }

    pub fn post(&self, url: &str, body: &[u8]) -> Told {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let request = agent.post(format!("{url}/v1/sync")).header("content-type", CONTENT_TYPE).header("authorization", format!("Bearer {}", self.access));
        let mut answer = match request.send(body) {
            Ok(answer) => answer,
            // Of a body that is too large the rest is not waited for: the answer may be lost with the line.
            Err(ureq::Error::Io(_)) => return Told { status: 0, code: "cut".into(), retry_after_s: None, down: None },
            Err(e) => panic!("{e}"),
        };
        let (status, later) = (answer.status().as_u16(), answer.headers().get("retry-after").and_then(|v| v.to_str().ok()?.parse().ok()));
        let body = answer.body_mut().with_config().limit(8 << 20).read_to_vec().unwrap();
        let problem: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        let down = (status == 200).then(|| decode_frame(&body).unwrap());
        Told { status, code: problem["code"].as_str().unwrap_or_default().to_owned(), retry_after_s: later, down }
    }
}
