//! The phone API as other languages call it, and the story that all of them play.

mod api;
mod call;
mod kotlin;
mod measure;
mod older;
mod python;
mod rust;
mod together;
pub mod world;
