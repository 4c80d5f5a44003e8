//! Settings that can be read but are hardly meant.

use super::Finding;
use crate::config::Config;

pub(super) fn look(config: &Config) -> Vec<Finding> {
    let mut found = Vec::new();
    let here = |text: &str| ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| text.contains(name));
    if config.listen.parse::<std::net::SocketAddr>().is_err() && !config.listen.starts_with("localhost:") {
        found.push(Finding::wrong("settings", "doctor.listen", config.listen.clone()));
    }
    if here(&config.public_url) {
        found.push(Finding::notice("settings", "doctor.public_url", config.public_url.clone()));
    } else if !config.public_url.starts_with("https://") {
        found.push(Finding::wrong("settings", "doctor.https", config.public_url.clone()));
    }
    if !here(&config.listen) {
        found.push(Finding::notice("settings", "doctor.open", config.listen.clone()));
    }
    if config.metrics.public {
        found.push(Finding::notice("settings", "doctor.metrics", ""));
    }
    if found.is_empty() {
        found.push(Finding::ok("settings", config.public_url.clone()));
    }
    found
}
