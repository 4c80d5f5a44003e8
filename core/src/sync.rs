//! One exchange, sans-IO: the bytes of the request from what waits, and the answer checked against it.
//! Knows no socket, no file and no clock; the platform sends the bytes (docs/SYNC.md, "One exchange").

mod answer;
mod request;
mod runs;

pub use answer::{Answer, read_answer};
pub use request::{Carried, Position, Request, build_request, echo_of};
pub use runs::{Runs, Waiting};
