//! Files on their way to the office, without a socket: the platform carries what `next_upload` says and hands the answer back.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

use super::Client;
use crate::{
    Error, Result,
    attachment::{Answered, CHUNK, LEAST_CHUNK, Step, VERSION, answered, next},
    envelope::Hash,
    store::attachments::{self, Outgoing},
};

/// Where uploads begin; the access token goes with each request, as with an exchange.
const PATH: &str = "/v1/attachments";
/// How often an upload may come to nothing before the office counts as unwilling.
const MAX_ANEW: u32 = 5;

/// A header of a request or an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Its name, in small letters.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A request to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// `POST`, `HEAD` or `PATCH`.
    pub method: String,
    /// The path on the office's server.
    pub path: String,
    /// Its headers besides `Authorization`.
    pub headers: Vec<Header>,
    /// The file whose bytes are the body; empty for none.
    pub file: String,
    /// The first byte of the body in that file.
    pub from: u64,
    /// How many bytes the body has.
    pub len: u64,
}

/// What an answer brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploaded {
    /// The file lies at the office now.
    pub at_office: bool,
    /// The token was not accepted: renew it and ask for the next upload again.
    pub renew: bool,
}

/// What this process knows of uploads and forgets with its end.
pub(super) struct Uploads {
    under_way: Option<(Outgoing, Step)>,
    /// How far one file came, where the office said so since this process began.
    at: Option<(Hash, u64)>,
    /// Files whose turn comes again when all others had theirs.
    later: Vec<Hash>,
    /// How many bytes go at once: half as many after each that came to nothing, twice as many after each that arrived.
    chunk: u64,
}

impl Default for Uploads {
    fn default() -> Self {
        Self { under_way: None, at: None, later: Vec::new(), chunk: CHUNK }
    }
}

impl Uploads {
    /// The file of the request under way.
    pub(super) fn under_way(&self) -> Option<Hash> {
        self.under_way.as_ref().map(|(file, _)| file.sha256)
    }

    fn put_off(&mut self, hash: Hash) {
        self.later.push(hash);
        self.chunk = (self.chunk / 2).max(LEAST_CHUNK);
    }
}

impl Client {
    /// The next request that brings a file further; `None` if there is nothing to send now. Ask again after each exchange.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn next_upload(&mut self) -> Result<Option<Upload>> {
        self.not_in_practice()?;
        self.me()?;
        let waiting = attachments::outgoing(self.store.read())?;
        // One whose bytes are gone, as after a restore, cannot be sent; its row says so by having no path.
        let here = |f: &Outgoing| self.store.files().length(f.sha256) == Some(f.bytes);
        let Some(file) = waiting.into_iter().find(|f| !self.uploads.later.contains(&f.sha256) && here(f)) else {
            self.uploads.later.clear();
            return Ok(None);
        };
        let at = self.uploads.at.filter(|(hash, _)| *hash == file.sha256).map(|(_, at)| at);
        let step = next(file.upload.is_some(), at, file.bytes, self.uploads.chunk);
        let upload = self.request(&file, step);
        self.uploads.under_way = Some((file, step));
        Ok(Some(upload))
    }

    /// Takes the answer to the last request: its status, headers with names in small letters, and body.
    ///
    /// # Errors
    /// `upload.not_running`, `store.failed`.
    pub fn take_upload_answer(&mut self, status: u16, headers: Vec<Header>, body: Vec<u8>) -> Result<Uploaded> {
        let (file, step) = self.uploads.under_way.take().ok_or(Error::State("upload.not_running"))?;
        if status == 401 {
            return Ok(Uploaded { renew: true, ..Uploaded::default() });
        }
        let header = |name: &str| headers.iter().find(|h| h.name == name).map(|h| h.value.as_str());
        let offset = header("upload-offset").and_then(|text| text.parse().ok());
        let (hash, code) = (file.sha256, code_of(&body));
        self.uploads.at = None;
        match answered(step, status, offset, file.bytes) {
            Answered::Done => {
                self.lists.store.write(|tx| attachments::arrived(tx, hash))?;
                return Ok(Uploaded { at_office: true, ..Uploaded::default() });
            }
            Answered::At(at) => {
                if step == Step::Create {
                    let Some(address) = header("location").filter(|a| is_ours(a)) else {
                        self.uploads.put_off(hash);
                        return Ok(Uploaded::default());
                    };
                    self.lists.store.write(|tx| attachments::begun(tx, hash, address))?;
                }
                self.uploads.at = Some((hash, at));
                if matches!(step, Step::Send { .. }) {
                    self.uploads.chunk = (self.uploads.chunk * 2).min(CHUNK);
                }
            }
            Answered::Unsure => {}
            // A proxy's limit, or a server that is mended tomorrow, must not settle a file's fate.
            Answered::Gone if file.anew >= MAX_ANEW && is_final(&code) => self.lists.store.write(|tx| attachments::refused(tx, hash, &code))?,
            Answered::Refused if is_final(&code) => self.lists.store.write(|tx| attachments::refused(tx, hash, &code))?,
            Answered::Gone => {
                self.lists.store.write(|tx| attachments::gone(tx, hash))?;
                if file.anew > 0 {
                    self.uploads.put_off(hash);
                }
            }
            Answered::Later | Answered::Refused => self.uploads.put_off(hash),
        }
        Ok(Uploaded::default())
    }

    /// Tries the files once more that the office would not take, as after its limits were raised.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn retry_refused_files(&mut self) -> Result<()> {
        self.lists.store.write(|tx| attachments::retry(tx))
    }

    /// The last request came to no answer; how far the file came is asked for the next time.
    pub fn upload_failed(&mut self) {
        self.uploads.at = None;
        if let Some((file, _)) = self.uploads.under_way.take() {
            self.uploads.put_off(file.sha256);
        }
    }

    fn request(&self, file: &Outgoing, step: Step) -> Upload {
        let mut headers = vec![("tus-resumable", VERSION.to_owned())];
        let address = file.upload.clone().unwrap_or_default();
        let (method, path, from, len) = match step {
            Step::Create => {
                let word = |text: &str| STANDARD.encode(text);
                headers.push(("upload-length", file.bytes.to_string()));
                headers.push(("upload-metadata", format!("sha256 {},media {}", word(&file.sha256.to_string()), word(&file.media))));
                ("POST", PATH.to_owned(), 0, 0)
            }
            Step::Ask => ("HEAD", address, 0, 0),
            Step::Send { from, len } => {
                headers.push(("upload-offset", from.to_string()));
                headers.push(("content-type", "application/offset+octet-stream".to_owned()));
                ("PATCH", address, from, len)
            }
        };
        let body = if len == 0 { String::new() } else { self.store.files().path(file.sha256).display().to_string() };
        let headers = headers.into_iter().map(|(name, value)| Header { name: name.into(), value }).collect();
        Upload { method: method.into(), path, headers, file: body, from, len }
    }
}

/// An upload's address is one of ours, or no request goes there.
fn is_ours(address: &str) -> bool {
    let name = address.strip_prefix(PATH).and_then(|rest| rest.strip_prefix('/')).unwrap_or_default();
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Whether a problem is about the file itself.
fn is_final(code: &str) -> bool {
    code.starts_with("attachment.")
}

/// The code of a problem, as far as it can be read.
pub(super) fn code_of(body: &[u8]) -> String {
    let problem: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    problem["code"].as_str().filter(|code| code.len() <= 64).unwrap_or_default().to_owned()
}
