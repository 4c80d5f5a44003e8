//! Stories over real HTTP with the real binaries.

mod accounts;
mod bundles;
mod calendar;
mod cloned;
mod cluster;
mod contact;
mod demo;
mod door;
mod figures;
mod full_disk;
pub mod line;
mod office;
mod operators;
mod plan;
pub mod program;
mod public;
mod reading;
mod refusals;
mod roster;
mod slips;
mod stopping;
