//! What the office has set: categories, lengths of clocks, the calendar, departments. Each is kept with its history, and what
//! holds now is one value, [`Rules`], that a judgement reads once.

mod alarm;
mod calendars;
mod in_force;
mod put;
mod rules;
mod subject;
#[cfg(test)]
mod tests;
mod told;
mod value;

pub use alarm::Alarm;
pub use in_force::{InForce, begin, refresh};
pub use put::{Change, department, first_of_department, officer_of, put};
pub use rules::{CategorySet, Rules};
pub use subject::{Part, Subject};
pub use told::tell_phones;
pub use value::{DepartmentValue, Length, Spans};
