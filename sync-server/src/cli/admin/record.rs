//! `minqing admin record …`.

use clap::Subcommand;
use minqing_core::Id;
use serde_json::json;

use super::officer::id_of;
use crate::{
    app::App,
    cli::Out,
    fault::Fault,
    sync::{self, Moved},
};

/// Single households and matters.
#[derive(Debug, Subcommand)]
pub enum Record {
    /// Gives a household that was registered in the wrong grid to another one of its community.
    Move {
        /// The household's id.
        record: String,
        /// 15 digits.
        #[arg(long)]
        grid: String,
    },
    /// Shares a household or a matter with another officer.
    Share {
        /// The household's or the matter's id.
        record: String,
        /// The officer's id.
        officer: String,
    },
    /// Shares it no longer.
    Unshare {
        /// The household's or the matter's id.
        record: String,
        /// The officer's id.
        officer: String,
    },
}

pub(super) fn run(app: &App, out: &Out, what: &Record) -> Result<(), Fault> {
    let (record, moved, key) = match what {
        Record::Move { record, grid } => (record, sync::move_household(app, record_of(record)?, grid)?, "cli-did-record-move"),
        Record::Share { record, officer } => (record, sync::share(app, record_of(record)?, id_of(officer)?)?, "cli-did-record-share"),
        Record::Unshare { record, officer } => (record, sync::unshare(app, record_of(record)?, id_of(officer)?)?, "cli-did-record-unshare"),
    };
    let Moved { documents, rows } = moved;
    out.done(&json!({"record": record, "documents": documents, "rows": rows}), key, &[("documents", documents.into())]);
    Ok(())
}

fn record_of(record: &str) -> Result<Id, Fault> {
    record.parse().map_err(|_| Fault::new("record.unknown", record))
}
