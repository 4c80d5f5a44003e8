//! `minqing admin officer …`.

use clap::Subcommand;
use minqing_core::{Id, model::Background, words::say};
use serde_json::json;

use crate::{
    admin::{self, NewOfficer},
    app::App,
    cli::Out,
    fault::Fault,
};

/// Information officers.
#[derive(Debug, Subcommand)]
pub enum Officer {
    /// Adds one.
    Add {
        /// The name.
        name: String,
        /// 12 digits.
        #[arg(long)]
        community: String,
        /// 15 digits each, or the last three.
        #[arg(long = "grids", value_delimiter = ',', value_name = "GRIDS")]
        grid_list: Vec<String>,
        /// A word of `Background`.
        #[arg(long)]
        background: Option<String>,
        /// Party member.
        #[arg(long, num_args = 0..=1, default_missing_value = "true", value_name = "true|false")]
        party_member: Option<bool>,
    },
    /// Lists them, by name.
    List {
        /// 12 digits.
        #[arg(long)]
        community: Option<String>,
    },
    /// Gives one other grids: their phones upload what they have, then let go of what they no longer read.
    Move {
        /// The officer's id.
        officer: String,
        /// 15 digits each, or the last three; all that the officer is to have.
        #[arg(long = "grids", value_delimiter = ',', value_name = "GRIDS")]
        grid_list: Vec<String>,
        /// Only says what that would mean.
        #[arg(long)]
        preview: bool,
    },
    /// Enrols no phone of theirs any more, and ends the reading of those there are.
    Disable {
        /// The officer's id.
        officer: String,
    },
    /// Lets phones of theirs be enrolled again.
    Enable {
        /// The officer's id.
        officer: String,
    },
}

pub(super) fn run(app: &App, out: &Out, what: Officer) -> Result<(), Fault> {
    match what {
        Officer::Add { name, community, grid_list, background, party_member } => {
            let background = background.as_deref().map(background_of).transpose()?;
            add(app, out, NewOfficer { name, community, grids: grid_list, background, party_member })
        }
        Officer::List { community } => list(app, out, community.as_deref()),
        Officer::Move { officer, grid_list, preview } => move_to(app, out, &officer, grid_list, preview),
        Officer::Disable { officer } => {
            app.store.disable_officer(id_of(&officer)?, Some(app.clock.now_ms()))?;
            out.done(&json!({"disabled": officer}), "cli-did-officer-disable", &[]);
            Ok(())
        }
        Officer::Enable { officer } => {
            app.store.disable_officer(id_of(&officer)?, None)?;
            out.done(&json!({"enabled": officer}), "cli-did-officer-enable", &[]);
            Ok(())
        }
    }
}

fn add(app: &App, out: &Out, new: NewOfficer) -> Result<(), Fault> {
    let officer = admin::add_officer(app.store.as_ref(), app.clock.as_ref(), app.entropy.as_ref(), new)?;
    let value = json!({"officer": officer.id, "community": officer.community, "grids": officer.grids});
    out.done(&value, "cli-did-officer", &[("id", officer.id.to_string().into())]);
    Ok(())
}

fn list(app: &App, out: &Out, community: Option<&str>) -> Result<(), Fault> {
    let all = app.store.officers(community)?;
    if !out.json {
        for o in &all {
            let mark = if o.disabled_ms.is_some() { say(out.lang, "cli-disabled", &[]) } else { String::new() };
            println!("{}  {}  {}  {}  {mark}", o.officer.id, o.officer.community, o.officer.grids.join(","), o.officer.name);
        }
    }
    let rows: Vec<_> = all
        .iter()
        .map(|o| json!({"officer": o.officer.id, "name": o.officer.name, "community": o.officer.community, "grids": o.officer.grids, "disabled_ms": o.disabled_ms}))
        .collect();
    out.done(&json!({"officers": rows}), "cli-did-list", &[("count", all.len().into())]);
    Ok(())
}

fn move_to(app: &App, out: &Out, officer: &str, grids: Vec<String>, preview: bool) -> Result<(), Fault> {
    let id = id_of(officer)?;
    let seen = admin::preview_move(app.store.as_ref(), id, &grids)?;
    let said = [("records", seen.records.into()), ("kib", (seen.bytes / 1024).into()), ("unsent", seen.unsent.into()), ("phones", seen.phones.len().into())];
    if preview {
        out.done(&json!({"officer": officer, "preview": seen}), "cli-did-officer-preview", &said);
        return Ok(());
    }
    let scope = admin::move_officer(app.store.as_ref(), &*app.entropy, id, &grids)?;
    out.done(&json!({"officer": officer, "scope": scope, "preview": seen}), "cli-did-officer-move", &said);
    Ok(())
}

pub(super) fn id_of(officer: &str) -> Result<Id, Fault> {
    officer.parse().map_err(|_| Fault::new("officer.unknown", officer))
}

fn background_of(word: &str) -> Result<Background, Fault> {
    Ok(match word {
        "cadre" => Background::Cadre,
        "retiree" => Background::Retiree,
        "laid_off" => Background::LaidOff,
        "ex_soldier" => Background::ExSoldier,
        "graduate" => Background::Graduate,
        _ => return Err(Fault::new("background.unknown", word)),
    })
}
