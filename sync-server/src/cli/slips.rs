//! `minqing slips`: a stock of slips to print.

use std::{
    io::{self, Write},
    path::PathBuf,
    sync::Arc,
};

use clap::Args;
use serde_json::json;

use super::{Out, export::whole};
use crate::{app::App, clock::SystemClock, config::Config, entropy::SystemEntropy, fault::Fault, slip};

/// How many, for whom and where to.
#[derive(Debug, Args)]
pub struct Slips {
    #[arg(long, value_name = "N")]
    count: u16,
    #[arg(long)]
    community: Option<String>,
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Makes the stock and writes its pages to a file, or to stdout and nothing else there.
pub fn run(what: &Slips, config: Config, out: &Out) -> Result<(), Fault> {
    let app = App::open(config, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    let community = slip::community(&app, what.community.as_deref())?;
    let made = slip::make(&app, &community.id, what.count)?;
    let page = slip::page(&app.config.public_url, &community, &made)?;
    let failed = |e: io::Error| Fault::new("export.failed", e.to_string());
    let args = |file: &str| [("count", made.len().into()), ("file", file.to_owned().into())];
    match &what.out {
        // One line is promised, and no file was named: the pages stand in it.
        None if out.json => {
            println!("{}", json!({"slips": made.len(), "community": community.id, "file": null, "html": page}));
        }
        None => {
            io::stdout().write_all(page.as_bytes()).map_err(failed)?;
            eprintln!("{}", minqing_core::words::say(out.lang, "cli-did-slips", &args("-")));
        }
        Some(file) => {
            whole(file, |to| to.write_all(page.as_bytes()).map_err(failed))?;
            let file = file.display().to_string();
            out.done(&json!({"slips": made.len(), "community": community.id, "file": file}), "cli-did-slips", &args(&file));
        }
    }
    Ok(())
}
