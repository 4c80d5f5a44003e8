//! Stories over real HTTP with the real binaries.

mod demo;
mod office;
pub mod program;
mod refusals;
