//! One request to the office, whole: what the platform sends as it is.

use serde::{Deserialize, Serialize};

use super::{Download, Header, Upload};

/// A request to send to the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// `GET`, `POST`, `HEAD` or `PATCH`.
    pub method: String,
    /// The path on the office's server.
    pub path: String,
    /// Its headers, `Authorization` included.
    pub headers: Vec<Header>,
    /// The body, where it is not in a file.
    pub body: Vec<u8>,
    /// The file whose bytes are the body; empty for none.
    pub file: String,
    /// The first byte of the body in that file.
    pub offset: u64,
    /// How many bytes of that file.
    pub len: u64,
}

impl Request {
    /// A `POST` of some bytes, without a token.
    pub fn post(path: &str, media: &str, body: Vec<u8>) -> Self {
        let content_type = Header { name: "content-type".into(), value: media.into() };
        Self { method: "POST".into(), path: path.into(), headers: vec![content_type], body, ..Self::default() }
    }

    /// A `GET`, without a token.
    pub fn get(path: &str) -> Self {
        Self { method: "GET".into(), path: path.into(), ..Self::default() }
    }

    /// The same request with an access token.
    pub fn with_token(mut self, token: &str) -> Self {
        self.headers.push(Header { name: "authorization".into(), value: format!("Bearer {token}") });
        self
    }
}

impl From<Download> for Request {
    fn from(Download { path, headers }: Download) -> Self {
        Self { method: "GET".into(), path, headers, ..Self::default() }
    }
}

impl From<Upload> for Request {
    fn from(Upload { method, path, headers, file, from, len }: Upload) -> Self {
        Self { method, path, headers, file, offset: from, len, body: Vec::new() }
    }
}
