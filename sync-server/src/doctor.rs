//! A look at a server's directory, database and settings: what is wrong, in words, and what to do. Changes nothing, and
//! also looks where the server itself would not start.

mod calendar;
mod clock;
mod database;
mod files;
mod settings;

use minqing_core::words::{Lang, say};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{clock::Clock, config::Config, fault::sentence, storage::sqlite};

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// As it should be.
    Ok,
    /// Worth knowing; nothing has to be done today.
    Notice,
    /// Somebody must do something.
    Wrong,
}

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The check, a word; the catalogue has it under `doctor-<check>`.
    pub check: &'static str,
    /// How it ended.
    pub state: State,
    /// The stable code of what is wrong; empty if nothing is.
    pub code: &'static str,
    /// The file, number or stream it is about.
    pub what: String,
}

impl Finding {
    fn ok(check: &'static str, what: impl Into<String>) -> Self {
        Self { check, state: State::Ok, code: "", what: what.into() }
    }

    fn notice(check: &'static str, code: &'static str, what: impl Into<String>) -> Self {
        Self { check, state: State::Notice, code, what: what.into() }
    }

    fn wrong(check: &'static str, code: &'static str, what: impl Into<String>) -> Self {
        Self { check, state: State::Wrong, code, what: what.into() }
    }

    /// One line for a person.
    pub fn say(&self, lang: Lang) -> String {
        let check = say(lang, &format!("doctor-{}", self.check), &[]);
        let key = match self.state {
            State::Ok => "doctor-ok",
            State::Notice => "doctor-notice",
            State::Wrong => "doctor-wrong",
        };
        say(lang, key, &[("check", check.into()), ("what", self.message(lang).into())])
    }

    fn message(&self, lang: Lang) -> String {
        if self.code.is_empty() { self.what.clone() } else { sentence(lang, self.code, &self.what) }
    }
}

/// All checks, in the order in which one would mend things.
pub fn examine(config: &Config, clock: &dyn Clock) -> Vec<Finding> {
    let mut all = settings::look(config);
    all.extend(files::look(&config.data));
    let examined = sqlite::examine(&config.data);
    all.extend(database::look(&examined, clock.now_ms()));
    all.extend(calendar::look(&config.data, clock.now_ms()));
    all.push(clock::look(clock.now_ms(), examined.ok().and_then(|e| e.last_applied_ms)));
    all
}

/// The findings as JSON, messages in a language.
pub fn json(findings: &[Finding], lang: Lang) -> Value {
    let one = |f: &Finding| json!({"check": f.check, "state": f.state, "code": f.code, "what": f.what, "message": f.message(lang)});
    let wrong = findings.iter().any(|f| f.state == State::Wrong);
    json!({"ok": !wrong, "checks": findings.iter().map(one).collect::<Vec<_>>()})
}

/// Bytes as MiB.
fn mib(bytes: u64) -> String {
    format!("{} MiB", bytes >> 20)
}

#[cfg(test)]
mod tests;
