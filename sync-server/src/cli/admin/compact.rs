//! `minqing admin compact`.

use serde_json::json;

use crate::{
    app::App,
    cli::Out,
    compaction::{LetGo, compact_all},
    fault::Fault,
};

pub(super) fn run(app: &App, out: &Out, older_than_days: Option<u32>) -> Result<(), Fault> {
    let done = compact_all(app, older_than_days.unwrap_or(app.config.log.keep_days))?;
    let LetGo { streams, rows, bytes, kept } = done;
    out.done(&json!(done), "cli-did-compact", &[("streams", streams.into()), ("rows", rows.into()), ("bytes", bytes.into()), ("kept", kept.into())]);
    Ok(())
}
