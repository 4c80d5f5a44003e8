//! One integration binary.

mod android;
mod architecture;
mod attachments;
mod bindings;
mod booking;
mod calendar;
mod documents;
mod end_to_end;
mod exchange;
mod figures;
mod hostile;
mod line;
mod pages;
mod rounds;
mod simulation;
