//! Core's records as other languages see them: the same fields, in the same order.

mod households;
mod matters;
mod office;
mod visits;
