//! What the platform does with a request that the core says: it sends it, and hands the answer back.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
};

use anyhow::{Context, Result};
use minqing_core::client::{Contacted, Header, Request, Step};

use crate::phone::Phone;

/// What came back.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, with names in small letters.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Vec<u8>,
}

impl Phone {
    /// Sends one request as it is.
    pub fn request(&mut self, url: &str, request: &Request) -> Result<Answer> {
        self.traffic.requests += 1;
        self.traffic.up += if request.file.is_empty() { request.body.len() as u64 } else { request.len };
        let answer = send(url, request)?;
        self.traffic.down += answer.body.len() as u64;
        Ok(answer)
    }

    /// The same with an access token.
    pub fn request_as_device(&mut self, url: &str, request: Request) -> Result<Answer> {
        let token = self.token(url)?;
        self.request(url, &request.with_token(&token))
    }

    /// Says all there is to say to the office.
    pub fn contact(&mut self, url: &str) -> Result<Contacted> {
        self.client.begin_contact()?;
        self.talk(url)
    }

    /// Goes on with the contact that was begun.
    pub fn talk(&mut self, url: &str) -> Result<Contacted> {
        let mut brought = Contacted::default();
        loop {
            match self.client.next_step()? {
                Step::Done => return Ok(brought),
                Step::Again => {}
                Step::Send { request } => match self.request(url, &request) {
                    Ok(Answer { status, headers, body }) => brought = self.client.take_response(status, headers, body)?,
                    Err(e) => return Err(e.context(self.client.request_failed())),
                },
            }
        }
    }
}

/// Sends a request with the platform's own HTTP client.
pub fn send(url: &str, request: &Request) -> Result<Answer> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut made = ureq::http::Request::builder().method(request.method.as_str()).uri(format!("{url}{}", request.path));
    for header in &request.headers {
        made = made.header(&header.name, &header.value);
    }
    let mut answer = agent.run(made.header("x-minqing-app", "demo/1").body(body_of(request)?)?)?;
    let read = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
        Some(Header { name: name.as_str().to_owned(), value: value.to_str().ok()?.to_owned() })
    };
    let headers = answer.headers().iter().filter_map(read).collect();
    let status = answer.status().as_u16();
    let body = answer.body_mut().with_config().limit(most(&request.path)).read_to_vec()?;
    Ok(Answer { status, headers, body })
}

/// Most bytes of an answer. A pack may come whole from a server that knows no ranges.
fn most(path: &str) -> u64 {
    match path {
        _ if path.starts_with("/v1/packs/") => 80 << 20,
        _ if path.starts_with("/v1/attachments") => 1 << 20,
        _ => 8 << 20,
    }
}

/// The bytes of a request's body, from memory or its file.
pub fn body_of(request: &Request) -> Result<Vec<u8>> {
    if request.file.is_empty() {
        return Ok(request.body.clone());
    }
    let mut body = Vec::new();
    let mut file = File::open(&request.file).context("the body's file")?;
    file.seek(SeekFrom::Start(request.offset))?;
    file.take(request.len).read_to_end(&mut body)?;
    Ok(body)
}
