//! One exchange at a time against the real server and the real phone, with items and answers that no honest side makes.

mod applied;
mod atomic;
pub mod by_hand;
mod downwards;
mod drafts;
mod events;
mod found;
mod learned;
mod load;
mod names;
mod office;
mod old_apps;
mod pokes;
mod rebuilt;
mod room;
mod scopes;
mod signer;
mod take_back;
mod tickets;
mod turns;
mod v1;
mod waiting;
