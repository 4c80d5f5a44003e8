//! The office's calendar from outside the core: properties of any calendar, and a slow recount of the shipped one.

mod properties;
mod recount;
mod world;
