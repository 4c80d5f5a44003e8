//! `minqing admin …`: words around the functions of `admin`.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Subcommand;
use minqing_core::{
    Id,
    document::form::form_id,
    ids::shown,
    model::{Background, Role},
};
use serde_json::json;

use super::Out;
use crate::{
    admin::{self, NewOfficer},
    app::App,
    clock::SystemClock,
    config::Config,
    entropy::SystemEntropy,
    fault::Fault,
    sync,
};

/// What an administrator sets up.
#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Communities.
    Community {
        /// What to do.
        #[command(subcommand)]
        what: Community,
    },
    /// Information officers.
    Officer {
        /// What to do.
        #[command(subcommand)]
        what: Officer,
    },
    /// A code that enrols one phone.
    Code {
        /// The officer's id.
        officer: String,
    },
    /// Forms that officers fill in at doors.
    Form {
        /// What to do.
        #[command(subcommand)]
        what: FormCommand,
    },
    /// The office's staff.
    Staff {
        /// What to do.
        #[command(subcommand)]
        what: Staff,
    },
}

/// Communities.
#[derive(Debug, Subcommand)]
pub enum Community {
    /// Opens one, or adds grids to it.
    Add {
        /// 12 digits.
        code: String,
        /// How many, from 001.
        #[arg(long)]
        grids: u16,
    },
}

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
}

/// Forms.
#[derive(Debug, Subcommand)]
pub enum FormCommand {
    /// Gives a community a form, or a form its next version.
    Add {
        /// JSON, as the one in data/forms.
        form_file: PathBuf,
        /// 12 digits.
        #[arg(long)]
        community: String,
    },
}

/// The office's staff.
#[derive(Debug, Subcommand)]
pub enum Staff {
    /// Adds somebody.
    Add {
        /// The name to sign in with.
        name: String,
        /// C, L or A.
        #[arg(long)]
        role: String,
        /// 12 digits.
        #[arg(long)]
        community: String,
    },
}

/// Runs one of the commands.
pub fn run(what: Admin, config: Config, out: &Out) -> Result<(), Fault> {
    let app = App::open(config, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    match what {
        Admin::Community { what: Community::Add { code, grids } } => community(&app, out, &code, grids),
        Admin::Officer { what: Officer::Add { name, community, grid_list, background, party_member } } => {
            let background = background.as_deref().map(background_of).transpose()?;
            officer(&app, out, NewOfficer { name, community, grids: grid_list, background, party_member })
        }
        Admin::Code { officer } => code(&app, out, &officer),
        Admin::Form { what: FormCommand::Add { form_file, community } } => form(&app, out, &form_file, &community),
        Admin::Staff { what: Staff::Add { name, role, community } } => staff(&app, out, &name, &role, &community),
    }
}

fn community(app: &App, out: &Out, code: &str, grids: u16) -> Result<(), Fault> {
    let opened = admin::add_community(app.store.as_ref(), code, grids)?;
    // A community that has a later version of it keeps that.
    let form = sync::shipped_form()?;
    if app.store.form(form_id(code, &form.name))?.is_none() {
        sync::add_form(app, code, &form)?;
    }
    let value = json!({"community": code, "new_grids": opened.grids, "new_streams": opened.streams});
    out.done(&value, "cli-did-community", &[("code", code.into()), ("grids", opened.grids.into())]);
    Ok(())
}

fn officer(app: &App, out: &Out, new: NewOfficer) -> Result<(), Fault> {
    let officer = admin::add_officer(app.store.as_ref(), app.clock.as_ref(), app.entropy.as_ref(), new)?;
    let value = json!({"officer": officer.id, "community": officer.community, "grids": officer.grids});
    out.done(&value, "cli-did-officer", &[("id", officer.id.to_string().into())]);
    Ok(())
}

fn code(app: &App, out: &Out, officer: &str) -> Result<(), Fault> {
    let id: Id = officer.parse().map_err(|_| Fault::new("officer.unknown", officer))?;
    let hours = app.config.tokens.code_hours;
    let code = admin::new_code(app.store.as_ref(), app.clock.as_ref(), app.entropy.as_ref(), id, hours)?;
    let link = format!("minqing:enrol?u={}&c={code}", app.config.public_url);
    let value = json!({"code": code, "link": link, "hours": hours});
    out.done(&value, "cli-did-code", &[("code", shown(&code).into()), ("link", link.as_str().into()), ("hours", hours.into())]);
    Ok(())
}

fn form(app: &App, out: &Out, file: &Path, community: &str) -> Result<(), Fault> {
    let text = std::fs::read_to_string(file).map_err(|_| Fault::new("form.file", file.display().to_string()))?;
    let form = sync::read_form(&text)?;
    let (id, added) = sync::add_form(app, community, &form)?;
    let value = json!({"form": id, "name": form.name, "version": form.version, "new": added});
    let key = if added { "cli-did-form" } else { "cli-did-form-before" };
    out.done(&value, key, &[("id", id.to_string().into()), ("version", form.version.into())]);
    Ok(())
}

fn staff(app: &App, out: &Out, name: &str, role: &str, community: &str) -> Result<(), Fault> {
    let role = match role.to_ascii_uppercase().as_str() {
        "C" => Role::Clerk,
        "L" => Role::Lead,
        "A" => Role::Administrator,
        _ => return Err(Fault::new("role.unknown", role)),
    };
    let password = admin::add_staff(app.store.as_ref(), app.clock.as_ref(), app.entropy.as_ref(), name, role, community)?;
    let value = json!({"name": name.trim(), "role": role, "password": password.0});
    out.done(&value, "cli-did-staff", &[("name", name.trim().into()), ("password", password.to_string().into())]);
    Ok(())
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
