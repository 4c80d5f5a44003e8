//! `minqing backup FILE` and `minqing restore FILE`.

use std::{path::Path, sync::Arc};

use serde_json::json;

use super::Out;
use crate::{app::App, backup, clock::SystemClock, config::Config, entropy::SystemEntropy, fault::Fault};

/// Writes a backup, whether or not a server runs.
pub fn save(config: Config, file: &Path, out: &Out) -> Result<(), Fault> {
    let app = App::open(config, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    let saved = backup::save(&app, file)?;
    let args = [("file", file.display().to_string().into()), ("files", saved.files.into()), ("bytes", saved.bytes.into())];
    out.done(&json!({"backup": file.display().to_string(), "files": saved.files, "bytes": saved.bytes}), "cli-did-backup", &args);
    Ok(())
}

/// Puts a backup in the place of the data directory.
pub fn restore(config: &Config, file: &Path, out: &Out) -> Result<(), Fault> {
    let restored = backup::restore(file, &config.data, &SystemClock, &SystemEntropy)?;
    let before = restored.before.map(|dir| dir.display().to_string()).unwrap_or_default();
    out.done(
        &json!({"restored": config.data.display().to_string(), "before": before}),
        if before.is_empty() { "cli-did-restore" } else { "cli-did-restore-over" },
        &[("before", before.as_str().into())],
    );
    Ok(())
}
