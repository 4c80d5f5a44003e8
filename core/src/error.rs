//! Errors: each has a code that never changes meaning, and says where the trouble lies.

/// What can go wrong in the core.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// What a person typed does not fit; `path` names the field, as `residents[0].name`.
    #[error("{code} at {path}")]
    Invalid {
        /// Stable code, as `text.too_long`.
        code: &'static str,
        /// The field, empty for the whole record.
        path: String,
    },
    /// A record that is not on this device; the code names its kind.
    #[error("{code}: {id}")]
    Missing {
        /// Stable code, as `household.unknown`.
        code: &'static str,
        /// The id that was asked for.
        id: String,
    },
    /// Bytes that are not what they claim to be.
    #[error("{0}")]
    Malformed(&'static str),
    /// The device is in a state in which this cannot be done.
    #[error("{0}")]
    State(&'static str),
    /// The office did not answer as it should.
    #[error("{code} ({status})")]
    Office {
        /// Stable code, as `office.busy` or `device.reading_ended`.
        code: &'static str,
        /// The status of its answer; 0 where none came.
        status: u16,
    },
    /// The disk or the database refused.
    #[error("store.failed: {0}")]
    Store(String),
}

/// What the office's server refuses a phone with, as its problems say.
const OFFICE: &[&str] = &[
    "device.reading_ended",
    "device.revoked",
    "device.unknown",
    "enrol.code_expired",
    "enrol.code_unknown",
    "enrol.code_used",
    "scope.unknown",
    "tries.too_many",
    "wire.version",
];

/// The code of a refusal; one that this version does not know is `office.failed`.
#[cfg(feature = "client")]
pub(crate) fn office_code(said: &str) -> &'static str {
    OFFICE.iter().find(|code| **code == said).unwrap_or(&"office.failed")
}

/// The code of a damaged file.
#[cfg(feature = "store")]
const DAMAGED: &str = "store.damaged";

/// The core's results.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Makes an [`Error::Invalid`].
    pub fn invalid(code: &'static str, path: impl Into<String>) -> Self {
        Self::Invalid { code, path: path.into() }
    }

    /// The stable code that apps branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid { code, .. } | Self::Missing { code, .. } | Self::Office { code, .. } | Self::Malformed(code) | Self::State(code) => code,
            Self::Store(_) => "store.failed",
        }
    }

    #[cfg(feature = "store")]
    /// Whether the phone's file is damaged.
    pub(crate) fn is_damage(&self) -> bool {
        self.code() == DAMAGED
    }

    /// The field the error is about, if it is about one.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Invalid { path, .. } if !path.is_empty() => Some(path),
            _ => None,
        }
    }

    /// The sentence a person reads: what happened and what to do.
    pub fn say(&self, lang: crate::words::Lang) -> String {
        let by_office = matches!(self, Self::Office { code, .. } if OFFICE.contains(code));
        let kind = if by_office { "problem" } else { "error" };
        crate::words::say(lang, &format!("{kind}-{}", self.code().replace(['.', '_'], "-")), &[])
    }
}

#[cfg(feature = "store")]
impl From<rusqlite::Error> for Error {
    /// A broken constraint or a value of another type is the fault of what is stored; a page that makes no sense is that
    /// of the file; everything else is the machine's.
    fn from(e: rusqlite::Error) -> Self {
        let of_another_type = matches!(e, rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..));
        match e.sqlite_error_code() {
            Some(rusqlite::ErrorCode::ConstraintViolation) => Self::Malformed("document.malformed"),
            Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => Self::State(DAMAGED),
            _ if of_another_type => Self::Malformed("document.malformed"),
            _ => Self::Store(e.to_string()),
        }
    }
}
