//! The settings before they are read: one table, laid together from the default, a file and the environment.

use std::path::PathBuf;

use toml::{Table, Value};

use super::{Config, DEFAULT, overlay};
use crate::fault::Fault;

/// Names' endings under which secrets lie.
const SECRET: [&str; 4] = ["secret", "password", "token", "key"];

/// All settings as one table.
#[derive(Clone, Debug)]
pub struct Settings(Table);

impl Settings {
    /// Lays `file`'s text over the default and `MINQING__…` of the environment over both.
    ///
    /// # Errors
    /// `config.malformed`, `config.unknown`, `config.value`, each naming the setting.
    pub fn read(file: Option<&str>, env: impl IntoIterator<Item = (String, String)>) -> Result<Self, Fault> {
        let mut all = overlay::table(DEFAULT)?;
        if let Some(text) = file {
            overlay::merge(&mut all, overlay::table(text)?, "")?;
        }
        for (name, value) in env {
            if let Some(path) = name.strip_prefix("MINQING__") {
                overlay::set(&mut all, &path.to_lowercase().replace("__", "."), &value)?;
            }
        }
        Ok(Self(all))
    }

    /// Sets one setting at a dotted path.
    ///
    /// # Errors
    /// `config.unknown`, `config.value`.
    pub fn set(&mut self, path: &str, value: &str) -> Result<(), Fault> {
        overlay::set(&mut self.0, path, value)
    }

    /// The data directory.
    pub fn data(&self) -> PathBuf {
        self.0.get("data").and_then(Value::as_str).unwrap_or_default().into()
    }

    /// The settings, checked.
    ///
    /// # Errors
    /// `config.value`, naming the setting.
    pub fn config(self) -> Result<Config, Fault> {
        let config: Config = self.0.try_into().map_err(|e: toml::de::Error| Fault::new("config.value", e.message()))?;
        config.check()
    }

    /// The table for people to read: what lies under a secret's name is not in it.
    pub fn masked(&self) -> Table {
        let mut shown = self.0.clone();
        mask(&mut shown);
        shown
    }
}

fn mask(table: &mut Table) {
    for (name, value) in table.iter_mut() {
        match value {
            Value::Table(below) => mask(below),
            Value::String(text) if !text.is_empty() && SECRET.iter().any(|end| name.ends_with(end)) => *text = "***".to_owned(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_wherever_they_lie() {
        let shown = Settings("a = 'x'\nwebhook_secret = 'x'\nempty_key = ''\n[b.c]\npassword = 'x'\ntoken_hours = 3".parse().unwrap()).masked();
        assert_eq!(shown, "a = 'x'\nwebhook_secret = '***'\nempty_key = ''\n[b.c]\npassword = '***'\ntoken_hours = 3".parse().unwrap());
    }

    #[test]
    fn every_type_of_setting_comes_from_the_environment() {
        let env = |name: &str, value: &str| [(name.to_owned(), value.to_owned())];
        let config = |name: &str, value: &str| Settings::read(None, env(name, value)).and_then(Settings::config);
        assert_eq!(config("MINQING__LISTEN", "0.0.0.0:80").unwrap().listen, "0.0.0.0:80");
        assert_eq!(config("MINQING__TRIES__NAME_AT_ONCE", "7").unwrap().tries.name_at_once, 7);
        assert_eq!(config("MINQING__TRIES__TRUSTED_PROXIES", "['127.0.0.1', '::1']").unwrap().tries.proxies().len(), 2);
        for (name, value, what) in [
            ("MINQING__TRIES__TRUSTED_PROXIES", "127.0.0.1", "tries.trusted_proxies"),
            ("MINQING__TRIES__TRUSTED_PROXIES", "['the proxy']", "tries.trusted_proxies"),
            ("MINQING__TRIES__NAME_AT_ONCE", "0", "tries"),
            ("MINQING__TRIES", "{}", "tries"),
        ] {
            assert_eq!(config(name, value).unwrap_err(), Fault::new("config.value", what), "{name}={value}");
        }
        assert_eq!(config("MINQING__NOTHING", "1").unwrap_err().code, "config.unknown");
    }
}
