//! `minqing admin staff …`.

use clap::Subcommand;
use minqing_core::{model::Role, words::say};
use serde_json::{Value, json};

use crate::{admin, app::App, auth::rights, cli::Out, fault::Fault, storage};

/// The office's staff.
#[derive(Debug, Subcommand)]
pub enum Staff {
    /// Adds somebody with one role for one area.
    Add {
        /// The name to sign in with.
        name: String,
        /// C, L, H, S, D or A.
        #[arg(long)]
        role: String,
        /// Community, street or district: 12, 9 or 6 digits.
        #[arg(long, alias = "community")]
        area: String,
    },
    /// Lists everybody, by name.
    List,
    /// Gives somebody one more role for an area.
    Grant {
        /// The name.
        name: String,
        /// C, L, H, S, D or A.
        #[arg(long)]
        role: String,
        /// 12, 9 or 6 digits.
        #[arg(long)]
        area: String,
    },
    /// Takes a role for an area away.
    Revoke {
        /// The name.
        name: String,
        /// C, L, H, S, D or A.
        #[arg(long)]
        role: String,
        /// 12, 9 or 6 digits.
        #[arg(long)]
        area: String,
    },
    /// Lets somebody sign in no more, and signs them out everywhere.
    Disable {
        /// The name.
        name: String,
    },
    /// Lets somebody sign in again.
    Enable {
        /// The name.
        name: String,
    },
    /// Makes a new password and signs them out everywhere.
    Password {
        /// The name.
        name: String,
    },
    /// Turns off the second step of signing in, for somebody whose phone is gone.
    SecondOff {
        /// The name.
        name: String,
    },
    /// Signs somebody out everywhere.
    SignOut {
        /// The name.
        name: String,
    },
}

pub(super) fn run(app: &App, out: &Out, what: Staff) -> Result<(), Fault> {
    let store = app.store.as_ref();
    match what {
        Staff::Add { name, role, area } => {
            let role = role_of(&role)?;
            let password = admin::add_staff(store, app.clock.as_ref(), app.entropy.as_ref(), &name, role, &area)?;
            say_password(out, &json!({"name": name.trim(), "role": role, "area": area, "password": password.0}), "cli-did-staff", &name, &password);
        }
        Staff::List => list(app, out)?,
        Staff::Grant { name, role, area } => {
            let role = role_of(&role)?;
            admin::grant(store, &name, role, &area)?;
            out.done(&json!({"name": name.trim(), "role": role, "area": area}), "cli-did-staff-grant", &args(out, &name, role, &area));
        }
        Staff::Revoke { name, role, area } => {
            let role = role_of(&role)?;
            admin::revoke(store, &name, role, &area)?;
            out.done(&json!({"name": name.trim(), "role": role, "area": area}), "cli-did-staff-revoke", &args(out, &name, role, &area));
        }
        Staff::Disable { name } => {
            store.disable_staff(admin::staff(store, &name)?.id, Some(app.clock.now_ms()))?;
            out.done(&json!({"disabled": name.trim()}), "cli-did-staff-disable", &[("name", name.trim().into())]);
        }
        Staff::Enable { name } => {
            store.disable_staff(admin::staff(store, &name)?.id, None)?;
            out.done(&json!({"enabled": name.trim()}), "cli-did-staff-enable", &[("name", name.trim().into())]);
        }
        Staff::Password { name } => {
            let password = admin::new_password(store, app.entropy.as_ref(), &name)?;
            say_password(out, &json!({"name": name.trim(), "password": password.0}), "cli-did-staff-password", &name, &password);
        }
        Staff::SecondOff { name } => {
            store.set_second(admin::staff(store, &name)?.id, None)?;
            out.done(&json!({"name": name.trim()}), "cli-did-staff-second-off", &[("name", name.trim().into())]);
        }
        Staff::SignOut { name } => {
            let ended = store.end_sessions(admin::staff(store, &name)?.id, None)?;
            out.done(&json!({"name": name.trim(), "ended": ended}), "cli-did-staff-sign-out", &[("name", name.trim().into()), ("count", ended.into())]);
        }
    }
    Ok(())
}

type Args<'a> = [(&'static str, minqing_core::words::FluentValue<'a>); 3];

fn args<'a>(out: &Out, name: &'a str, role: Role, area: &'a str) -> Args<'a> {
    [("name", name.trim().into()), ("role", say(out.lang, &role.key(), &[]).into()), ("area", area.into())]
}

fn say_password(out: &Out, value: &Value, key: &str, name: &str, password: &admin::Password) {
    out.done(value, key, &[("name", name.trim().into()), ("password", password.to_string().into())]);
}

fn list(app: &App, out: &Out) -> Result<(), Fault> {
    let all = app.store.all_staff()?;
    let roles = |s: &storage::Staff| s.grants.iter().filter_map(|g| Some(format!("{}:{}", rights::letter(g.role)?, g.area))).collect::<Vec<_>>();
    if !out.json {
        for s in &all {
            let mark = if s.disabled_ms.is_some() { say(out.lang, "cli-disabled", &[]) } else { String::new() };
            println!("{}  {}  {mark}", s.name, roles(s).join(" "));
        }
    }
    let rows: Vec<_> = all.iter().map(|s| json!({"name": s.name, "grants": s.grants, "disabled_ms": s.disabled_ms})).collect();
    out.done(&json!({"staff": rows}), "cli-did-list", &[("count", all.len().into())]);
    Ok(())
}

fn role_of(letter: &str) -> Result<Role, Fault> {
    rights::staff_role(letter).ok_or_else(|| Fault::new("role.unknown", letter))
}
