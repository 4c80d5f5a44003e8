//! Appointments at the door, held against their design (docs/APPOINTMENTS.md).

mod feeds;
mod machine;
mod matter;
mod office;
mod papers;
mod phones;
mod residents;
mod rounds;
