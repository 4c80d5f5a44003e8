//! The phone API of Minqing: what Kotlin, Swift and Python call. It translates and decides nothing; what can be right or wrong
//! lies in `minqing-core`.
//!
//! # How an app embeds it
//!
//! - **Open once a process**: one [`Minqing`] for the app's directory, kept by the application object. Every call may come
//!   from any thread and waits for the one before it. A process that is killed loses nothing that a call had returned.
//! - **The key**: 32 random bytes, made by the app at its first start and kept in Android's Keystore or iOS's Keychain,
//!   never beside the file. Without it the file's device cannot sign; a new key needs a new enrolment.
//! - **Time and randomness** come from the app's [`Platform`].
//! - **Enrol** with [`Minqing::begin_enrolment`], then talk.
//! - **Talk to the office** when a record was saved and there is a network, when the network comes back, and in background work
//!   (JobScheduler, BGTaskScheduler): [`Minqing::sync`] with the app's [`Transport`], to be cancelled at any time; or, where the
//!   app would rather hold the loop, [`Minqing::begin_contact`], then [`Minqing::next_step`] and [`Minqing::take_response`]
//!   until it is done.
//! - **Screens** read lists, and read them again when their [`Listener`] names them. What codes, states and moments are called, [`Speech`]
//!   says, in Chinese or English, as the office's pages do.
//! - **Backups**: keep the directory out of the cloud's backups (`android:dataExtractionRules`, `isExcludedFromBackup`). A restored copy
//!   is safe, but the office takes it for a second phone and asks who holds it.
//! - **Errors** carry a stable code to branch on and a sentence in both languages to show ([`MinqingError`]).

uniffi::setup_scaffolding!();

mod error;
mod minqing;
mod platform;
mod records;
mod speech;
mod talk;

pub use error::MinqingError;
pub use minqing::{Listener, Minqing};
pub use platform::Platform;
pub use speech::Speech;
pub use talk::{Progress, Response, Transport, TransportError};
