//! All that a phone and the office say to each other in one go, without a socket: the platform sends each request and hands
//! its answer back. Tokens are renewed where they ran out; wherever it ends, nothing is lost, and the next one goes on.
//!
//! An exchange, the office's keys where they are old, bundles that are carried, packs where the office offers them, old visits that were asked for, files that wait, and an exchange once more for what these changed.

use serde::{Deserialize, Serialize};

use super::{Client, Header, Reader, Request, carry::Sent, restored};
use crate::{
    Error, Result, bundle,
    error::office_code,
    store::{courier, meta},
    wire::CONTENT_TYPE,
};

/// Longest time that the office may ask a phone to stay away, in seconds: a wrong answer must not silence it.
const MAX_LATER_S: i64 = 600;
/// How often tokens are renewed before the office counts as unwilling.
const MAX_RENEWALS: u32 = 2;
const JSON: &str = "application/json";

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send this, then call `take_response` or `request_failed`.
    Send {
        /// The request.
        request: Request,
    },
    /// Some work was done on the phone; ask again.
    Again,
    /// Nothing is left to say.
    Done,
}

/// What this contact brought so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacted {
    /// Answers that came.
    pub requests: u32,
    /// Items that reached a final state.
    pub settled: u32,
    /// Rows that came down.
    pub rows: u32,
    /// Files of this phone that arrived at the office.
    pub files: u32,
    /// Bundles of colleagues that the office took.
    pub bundles: u32,
    /// Whether phone and server hold different things though both say they are at the same place.
    pub differs: bool,
    /// The office has revoked this phone and has all that it brought: its file is to be wiped ([`Client::wipe`]).
    pub revoked: bool,
}

/// A contact under way.
#[derive(Default)]
pub(super) struct Contact {
    errand: Option<Errand>,
    tokens: Tokens,
    renewals: u32,
    exchange: bool,
    unpack: bool,
    no_packs: bool,
    no_history: bool,
    asked_keys: bool,
    /// The last bundle that was sent.
    sent_bundle: i64,
    brought: Contacted,
    later: Option<Later>,
}

/// Until when the office asked not to be asked: so many phones come at once that each was given a time of its own.
struct Later {
    boot_id: String,
    monotonic_ms: i64,
}

/// What the request under way is for.
#[derive(Clone, Copy)]
enum Errand {
    Tokens,
    Exchange,
    Keys,
    Bundle,
    Download,
    History,
    Upload,
}

/// What must be asked before anything else.
#[derive(Default)]
enum Tokens {
    /// Nothing.
    #[default]
    Fine,
    /// To become the office's phone: code and app.
    Enrol(String, String),
    Refresh,
    /// The refresh token is an old one, as on a restored phone.
    Challenge,
    /// With the challenge that came.
    Renew(Vec<u8>),
}

impl Client {
    /// Begins a contact with the office; one under way is forgotten, and what it carried is sent again.
    ///
    /// # Errors
    /// `device.not_enrolled`; `office.busy` before [`Client::contact_in_ms`] is over.
    pub fn begin_contact(&mut self) -> Result<()> {
        self.not_in_practice()?;
        self.me()?;
        if self.contact_in_ms() > 0 {
            return Err(Error::Office { code: "office.busy", status: 503 });
        }
        self.forget_request();
        self.drop_old_history()?;
        self.contact = Contact { exchange: true, unpack: true, ..Contact::default() };
        Ok(())
    }

    /// In how many milliseconds a contact is worth beginning, 0 = now: a busy office says when (`Retry-After`).
    pub fn contact_in_ms(&self) -> i64 {
        let later = self.contact.later.as_ref().filter(|later| later.boot_id == self.platform.boot_id());
        later.map_or(0, |later| (later.monotonic_ms - self.platform.monotonic_ms()).clamp(0, MAX_LATER_S * 1_000))
    }

    fn note_later(&mut self, status: u16, headers: &[Header]) {
        let seconds = headers.iter().find(|header| header.name == "retry-after").and_then(|header| header.value.trim().parse::<i64>().ok());
        self.contact.later = seconds
            .filter(|_| matches!(status, 429 | 503))
            .map(|seconds| Later { boot_id: self.platform.boot_id(), monotonic_ms: self.platform.monotonic_ms() + seconds.clamp(0, MAX_LATER_S) * 1_000 });
    }

    /// Begins the first contact: `code` as typed or scanned, `app` the app's version.
    ///
    /// # Errors
    /// `device.enrolled` if it is already.
    pub fn begin_enrolment(&mut self, code: String, app: String) -> Result<()> {
        self.not_in_practice()?;
        if self.enrolled.is_some() {
            return Err(Error::State("device.enrolled"));
        }
        self.contact = Contact { exchange: true, tokens: Tokens::Enrol(code, app), ..Contact::default() };
        Ok(())
    }

    /// Ends a contact in which nothing is left to say: what was deleted leaves the file, and a phone that was revoked is wiped. Where there is
    /// something to do the reader is closed meanwhile.
    ///
    /// # Errors
    /// As [`Client::wipe`]. That the file could not be tidied is no error: it is tried again at the end of the next contact.
    pub fn finish_contact(&mut self, reader: &Reader) -> Result<()> {
        if self.contact.brought.revoked {
            return reader.closed_while(|| self.wipe());
        }
        if meta::get(self.store.read(), meta::TIDY)?.is_some() {
            let _ = reader.closed_while(|| self.tidy());
        }
        Ok(())
    }

    /// What is to be done next in the contact that was begun.
    ///
    /// # Errors
    /// `device.not_enrolled`, `token.malformed`, `store.failed`.
    pub fn next_step(&mut self) -> Result<Step> {
        self.not_in_practice()?;
        if self.access.is_none() && matches!(self.contact.tokens, Tokens::Fine) {
            self.contact.tokens = Tokens::Refresh;
        }
        let (path, body) = match &self.contact.tokens {
            Tokens::Fine => return self.next_errand(),
            Tokens::Enrol(code, app) => ("/v1/enrol", self.enrol_request(code.clone(), app.clone())?),
            Tokens::Refresh => ("/v1/token/refresh", self.refresh_request()?),
            Tokens::Challenge => ("/v1/token/challenge", self.challenge_request()?),
            Tokens::Renew(challenge) => ("/v1/token/renew", self.renew_request(challenge.clone())?),
        };
        Ok(self.send(Errand::Tokens, Request::post(path, JSON, body)))
    }

    fn next_errand(&mut self) -> Result<Step> {
        if self.contact.unpack {
            let unpacked = self.unpack_next()?;
            self.contact.unpack = unpacked.more;
            self.contact.exchange |= unpacked.complete;
            return Ok(Step::Again);
        }
        if self.contact.exchange {
            let body = self.next_exchange()?;
            return Ok(self.send_with_token(Errand::Exchange, Request::post("/v1/sync", CONTENT_TYPE, body)));
        }
        if !self.contact.asked_keys && self.lacks_keys()? {
            self.contact.asked_keys = true;
            return Ok(self.send_with_token(Errand::Keys, Request::get("/v1/office-keys")));
        }
        if let Some((id, bytes)) = courier::next(self.store.read(), self.contact.sent_bundle)? {
            self.contact.sent_bundle = id;
            return Ok(self.send_with_token(Errand::Bundle, Request::post("/v1/bundles", bundle::CONTENT_TYPE, bytes)));
        }
        if let Some(download) = self.next_download()?.filter(|_| !self.contact.no_packs) {
            return Ok(self.send_with_token(Errand::Download, download.into()));
        }
        if let Some(history) = self.next_history()?.filter(|_| !self.contact.no_history) {
            return Ok(self.send_with_token(Errand::History, history.into()));
        }
        Ok(match self.next_upload()? {
            Some(upload) => self.send_with_token(Errand::Upload, upload.into()),
            // Saved while files went up.
            None if restored::has_to_send(self.store.read())? => {
                self.contact.exchange = true;
                Step::Again
            }
            None => Step::Done,
        })
    }

    fn send_with_token(&mut self, errand: Errand, request: Request) -> Step {
        // `next_step` lets nobody come here without one.
        let token = self.access.clone().unwrap_or_default();
        self.send(errand, request.with_token(&token))
    }

    fn send(&mut self, errand: Errand, request: Request) -> Step {
        self.contact.errand = Some(errand);
        Step::Send { request }
    }

    /// Takes the answer to the last request: its status, headers with names in small letters, and body.
    ///
    /// # Errors
    /// `exchange.not_running`; what the office refuses with; `office.busy`, `office.failed`; `enrolment.malformed`, `token.malformed`,
    /// `frame.malformed`, `frame.too_large`, `exchange.stale` for an answer that is none; `store.failed`. The contact ends then.
    pub fn take_response(&mut self, status: u16, headers: Vec<Header>, body: Vec<u8>) -> Result<Contacted> {
        let errand = self.contact.errand.ok_or(Error::State("exchange.not_running"))?;
        self.contact.brought.requests += 1;
        self.note_later(status, &headers);
        let taken = match errand {
            Errand::Tokens => self.take_tokens(status, body),
            Errand::Exchange => self.take_exchange(status, body),
            Errand::Keys => self.take_keys(status, &body),
            Errand::Bundle => self.take_bundle_sent(status, &body),
            Errand::Download => self.take_piece(status, &body),
            Errand::History => self.take_old_visits(status, &body),
            Errand::Upload => self.take_file_answer(status, headers, body),
        };
        self.contact.errand = None;
        if taken.is_err() {
            self.exchange_failed();
        }
        taken.map(|()| self.contact.brought.clone())
    }

    /// Says that the last request could not be sent, or that no answer came. The contact ends; returns what a person is told:
    /// `office.unreachable`.
    pub fn request_failed(&mut self) -> Error {
        self.forget_request();
        Error::Office { code: "office.unreachable", status: 0 }
    }

    fn forget_request(&mut self) {
        match self.contact.errand.take() {
            Some(Errand::Exchange) => self.exchange_failed(),
            Some(Errand::Upload) => self.upload_failed(),
            Some(Errand::Tokens | Errand::Keys | Errand::Bundle | Errand::Download | Errand::History) | None => {}
        }
    }

    fn take_tokens(&mut self, status: u16, body: Vec<u8>) -> Result<()> {
        self.contact.tokens = match (std::mem::take(&mut self.contact.tokens), status) {
            (Tokens::Enrol(..), 200..300) => {
                self.take_enrolment(body)?;
                Tokens::Fine
            }
            (Tokens::Refresh | Tokens::Renew(_), 200) => {
                self.take_refresh(body)?;
                Tokens::Fine
            }
            (Tokens::Refresh, 401) => Tokens::Challenge,
            (Tokens::Challenge, 200) => Tokens::Renew(body),
            _ => return Err(refusal(status, &body)),
        };
        Ok(())
    }

    fn take_exchange(&mut self, status: u16, body: Vec<u8>) -> Result<()> {
        match status {
            200 => {
                let exchanged = self.take_answer(body)?;
                self.contact.exchange = exchanged.more;
                let brought = &mut self.contact.brought;
                brought.settled += exchanged.settled;
                brought.rows += exchanged.rows;
                brought.differs = exchanged.differs;
                Ok(())
            }
            401 => {
                self.exchange_failed();
                self.renew(&body)
            }
            403 if super::upload::code_of(&body) == "device.revoked" => {
                self.exchange_failed();
                self.contact.exchange = false;
                self.contact.no_packs = true;
                self.contact.brought.revoked = true;
                Ok(())
            }
            _ => Err(refusal(status, &body)),
        }
    }

    fn take_piece(&mut self, status: u16, body: &[u8]) -> Result<()> {
        let taken = self.take_download(status, body)?;
        self.contact.unpack = taken.whole;
        self.contact.no_packs |= taken.later;
        if taken.renew { self.renew(body) } else { Ok(()) }
    }

    fn take_old_visits(&mut self, status: u16, body: &[u8]) -> Result<()> {
        let taken = self.take_history(status, body)?;
        self.contact.no_history |= taken.later;
        if taken.renew { self.renew(body) } else { Ok(()) }
    }

    fn take_bundle_sent(&mut self, status: u16, body: &[u8]) -> Result<()> {
        match self.take_bundle_answer(self.contact.sent_bundle, status, body)? {
            Sent::Taken => {
                // Its rows come down.
                self.contact.exchange = true;
                self.contact.brought.bundles += 1;
                Ok(())
            }
            Sent::Kept => Ok(()),
            Sent::Renew => {
                // The same one again.
                self.contact.sent_bundle -= 1;
                self.renew(body)
            }
        }
    }

    fn take_file_answer(&mut self, status: u16, headers: Vec<Header>, body: Vec<u8>) -> Result<()> {
        let taken = self.take_upload_answer(status, headers, body.clone())?;
        // What waited for this file may be in the log now.
        self.contact.exchange |= taken.at_office;
        self.contact.brought.files += u32::from(taken.at_office);
        if taken.renew { self.renew(&body) } else { Ok(()) }
    }

    /// The access token was not accepted: another one is asked for, a few times.
    fn renew(&mut self, body: &[u8]) -> Result<()> {
        self.contact.renewals += 1;
        if self.contact.renewals > MAX_RENEWALS {
            return Err(refusal(401, body));
        }
        self.access = None;
        Ok(())
    }
}

/// What an answer means that is not what was asked for.
pub(super) fn refusal(status: u16, body: &[u8]) -> Error {
    let code = match status {
        429 | 502..=504 => "office.busy",
        _ => office_code(&super::upload::code_of(body)),
    };
    Error::Office { code, status }
}
