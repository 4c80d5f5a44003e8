//! Settings: the embedded default file, a file over it, the environment over both.

use std::{net::IpAddr, path::PathBuf};

use serde::Deserialize;

use crate::fault::Fault;

mod overlay;
mod settings;

pub use settings::Settings;

/// The default file; also the documentation of every setting.
pub const DEFAULT: &str = include_str!("../config.default.toml");

/// All settings (config.default.toml says what each means).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: String,
    /// The data directory.
    pub data: PathBuf,
    /// How phones reach this server.
    pub public_url: String,
    /// What one request may cost.
    pub limits: Limits,
    /// How long phones' tokens and codes live.
    pub tokens: Tokens,
    /// How often something may be tried that could be guessed.
    pub tries: Tries,
    /// The office's pages.
    pub office: Office,
    /// Reminders of appointments.
    pub reminders: Reminders,
    /// Tables that are brought in.
    pub import: Import,
    /// What operators measure.
    pub metrics: Metrics,
    /// Photos and voice.
    pub attachments: Attachments,
    /// What new phones take in the place of rows.
    pub packs: Packs,
    /// What the log keeps twice.
    pub log: Log,
}

/// What the log keeps twice.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// For how many days a change lies in the log as well as in its document.
    pub keep_days: u32,
    /// How many days after a year has ended its visits leave the phones.
    pub archive_days: u32,
}

/// What new phones take in the place of rows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Packs {
    /// From how many rows on a stream is packed.
    pub rows: u64,
    /// How often it is looked whether streams have grown, in minutes.
    pub minutes: u32,
}

/// What one request may cost.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Largest body, in bytes.
    pub body_bytes: usize,
    /// Longest time, in seconds.
    pub timeout_seconds: u64,
    /// Exchanges at work at once.
    pub exchanges_at_once: usize,
    /// Exchanges that wait besides, or whose bodies are still coming.
    pub exchanges_waiting: usize,
    /// Phones that listen for what is new.
    pub listening: usize,
    /// Connections at once.
    pub connections: usize,
    /// Longest time for the head of a request, and for any progress of an answer, in seconds.
    pub slow_seconds: u64,
    /// Longest time that running requests may take to finish when the server is told to stop, in seconds.
    pub stop_seconds: u64,
}

/// How long phones' tokens and codes live.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    /// Access tokens, in minutes.
    pub access_minutes: u32,
    /// Enrolment codes, in hours.
    pub code_hours: u32,
}

/// The office's pages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// How long staff stay signed in, in hours.
    pub session_hours: u32,
    /// When a phone counts as silent, in hours.
    pub silent_hours: u32,
    /// Whom residents call, as it stands on their papers; empty for nobody.
    pub phone: String,
}

/// Reminders of appointments.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminders {
    /// The address of a gateway for messages on this machine; empty for none.
    pub webhook: String,
    /// What the gateway knows the server by.
    pub webhook_secret: String,
}

/// Shortest secret of a gateway, in bytes.
const SECRET: usize = 16;

impl Reminders {
    /// The gateway's address and secret; `None` without one.
    pub fn gateway(&self) -> Option<(&str, &str)> {
        (!self.webhook.is_empty()).then_some((&*self.webhook, &*self.webhook_secret))
    }

    /// Whether telephone numbers stay on this machine on their way to it, and whether it can tell who sends them.
    fn is_sound(&self) -> bool {
        let is_here = ["http://127.0.0.1:", "http://[::1]:", "http://localhost:"].iter().any(|here| self.webhook.starts_with(here));
        self.gateway().is_none_or(|(address, secret)| is_here && !address.contains('@') && secret.len() >= SECRET)
    }
}

/// Tables that are brought in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// Largest file, in bytes.
    pub file_bytes: u64,
    /// Most rows.
    pub rows: u64,
}

/// What operators measure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metrics {
    /// Whether `/metrics` answers others than this machine.
    pub public: bool,
}

/// Photos and voice.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachments {
    /// Largest photo, in bytes.
    pub photo_bytes: u64,
    /// Largest voice note, in bytes.
    pub voice_bytes: u64,
    /// Most bytes that one phone may have half sent.
    pub half_bytes: u64,
    /// Most bytes that one phone may begin to send on one day.
    pub day_bytes: u64,
    /// How long an upload that is not finished is kept, in days.
    pub keep_days: u32,
}

/// How often something may be tried that could be guessed: so many at once, and then so many an hour.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tries {
    /// One name from one address.
    pub name_at_once: u32,
    /// The same, an hour.
    pub name_an_hour: u32,
    /// One name from all addresses that are strange to it, together.
    pub stranger_at_once: u32,
    /// The same, an hour.
    pub stranger_an_hour: u32,
    /// One code, or one device at one address.
    pub code_at_once: u32,
    /// The same, an hour.
    pub code_an_hour: u32,
    /// The PIN of one slip, from all addresses together.
    pub pin_at_once: u32,
    /// The same, an hour.
    pub pin_an_hour: u32,
    /// Failures from one address.
    pub address_at_once: u32,
    /// The same, an hour.
    pub address_an_hour: u32,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
}

impl Tries {
    /// The trusted proxies; what is no address is none.
    pub fn proxies(&self) -> Vec<IpAddr> {
        self.trusted_proxies.iter().filter_map(|p| p.parse::<IpAddr>().ok()).map(|p| p.to_canonical()).collect()
    }
}

impl Config {
    /// Reads the settings: the default, `file`'s text over it, `MINQING__…` of the environment over both.
    ///
    /// # Errors
    /// `config.malformed`, `config.unknown`, `config.value`, each naming the setting.
    pub fn load(file: Option<&str>, env: impl IntoIterator<Item = (String, String)>) -> Result<Self, Fault> {
        Settings::read(file, env)?.config()
    }

    fn check(self) -> Result<Self, Fault> {
        let wrong = |name: &str| Err(Fault::new("config.value", name));
        if !(4_096..=64 << 20).contains(&self.limits.body_bytes) {
            return wrong("limits.body_bytes");
        }
        if !self.reminders.is_sound() {
            return wrong("reminders");
        }
        let l = &self.limits;
        if l.timeout_seconds == 0 || l.slow_seconds == 0 {
            return wrong("limits.timeout_seconds");
        }
        if [l.exchanges_at_once, l.connections].contains(&0) || [l.exchanges_at_once, l.exchanges_waiting, l.connections].iter().any(|n| *n > 1 << 20) {
            return wrong("limits");
        }
        if self.tokens.access_minutes == 0 || self.tokens.code_hours == 0 {
            return wrong("tokens");
        }
        if self.office.session_hours == 0 || self.office.silent_hours == 0 {
            return wrong("office");
        }
        if self.office.phone.len() > 30 || !self.office.phone.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c)) {
            return wrong("office");
        }
        if !(1..=1 << 30).contains(&self.import.file_bytes) || self.import.rows == 0 {
            return wrong("import");
        }
        let a = &self.attachments;
        let sizes = [a.photo_bytes, a.voice_bytes, a.half_bytes, a.day_bytes];
        if sizes.iter().any(|n| !(4_096..=1 << 40).contains(n)) || a.photo_bytes.max(a.voice_bytes) > 64 << 20 {
            return wrong("attachments");
        }
        if !(1..=365).contains(&a.keep_days) {
            return wrong("attachments.keep_days");
        }
        if self.packs.rows == 0 || self.packs.minutes == 0 {
            return wrong("packs");
        }
        if self.log.keep_days.max(self.log.archive_days) > 36_500 {
            return wrong("log");
        }
        let t = &self.tries;
        let all =
            [t.name_at_once, t.name_an_hour, t.stranger_at_once, t.stranger_an_hour, t.code_at_once, t.code_an_hour, t.address_at_once, t.address_an_hour];
        if all.contains(&0) {
            return wrong("tries");
        }
        if t.proxies().len() != t.trusted_proxies.len() {
            return wrong("tries.trusted_proxies");
        }
        // It stands unescaped in `minqing:enrol?server=…&code=…`.
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/[]".contains(c);
        if !self.public_url.starts_with("http") || !self.public_url.chars().all(plain) {
            return wrong("public_url");
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(name: &str, value: &str) -> [(String, String); 1] {
        [(name.to_owned(), value.to_owned())]
    }

    #[test]
    fn the_environment_beats_the_file_and_the_file_the_default() {
        let c = Config::load(Some("data = '/srv'\n[limits]\nbody_bytes = 5000"), env("MINQING__LIMITS__BODY_BYTES", "6000")).unwrap();
        assert_eq!((c.limits.body_bytes, c.data.to_str(), c.limits.timeout_seconds), (6_000, Some("/srv"), 30));
        assert_eq!(c.listen, "127.0.0.1:8311");
        let c = Config::load(None, env("HOME", "x")).unwrap();
        assert_eq!((c.tokens.access_minutes, c.tokens.code_hours, c.office.session_hours), (15, 24, 12));
        // A string stays a string, also where it looks like a number.
        assert_eq!(Config::load(None, env("MINQING__DATA", "7")).unwrap().data.to_str(), Some("7"));
    }

    #[test]
    fn the_example_to_install_can_be_read() {
        let c = Config::load(Some(include_str!("../../deploy/minqing.toml")), []).unwrap();
        assert_eq!((c.data.to_str(), c.public_url.as_str()), (Some("/var/lib/minqing"), "https://minqing.example"));
    }

    #[test]
    fn an_error_names_the_setting() {
        let fault = |file: &str| Config::load(Some(file), []).unwrap_err();
        assert_eq!(fault("dada = 1"), Fault::new("config.unknown", "dada"));
        assert_eq!(fault("[limits]\nbody = 1"), Fault::new("config.unknown", "limits.body"));
        assert_eq!(fault("limits = 3"), Fault::new("config.value", "limits"));
        assert_eq!(fault("[tokens]\ncode_hours = 'a day'"), Fault::new("config.value", "tokens.code_hours"));
        assert_eq!(fault("[limits]\nbody_bytes = 1"), Fault::new("config.value", "limits.body_bytes"));
        assert_eq!(fault("public_url = 'https://a?b&c'"), Fault::new("config.value", "public_url"));
        assert_eq!(fault("[office]\nphone = '<b>'"), Fault::new("config.value", "office"));
        for (webhook, secret) in
            [("https://sms.example/", "0123456789abcdef"), ("http://127.0.0.1:8@sms.example/", "0123456789abcdef"), ("http://127.0.0.1:8400/", "short")]
        {
            let file = format!("[reminders]\nwebhook = '{webhook}'\nwebhook_secret = '{secret}'");
            assert_eq!(fault(&file), Fault::new("config.value", "reminders"));
        }
        assert_eq!(fault("[attachments]\nphoto_bytes = 1"), Fault::new("config.value", "attachments"));
        assert_eq!(fault("[attachments]\nkeep_days = 0"), Fault::new("config.value", "attachments.keep_days"));
        assert_eq!(fault("[log]\nkeep_days = 36501"), Fault::new("config.value", "log"));
        assert_eq!(fault("listen = ").code, "config.malformed");
        let by_env = |n: &str, v: &str| Config::load(None, env(n, v)).unwrap_err();
        assert_eq!(by_env("MINQING__LIMITS__BODY_BYTES", "lots"), Fault::new("config.value", "limits.body_bytes"));
        assert_eq!(by_env("MINQING__LIMITS__NOTHING", "1"), Fault::new("config.unknown", "limits.nothing"));
    }
}
