//! `minqing aside …`: what was put aside, and what the office makes of it.

use std::sync::Arc;

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
    sync::{adopt, give_back, parse_name},
};

/// Most items that one list shows.
const LIMIT: u32 = 1_000;

/// What the office makes of records that were put aside.
#[derive(Debug, Subcommand)]
pub enum Aside {
    /// Lists them, oldest first.
    List {
        /// 12 digits.
        #[arg(long)]
        community: Option<String>,
    },
    /// Writes one's content in its officer's name.
    Adopt {
        /// As the list gives it.
        item: String,
    },
    /// Tells its officer to write it anew.
    Return {
        /// As the list gives it.
        item: String,
    },
}

/// Runs one of them.
pub fn run(what: Aside, config: Config, out: &Out) -> Result<(), Fault> {
    let app = App::open(config, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    match what {
        Aside::List { community } => list(&app, community.as_deref(), out),
        Aside::Adopt { item } => {
            let wrote = adopt(&app, parse_name(&item)?)?;
            out.done(&json!({"adopted": item, "wrote": wrote}), "cli-did-aside-adopt", &[("item", item.as_str().into())]);
            Ok(())
        }
        Aside::Return { item } => {
            give_back(&app, parse_name(&item)?)?;
            out.done(&json!({"returned": item}), "cli-did-aside-return", &[("item", item.as_str().into())]);
            Ok(())
        }
    }
}

fn list(app: &App, community: Option<&str>, out: &Out) -> Result<(), Fault> {
    let aside = app.store.aside(community, LIMIT)?;
    if out.json {
        let rows = aside.iter().map(|row| {
            json!({"item": row.name.to_string(), "officer": row.officer.to_string(), "community": row.community, "kind": row.kind, "about": row.doc.to_string(),
                   "reason": row.reason.word(), "received_ms": row.received_ms, "bytes": row.size, "parked": row.parked})
        });
        out.done(&json!({"aside": rows.collect::<Vec<_>>()}), "", &[]);
        return Ok(());
    }
    for row in &aside {
        println!("{}  {}  {}", row.name, row.community, say(out.lang, &format!("quarantine-{}", row.reason.word()), &[]));
    }
    out.done(&json!(null), "cli-did-aside-list", &[("count", aside.len().into())]);
    Ok(())
}
