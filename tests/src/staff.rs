//! Somebody of the office at a program that speaks HTTP: signs in by the form, asks for matters and moves them.

use anyhow::{Context, Result, ensure};
use minqing_core::model::Role;
use serde_json::{Value, json};

/// Somebody who is signed in.
pub struct Staff {
    /// The role in which everything is done.
    pub role: Role,
    url: String,
    cookie: String,
    csrf: String,
    agent: ureq::Agent,
}

impl Staff {
    /// Signs in.
    pub fn sign_in(url: &str, role: Role, name: &str, password: &str) -> Result<Self> {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        let page = agent.get(format!("{url}/office/sign-in")).call()?;
        let form = cookie(page.headers(), "minqing_form").context("the form's cookie")?;
        let token = form.split_once('=').context("the form's token")?.1.to_owned();
        let fields = [("name", name), ("password", password), ("token", &token)];
        let answer = agent.post(format!("{url}/office/sign-in")).header("cookie", &form).send_form(fields)?;
        ensure!(answer.status() == 303, "signing in as {} was answered with {}", role.word(), answer.status());
        let cookie = cookie(answer.headers(), "minqing_session").context("the session's cookie")?;
        let mut staff = Self { role, url: url.to_owned(), cookie, csrf: String::new(), agent };
        staff.csrf = text(&staff.get("/v1/matters?state=void")?["csrf"]);
        Ok(staff)
    }

    /// The session's cookie, for requests that are made otherwise.
    pub fn cookie(&self) -> String {
        self.cookie.clone()
    }

    /// What is sent with whatever changes something.
    pub fn csrf(&self) -> String {
        self.csrf.clone()
    }

    /// All matters of the desk, by id.
    pub fn matters(&self) -> Result<Vec<Value>> {
        let (mut all, mut after): (Vec<Value>, String) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("/v1/matters{after}"))?;
            let Some(last) = page["matters"].as_array().and_then(|list| list.last()) else { return Ok(all) };
            after = format!("?after={}", text(&last["id"]));
            all.extend(page["matters"].as_array().cloned().unwrap_or_default());
        }
    }

    /// The departments of the desk.
    pub fn departments(&self) -> Result<Vec<Value>> {
        Ok(self.get("/v1/matters?state=void")?["departments"].as_array().cloned().unwrap_or_default())
    }

    /// One matter explained.
    pub fn matter(&self, id: &str) -> Result<Value> {
        self.get(&format!("/v1/matters/{id}"))
    }

    /// Does something; the matter as it stands then, or the word of the refusal.
    pub fn act(&self, id: &str, deed: &Value) -> Result<std::result::Result<Value, String>> {
        let mut body = deed.clone();
        body["role"] = json!(self.role.word());
        match self.post(&format!("/v1/matters/{id}/events"), &body)? {
            (200, said) => Ok(Ok(said["matter"].clone())),
            (409, said) => Ok(Err(text(&said["path"]))),
            (status, said) => anyhow::bail!("{} by {} was answered with {status}: {said}", body["event"], self.role.word()),
        }
    }

    /// Sends something under the session; the status, and what was answered.
    pub fn post(&self, path: &str, body: &Value) -> Result<(u16, Value)> {
        self.send(self.agent.post(format!("{}{path}", self.url)), body)
    }

    /// Puts something; the status, and what was answered.
    pub fn put(&self, path: &str, body: &Value) -> Result<(u16, Value)> {
        self.send(self.agent.put(format!("{}{path}", self.url)), body)
    }

    fn send(&self, request: ureq::RequestBuilder<ureq::typestate::WithBody>, body: &Value) -> Result<(u16, Value)> {
        let mut body = body.clone();
        body["csrf"] = json!(self.csrf);
        let mut answer = request.header("cookie", &self.cookie).header("content-type", "application/json").send(body.to_string())?;
        Ok((answer.status().as_u16(), serde_json::from_slice(&answer.body_mut().read_to_vec()?)?))
    }

    /// Sets something of the office, after the version that was seen; its version.
    pub fn set(&self, path: &str, seen: u32, value: &Value) -> Result<u64> {
        let (status, said) = self.put(&format!("/v1/settings/{path}"), &json!({"seen": seen, "value": value}))?;
        ensure!(status == 200, "{path} was answered with {status}: {said}");
        said["version"].as_u64().context("a version")
    }

    /// What stands at a path.
    pub fn get(&self, path: &str) -> Result<Value> {
        let mut answer = self.agent.get(format!("{}{path}", self.url)).header("cookie", &self.cookie).call()?;
        ensure!(answer.status() == 200, "{path} was answered with {}", answer.status());
        Ok(serde_json::from_slice(&answer.body_mut().read_to_vec()?)?)
    }
}

/// A text of an answer; empty if it is none.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn cookie(headers: &ureq::http::HeaderMap, name: &str) -> Option<String> {
    let mut all = headers.get_all("set-cookie").into_iter().filter_map(|value| value.to_str().ok()?.split(';').next());
    all.rfind(|pair| pair.starts_with(&format!("{name}="))).map(str::to_owned)
}
