//! One exchange at a time against the real server and the real phone, with items and answers that no honest side makes.

mod applied;
mod atomic;
mod downwards;
mod events;
mod found;
mod learned;
mod names;
mod office;
mod old_apps;
mod rebuilt;
mod scopes;
mod signer;
mod tickets;
mod turns;
mod v1;
