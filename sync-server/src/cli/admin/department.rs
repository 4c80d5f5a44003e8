//! `minqing admin department …`.

use clap::Subcommand;
use serde_json::json;

use super::super::Out;
use crate::{admin, app::App, fault::Fault};

/// Departments.
#[derive(Debug, Subcommand)]
pub enum Department {
    /// Adds one to a community.
    Add {
        /// Its name.
        department: String,
        /// 12 digits.
        #[arg(long)]
        community: String,
        /// The person answerable.
        #[arg(long, default_value = "")]
        answers: String,
    },
    /// Lets somebody of the staff work for one.
    Staff {
        /// Its name.
        department: String,
        /// The name to sign in with.
        name: String,
        /// 12 digits.
        #[arg(long)]
        community: String,
    },
    /// Lists those of a community.
    List {
        /// 12 digits.
        #[arg(long)]
        community: String,
    },
}

/// Runs one of the commands.
pub fn run(app: &App, out: &Out, what: Department) -> Result<(), Fault> {
    let store = app.store.as_ref();
    match what {
        Department::Add { department, community, answers } => {
            let id = admin::add_department(store, app.clock.as_ref(), app.entropy.as_ref(), &community, &department, &answers)?;
            out.done(&json!({"department": id, "name": department}), "cli-did-department", &[("name", department.as_str().into())]);
        }
        Department::Staff { department, name, community } => {
            let id = admin::put_to_work(store, &community, &department, &name)?;
            let args = [("name", name.as_str().into()), ("department", department.as_str().into())];
            out.done(&json!({"department": id, "staff": name}), "cli-did-department-staff", &args);
        }
        Department::List { community } => {
            let all = store.departments(&community)?;
            out.done(&json!({"departments": all}), "cli-did-department-list", &[("count", all.len().into())]);
            for d in &all {
                out.also(2, "cli-department", &[("name", d.name.as_str().into()), ("answers", d.answers.as_str().into())]);
            }
        }
    }
    Ok(())
}
