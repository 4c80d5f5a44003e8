//! What a document holds: scalars on the root, and items one level below.

use std::collections::BTreeMap;

use automerge::ScalarValue;
use serde::Serialize;

use crate::Id;

/// A value as it stands in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Scalar {
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// True or false.
    Bool(bool),
    /// Of a kind this version does not write; shown, never dropped.
    Other(String),
}

impl From<&ScalarValue> for Scalar {
    fn from(value: &ScalarValue) -> Self {
        match value {
            ScalarValue::Str(s) => Self::Text(s.to_string()),
            ScalarValue::Int(i) => Self::Int(*i),
            ScalarValue::Uint(u) => i64::try_from(*u).map_or_else(|_| Self::Other(u.to_string()), Self::Int),
            ScalarValue::Boolean(b) => Self::Bool(*b),
            other => Self::Other(format!("{other:?}")),
        }
    }
}

impl std::fmt::Display for Scalar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(s) | Self::Other(s) => f.write_str(s),
            Self::Int(i) => write!(f, "{i}"),
            Self::Bool(b) => write!(f, "{b}"),
        }
    }
}

/// Scalars by field name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Fields(pub BTreeMap<String, Scalar>);

impl Fields {
    /// A text, empty if absent.
    pub fn text(&self, name: &str) -> String {
        self.0.get(name).map(ToString::to_string).unwrap_or_default()
    }

    /// A whole number, 0 if absent.
    pub fn int(&self, name: &str) -> i64 {
        match self.0.get(name) {
            Some(Scalar::Int(i)) => *i,
            _ => 0,
        }
    }

    /// A flag, false if absent.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.0.get(name), Some(Scalar::Bool(true)))
    }

    /// The elements of a set: what follows `prefix` in the names of true flags.
    pub fn set<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .range(prefix.to_owned()..)
            .map_while(move |(k, v)| k.strip_prefix(prefix).map(|rest| (rest, v)))
            .filter_map(|(rest, v)| (*v == Scalar::Bool(true)).then_some(rest))
    }
}

/// All of a document that this version understands, plus what it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Content {
    /// Scalars on the root.
    pub root: Fields,
    /// Items by key, as `visit:<id>`.
    pub items: BTreeMap<String, Fields>,
    /// Fields that hold more than one value, as `note` or `visit:<id>/note`.
    #[serde(skip)]
    pub disputed: Vec<String>,
}

impl Content {
    /// Items of one kind with their ids.
    pub fn items_of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (Id, &'a Fields)> {
        self.items.iter().filter_map(move |(key, fields)| Some((key.strip_prefix(kind)?.strip_prefix(':')?.parse().ok()?, fields)))
    }

    /// The root, and those items that were otherwise before.
    pub fn since(&self, before: &Self) -> Self {
        let new = self.items.iter().filter(|(key, fields)| before.items.get(*key) != Some(fields));
        Self { root: self.root.clone(), items: new.map(|(key, fields)| (key.clone(), fields.clone())).collect(), disputed: Vec::new() }
    }

    /// One item.
    pub fn item(&self, kind: &str, id: Id) -> Option<&Fields> {
        self.items.get(&super::key(kind, id))
    }
}
