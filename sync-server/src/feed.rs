//! Calendars of appointments (iCalendar, RFC 5545) at secret addresses, one of an officer or of a community: to be subscribed to, never
//! written by. Nobody's name, room or telephone stands in one.
//!
//! Written here rather than by a crate: the one that is well kept (`icalendar`) brings a second date library, and what a feed needs of the
//! standard is one page. Two readers that others wrote hold it against the standard in the tests.

mod event;
mod ics;
mod manage;
mod page;
pub mod read;

pub use manage::{Made, make};
pub use page::{Feed, page};
