//! What phones bring: received, then applied, then answered (docs/SYNC.md).

mod answer;
mod applier;
mod apply;
mod aside;
mod change;
mod commons;
mod event;
mod exchange;
mod forms;
mod notices;
pub(crate) mod office;
mod pen;
mod place;
mod receive;
mod recent;
mod recover;
mod repair;
mod sealed;
mod share;
mod survey;
mod told;
mod trial;

pub use applier::Applier;
pub use apply::apply_waiting;
pub(crate) use apply::{Applying, apply};
pub use aside::{Said, adopt, give_back, parse_name, read};
pub(crate) use event::show as show_matter;
pub use exchange::{Carrier, exchange, run_exchange};
pub use forms::{add_form, read_form, shipped_form};
pub use notices::{add_notice, read_notice, withdraw_notice};
pub use office::{add_households, edit_household};
pub use pen::{Pen, SERVER};
pub use recent::Recent;
pub(crate) use share::append as append_shared;
pub(crate) use trial::Trials;
