//! `minqing export WHAT --format csv|xlsx|json`.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use minqing_core::words::say;
use serde_json::json;

use super::Out;
use crate::{
    app::App,
    clock::SystemClock,
    config::Config,
    entropy::SystemEntropy,
    export::{self, Format, What},
    fault::Fault,
    private,
};

/// What is exported, and how.
#[derive(Debug, Args)]
pub struct Export {
    #[arg(value_enum, value_name = "areas|households|visits|matters")]
    kind: What,
    #[arg(long, value_enum, value_name = "csv|xlsx|json")]
    format: Format,
    #[arg(long)]
    community: Option<String>,
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the table to a file, or to stdout and nothing else there.
pub fn run(what: Export, config: Config, out: &Out) -> Result<(), Fault> {
    let app = App::open(config, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    let write = |to: &mut (dyn Write + Send)| export::export(app.store.as_ref(), what.kind, what.format, what.community.as_deref(), out.lang, to);
    match &what.out {
        None => {
            let rows = write(&mut BufWriter::new(io::stdout()))?;
            eprintln!("{}", say(out.lang, "cli-did-export", &[("rows", rows.into()), ("file", "-".into())]));
        }
        Some(file) => {
            let rows = whole(file, |to| write(to))?;
            let file = file.display().to_string();
            out.done(&json!({"rows": rows, "file": file}), "cli-did-export", &[("rows", rows.into()), ("file", file.as_str().into())]);
        }
    }
    Ok(())
}

/// Writes beside the file and then puts it in its place: nobody sees half a table, and what stood there stays where this
/// fails. Only this user can read it, for residents stand in it.
pub(super) fn whole<T>(file: &Path, write: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, Fault>) -> Result<T, Fault> {
    let failed = |e: io::Error| Fault::new("export.failed", e.to_string());
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let _ = fs::remove_file(&part);
    let done = private::new_file(&part).map_err(failed).and_then(|opened| {
        let mut to = BufWriter::new(opened);
        let done = write(&mut to)?;
        to.into_inner().map_err(|e| failed(e.into_error()))?.sync_all().map_err(failed)?;
        fs::rename(&part, file).map_err(failed)?;
        Ok(done)
    });
    if done.is_err() {
        let _ = fs::remove_file(&part);
    }
    done
}
