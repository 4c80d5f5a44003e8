//! What stories, simulations and the demo share: a world of synthetic people, phones, a ledger, a proof.

pub mod app_words;
pub mod bad_office;
pub mod bench_sync;
pub mod bindings;
pub mod deeds;
pub mod desk;
pub mod downloads;
pub mod file;
pub mod hands;
pub mod ledger;
pub mod line;
pub mod network;
pub mod phone;
pub mod proof;
pub mod server;
pub mod sim;
pub mod soak;
pub mod staff;
pub mod story_phone;
pub mod uploads;
pub mod world;
