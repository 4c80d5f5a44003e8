//! Stories over real HTTP with the real binaries.

mod demo;
mod office;
mod operators;
mod program;
mod refusals;
mod roster;
