//! Whole contacts in a story, through all of the server's routes but without a socket, and bundles that go from hand to hand.

use anyhow::{Context, Result};
use axum::{body::Body, http::Request};
use http_body_util::BodyExt;
use minqing_core::client::{Contacted, Header, Step, TakenBundle};
use minqing_sync_server::router;
use tower::ServiceExt;

use super::Sim;
use crate::{
    deeds::{Deed, carry_out},
    network::body_of,
};

/// For whom a bundle is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandedAs {
    /// For the office.
    Courier,
    /// For whoever takes it.
    Merge,
}

impl Sim {
    /// A phone saves something, to be found again at the end.
    pub fn save(&mut self, number: usize, deed: &Deed) -> Result<()> {
        let rows = carry_out(self.phone(number), deed)?;
        self.ledger.extend(rows);
        Ok(())
    }

    /// A phone says all there is to say to the office.
    pub fn contact(&mut self, number: usize) -> Result<Contacted> {
        self.phone(number).client.begin_contact()?;
        let mut brought = Contacted::default();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        loop {
            let request = match self.phone(number).client.next_step()? {
                Step::Done => return Ok(brought),
                Step::Again => continue,
                Step::Send { request } => request,
            };
            let mut asked = Request::builder().method(request.method.as_str()).uri(&request.path);
            for header in &request.headers {
                asked = asked.header(&header.name, &header.value);
            }
            let asked = asked.body(Body::from(body_of(&request)?))?;
            let app = self.app().clone();
            let (status, headers, body) = runtime.block_on(async {
                let answer = router(app).oneshot(asked).await?;
                let read = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
                    Some(Header { name: name.as_str().to_owned(), value: value.to_str().ok()?.to_owned() })
                };
                let headers = answer.headers().iter().filter_map(read).collect();
                anyhow::Ok((answer.status().as_u16(), headers, answer.into_body().collect().await?.to_bytes().to_vec()))
            })?;
            brought = self.phone(number).client.take_response(status, headers, body)?;
        }
    }

    /// A phone makes bundles of all that waits; the files' paths, none where nothing waits.
    pub fn bundles(&mut self, from: usize, to: usize, how: HandedAs) -> Result<Vec<String>> {
        let dir = self.dir.path().join("bundles");
        std::fs::create_dir_all(&dir)?;
        let dir = dir.to_str().context("a name that is text")?.to_owned();
        let made = match how {
            HandedAs::Courier => self.phone(from).client.courier_bundles(dir),
            HandedAs::Merge => {
                let address = self.phone(to).client.merge_address()?;
                self.phone(from).client.merge_bundles(dir, address)
            }
        };
        match made {
            Ok(files) => Ok(files.into_iter().map(|file| file.path).collect()),
            Err(e) if e.code() == "bundle.empty" => Ok(Vec::new()),
            Err(e) => Err(e.into()),
        }
    }

    /// One phone hands everything that waits to another.
    pub fn hand_over(&mut self, from: usize, to: usize, how: HandedAs) -> Result<Vec<TakenBundle>> {
        let files = self.bundles(from, to, how)?;
        files.into_iter().map(|path| Ok(self.phone(to).client.take_bundle(path)?)).collect()
    }
}
