//! Laying one table of settings over another. The lower one is the schema: what it lacks is unknown.

use toml::{Table, Value};

use crate::fault::Fault;

/// Reads a file's text.
///
/// # Errors
/// `config.malformed` with the line.
pub fn table(text: &str) -> Result<Table, Fault> {
    text.parse().map_err(|e: toml::de::Error| {
        let line = e.span().map_or(0, |s| text.get(..s.start).unwrap_or_default().lines().count());
        Fault::new("config.malformed", line.to_string())
    })
}

/// Lays `from` over `into`; `under` is the path so far.
///
/// # Errors
/// `config.unknown`, `config.value`.
pub fn merge(into: &mut Table, from: Table, under: &str) -> Result<(), Fault> {
    for (name, value) in from {
        let path = if under.is_empty() { name.clone() } else { format!("{under}.{name}") };
        match (into.get_mut(&name), value) {
            (None, _) => return Err(Fault::new("config.unknown", path)),
            (Some(Value::Table(a)), Value::Table(b)) => merge(a, b, &path)?,
            (Some(old), new) if old.same_type(&new) => *old = new,
            _ => return Err(Fault::new("config.value", path)),
        }
    }
    Ok(())
}

/// Sets the setting at a dotted path to a value of the type it has.
///
/// # Errors
/// `config.unknown`, `config.value`.
pub fn set(table: &mut Table, path: &str, text: &str) -> Result<(), Fault> {
    let unknown = || Fault::new("config.unknown", path);
    let mut names = path.split('.');
    let mut at = table.get_mut(names.next().unwrap_or_default()).ok_or_else(unknown)?;
    for name in names {
        at = at.get_mut(name).ok_or_else(unknown)?;
    }
    let new = match at {
        Value::String(_) => Some(Value::String(text.to_owned())),
        _ => text.parse::<Value>().ok(),
    };
    match new {
        Some(new) if new.same_type(at) && !new.is_table() => *at = new,
        _ => return Err(Fault::new("config.value", path)),
    }
    Ok(())
}
