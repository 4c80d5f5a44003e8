//! The phone API of Minqing: what Kotlin, Swift and Python call. It translates and decides nothing; what can be right or wrong
//! lies in `minqing-core`.
//!
//! # How an app embeds it
//!
//! - **Open once a process**: one [`Minqing`] for the app's directory, kept by the application object and never closed; a process that is
//!   killed loses nothing that a call had returned.
//! - **Threads**: every call may come from any thread. Lists wait for nothing that is written and may be read where the screen is drawn;
//!   whatever writes waits for what writes, a large answer among it, and belongs elsewhere.
//! - **The key**: 32 random bytes, made by the app at its first start and kept in Android's Keystore or iOS's Keychain (there
//!   `AfterFirstUnlockThisDeviceOnly`, for background work), never beside the file. A new key needs a new enrolment.
//! - **Time and randomness** come from the app's [`Platform`]. **Enrol** with [`Minqing::begin_enrolment`], then [`Minqing::talk`].
//! - **Talk to the office** when a record was saved and there is a network, when the network comes back, and in background work
//!   (JobScheduler, BGTaskScheduler): [`Minqing::sync`] with the app's [`Transport`], one at a time, to be cancelled at any
//!   time; or, where the app holds the loop, [`Minqing::begin_contact`], then [`Minqing::next_step`] and [`Minqing::take_response`].
//! - **Screens** read lists, and read them again when their [`Listener`] names them. What codes, states and moments are called, [`Speech`]
//!   says, in Chinese or English, as the office's pages do.
//! - **Backups**: keep the directory out of the cloud's backups (`android:dataExtractionRules`, before Android 12 `fullBackupContent`;
//!   `isExcludedFromBackup`). A restored copy is safe, but the office takes it for a second phone and asks who holds it.
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
