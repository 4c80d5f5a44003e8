//! What can go wrong, by kind: a stable code to branch on, and a sentence in both languages to show.

use minqing_core::{Error, words::Lang};

/// What can go wrong. `code` is stable and to branch on, as `text.too_long`; `zh` and `en` are to show: what happened and what to
/// do. `path` names the field, as `residents[0].name`, empty for the whole record; `id` is the one that was asked for; `status` the
/// office's, 0 where no answer came.
#[derive(Debug, thiserror::Error, uniffi::Error)]
#[allow(missing_docs)]
pub enum MinqingError {
    /// What a person typed does not fit; nothing was saved, and what was typed stays on the form.
    #[error("{code} at {path}")]
    Invalid { code: String, path: String, zh: String, en: String },
    /// A record that is not on this phone.
    #[error("{code}: {id}")]
    Missing { code: String, id: String, zh: String, en: String },
    /// Bytes that are not what they claim to be.
    #[error("{code}")]
    Malformed { code: String, zh: String, en: String },
    /// The phone is in a state in which this cannot be done.
    #[error("{code}")]
    State { code: String, zh: String, en: String },
    /// The office did not answer as it should; nothing is lost.
    #[error("{code} ({status})")]
    Office { code: String, status: u16, zh: String, en: String },
    /// The disk or the database refused; nothing was saved.
    #[error("{code}")]
    Store { code: String, zh: String, en: String },
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
