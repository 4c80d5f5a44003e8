//! Appointments at the door, held against their design (docs/APPOINTMENTS.md).

mod machine;
mod office;
mod phones;
