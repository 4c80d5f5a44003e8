//! A phone as a person holds it: an app's store in a directory, and the network of the platform.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use minqing_core::{
    client::{Client, Exchanged, Request},
    wire::CONTENT_TYPE,
};
use rusqlite::Connection;

use crate::{
    hands::{Hands, PhoneSystem},
    network::Answer,
};

/// What crossed the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Requests.
    pub requests: u64,
    /// Bytes of bodies sent.
    pub up: u64,
    /// Bytes of bodies received.
    pub down: u64,
}

/// A phone.
pub struct Phone {
    /// 1, 2, …
    pub number: u64,
    /// Where its file lies.
    pub dir: PathBuf,
    /// The app.
    pub client: Client,
    /// What it sent and received.
    pub traffic: Traffic,
    hands: Hands,
    seed: u64,
    starts: u64,
    wrong_by_ms: i64,
}

impl Phone {
    /// Opens a phone's file. `starts`: how often the app was started before.
    pub fn open(dir: &Path, hands: &Hands, seed: u64, number: u64, starts: u64) -> Result<Self> {
        Self::open_with(dir, hands, seed, number, starts, 0)
    }

    /// The same with a wall clock that is wrong by so many milliseconds.
    pub fn open_with(dir: &Path, hands: &Hands, seed: u64, number: u64, starts: u64, wrong_by_ms: i64) -> Result<Self> {
        std::fs::create_dir_all(dir)?;
        let client = start(dir, hands, seed, number, starts, wrong_by_ms)?;
        Ok(Self { number, dir: dir.to_owned(), client, traffic: Traffic::default(), hands: hands.clone(), seed, starts, wrong_by_ms })
    }

    /// Its file, read past the app.
    pub fn file(&mut self) -> &Connection {
        self.client.store().connection()
    }

    /// How often the app was started before this start.
    pub fn starts(&self) -> u64 {
        self.starts
    }

    /// Closes the app, does something with its files, and starts it again.
    pub fn restart(mut self, starts: u64, between: impl FnOnce(&Path) -> Result<()>) -> Result<Self> {
        let (dir, traffic) = (self.dir.clone(), self.traffic);
        drop(self.client);
        between(&dir)?;
        self.client = start(&dir, &self.hands, self.seed, self.number, starts, self.wrong_by_ms)?;
        Ok(Self { traffic, starts, ..self })
    }

    /// Enrols by a one-time code.
    pub fn enrol(&mut self, url: &str, code: &str) -> Result<()> {
        let body = self.client.enrol_request(code.to_owned(), "demo/1".into())?;
        let answer = self.post(url, "/v1/enrol", body)?;
        if answer.status != 200 {
            bail!("enrolment was answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        self.client.take_enrolment(answer.body)?;
        Ok(())
    }

    /// One exchange, with new tokens first where the old ones ran out.
    pub fn exchange(&mut self, url: &str) -> Result<Exchanged> {
        let body = self.client.next_exchange()?;
        let taken = self.send(url, &body).and_then(|answer| Ok(self.client.take_answer(answer)?));
        if taken.is_err() {
            self.client.exchange_failed();
        }
        taken
    }

    /// Exchanges while more is waiting, and takes packs in the place of rows.
    pub fn sync(&mut self, url: &str) -> Result<Exchanged> {
        let mut all = self.exchange(url)?;
        while all.more || self.fetch(url)? {
            let next = self.exchange(url)?;
            all = Exchanged { settled: all.settled + next.settled, rows: all.rows + next.rows, ..next };
        }
        Ok(all)
    }

    /// Sends a request's body and returns the answer's.
    pub fn send(&mut self, url: &str, body: &[u8]) -> Result<Vec<u8>> {
        for fresh in [false, true] {
            if fresh || self.client.access_token().is_none() {
                self.refresh(url)?;
            }
            let answer = self.request_as_device(url, Request::post("/v1/sync", CONTENT_TYPE, body.to_vec()))?;
            match answer.status {
                200 => return Ok(answer.body),
                401 if !fresh => {}
                status => bail!("the exchange was answered {status}: {}", String::from_utf8_lossy(&answer.body)),
            }
        }
        bail!("no fresh token was accepted")
    }

    /// A token that was accepted last, or a new one.
    pub fn token(&mut self, url: &str) -> Result<String> {
        if self.client.access_token().is_none() {
            self.refresh(url)?;
        }
        self.client.access_token().context("no token")
    }

    /// New tokens; by challenge where the refresh token is an old one, as on a restored phone.
    pub fn refresh(&mut self, url: &str) -> Result<()> {
        let body = self.client.refresh_request()?;
        let mut answer = self.post(url, "/v1/token/refresh", body)?;
        if answer.status == 401 {
            let body = self.client.challenge_request()?;
            let challenge = self.post(url, "/v1/token/challenge", body)?;
            let body = self.client.renew_request(challenge.body)?;
            answer = self.post(url, "/v1/token/renew", body)?;
        }
        if answer.status != 200 {
            bail!("the refresh was answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        self.client.take_refresh(answer.body)?;
        Ok(())
    }

    fn post(&mut self, url: &str, path: &str, body: Vec<u8>) -> Result<Answer> {
        self.request(url, &Request::post(path, "application/json", body))
    }
}

fn start(dir: &Path, hands: &Hands, seed: u64, number: u64, starts: u64, wrong_by_ms: i64) -> Result<Client> {
    let mut system = PhoneSystem::new(hands.clone(), seed, number, starts);
    system.wrong_by_ms = wrong_by_ms;
    let dir = dir.to_str().context("a directory with a name that is text")?;
    Ok(Client::open(dir, Box::new(system), key_of(seed, number))?)
}

/// The 32 bytes the platform would keep.
pub fn key_of(seed: u64, number: u64) -> Vec<u8> {
    let mut key = [0x6d; 32];
    key[..8].copy_from_slice(&seed.to_be_bytes());
    key[8..16].copy_from_slice(&number.to_be_bytes());
    key.to_vec()
}
