//! `minqing rebuild --check`: everything made again from the log alone, and compared.

use std::sync::Arc;

use serde_json::json;

use super::Out;
use crate::{app::App, clock::SystemClock, config::Config, entropy::SystemEntropy, fault::Fault, rebuild};

/// Reads the log, compares, and fails if anything differs.
pub fn check(config: Config, out: &Out) -> Result<(), Fault> {
    let app = App::open(config, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    let report = rebuild::check(app.store.as_ref())?;
    let wrong = report.broken + report.unsigned + report.unreadable + report.documents_differ + report.rows_differ;
    let key = if report.is_good() { "cli-did-rebuild-good" } else { "cli-did-rebuild-bad" };
    let args = [
        ("rows", report.rows.into()),
        ("documents", report.documents.into()),
        ("broken", report.broken.into()),
        ("unsigned", report.unsigned.into()),
        ("unreadable", report.unreadable.into()),
        ("docs", report.documents_differ.into()),
        ("shown", report.rows_differ.into()),
    ];
    out.done(&json!(report), key, &args);
    if report.is_good() { Ok(()) } else { Err(Fault::new("check.failed", wrong.to_string())) }
}
