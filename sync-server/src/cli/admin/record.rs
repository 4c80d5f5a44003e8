//! `minqing admin record …`.

use clap::{Args, Subcommand};
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
    /// Erases a resident, or words, from a household's records.
    Erase(Erase),
    /// Shares it no longer.
    Unshare {
        /// The household's or the matter's id.
        record: String,
        /// The officer's id.
        officer: String,
    },
}

/// What is to be erased.
#[derive(Debug, Args)]
pub struct Erase {
    /// The household's id.
    record: String,
    /// The resident: id or full name.
    #[arg(long)]
    resident: Option<String>,
    /// More words that are blacked out.
    #[arg(long)]
    word: Vec<String>,
    /// Other households and matters in which the same is done.
    #[arg(long)]
    also: Vec<String>,
    /// Photos and voice notes of these records go as well.
    #[arg(long)]
    files: bool,
    /// Only says what would go.
    #[arg(long)]
    preview: bool,
}

pub(super) fn run(app: &App, out: &Out, what: &Record) -> Result<(), Fault> {
    let (record, moved, key) = match what {
        Record::Erase(erase) => return run_erase(app, out, erase),
        Record::Move { record, grid } => (record, sync::move_household(app, record_of(record)?, grid)?, "cli-did-record-move"),
        Record::Share { record, officer } => (record, sync::share(app, record_of(record)?, id_of(officer)?)?, "cli-did-record-share"),
        Record::Unshare { record, officer } => (record, sync::unshare(app, record_of(record)?, id_of(officer)?)?, "cli-did-record-unshare"),
    };
    let Moved { documents, rows } = moved;
    out.done(&json!({"record": record, "documents": documents, "rows": rows}), key, &[("documents", documents.into())]);
    Ok(())
}

fn run_erase(app: &App, out: &Out, what: &Erase) -> Result<(), Fault> {
    let household = record_of(&what.record)?;
    let resident = what.resident.as_deref().map(|who| sync::resident_of(app, household, who)).transpose()?;
    let also = what.also.iter().map(|also| record_of(also)).collect::<Result<_, _>>()?;
    let preview = what.preview;
    let what = sync::Erase { household, resident, words: what.word.clone(), also, files: what.files };
    let (erased, key) =
        if preview { (sync::preview_erase(app, &what)?, "cli-did-record-erase-preview") } else { (sync::erase(app, &what)?, "cli-did-record-erase") };
    let documents = erased.documents.len();
    out.done(&serde_json::to_value(&erased).unwrap_or_default(), key, &[("documents", documents.into()), ("elsewhere", erased.elsewhere.len().into())]);
    Ok(())
}

/// Lists erasures with what is open.
pub(super) fn erasures(app: &App, out: &Out) -> Result<(), Fault> {
    let all = sync::erasures(app)?;
    let open = all.iter().filter(|erasure| !erasure.is_over()).count();
    out.done(&json!({"erasures": all, "open": open}), "cli-did-erasures", &[("count", all.len().into()), ("open", open.into())]);
    Ok(())
}

fn record_of(record: &str) -> Result<Id, Fault> {
    record.parse().map_err(|_| Fault::new("record.unknown", record))
}
