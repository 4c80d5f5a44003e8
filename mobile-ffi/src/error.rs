//! What can go wrong, by kind: a stable code to branch on, and a sentence in both languages to show.

use minqing_core::{Error, words::Lang};

/// What can go wrong.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum MinqingError {
    /// What a person typed does not fit; nothing was saved, and what was typed stays on the form.
    #[error("{code} at {path}")]
    Invalid {
        /// Stable code, as `text.too_long`.
        code: String,
        /// The field, as `residents[0].name`; empty for the whole record.
        path: String,
        /// What happened and what to do, in Chinese.
        zh: String,
        /// The same in English.
        en: String,
    },
    /// A record that is not on this phone.
    #[error("{code}: {id}")]
    Missing {
        /// Stable code, as `household.unknown`.
        code: String,
        /// The id that was asked for.
        id: String,
        /// What happened and what to do, in Chinese.
        zh: String,
        /// The same in English.
        en: String,
    },
    /// Bytes that are not what they claim to be.
    #[error("{code}")]
    Malformed {
        /// Stable code, as `frame.malformed`.
        code: String,
        /// What happened and what to do, in Chinese.
        zh: String,
        /// The same in English.
        en: String,
    },
    /// The phone is in a state in which this cannot be done.
    #[error("{code}")]
    State {
        /// Stable code, as `device.not_enrolled`.
        code: String,
        /// What happened and what to do, in Chinese.
        zh: String,
        /// The same in English.
        en: String,
    },
    /// The office did not answer as it should; nothing is lost.
    #[error("{code} ({status})")]
    Office {
        /// Stable code, as `office.busy`.
        code: String,
        /// The status of its answer; 0 where none came.
        status: u16,
        /// What happened and what to do, in Chinese.
        zh: String,
        /// The same in English.
        en: String,
    },
    /// The disk or the database refused; nothing was saved.
    #[error("{code}")]
    Store {
        /// `store.failed`.
        code: String,
        /// What happened and what to do, in Chinese.
        zh: String,
        /// The same in English.
        en: String,
    },
}

impl From<Error> for MinqingError {
    fn from(e: Error) -> Self {
        let (code, zh, en) = (e.code().to_owned(), e.say(Lang::Zh), e.say(Lang::En));
        match e {
            Error::Invalid { path, .. } => Self::Invalid { code, path, zh, en },
            Error::Missing { id, .. } => Self::Missing { code, id, zh, en },
            Error::Malformed(_) => Self::Malformed { code, zh, en },
            Error::State(_) => Self::State { code, zh, en },
            Error::Office { status, .. } => Self::Office { code, status, zh, en },
            // The database's own words are for nobody's screen.
            Error::Store(_) => Self::Store { code, zh, en },
        }
    }
}
