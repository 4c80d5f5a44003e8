//! `minqing admin feed …`.

use clap::Subcommand;
use minqing_core::Id;
use serde_json::json;

use super::{super::Out, officer::id_of};
use crate::{app::App, fault::Fault, feed};

/// Calendars of appointments at secret addresses.
#[derive(Debug, Subcommand)]
pub enum FeedCommand {
    /// Makes one, of the community or of one officer.
    Add {
        /// 12 digits.
        #[arg(long)]
        community: String,
        /// The officer's id.
        #[arg(long)]
        officer: Option<String>,
    },
    /// Lists them.
    List {
        /// 12 digits.
        #[arg(long)]
        community: String,
    },
    /// Revokes one.
    Revoke {
        /// Its id.
        feed: String,
        /// 12 digits.
        #[arg(long)]
        community: String,
    },
}

/// Runs one of the commands.
pub fn run(app: &App, out: &Out, what: FeedCommand) -> Result<(), Fault> {
    match what {
        FeedCommand::Add { community, officer } => add(app, out, &community, officer.as_deref()),
        FeedCommand::List { community } => list(app, out, &community),
        FeedCommand::Revoke { feed, community } => revoke(app, out, &community, &feed),
    }
}

fn add(app: &App, out: &Out, community: &str, officer: Option<&str>) -> Result<(), Fault> {
    let open = app.store.open_communities(community)?.into_iter().any(|area| area.id == community);
    if !open {
        return Err(Fault::new("community.unknown", community));
    }
    let made = feed::make(app, community, officer.map(id_of).transpose()?)?;
    let args = [("id", made.id.to_string().into()), ("address", made.address.as_str().into())];
    out.done(&json!({"feed": made.id, "address": made.address}), "cli-did-feed", &args);
    Ok(())
}

fn list(app: &App, out: &Out, community: &str) -> Result<(), Fault> {
    let all = app.store.feeds(community)?;
    let value: Vec<_> = all.iter().map(|f| json!({"id": f.id, "officer": f.officer, "made_ms": f.made_ms, "revoked_ms": f.revoked_ms})).collect();
    out.done(&json!({"feeds": value}), "cli-did-feed-list", &[("count", all.len().into())]);
    for f in &all {
        let key = if f.revoked_ms.is_some() { "cli-feed-revoked" } else { "cli-feed" };
        out.also(2, key, &[("id", f.id.to_string().into()), ("officer", f.officer.map_or_else(|| "–".to_owned(), |id| id.to_string()).into())]);
    }
    Ok(())
}

fn revoke(app: &App, out: &Out, community: &str, feed: &str) -> Result<(), Fault> {
    let id: Id = feed.parse().map_err(|_| Fault::new("feed.unknown", feed))?;
    let revoked = app.store.revoke_feed(community, id, app.clock.now_ms())?;
    let key = if revoked { "cli-did-feed-revoke" } else { "cli-did-feed-revoke-before" };
    out.done(&json!({"feed": id, "revoked": revoked}), key, &[("id", feed.into())]);
    Ok(())
}
