//! `minqing admin devices` and `minqing admin device …`.

use clap::Subcommand;
use minqing_core::{ids, words::say};
use serde_json::json;

use crate::{app::App, cli::Out, fault::Fault, storage::PhoneSeen};

/// One phone.
#[derive(Debug, Subcommand)]
pub enum Device {
    /// Lets it read again.
    Allow {
        /// Its number.
        number: u32,
    },
    /// Revokes it, as when it is lost: what it uploads is kept apart, and then it wipes itself.
    Revoke {
        /// Its number.
        number: u32,
    },
    /// Ends its reading; what it uploads is still taken.
    End {
        /// Its number.
        number: u32,
    },
}

pub(super) fn run(app: &App, out: &Out, what: &Device) -> Result<(), Fault> {
    match what {
        Device::Allow { number } => {
            app.store.allow_reading(ids::Device(*number))?;
            out.done(&json!({"allowed": number}), "cli-did-device-allow", &[("number", number.to_string().into())]);
        }
        Device::Revoke { number } => {
            app.store.revoke_device(ids::Device(*number), app.clock.now_ms())?;
            out.done(&json!({"revoked": number}), "cli-did-device-revoke", &[("number", number.to_string().into())]);
        }
        Device::End { number } => {
            app.store.end_reading(ids::Device(*number), app.clock.now_ms())?;
            out.done(&json!({"ended": number}), "cli-did-device-end", &[("number", number.to_string().into())]);
        }
    }
    Ok(())
}

pub(super) fn list(app: &App, out: &Out, community: Option<&str>) -> Result<(), Fault> {
    let communities: Vec<String> = match community {
        Some(one) => vec![one.to_owned()],
        None => app.store.open_communities("")?.into_iter().map(|a| a.id).collect(),
    };
    let mut all = Vec::new();
    for community in &communities {
        all.extend(app.store.phones(community)?.into_iter().filter(|p| p.number.is_some()).map(|p| (community, p)));
    }
    let (now_ms, hours) = (app.clock.now_ms(), app.config.office.silent_hours);
    let rows: Vec<_> = all
        .iter()
        .map(|(community, p)| {
            let ended = p.reading_ended.map(|(at_ms, why)| json!({"at_ms": at_ms, "why": why}));
            json!({"device": p.number, "officer": p.officer, "community": community, "app": p.app, "enrolled_ms": p.enrolled_ms,
                   "last_exchange_ms": p.last_exchange_ms, "silent": p.is_silent(now_ms, hours), "clone_suspected_ms": p.clone_suspected_ms,
                   "reading_ended": ended})
        })
        .collect();
    if !out.json {
        for (community, p) in &all {
            let number = p.number.map_or(0, |n| n.0);
            println!("{number}  {community}  {}  {}  {}", p.name, p.app, lamps(out, p, now_ms, hours).join("; "));
        }
    }
    out.done(&json!({"devices": rows}), "cli-did-list", &[("count", all.len().into())]);
    Ok(())
}

fn lamps(out: &Out, p: &PhoneSeen, now_ms: i64, hours: u32) -> Vec<String> {
    let silent = p.is_silent(now_ms, hours).then(|| say(out.lang, "office-silent", &[("hours", hours.into())]));
    let clone = p.clone_suspected_ms.map(|_| say(out.lang, "office-clone", &[]));
    let ended = p.reading_ended.map(|(_, why)| say(out.lang, why.key(), &[]));
    [ended, clone, silent].into_iter().flatten().collect()
}
