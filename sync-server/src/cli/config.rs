//! `minqing config`: the settings in force.

use serde_json::json;

use super::Out;
use crate::{config::Settings, fault::Fault};

/// Prints them as a settings file that would give the same, or as JSON; secrets masked.
pub fn show(settings: Settings, out: &Out) -> Result<(), Fault> {
    let masked = settings.masked();
    settings.config()?;
    if out.json {
        println!("{}", json!({"settings": masked}));
    } else {
        print!("{masked}");
    }
    Ok(())
}
