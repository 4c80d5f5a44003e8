//! Enrolment by one-time code, and the tokens that let a phone speak to the server.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::{Client, Header, Lists, Request, carry::KeysAnswer};
use crate::{
    Error, Id, Result,
    ids::Device,
    store::{
        meta::{self, Enrolled, TimeBase},
        streams,
    },
};

#[derive(Serialize)]
struct EnrolRequest<'a> {
    code: &'a str,
    sign_key: String,
    seal_key: String,
    app: &'a str,
}

#[derive(Deserialize)]
struct EnrolAnswer {
    device: Device,
    officer: Person,
    community: String,
    scope: Scope,
    history: String,
    server_time: i64,
    certificate: String,
    access: String,
    refresh: String,
    /// Left out by servers that know no bundles.
    office_keys: Option<KeysAnswer>,
}

#[derive(Deserialize)]
struct Person {
    id: Id,
    name: String,
}

#[derive(Deserialize)]
struct Scope {
    version: u32,
    streams: Vec<String>,
}

#[derive(Serialize)]
struct RefreshRequest<'a> {
    device: Device,
    refresh: &'a str,
    signature: String,
}

#[derive(Deserialize)]
struct RefreshAnswer {
    access: String,
    refresh: String,
}

#[derive(Serialize)]
struct ChallengeRequest {
    device: Device,
}

#[derive(Deserialize)]
struct ChallengeAnswer {
    challenge: String,
}

#[derive(Serialize)]
struct RenewRequest {
    device: Device,
    challenge: String,
    signature: String,
}

/// Who this phone is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The number everything this phone writes is named by.
    pub device: u32,
    /// Whose phone it is.
    pub officer: String,
    /// The officer's name.
    pub officer_name: String,
    /// The community.
    pub community: String,
}

impl Client {
    /// The JSON body for `POST /v1/enrol`; `code` as typed or scanned, `app` the app's version.
    ///
    /// # Errors
    /// `device.enrolled` if it is already.
    pub fn enrol_request(&self, code: String, app: String) -> Result<Vec<u8>> {
        self.not_in_practice()?;
        if self.enrolled.is_some() {
            return Err(Error::State("device.enrolled"));
        }
        let body = EnrolRequest { code: &code, sign_key: b64(&self.keys.sign_key()), seal_key: b64(&self.keys.seal_key()?), app: &app };
        json(&body)
    }

    /// Takes the answer: from now on the phone can write.
    ///
    /// # Errors
    /// `enrolment.malformed`, `device.enrolled`, `store.failed`.
    pub fn take_enrolment(&mut self, answer: Vec<u8>) -> Result<Enrolment> {
        if self.enrolled.is_some() {
            return Err(Error::State("device.enrolled"));
        }
        let malformed = Error::Malformed("enrolment.malformed");
        let answer: EnrolAnswer = serde_json::from_slice(&answer).map_err(|_| malformed.clone())?;
        let enrolled = Enrolled {
            device: answer.device.0,
            officer: answer.officer.id,
            officer_name: answer.officer.name,
            community: answer.community,
            scope: answer.scope.version,
            history: unb64(&answer.history).ok_or_else(|| malformed.clone())?,
            certificate: unb64(&answer.certificate).ok_or(malformed)?,
        };
        let base = TimeBase { server_ms: answer.server_time, monotonic_ms: self.platform.monotonic_ms(), boot_id: self.platform.boot_id() };
        self.lists.store.write(|tx| {
            meta::set_as(tx, meta::ENROLLED, &enrolled)?;
            meta::set_as(tx, meta::TIME_BASE, &base)?;
            meta::set(tx, meta::REFRESH, Some(answer.refresh.as_bytes()))?;
            if let Some(keys) = answer.office_keys.as_ref().and_then(KeysAnswer::read) {
                meta::set_as(tx, meta::OFFICE_KEYS, &keys)?;
                meta::set_as(tx, meta::KEYS_ASKED, &answer.server_time)?;
            }
            streams::set_scope(tx, &answer.scope.streams)
        })?;
        self.store.copy_identity();
        self.lists.enrolled = Some(enrolled);
        self.access = Some(answer.access);
        self.enrolment()
    }

    /// The access token for `Authorization: Bearer`, if one was fetched since the phone was opened.
    pub fn access_token(&self) -> Option<String> {
        self.access.clone()
    }

    /// The request for the office's stream of server-sent events, while the app is open: each `event: poke` says that something is new, so
    /// begin a contact, and one more once the stream stands. `None` where no token was fetched since the phone was opened, or a request with
    /// it was answered 401: the next contact brings one.
    pub fn poke_request(&self) -> Option<Request> {
        let accept = Header { name: "accept".into(), value: "text/event-stream".into() };
        let request = Request { headers: vec![accept], ..Request::get("/v1/sync/events") };
        self.access.as_deref().map(|token| request.with_token(token))
    }

    /// The JSON body for `POST /v1/token/refresh`, signed by the device's key.
    ///
    /// # Errors
    /// `device.not_enrolled`, `token.malformed`, `store.failed`.
    pub fn refresh_request(&self) -> Result<Vec<u8>> {
        self.not_in_practice()?;
        let me = self.me()?;
        let refresh = meta::get(self.store.read(), meta::REFRESH)?.and_then(|b| String::from_utf8(b).ok()).ok_or(Error::Malformed("token.malformed"))?;
        let mut message = b"minqing/refresh/1".to_vec();
        message.extend(unb64(&refresh).ok_or(Error::Malformed("token.malformed"))?);
        json(&RefreshRequest { device: me.device(), refresh: &refresh, signature: b64(&self.keys.sign(&message)) })
    }

    /// The JSON body for `POST /v1/token/challenge`, where the refresh token was not accepted: this file was
    /// restored from a backup or copied.
    ///
    /// # Errors
    /// `device.not_enrolled`.
    pub fn challenge_request(&self) -> Result<Vec<u8>> {
        self.not_in_practice()?;
        json(&ChallengeRequest { device: self.me()?.device() })
    }

    /// The JSON body for `POST /v1/token/renew`, from the answer to the challenge's request.
    ///
    /// # Errors
    /// `device.not_enrolled`, `token.malformed`.
    pub fn renew_request(&self, challenge: Vec<u8>) -> Result<Vec<u8>> {
        let answer: ChallengeAnswer = serde_json::from_slice(&challenge).map_err(|_| Error::Malformed("token.malformed"))?;
        let mut message = b"minqing/renew/1".to_vec();
        message.extend(unb64(&answer.challenge).ok_or(Error::Malformed("token.malformed"))?);
        let signature = b64(&self.keys.sign(&message));
        json(&RenewRequest { device: self.me()?.device(), challenge: answer.challenge, signature })
    }

    /// Takes new tokens.
    ///
    /// # Errors
    /// `token.malformed`, `store.failed`.
    pub fn take_refresh(&mut self, answer: Vec<u8>) -> Result<()> {
        let answer: RefreshAnswer = serde_json::from_slice(&answer).map_err(|_| Error::Malformed("token.malformed"))?;
        self.lists.store.write(|tx| meta::set(tx, meta::REFRESH, Some(answer.refresh.as_bytes())))?;
        self.store.copy_identity();
        self.access = Some(answer.access);
        Ok(())
    }
}

impl Lists {
    /// Who this phone is.
    ///
    /// # Errors
    /// `device.not_enrolled`.
    pub fn enrolment(&self) -> Result<Enrolment> {
        let me = self.me()?;
        Ok(Enrolment { device: me.device, officer: me.officer.to_string(), officer_name: me.officer_name.clone(), community: me.community.clone() })
    }
}

fn json(body: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(body).map_err(|e| Error::Store(e.to_string()))
}

fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn unb64(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
