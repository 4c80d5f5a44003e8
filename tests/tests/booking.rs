//! Appointments at the door, held against their design (docs/APPOINTMENTS.md).

mod feeds;
mod machine;
mod matter;
mod office;
mod phones;
mod residents;
mod rounds;
