//! One integration binary.

mod documents;
mod simulation;
