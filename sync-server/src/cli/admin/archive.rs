//! `minqing admin archive`.

use serde_json::json;

use crate::{app::App, cli::Out, fault::Fault, sync::archive_all};

pub(super) fn run(app: &App, out: &Out, after_days: Option<u32>) -> Result<(), Fault> {
    let done = archive_all(app, after_days.unwrap_or(app.config.log.archive_days))?;
    out.done(&json!(done), "cli-did-archive", &[("volumes", done.volumes.into())]);
    Ok(())
}
