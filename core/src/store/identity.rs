//! A copy of who this phone is, in a file of its own beside the database: a phone whose database is lost is still the
//! same device, and what the office holds for it comes down again. Whoever empties a phone removes its whole directory.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rusqlite::Connection;

use super::{
    files::write_private,
    meta::{self, Enrolled},
    streams,
};
use crate::{
    Error, Result,
    envelope::Hash,
    frame::{from_cbor, to_cbor},
};

/// The copy's name beside the database.
pub(super) const FILE: &str = "identity";

/// What a phone is known by.
#[derive(Clone, Debug, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
pub(crate) struct Identity {
    #[n(0)]
    pub(crate) enrolled: Enrolled,
    /// The token that gets the next ones; where it is an old one, the phone renews by challenge.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub(crate) refresh: Vec<u8>,
    #[n(2)]
    pub(crate) streams: Vec<String>,
}

impl Identity {
    /// As a database says it, `None` before enrolment.
    pub(crate) fn in_database(db: &Connection) -> Result<Option<Self>> {
        let Some(enrolled) = meta::get_as(db, meta::ENROLLED)? else { return Ok(None) };
        let streams = streams::all(db)?.into_iter().map(|(name, ..)| name).collect();
        Ok(Some(Self { enrolled, refresh: meta::get(db, meta::REFRESH)?.unwrap_or_default(), streams }))
    }

    /// As the copy says it, `None` where there is none or it is damaged.
    pub(crate) fn in_copy(directory: &Path) -> Option<Self> {
        let bytes = fs::read(path(directory)).ok()?;
        let (sum, body) = bytes.split_at_checked(32)?;
        if Hash::of(body).0 == sum { from_cbor(body).ok() } else { None }
    }

    /// Makes the copy say the same; durable when this returns.
    pub(crate) fn copy(&self, directory: &Path) -> Result<()> {
        if Self::in_copy(directory).as_ref() == Some(self) {
            return Ok(());
        }
        let body = to_cbor(self);
        let bytes = [&Hash::of(&body).0[..], &body].concat();
        write_private(&path(directory), &bytes).map_err(|e: io::Error| Error::Store(format!("identity: {}", e.kind())))
    }
}

/// Whether there is a copy, readable or not.
pub(super) fn exists(directory: &Path) -> bool {
    path(directory).exists()
}

fn path(directory: &Path) -> PathBuf {
    directory.join(FILE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Id;

    #[test]
    fn a_copy_is_read_back_and_a_damaged_one_is_none() {
        let dir = std::env::temp_dir().join(format!("minqing-identity-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let enrolled = Enrolled {
            device: 7,
            officer: Id([1; 16]),
            officer_name: "甲".into(),
            community: "620102001001".into(),
            scope: 1,
            history: vec![1; 8],
            certificate: vec![2; 64],
        };
        let identity = Identity { enrolled, refresh: b"token".to_vec(), streams: vec!["person:a".into()] };
        identity.copy(&dir).unwrap();
        assert_eq!(Identity::in_copy(&dir), Some(identity.clone()));
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path(&dir)).unwrap().permissions()) & 0o777, 0o600);
        let mut bytes = fs::read(path(&dir)).unwrap();
        for at in 0..bytes.len() {
            bytes[at] ^= 0x10;
            fs::write(path(&dir), &bytes).unwrap();
            assert_eq!(Identity::in_copy(&dir), None, "byte {at}");
            bytes[at] ^= 0x10;
        }
        identity.copy(&dir).unwrap();
        assert_eq!(Identity::in_copy(&dir), Some(identity));
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 1, "no half file stays");
        fs::remove_dir_all(&dir).unwrap();
    }
}
