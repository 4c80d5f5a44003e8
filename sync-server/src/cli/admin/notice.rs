//! `minqing admin notice …`.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use minqing_core::{Id, model::said_or_zh};
use serde_json::json;

use super::super::Out;
use crate::{app::App, fault::Fault, sync};

/// Notices that are told at doors.
#[derive(Debug, Subcommand)]
pub enum NoticeCommand {
    /// Gives a community a notice.
    Add {
        /// JSON, as the one in data/notices.
        notice_file: PathBuf,
        /// 12 digits.
        #[arg(long)]
        community: String,
    },
    /// Lists them.
    List {
        /// 12 digits.
        #[arg(long)]
        community: Option<String>,
    },
    /// Takes one back.
    Withdraw {
        /// Its id.
        notice: String,
    },
}

/// Runs one of the commands.
pub fn run(app: &App, out: &Out, what: NoticeCommand) -> Result<(), Fault> {
    match what {
        NoticeCommand::Add { notice_file, community } => add(app, out, &notice_file, &community),
        NoticeCommand::List { community } => list(app, out, community.as_deref().unwrap_or_default()),
        NoticeCommand::Withdraw { notice } => withdraw(app, out, &notice),
    }
}

fn add(app: &App, out: &Out, file: &Path, community: &str) -> Result<(), Fault> {
    let text = std::fs::read_to_string(file).map_err(|_| Fault::new("form.file", file.display().to_string()))?;
    let notice = sync::read_notice(&text)?;
    let (id, added) = sync::add_notice(app, community, &notice)?;
    let key = if added { "cli-did-notice" } else { "cli-did-notice-before" };
    let args = [("id", id.to_string().into()), ("from", notice.from.as_str().into()), ("until", notice.until.as_str().into())];
    out.done(&json!({"notice": id, "new": added}), key, &args);
    Ok(())
}

fn list(app: &App, out: &Out, community: &str) -> Result<(), Fault> {
    let all = app.store.notices(community)?;
    let value: Vec<_> = all.iter().map(|n| json!({"id": n.id, "community": n.community, "withdrawn": n.withdrawn, "notice": n.notice})).collect();
    out.done(&json!({"notices": value}), "cli-did-notice-list", &[("count", all.len().into())]);
    for n in &all {
        let key = if n.withdrawn { "cli-notice-withdrawn" } else { "cli-notice" };
        let (title, from, until) = (said_or_zh(&n.notice.title, out.lang), n.notice.from.as_str(), n.notice.until.as_str());
        out.also(2, key, &[("id", n.id.to_string().into()), ("title", title.into()), ("from", from.into()), ("until", until.into())]);
    }
    Ok(())
}

fn withdraw(app: &App, out: &Out, notice: &str) -> Result<(), Fault> {
    let id: Id = notice.parse().map_err(|_| Fault::new("notice.unknown", notice))?;
    let withdrawn = sync::withdraw_notice(app, None, id)?;
    let key = if withdrawn { "cli-did-notice-withdraw" } else { "cli-did-notice-withdraw-before" };
    out.done(&json!({"notice": id, "withdrawn": withdrawn}), key, &[("id", notice.into())]);
    Ok(())
}
