//! The office's server: receives what phones bring, applies it, and serves the office's pages.

pub mod admin;
pub mod app;
pub mod archiving;
pub mod area;
pub mod attachment;
pub mod auth;
pub mod backup;
pub mod booking;
pub mod cli;
pub mod clock;
pub mod compaction;
pub mod config;
pub mod console;
pub mod doctor;
mod due;
pub mod entropy;
pub mod export;
pub mod fault;
pub mod figures;
pub mod import;
mod journal;
pub mod lang;
pub mod lease;
mod lock;
pub mod metrics;
pub mod openapi;
pub mod pack;
pub mod pipeline;
mod private;
pub mod problem;
pub mod projection;
pub mod public;
pub mod rebuild;
pub mod rounds;
pub mod router;
mod safety_net;
pub mod settings;
mod site;
pub mod slip;
pub mod storage;
pub mod sync;
#[cfg(test)]
mod testing;

pub use app::App;
pub use fault::Fault;
pub use router::{router, serve};
