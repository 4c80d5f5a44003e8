//! The residents' pages: no account and no script, on an old phone and on a hall's touch screen. Whatever is done here goes the same way as what
//! programs send to /v1/resident.

mod did;
mod leave;
mod letter;
mod look_up;
mod mine;
mod porch;
mod rate;
mod said;
mod screen;
mod session;
mod templates;
#[cfg(test)]
mod tests;
mod trouble;
mod visits;

pub use leave::leave;
pub use letter::{letter_page, send_letter};
pub use look_up::{look_up, look_up_code, look_up_page};
pub use mine::{do_mine, mine, to_mine};
pub use rate::rate;
pub use screen::{open_screen, rate_on_screen, screen};
pub use trouble::trouble;
pub use visits::{ask_visit, do_visit, times};
