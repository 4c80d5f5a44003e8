//! Single values: who this phone is, and where it stands with the server.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Error, Id, Result,
    frame::{from_cbor, to_cbor},
    ids::Device,
};

/// Who this phone is, from its enrolment.
#[derive(Clone, Debug, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
pub(crate) struct Enrolled {
    #[n(0)]
    pub(crate) device: u32,
    #[n(1)]
    pub(crate) officer: Id,
    #[n(2)]
    pub(crate) officer_name: String,
    #[n(3)]
    pub(crate) community: String,
    #[n(4)]
    pub(crate) scope: u32,
    #[cbor(n(5), with = "minicbor::bytes")]
    pub(crate) history: Vec<u8>,
    #[cbor(n(6), with = "minicbor::bytes")]
    pub(crate) certificate: Vec<u8>,
}

impl Enrolled {
    /// The number everything this phone writes is named by.
    pub(crate) fn device(&self) -> Device {
        Device(self.device)
    }
}

/// The office's public keys, by which bundles are sealed for it and colleagues' certificates are believed.
#[derive(Clone, Debug, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
pub(crate) struct OfficeKeys {
    /// The one that bundles are sealed for.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) seal: [u8; 32],
    /// All by which it ever signed.
    #[n(1)]
    pub(crate) sign: Vec<[u8; 32]>,
}

/// The base of `at`: server time of the last exchange, and the device's monotonic clock and boot then.
#[derive(Clone, Debug, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
pub(crate) struct TimeBase {
    #[n(0)]
    pub(crate) server_ms: i64,
    #[n(1)]
    pub(crate) monotonic_ms: i64,
    #[n(2)]
    pub(crate) boot_id: String,
}

/// Keys of `meta`.
pub(crate) const ENROLLED: &str = "enrolled";
pub(crate) const TIME_BASE: &str = "time_base";
pub(crate) const TICKET: &str = "ticket";
pub(crate) const REFRESH: &str = "refresh";
pub(crate) const SUM_DIFFERS: &str = "sum_differs";
pub(crate) const MORE: &str = "more";
pub(crate) const EXCHANGE: &str = "exchange";
pub(crate) const OFFERS: &str = "offers";
pub(crate) const REPAIR: &str = "repair";
pub(crate) const OFFICE_KEYS: &str = "office_keys";
/// When the office was asked for them last.
pub(crate) const KEYS_ASKED: &str = "keys_asked";
/// This is a practice space.
pub(crate) const PRACTICE: &str = "practice";
pub(crate) const LACKING: &str = "lacking";
/// What is held from before is to be named at the next exchange.
pub(crate) const CLAIMING: &str = "claiming";
/// Bytes of what was deleted may still lie in the file.
pub(crate) const TIDY: &str = "tidy";
/// What was brought over when the file was damaged.
pub(crate) const SALVAGED: &str = "salvaged";
/// The log is being read anew after that.
pub(crate) const MENDING: &str = "mending";

/// The last item of the outbox that may have been handed over.
pub(crate) const HANDED: &str = "handed";

/// How much the app knew that had the file open last.
pub(crate) const KNOWS: &str = "knows";

/// A value as bytes.
pub(crate) fn get(db: &Connection, key: &str) -> Result<Option<Vec<u8>>> {
    Ok(db.query_row("SELECT value FROM meta WHERE key = ?", [key], |row| row.get(0)).optional()?)
}

/// Sets a value; `None` takes it away.
pub(crate) fn set(db: &Connection, key: &str, value: Option<&[u8]>) -> Result<()> {
    match value {
        Some(value) => db.execute("INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2", params![key, value])?,
        None => db.execute("DELETE FROM meta WHERE key = ?", [key])?,
    };
    Ok(())
}

/// A value of a shape.
pub(crate) fn get_as<T: for<'b> minicbor::Decode<'b, ()>>(db: &Connection, key: &str) -> Result<Option<T>> {
    get(db, key)?.map(|bytes| from_cbor(&bytes).map_err(|_| Error::Store(format!("meta {key} is damaged")))).transpose()
}

/// Sets a value of a shape.
pub(crate) fn set_as<T: minicbor::Encode<()>>(db: &Connection, key: &str, value: &T) -> Result<()> {
    set(db, key, Some(&to_cbor(value)))
}
