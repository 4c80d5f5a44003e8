//! `minqing admin key …`.

use clap::Subcommand;
use serde_json::json;

use crate::{app::App, auth::token, cli::Out, fault::Fault};

/// The server's keys.
#[derive(Debug, Subcommand)]
pub enum Key {
    /// Makes a new key that signs from now on.
    Rotate,
    /// Lists them, oldest first.
    List,
}

pub(super) fn run(app: &App, out: &Out, what: &Key) -> Result<(), Fault> {
    match what {
        Key::Rotate => {
            let key = app.keys.rotate(app.clock.as_ref(), app.entropy.as_ref())?;
            out.done(&json!({"kid": key.kid()}), "cli-did-key-rotate", &[("kid", key.kid().into()), ("minutes", app.config.tokens.access_minutes.into())]);
        }
        Key::List => {
            let (now_ms, life_ms) = (app.clock.now_ms(), token::life_ms(app.config.tokens.access_minutes));
            let all = app.keys.all();
            if !out.json {
                all.iter().for_each(|k| println!("{}", k.kid()));
            }
            let rows: Vec<_> = all
                .iter()
                .map(|k| json!({"kid": k.kid(), "made_ms": k.made_ms(), "retired_ms": k.retired_ms(), "published": k.is_honoured(now_ms, life_ms)}))
                .collect();
            out.done(&json!({"keys": rows}), "cli-did-list", &[("count", all.len().into())]);
        }
    }
    Ok(())
}
