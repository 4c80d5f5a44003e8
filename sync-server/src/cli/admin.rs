//! `minqing admin …`: words around the functions of `admin`.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Subcommand;
use minqing_core::{document::form::form_id, ids::shown};
use serde_json::json;

use super::Out;
use crate::{
    admin::{self, enrol_link},
    app::App,
    clock::SystemClock,
    config::Config,
    entropy::SystemEntropy,
    fault::Fault,
    sync,
};

mod archive;
mod compact;
mod department;
mod device;
mod feed;
mod key;
mod notice;
mod officer;
mod record;
mod staff;

pub use department::Department;
pub use device::Device;
pub use feed::FeedCommand;
pub use key::Key;
pub use notice::NoticeCommand;
pub use officer::Officer;
pub use record::Record;
pub use staff::Staff;

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
    /// Single households and matters.
    Record {
        /// What to do.
        #[command(subcommand)]
        what: Record,
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
    /// Calendars of appointments.
    Feed {
        /// What to do.
        #[command(subcommand)]
        what: FeedCommand,
    },
    /// Notices that officers tell at doors.
    Notice {
        /// What to do.
        #[command(subcommand)]
        what: NoticeCommand,
    },
    /// The office's staff.
    Staff {
        /// What to do.
        #[command(subcommand)]
        what: Staff,
    },
    /// Departments that handle matters.
    Department {
        /// What to do.
        #[command(subcommand)]
        what: Department,
    },
    /// All phones.
    Devices {
        /// 12 digits.
        #[arg(long)]
        community: Option<String>,
    },
    /// One phone.
    Device {
        /// What to do.
        #[command(subcommand)]
        what: Device,
    },
    /// Residents who were erased, and what is still open.
    Erasures,
    /// Takes visits of years that are over off the phones.
    Archive {
        /// How many days ago a year must have ended; as in the settings where it is not given.
        #[arg(long)]
        after_days: Option<u32>,
    },
    /// Keeps old changes in their documents alone, and no longer in the log as well.
    Compact {
        /// How old; as in the settings where it is not given.
        #[arg(long)]
        older_than_days: Option<u32>,
    },
    /// The server's keys.
    Key {
        /// What to do.
        #[command(subcommand)]
        what: Key,
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

/// Runs one of the commands.
pub fn run(what: Admin, config: Config, out: &Out) -> Result<(), Fault> {
    let app = App::open(config, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    match what {
        Admin::Community { what: Community::Add { code, grids } } => community(&app, out, &code, grids),
        Admin::Officer { what } => officer::run(&app, out, what),
        Admin::Record { what } => record::run(&app, out, &what),
        Admin::Erasures => record::erasures(&app, out),
        Admin::Code { officer } => code(&app, out, &officer),
        Admin::Form { what: FormCommand::Add { form_file, community } } => form(&app, out, &form_file, &community),
        Admin::Feed { what } => feed::run(&app, out, what),
        Admin::Notice { what } => notice::run(&app, out, what),
        Admin::Staff { what } => staff::run(&app, out, what),
        Admin::Department { what } => department::run(&app, out, what),
        Admin::Devices { community } => device::list(&app, out, community.as_deref()),
        Admin::Device { what } => device::run(&app, out, &what),
        Admin::Archive { after_days } => archive::run(&app, out, after_days),
        Admin::Compact { older_than_days } => compact::run(&app, out, older_than_days),
        Admin::Key { what } => key::run(&app, out, &what),
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

fn code(app: &App, out: &Out, officer: &str) -> Result<(), Fault> {
    let id = officer::id_of(officer)?;
    let hours = app.config.tokens.code_hours;
    let code = admin::new_code(app.store.as_ref(), app.clock.as_ref(), app.entropy.as_ref(), id, hours)?;
    let link = enrol_link(&app.config.public_url, &code);
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
