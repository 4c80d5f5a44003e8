//! Packs in a story: the server makes them of short streams, phones take them over a network that cuts answers.

use anyhow::{Context, Result, ensure};
use axum::{body::Body, http::Request};
use http_body_util::BodyExt;
use minqing_core::client::Download;
use minqing_sync_server::{
    compaction::{LetGo, compact_all},
    pack, router,
};
use rand::RngExt;
use tower::ServiceExt;

use super::{Sim, office::Office};

impl Sim {
    /// The server packs what has grown.
    pub fn pack(&self) -> Result<u64> {
        Ok(pack::pack_all(self.app())?)
    }

    /// The server keeps all changes of its log in their documents alone.
    pub fn compact(&self) -> Result<LetGo> {
        Ok(compact_all(self.app(), 0)?)
    }

    /// A new phone of a new officer; returns its number.
    pub fn join(&mut self) -> Result<usize> {
        let number = self.phones.len();
        self.starts.push(0);
        self.whose.push(number);
        self.jumped.push(0);
        let phone = self.open_phone(number)?;
        self.phones.push(Some(phone));
        self.enrol(number)?;
        Ok(number)
    }

    /// Some phone goes on with a pack: perhaps the answer is cut, perhaps the app is killed in between.
    pub(super) fn fetch_some(&mut self) -> Result<()> {
        let number = self.any_phone();
        if self.dice(10) {
            return self.reopen(number);
        }
        if self.phone(number).client.unpack_next()?.more {
            return Ok(());
        }
        let Some(download) = self.phone(number).client.next_download()? else { return Ok(()) };
        let (status, mut body) = self.get(number, &download)?;
        if self.dice(40) && status == 206 {
            // What came before the cut counts.
            body.truncate(self.rng.random_range(1..=body.len()));
        }
        self.phone(number).client.take_download(status, &body)?;
        Ok(())
    }

    /// A phone fetches and unpacks everything it was offered. Whether there was anything.
    pub fn fetch(&mut self, number: usize) -> Result<bool> {
        let mut any = false;
        loop {
            while self.phone(number).client.unpack_next()?.more {}
            let Some(download) = self.phone(number).client.next_download()? else { return Ok(any) };
            any = true;
            let (status, body) = self.get(number, &download)?;
            if self.phone(number).client.take_download(status, &body)?.later {
                return Ok(any);
            }
        }
    }

    /// A phone fetches the old visits that it asked for.
    pub fn fetch_history(&mut self, number: usize) -> Result<u16> {
        let Some(request) = self.phone(number).client.next_history()? else { anyhow::bail!("nothing was asked for") };
        let (status, body) = self.get(number, &request)?;
        self.phone(number).client.take_history(status, &body)?;
        Ok(status)
    }

    /// One download's answer, with new tokens where the old ones ran out.
    pub fn get(&mut self, number: usize, download: &Download) -> Result<(u16, Vec<u8>)> {
        for _ in 0..2 {
            if let Some(token) = self.phone(number).client.access_token() {
                let answer = self.office().get(&token, download)?;
                if answer.0 != 401 {
                    return Ok(answer);
                }
            }
            self.renew(number)?;
        }
        anyhow::bail!("no fresh token was accepted")
    }

    fn renew(&mut self, number: usize) -> Result<()> {
        let body = self.phone(number).client.refresh_request()?;
        let answer = match self.office().post("/v1/token/refresh", body)? {
            (200, answer) => answer,
            _ => {
                let (_, challenge) = self.office().post("/v1/token/challenge", self.phones[number].as_ref().context("a phone")?.client.challenge_request()?)?;
                let body = self.phone(number).client.renew_request(challenge)?;
                self.office().post("/v1/token/renew", body)?.1
            }
        };
        Ok(self.phone(number).client.take_refresh(answer)?)
    }
}

impl Office {
    /// A phone's `POST` of JSON.
    pub(super) fn post(&self, path: &str, body: Vec<u8>) -> Result<(u16, Vec<u8>)> {
        self.ask(Request::post(path).header("content-type", "application/json").body(Body::from(body))?)
    }

    fn get(&self, token: &str, download: &Download) -> Result<(u16, Vec<u8>)> {
        let mut request = Request::get(&download.path).header("authorization", format!("Bearer {token}"));
        for header in &download.headers {
            request = request.header(&header.name, &header.value);
        }
        let (status, body) = self.ask(request.body(Body::empty())?)?;
        ensure!(status != 206 || !body.is_empty(), "a range of nothing");
        Ok((status, body))
    }

    fn ask(&self, request: Request<Body>) -> Result<(u16, Vec<u8>)> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let answer = router(self.app.clone()).oneshot(request).await?;
            Ok((answer.status().as_u16(), answer.into_body().collect().await?.to_bytes().to_vec()))
        })
    }
}
