//! `minqing import roster FILE --community CODE`, `minqing import buildings FILE`, `minqing import footways FILE`.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use clap::Subcommand;
use minqing_core::words::say;
use serde_json::json;

use super::Out;
use crate::{
    app::App,
    clock::SystemClock,
    config::Config,
    entropy::SystemEntropy,
    fault::Fault,
    import,
    rounds::{buildings, footways},
};

/// What is brought in.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Doors and residents.
    Roster {
        /// CSV or XLSX.
        #[arg(value_name = "FILE")]
        table: PathBuf,
        /// 12 digits.
        #[arg(long)]
        community: String,
        /// Refused rows are a failure.
        #[arg(long)]
        strict: bool,
    },
    /// Where buildings are.
    Buildings {
        /// CSV with the columns estate, building, lat, lon.
        #[arg(value_name = "FILE")]
        coordinates: PathBuf,
    },
    /// Ways on which rounds are walked.
    Footways {
        /// GeoJSON.
        #[arg(value_name = "FILE")]
        extract: PathBuf,
    },
}

/// Imports, says what became of the rows; 1 where `--strict` meets a refused one.
pub fn run(what: Import, config: Config, out: &Out) -> Result<ExitCode, Fault> {
    let app = App::open(config, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    let (table, community, strict) = match what {
        Import::Roster { table, community, strict } => (table, community, strict),
        Import::Buildings { coordinates } => {
            let n = buildings::import(&coordinates, &app.config.data)?;
            out.done(&json!({"buildings": n}), "cli-did-import-buildings", &[("n", n.into())]);
            return Ok(ExitCode::SUCCESS);
        }
        Import::Footways { extract } => {
            let stretches = footways::import(&extract, &app.config.data)?;
            out.done(&json!({"stretches": stretches}), "cli-did-import-footways", &[("stretches", stretches.into())]);
            return Ok(ExitCode::SUCCESS);
        }
    };
    let report = import::import_file(&app, &table, &community)?;
    let args = [("read", report.read), ("imported", report.imported), ("unchanged", report.unchanged), ("refused", report.refused)];
    out.done(&report.json(out.lang), "cli-did-import", &args.map(|(name, n)| (name, n.into())));
    if !out.json {
        for row in &report.rows {
            let args =
                [("line", row.line.to_string().into()), ("column", row.column.as_str().into()), ("what", row.say(out.lang).into()), ("code", row.code.into())];
            println!("{}", say(out.lang, if row.column.is_empty() { "import-row" } else { "import-cell" }, &args));
        }
    }
    Ok(ExitCode::from(u8::from(strict && report.refused > 0)))
}
